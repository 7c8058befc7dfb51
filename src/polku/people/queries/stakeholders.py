"""Who has a stake: the people on the map, their lines, and what they have a stake in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound
from polku.kernel.links import live_links
from polku.kernel.queries import find_many, visible
from polku.people.models import Stakeholder, StakeholderTie

HAS_A_STAKE = "L39"


@dataclass(frozen=True)
class Stakes:
    """Those on the map by name, the lines between them, and the things each has a stake in."""

    people: list[Stakeholder] = field(default_factory=list)
    lines: list[StakeholderTie] = field(default_factory=list)
    things: dict[int, list[Any]] = field(default_factory=dict)


def stakes(actor: Actor, *, in_thing: Any = None) -> Stakes:
    """Current stakeholders: all, or those with a stake in one thing."""
    rows = visible(actor, Stakeholder).filter(state=Stakeholder.State.CURRENT)
    if in_thing is not None:
        held = live_links(actor).filter(
            kind=HAS_A_STAKE, to_kind=in_thing._meta.db_table, to_id=in_thing.pk
        )
        rows = rows.filter(pk__in=held.values("from_id"))
    people = list(rows.select_related("party", "owner_party").order_by("sort_title", "id"))
    numbers = {row.pk for row in people}
    between = [
        line for line in all_lines(actor)
        if line.stakeholder_id in numbers and line.other_id in numbers
    ]  # fmt: skip
    return Stakes(people, between, _things(actor, numbers))


def all_lines(actor: Actor) -> list[StakeholderTie]:
    """The lines between all stakeholders that the actor may see, in the order of drawing."""
    seen = visible(actor, Stakeholder).values("pk")
    rows = StakeholderTie.objects.filter(
        workspace_id=actor.workspace.pk, stakeholder__in=seen, other__in=seen
    )
    return list(rows.select_related("stakeholder", "other").order_by("id"))


def _things(actor: Actor, numbers: Iterable[int]) -> dict[int, list[Any]]:
    links = live_links(actor).filter(kind=HAS_A_STAKE, from_kind="stakeholder")
    ends = list(
        links.filter(from_id__in=list(numbers)).order_by("id")
        .values_list("from_id", "to_kind", "to_id")
    )  # fmt: skip
    found = find_many(actor, {(kind, number) for _from, kind, number in ends})
    things: dict[int, list[Any]] = defaultdict(list)
    for start, kind, number in ends:
        if (kind, number) in found:
            things[start].append(found[kind, number])
    return dict(things)


def lines_of(actor: Actor, who: Stakeholder) -> list[StakeholderTie]:
    """The lines of one stakeholder, to those the actor may see."""
    seen = visible(actor, Stakeholder).values("pk")
    rows = StakeholderTie.objects.filter(workspace_id=actor.workspace.pk)
    mine = rows.filter(Q(stakeholder=who, other__in=seen) | Q(other=who, stakeholder__in=seen))
    return list(mine.select_related("stakeholder", "other").order_by("id"))


def find_line(actor: Actor, who: Stakeholder, number: int | str) -> StakeholderTie:
    """One line of a visible stakeholder; NotFound alike for missing and for elsewhere."""
    found = next((line for line in lines_of(actor, who) if str(line.pk) == str(number)), None)
    if found is None:
        raise NotFound
    return found
