"""What this room hears of, and what it does then."""

from polku.kernel.events import Event, on
from polku.people.operations.names import rename_relationships


def start() -> None:
    """Register the handlers of this room."""
    on("party.changed", _new_names)


def _new_names(event: Event) -> None:
    """A relationship is called after its two sides: another name moves and finds it too."""
    if "name" in event.fields:
        rename_relationships(event.by.workspace, [party.pk for party in event.objects])
