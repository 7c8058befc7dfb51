"""Rules of needs: dated edges between services, versions, packages and parts (entities.md 2.5).

``requires`` and ``part_of`` stay free of circles over their validity: a circle counts only when
there is a day on which all its edges hold (docs/decisions/0031).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused
from polku.kernel.queries import find, find_many
from polku.portfolio.models import Dependency
from polku.tenancy.models import Workspace

DEPENDENCY_ENDS = frozenset({"service_product", "product_version", "service_package", "component"})
ACYCLIC = ("requires", "part_of")
AT_ONCE = 500

type End = tuple[str, int]


@dataclass(frozen=True)
class Span:
    """From a day until a day, both counted; None is open."""

    first: dt.date | None = None
    last: dt.date | None = None

    def shared(self, other: "Span") -> "Span | None":
        """The days that both hold; None when there is none."""
        first = max((d for d in (self.first, other.first) if d), default=None)
        last = min((d for d in (self.last, other.last) if d), default=None)
        return None if first and last and last < first else Span(first, last)

    def holds(self, other: "Span") -> bool:
        """Whether every day of the other is one of these."""
        begins = self.first is None or (other.first is not None and other.first >= self.first)
        ends = self.last is None or (other.last is not None and other.last <= self.last)
        return begins and ends


@dataclass(frozen=True)
class Edge:
    """A need as the search for circles sees it."""

    start: End
    end: End
    span: Span


def span_of(need: Dependency) -> Span:
    """The days on which a need holds."""
    return Span(need.valid_from, need.valid_to)


def _edge(need: Dependency) -> Edge:
    return Edge((need.from_kind, need.from_id), (need.to_kind, need.to_id), span_of(need))


# What is asked of one need on every save


def dependency_ends(obj: Any, by: Actor, _changed: frozenset[str]) -> None:
    """Both ends exist here, and are something that can need or be needed."""
    for side in ("from", "to"):
        kind, number = getattr(obj, f"{side}_kind"), getattr(obj, f"{side}_id")
        if kind not in DEPENDENCY_ENDS or find(by, kind, number) is None:
            raise BadInput({f"{side}": _("Choose a service, a version, a package or a part.")})


def dependency_without_circle(obj: Any, by: Actor, _changed: frozenset[str]) -> None:
    """A need has two ends and days in order, stands once, and closes no circle on any of its days.

    Needs of one workspace are checked one after another until the transaction ends: two that are
    written at once could each be right and together be double, or go round in a circle.
    """
    Workspace.objects.select_for_update(no_key=True).values_list("pk").get(pk=by.workspace.pk)
    if (obj.from_kind, obj.from_id) == (obj.to_kind, obj.to_id):
        raise Refused(_("A thing cannot need itself."))
    if obj.valid_from and obj.valid_to and obj.valid_to < obj.valid_from:
        raise BadInput({"valid_to": _("The last day cannot come before the first.")})
    if _equal(obj).exists():
        raise Refused(_("This need is written down already for these days."))
    if obj.kind in ACYCLIC:
        _hold_no_circle(obj, by, ())


def _equal(obj: Dependency) -> Any:
    rows = _others(obj).filter(
        from_kind=obj.from_kind, from_id=obj.from_id, kind=obj.kind, to_kind=obj.to_kind,
        to_id=obj.to_id,
    )  # fmt: skip
    return rows.filter(_overlapping(span_of(obj)))


# What is asked of needs that are made in one go


def dependencies_together(needs: Sequence[Any], by: Actor) -> None:
    """Needs that are written down at once must be right together, not each for itself."""
    before: list[Edge] = []
    equal: dict[tuple[End, End, str], list[Span]] = defaultdict(list)
    for need in needs:
        edge = _edge(need)
        known = equal[edge.start, edge.end, need.kind]
        if any(edge.span.shared(span) for span in known):
            raise Refused(_("This need is written down already for these days."))
        known.append(edge.span)
        if need.kind in ACYCLIC:
            if before:
                _hold_no_circle(need, by, before)
            before.append(edge)


# Circles


def _hold_no_circle(need: Dependency, by: Actor, more: Iterable[Edge]) -> None:
    path = _way_back(need, more)
    if path:
        found = find_many(by, set(path))
        names = [found[end].title for end in path if end in found]
        words = {"path": " → ".join(names)}
        raise Refused(_("This would go round in a circle: %(path)s. Nothing was saved.") % words)


def _way_back(need: Dependency, more: Iterable[Edge]) -> list[End]:
    """The circle that the need would close on some day, from its start to its start; or nothing.

    Goes out from what is needed, level by level, with the days on which the way holds. A node is
    met again only with days that an earlier way to it does not hold.
    """
    here = _edge(need)
    known = list(more)
    if not (any(edge.end == here.start for edge in known) or _is_needed(need)):
        return []
    ahead: dict[End, list[Edge]] = defaultdict(list)
    for edge in known:
        ahead[edge.start].append(edge)
    met: dict[End, list[Span]] = {here.end: [here.span]}
    level: list[list[Any]] = [[here.end, here.span, None]]
    while level:
        stored = _edges_from({step[0] for step in level}, need, here.span)
        following: list[list[Any]] = []
        for step in level:
            for edge in (*stored.get(step[0], ()), *ahead.get(step[0], ())):
                span = edge.span.shared(step[1])
                if span is None or any(s.holds(span) for s in met.setdefault(edge.end, [])):
                    continue
                following.append([edge.end, span, step])
                met[edge.end].append(span)
                if edge.end == here.start:
                    return [here.start, *_ends(following[-1])]
        level = following
    return []


def _ends(step: list[Any]) -> list[End]:
    ends: list[End] = []
    at: list[Any] | None = step
    while at is not None:
        ends.append(at[0])
        at = at[2]
    return ends[::-1]


def _is_needed(need: Dependency) -> bool:
    """Whether anything leads to the start at all: without that there is no way back."""
    rows = _others(need).filter(kind__in=ACYCLIC, to_kind=need.from_kind, to_id=need.from_id)
    return bool(rows.filter(_overlapping(span_of(need))).exists())


def _edges_from(ends: set[End], need: Dependency, span: Span) -> dict[End, list[Edge]]:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, number in ends:
        by_kind[kind].append(number)
    found: dict[End, list[Edge]] = defaultdict(list)
    rows = _others(need).filter(_overlapping(span), kind__in=ACYCLIC)
    columns = ("from_id", "to_kind", "to_id", "valid_from", "valid_to")
    for kind, numbers in by_kind.items():
        for place in range(0, len(numbers), AT_ONCE):
            some = rows.filter(from_kind=kind, from_id__in=numbers[place : place + AT_ONCE])
            for number, to_kind, to_id, first, last in some.order_by("id").values_list(*columns):
                edge = Edge((kind, number), (to_kind, to_id), Span(first, last))
                found[edge.start].append(edge)
    return found


def _others(need: Dependency) -> Any:
    rows = Dependency.objects.filter(workspace_id=need.workspace_id, archived=False)
    return rows.exclude(pk=need.pk) if need.pk else rows


def _overlapping(span: Span) -> Q:
    found = Q()
    if span.last:
        found &= Q(valid_from__isnull=True) | Q(valid_from__lte=span.last)
    if span.first:
        found &= Q(valid_to__isnull=True) | Q(valid_to__gte=span.first)
    return found
