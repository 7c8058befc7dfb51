"""Rules of the portfolio that hold on every save. They refuse broken data, nothing else."""

from collections import deque
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused
from polku.kernel.circles import path_back
from polku.kernel.queries import find
from polku.portfolio.models import Dependency
from polku.tenancy.models import Workspace

DEPENDENCY_ENDS = frozenset({"service_product", "component"})
ACYCLIC = ("requires", "part_of")


def goal_without_circle(obj: Any, _by: Actor, changed: frozenset[str]) -> None:
    """A goal cannot stand, at any depth, above itself."""
    if "parent" in changed and (path := path_back(obj, "parent")):
        raise Refused(_("This would go round in a circle: %(path)s.") % {"path": path})


def activity_without_circle(obj: Any, _by: Actor, changed: frozenset[str]) -> None:
    """A service cannot be, at any depth, an activity of itself."""
    if "is_activity_of" in changed and (path := path_back(obj, "is_activity_of")):
        raise Refused(_("This would go round in a circle: %(path)s.") % {"path": path})


def dependency_ends(obj: Any, by: Actor, _changed: frozenset[str]) -> None:
    """Both ends exist here and differ, the dates are in order, and no equal edge overlaps.

    Needs of one workspace are checked one after another until the transaction ends: two that are
    written at once could each be right and together be double, or go round in a circle.
    """
    Workspace.objects.select_for_update(no_key=True).values_list("pk").get(pk=by.workspace.pk)
    for side in ("from", "to"):
        kind, number = getattr(obj, f"{side}_kind"), getattr(obj, f"{side}_id")
        if kind not in DEPENDENCY_ENDS or find(by, kind, number) is None:
            raise BadInput({f"{side}": _("Choose a service or a part.")})
    if (obj.from_kind, obj.from_id) == (obj.to_kind, obj.to_id):
        raise Refused(_("A thing cannot need itself."))
    if obj.valid_from and obj.valid_to and obj.valid_to < obj.valid_from:
        raise BadInput({"valid_to": _("The last day cannot come before the first.")})
    if _overlapping(obj, from_kind=obj.from_kind, from_id=obj.from_id, kind=obj.kind,
                    to_kind=obj.to_kind, to_id=obj.to_id).exists():  # fmt: skip
        raise Refused(_("This need is written down already for these days."))


def dependency_without_circle(obj: Any, by: Actor, _changed: frozenset[str]) -> None:
    """``requires`` and ``part_of`` stay free of circles over their validity; the path is shown."""
    if obj.kind not in ACYCLIC:
        return
    start = (obj.from_kind, obj.from_id)
    trail: dict[tuple[str, int], tuple[str, int] | None] = {(obj.to_kind, obj.to_id): None}
    queue = deque(trail)
    while queue:
        at = queue.popleft()
        if at == start:
            raise Refused(
                _("This would go round in a circle: %(path)s. Nothing was saved.")
                % {"path": _path(obj, trail, by)}
            )
        edges = _overlapping(obj, from_kind=at[0], from_id=at[1], kind__in=ACYCLIC)
        for edge in edges.values_list("to_kind", "to_id"):
            if edge not in trail:
                trail[edge] = at
                queue.append(edge)


def _overlapping(obj: Dependency, **ends: Any) -> Any:
    rows = Dependency.objects.filter(workspace_id=obj.workspace_id, archived=False, **ends)
    if obj.pk:
        rows = rows.exclude(pk=obj.pk)
    if obj.valid_to:
        rows = rows.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=obj.valid_to))
    if obj.valid_from:
        rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=obj.valid_from))
    return rows


def _path(obj: Dependency, trail: dict[Any, Any], by: Actor) -> str:
    steps = [(obj.from_kind, obj.from_id)]
    while (before := trail[steps[-1]]) is not None:
        steps.append(before)
    steps.append((obj.from_kind, obj.from_id))
    rows = [find(by, *step) for step in reversed(steps)]
    return " → ".join(row.title for row in rows if row is not None)
