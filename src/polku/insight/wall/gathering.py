"""Which cards and threads one picture shows: a neighbourhood, a kind and what is around it, or the
whole workspace; never more than can be read, with the rest counted.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q

from polku.insight.wall.edges import Edge, edges, question_of
from polku.insight.wall.lanes import LANE_OF, card_kinds
from polku.insight.wall.pairs import End
from polku.insight.wall.parts import leading_to, parts_of, steps_from
from polku.kernel.actor import Actor
from polku.kernel.clock import today_in
from polku.kernel.loose_ends import loose_ends_at, visible_loose_ends
from polku.kernel.models import LooseEnd
from polku.kernel.names import names_of
from polku.kernel.policy import may_read_inside
from polku.kernel.queries import visible_kind
from polku.kernel.registry import Entity, entity

MOST_CARDS = 300
FARTHEST = 3
MANY = 900  # numbers beyond which a kind is read whole rather than by number


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see; the whole workspace as of today when nothing is said.

    *start* is a card, *of* a kind to start from; *far* steps are gone from there. *kinds*,
    *threads* and *questions* narrow what is shown (empty: all).
    """

    start: End | None = None
    of: str = ""
    far: int = 2
    day: dt.date | None = None
    kinds: frozenset[str] = frozenset()
    threads: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()
    page: int = 1
    most: int = MOST_CARDS
    missing: bool = True
    closed: bool = True  # with the threads between the cards farthest away

    @property
    def is_narrow(self) -> bool:
        """Whether only some threads are shown: then nothing is said to hang on nothing."""
        return bool(self.threads or self.questions)


@dataclass(frozen=True)
class Card:
    """One card: the thing and the row of its kind."""

    end: End
    entity: Entity
    obj: Any

    @property
    def lane(self) -> int:
        """The lane it stands in."""
        return LANE_OF[self.end[0]]


@dataclass(frozen=True)
class Thread:
    """One thread between two cards of the picture, by their places in ``cards``."""

    a: int
    b: int
    edge: Edge


@dataclass(frozen=True)
class Wall:
    """One picture: its cards and threads, missing ties by card, and what is not drawn.

    *total* cards could be shown, *alone* of them (by kind) hang on nothing; *counts* are of
    threads by how they hold; *beyond* threads lead to cards that stand on another page. *cut*:
    there are more ties than fit, so nothing is said to hang on nothing.
    """

    day: dt.date
    cards: list[Card] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    missing: dict[int, list[LooseEnd]] = field(default_factory=dict)
    start: int = -1
    total: int = 0
    alone: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    beyond: int = 0
    page: int = 1
    pages: int = 1
    cut: bool = False

    @property
    def hanging_alone(self) -> int:
        """How many cards hang on nothing, drawn or not."""
        return sum(self.alone.values())


@dataclass(frozen=True)
class _Chosen:
    """Ends in the order in which they are drawn, and the edges between any of them.

    *objects* are those that were read on the way.
    """

    tied: list[End]
    found: list[Edge]
    alone: dict[str, int] = field(default_factory=dict)
    cut: bool = False
    objects: Mapping[End, Any] = field(default_factory=dict)


