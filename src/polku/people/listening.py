"""What this room hears of, and what it does then."""

from polku.kernel.events import Event, on
from polku.people.operations.evidence import (
    BASED_ON,
    count_evidence,
    note_checked,
    resting_on,
)
from polku.people.operations.names import rename_relationships
from polku.people.operations.stakeholders import rename_stakeholders


def start() -> None:
    """Register the handlers of this room."""
    on("party.changed", _new_names)
    on("persona.moved", _checked)
    on("link.*", _evidence_tied)
    on("insight.*", _evidence_changed)


def _new_names(event: Event) -> None:
    """A relationship is called after its two sides: another name moves and finds it too."""
    if "name" in event.fields:
        parties = [party.pk for party in event.objects]
        rename_relationships(event.by.workspace, parties)
        rename_stakeholders(event.by.workspace, parties)


def _checked(event: Event) -> None:
    for persona in event.objects:
        note_checked(persona)


def _evidence_tied(event: Event) -> None:
    """Evidence came, went or was confirmed: what it says of the typical customer is counted."""
    if event.kind == "persona" and BASED_ON in event.fields:
        count_evidence(event.by.workspace, [persona.pk for persona in event.objects])


def _evidence_changed(event: Event) -> None:
    """A piece of evidence got another day, was put away or taken out again."""
    if event.fields & {"learnt_on", "archived"} and not event.name.endswith(".created"):
        insights = [insight.pk for insight in event.objects]
        count_evidence(event.by.workspace, resting_on(event.by.workspace, insights))
