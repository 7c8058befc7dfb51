"""The library of meeting points: each with the journeys in which it is met, and what it lacks."""

from collections import defaultdict
from dataclasses import dataclass, field

from polku.journeys.models import Journey, Step, Touchpoint
from polku.kernel.actor import Actor
from polku.kernel.links import live_links
from polku.kernel.queries import visible

MEETS = "L07"


@dataclass(frozen=True)
class MetAt:
    """A step of a journey at which people meet us there."""

    journey: Journey
    step: Step


@dataclass(frozen=True)
class Shelved:
    """One meeting point of the library."""

    point: Touchpoint
    met: list[MetAt] = field(default_factory=list)

    @property
    def journeys(self) -> list[Journey]:
        """The journeys in which it is met, each once."""
        return list({row.journey.pk: row.journey for row in self.met}.values())

    @property
    def lacks(self) -> list[str]:
        """What a decisive moment needs and nobody wrote: names of fields."""
        if not self.point.moment_of_truth:
            return []
        return [name for name in DECISIVE if not getattr(self.point, name)]


# What must be known where it is decided whether people come again (entities.md 4.4)
DECISIVE = ("moment_why", "good_turn", "bad_turn", "latitude", "recovery")


def library(actor: Actor) -> list[Shelved]:
    """All meeting points that *actor* may see, decisive ones first, then by name; five
    statements."""
    points = list(visible(actor, Touchpoint).exclude(state="removed").order_by("sort_title", "id"))
    met = met_at(actor, [point.pk for point in points])
    rows = [Shelved(point, met.get(point.pk, [])) for point in points]
    return sorted(rows, key=lambda row: not row.point.moment_of_truth)


def met_at(actor: Actor, numbers: list[int]) -> dict[int, list[MetAt]]:
    """At which steps people meet us at these meeting points, by the number of the point."""
    links = live_links(actor).filter(kind=MEETS, to_kind="touchpoint", to_id__in=numbers)
    pairs = list(links.values_list("from_id", "to_id"))
    journeys = {row.pk: row for row in visible(actor, Journey)}
    rows = Step.objects.filter(pk__in={step for step, _to in pairs}, removed=False)
    steps = {row.pk: row for row in rows.filter(stage__removed=False) if row.journey_id in journeys}
    found: dict[int, list[MetAt]] = defaultdict(list)
    for number, point in sorted(pairs):
        if step := steps.get(number):
            found[point].append(MetAt(journeys[step.journey_id], step))
    return found
