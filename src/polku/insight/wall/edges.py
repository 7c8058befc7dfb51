"""Where threads come from: links, needs, and references that read as ties.

Each source gives plain edges between (kind, number) ends. Whether an actor may see the ends is
not answered here: whoever draws an edge has fetched both of its cards through ``visible``. The
customers' side is asked about beforehand only so that no limit is spent on what it never sees.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass

from django.db.models import Q

from polku.insight.wall.pairs import PAIRS, Around, End, references
from polku.kernel.actor import Actor
from polku.kernel.link_kinds import LINK_KINDS
from polku.kernel.link_rows import visible_links
from polku.kernel.links import live_links
from polku.kernel.pieces import piece_kind, pieces_of
from polku.portfolio.dependencies import DEPENDENCY_ENDS
from polku.portfolio.queries import visible_dependencies

THREADS = ("live", "guess", "suspect")
MOST = 12_000  # edges that one picture is chosen from


@dataclass(frozen=True, slots=True)
class Edge:
    """One thread: what it says (*code*), how sure it is, and at which ends it frays."""

    code: str
    start: End
    end: End
    thread: str = "live"
    number: int = 0
    frayed: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True)
class Told:
    """Edges, and whether there are more than these."""

    edges: list[Edge]
    cut: bool = False


NEED_QUESTION = "where"


def edges(actor: Actor, day: dt.date, around: Around = None) -> Told:
    """The edges that hold on a day: those that touch the cards *around*, or all up to a limit.

    Equal edges are told once; edges of a card with itself (through a piece of it) are left out.
    """
    found: dict[tuple[str, End, End, str], Edge] = {}
    cut = False
    for source in SOURCES:
        told = source(actor, day, around)
        cut = cut or told.cut
        for edge in told.edges:
            if edge.start != edge.end:
                found.setdefault((edge.code, edge.start, edge.end, edge.thread), edge)
    kept = list(found.values())
    return Told(kept[:MOST], cut or len(kept) > MOST)


def question_of(code: str) -> str:
    """The question that an edge answers: why, for whom, where, owed, next."""
    if code in LINK_KINDS:
        return LINK_KINDS[code].forward_question
    return next((pair.question for pair in PAIRS if pair.code == code), NEED_QUESTION)


def _up_to[R](rows: Iterable[R]) -> tuple[list[R], bool]:
    """As many of the rows (a slice with one too many) as fit, and whether that was not all."""
    found = list(rows)
    return found[:MOST], len(found) > MOST


def _of_links(actor: Actor, day: dt.date, around: Around) -> Told:
    rows = live_links(actor, day) if actor.is_internal else visible_links(actor, as_of=day)
    if around is not None:
        rows = rows.filter(_touching(_with_pieces(actor, around)))
    named = rows.order_by("id").values_list(
        "id", "kind", "from_kind", "from_id", "to_kind", "to_id", "confidence",
        "suspect_since", "suspect_ends",
    )  # fmt: skip
    plain, cut = _up_to(named[: MOST + 1])
    found: list[Edge] = []
    above = _above(actor, {end for row in plain for end in ((row[2], row[3]), (row[4], row[5]))})
    for number, kind, from_kind, from_id, to_kind, to_id, confidence, since, ends in plain:
        if kind not in LINK_KINDS:
            continue
        start, end = (_card(above, pair) for pair in ((from_kind, from_id), (to_kind, to_id)))
        if start is None or end is None:  # a piece that was taken out
            continue
        doubted = since is not None and actor.is_internal  # a doubt is the team's own matter
        thread = "suspect" if doubted else "guess" if confidence == "guess" else "live"
        frayed = _frayed(ends) if doubted else (False, False)
        found.append(Edge(kind, start, end, thread, number, frayed))
    return Told(found, cut)


def _card(above: Mapping[End, End], end: End) -> End | None:
    """The card of an end; None for a piece that stands no more."""
    return above.get(end) if piece_kind(end[0]) is not None else end


def _frayed(ends: list[str]) -> tuple[bool, bool]:
    """Which ends changed; when nobody wrote that down, the far one."""
    first, second = "from" in ends, "to" in ends
    return (first, second) if first or second else (False, True)


def _of_needs(actor: Actor, day: dt.date, around: Around) -> Told:
    rows = visible_dependencies(actor).filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
    )
    if around is not None:
        around = {kind: numbers for kind, numbers in around.items() if kind in DEPENDENCY_ENDS}
        if not around:
            return Told([])
        rows = rows.filter(_touching(around))
    named = rows.order_by("id").values_list("kind", "from_kind", "from_id", "to_kind", "to_id")
    plain, cut = _up_to(named[: MOST + 1])
    return Told([Edge(kind, (a, first), (b, second)) for kind, a, first, b, second in plain], cut)


def _of_pairs(actor: Actor, _day: dt.date, around: Around) -> Told:
    plain, cut = _up_to(references(actor, around, MOST + 1))
    found = [
        Edge(PAIRS[number].code, (PAIRS[number].start[0], first), (PAIRS[number].end[0], second))
        for number, first, second in sorted(plain)
    ]
    return Told(found, cut)


SOURCES: tuple[Callable[[Actor, dt.date, Around], Told], ...] = (
    _of_links, _of_needs, _of_pairs,
)  # fmt: skip


def _touching(around: Mapping[str, Set[int]]) -> Q:
    found = Q(pk__in=[])
    for kind, numbers in around.items():
        found |= Q(from_kind=kind, from_id__in=numbers) | Q(to_kind=kind, to_id__in=numbers)
    return found


def _with_pieces(actor: Actor, around: Mapping[str, Set[int]]) -> Mapping[str, Set[int]]:
    """The cards around and their pieces, whose ties count as theirs."""
    found = dict(around)
    for kind, numbers in around.items():
        for piece in pieces_of(kind):
            rows = piece.model.objects.filter(workspace=actor.workspace)
            parents = {f"{piece.parent_field}__in": numbers}
            pieces = set(rows.filter(**parents).values_list("pk", flat=True))
            found |= {piece.kind: pieces} if pieces else {}
    return found


def _above(actor: Actor, ends: Set[End]) -> dict[End, End]:
    """The card of each end that is a piece of one."""
    found: dict[End, End] = {}
    for kind in {kind for kind, _number in ends}:
        piece = piece_kind(kind)
        if piece is None:
            continue
        numbers = [number for k, number in ends if k == kind]
        rows = piece.model.objects.filter(workspace=actor.workspace, pk__in=numbers)
        rows = rows.filter(**piece.standing)
        pairs = rows.values_list("pk", f"{piece.parent_field}_id")
        found |= {(kind, pk): (piece.parent_kind, parent) for pk, parent in pairs}
    return found