def wall_of(actor: Actor, asked: Asked) -> Wall:
    """The wall that an actor asked for; only what they may see of it."""
    kinds = {row.kind for row in card_kinds(actor)}
    kinds &= asked.kinds or kinds
    if asked.start is not None:
        chosen = _around(actor, asked, asked.start, kinds | {asked.start[0]})
    else:
        chosen = _whole(actor, asked, kinds)
    total = len(chosen.tied) + sum(chosen.alone.values())
    pages = max(-(-total // asked.most), 1)
    page = min(max(asked.page, 1), pages)
    first = (page - 1) * asked.most
    shown = chosen.tied[first : first + asked.most]
    alone_from = max(first - len(chosen.tied), 0)
    tied = {end for edge in chosen.found for end in (edge.start, edge.end)}
    shown += _alone(actor, chosen.alone, tied, alone_from, asked.most - len(shown))
    return _drawn(actor, asked, chosen, shown, (total, page, pages))


def near(actor: Actor, obj: Any, kind: str, *, most: int, far: int = 2) -> Wall:
    """The small picture on a thing's page: the cards and threads that lead to it, the nearest
    first. What merely shares a goal or a group with it is counted and stays away."""
    wide = wall_of(actor, Asked(start=(kind, obj.pk), far=far, most=MOST_CARDS, closed=False))
    pairs = [(thread.a, thread.b) for thread in wide.threads]
    leading = leading_to(wide.start, [card.lane for card in wide.cards], pairs)
    threads = [wide.threads[number] for number in sorted(leading)]
    away = steps_from([wide.start], len(wide.cards), [(t.a, t.b) for t in threads])
    order = [place for place in range(len(wide.cards)) if away[place] >= 0]
    kept = sorted(sorted(order, key=lambda place: away[place])[:most])
    new = {place: number for number, place in enumerate(kept)}
    return replace(
        wide,
        cards=[wide.cards[place] for place in kept],
        threads=[Thread(new[t.a], new[t.b], t.edge) for t in threads if t.a in new and t.b in new],
        missing={new[place]: ends for place, ends in wide.missing.items() if place in new},
        start=new.get(wide.start, -1),
    )


def _fits(asked: Asked) -> Callable[[Edge], bool]:
    def fits(edge: Edge) -> bool:
        if asked.threads and edge.thread not in asked.threads:
            return False
        return not asked.questions or question_of(edge.code) in asked.questions

    return fits


def _around(actor: Actor, asked: Asked, start: End, kinds: set[str]) -> _Chosen:
    """Step by step from the start, over cards that the actor may see and no others."""
    day, fits = asked.day or today_in(actor.workspace), _fits(asked)
    order, seen, found = [start], {start}, dict[Edge, None]()
    objects: dict[End, Any] = {}
    ring: list[End] = [start]
    cut = False
    far = min(asked.far, FARTHEST)
    for step in range(far + 1 if asked.closed else far):
        told = edges(actor, day, _by_kind(ring))
        cut, touching = cut or told.cut, filter(fits, told.edges)
        new = [edge for edge in touching if {edge.start[0], edge.end[0]} <= kinds]
        ends = {end for edge in new for end in (edge.start, edge.end)} - seen
        last = step == far
        if len(ends) > asked.most:
            there = set() if last else _visible(actor, ends)
        else:  # few enough to be drawn: they are read as they will be needed
            read = {} if last else _objects(actor, ends)
            there = set(read)
            objects |= read
        seen |= there
        found |= {edge: None for edge in new if edge.start in seen and edge.end in seen}
        ring = sorted(there, key=_place)
        order += ring
        if not ring:
            break
    return _Chosen(order, list(found), cut=cut, objects=objects)


def _whole(actor: Actor, asked: Asked, kinds: set[str]) -> _Chosen:
    """Parts that hang together, the greatest first, then what hangs on nothing."""
    day, fits = asked.day or today_in(actor.workspace), _fits(asked)
    told = edges(actor, day)
    all_edges = [edge for edge in told.edges if fits(edge)]
    all_edges = [edge for edge in all_edges if {edge.start[0], edge.end[0]} <= kinds]
    there = _visible(actor, {end for edge in all_edges for end in (edge.start, edge.end)})
    found = [edge for edge in all_edges if edge.start in there and edge.end in there]
    ends = sorted({end for edge in found for end in (edge.start, edge.end)}, key=_place)
    number = {end: place for place, end in enumerate(ends)}
    ties = [(number[edge.start], number[edge.end]) for edge in found]
    alone_kinds = {asked.of} if asked.of else kinds
    if asked.of:
        starts = [number[end] for end in ends if end[0] == asked.of]
        away = steps_from(starts, len(ends), ties)
        near_by = {end for end in ends if 0 <= away[number[end]] <= asked.far}
        found = [edge for edge in found if edge.start in near_by and edge.end in near_by]
        ends = [end for end in ends if end in near_by]
        number = {end: place for place, end in enumerate(ends)}
        ties = [(number[edge.start], number[edge.end]) for edge in found]
    order = [end for part in parts_of(len(ends), ties) for end in _walk(part, ends, ties)]
    if asked.is_narrow:
        return _Chosen(order + _with_gaps(actor, asked, kinds, set(order)), found, cut=told.cut)
    tied = Counter(kind for kind, _number in ends)
    alone = {
        row.kind: visible_kind(actor, row).count() - tied[row.kind]
        for row in card_kinds(actor) if row.kind in alone_kinds & kinds
    }  # fmt: skip
    return _Chosen(order, found, {kind: n for kind, n in alone.items() if n > 0}, told.cut)


def _with_gaps(actor: Actor, asked: Asked, kinds: set[str], there: set[End]) -> list[End]:
    """Cards that miss a tie and are not there yet, when what is missing was asked for."""
    if not asked.missing or asked.questions or not may_read_inside(actor):
        return []
    rows = visible_loose_ends(actor).filter(check_code__startswith="L", object_kind__in=kinds)
    ends = set(rows.values_list("object_kind", "object_id")) - there
    return sorted(_visible(actor, ends), key=_place)


def _walk(part: Sequence[int], ends: Sequence[End], ties: Sequence[tuple[int, int]]) -> list[End]:
    """A part from its busiest card outwards, so that the first page of it hangs together."""
    if len(part) <= MOST_CARDS:
        return [ends[card] for card in part]
    own = {card: place for place, card in enumerate(part)}
    mine = [(own[a], own[b]) for a, b in ties if a in own]
    busy = Counter(card for tie in mine for card in tie)
    start = min(range(len(part)), key=lambda card: (-busy[card], card))
    away = steps_from([start], len(part), mine)
    return [ends[part[card]] for card in sorted(range(len(part)), key=lambda card: away[card])]


def _place(end: End) -> tuple[int, str, int]:
    return LANE_OF[end[0]], end[0], end[1]


def _by_kind(ends: Iterable[End]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for kind, number in ends:
        found.setdefault(kind, set()).add(number)
    return found


def _visible(actor: Actor, ends: Iterable[End]) -> set[End]:
    """Those of the ends that are cards the actor may see."""
    found: set[End] = set()
    for kind, numbers in _by_kind(ends).items():
        rows = visible_kind(actor, entity(kind))
        if len(numbers) <= MANY:
            rows = rows.filter(pk__in=numbers)
        seen = set(rows.values_list("pk", flat=True))
        found |= {(kind, number) for number in numbers & seen}
    return found


def _alone(
    actor: Actor, counts: Mapping[str, int], tied: set[End], skip: int, take: int
) -> list[End]:
    """Cards that hang on nothing, by lane and name: *take* of them after the first *skip*."""
    found: list[End] = []
    numbers = _by_kind(tied)
    for kind, count in counts.items():
        if take <= len(found):
            break
        if skip >= count:
            skip -= count
            continue
        rows = visible_kind(actor, entity(kind)).exclude(pk__in=numbers.get(kind, ()))
        ordered = rows.order_by("sort_title", "id").values_list("pk", flat=True)
        found += [(kind, number) for number in ordered[skip : skip + take - len(found)]]
        skip = 0
    return found


def _drawn(
    actor: Actor, asked: Asked, chosen: _Chosen, shown: list[End], paging: tuple[int, int, int]
) -> Wall:
    """The chosen cards as objects, and what ties them."""
    known = chosen.objects
    objects = {**known, **_objects(actor, [end for end in shown if end not in known])}
    cards = [
        Card(end, entity(end[0]), objects[end])
        for end in _in_order(shown, objects, asked.start) if end in objects
    ]  # fmt: skip
    number = {card.end: place for place, card in enumerate(cards)}
    threads = [
        Thread(number[edge.start], number[edge.end], edge)
        for edge in chosen.found if edge.start in number and edge.end in number
    ]  # fmt: skip
    threads.sort(key=lambda thread: (thread.a, thread.b, thread.edge.code))
    missing = _missing(actor, number) if asked.missing else {}
    counts = Counter(edge.thread for edge in chosen.found)
    counts["missing"] = sum(map(len, missing.values()))
    total, page, pages = paging
    return Wall(
        asked.day or today_in(actor.workspace), cards, threads, missing,
        number.get(asked.start, -1) if asked.start else -1, total,
        {} if chosen.cut else chosen.alone, counts,
        len(chosen.found) - len(threads), page, pages, chosen.cut,
    )  # fmt: skip


def _in_order(shown: list[End], objects: Mapping[End, Any], start: End | None) -> list[End]:
    """The start first, then lane by lane and by name: the same cards always in the same order."""
    there = [end for end in shown if end in objects]
    return sorted(
        there, key=lambda end: (end != start, *_place(end)[:2], objects[end].sort_title, end[1])
    )


def _objects(actor: Actor, shown: Iterable[End]) -> dict[End, Any]:
    return names_of(actor, shown, "sort_title", archived=False)


def _missing(actor: Actor, number: Mapping[End, int]) -> dict[int, list[LooseEnd]]:
    """Open loose ends about ties (their codes are those of the kinds of tie), by card."""
    where = Q(pk__in=[])
    for kind, numbers in _by_kind(number).items():
        where |= Q(object_kind=kind, object_id__in=numbers)
    found: dict[int, list[LooseEnd]] = {}
    for end in loose_ends_at(actor, where & Q(check_code__startswith="L")):
        found.setdefault(number[end.object_kind, end.object_id], []).append(end)
    return found
