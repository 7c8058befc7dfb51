"""The suite can fail: with the filter of one kind gone, that kind's slice of it goes red."""

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db.models import Q

from polku.kernel import queries
from polku.kernel.actor import Actor
from polku.kernel.registry import Entity, entities
from tests.access.asking import Matrix
from tests.access.canaries import Side, missing_code
from tests.access.filling import NEVER_OUTSIDE
from tests.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.scenario("AC31", part="mutation check")]

KINDS = [row.kind for row in entities()]


def breaches_of_kind(world: World, row: Entity, role: str, side: Side) -> list[str]:
    """The slice of one kind: its list and its object, on the pages and in the API."""
    matrix, code, nothing = Matrix(world), world.code(side, row.kind), missing_code(row.prefix)
    found = []
    for here in (f"/w/museum/{row.plural}/", f"/api/v1/w/museum/{row.plural}"):
        answer = matrix.answer(role, "GET", here)
        found += list(matrix.canaries(role, "GET", here, answer))
        path = f"{here.rstrip('/')}/{{}}{'/' if here.endswith('/') else ''}"
        one = matrix.answer(role, "GET", path.format(code))
        other = matrix.answer(role, "GET", path.format(nothing))
        if one.comparable(code) != other.comparable(nothing):
            found.append(f"{path.format(code)} answers {one.status}")
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_without_the_filter_of_the_workspace_the_suite_is_red(
    world: World, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = next(row for row in entities() if row.kind == kind)
    assert breaches_of_kind(world, row, "admin", Side.FOREIGN) == []
    with monkeypatch.context() as patch:
        _replace(patch, queries.visible, _without_workspace(row))
        red = breaches_of_kind(world, row, "admin", Side.FOREIGN)
    assert len(red) >= 2, red


@pytest.mark.parametrize("kind", KINDS)
def test_without_the_filter_of_the_audience_the_suite_is_red(
    world: World, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = next(row for row in entities() if row.kind == kind)
    sides = (Side.INSIDE,) if kind in NEVER_OUTSIDE else (Side.INSIDE, Side.OTHER)
    for side in sides:
        assert breaches_of_kind(world, row, "co_creator", side) == []
    with monkeypatch.context() as patch:
        _replace(patch, queries.outside_view, _without_audience(row))
        for side in sides:
            assert len(breaches_of_kind(world, row, "co_creator", side)) >= 2


def test_without_the_filter_of_unfinished_files_the_suite_is_red(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = next(row for row in entities() if row.kind == "service_product")
    assert breaches_of_kind(world, row, "admin", Side.PENDING) == []
    with monkeypatch.context() as patch:
        _replace(patch, queries.visible, _with_unfinished(row))
        assert len(breaches_of_kind(world, row, "admin", Side.PENDING)) >= 2


def _without_workspace(row: Entity) -> Callable[..., Any]:
    """The getter as it would be if somebody forgot the workspace of this kind."""
    getter = queries.visible

    def weak(actor: Actor, model: Any, *, archived: bool = False) -> Any:
        if model is not row.model:
            return getter(actor, model, archived=archived)
        rows: Any = queries.Visible(model=model).filter(pending_run__isnull=True)
        rows = rows if archived else rows.filter(archived=False)
        return rows if actor.is_internal else rows.filter(queries.outside_view(actor, row))

    return weak


def _with_unfinished(row: Entity) -> Callable[..., Any]:
    getter = queries.visible

    def weak(actor: Actor, model: Any, *, archived: bool = False) -> Any:
        if model is not row.model:
            return getter(actor, model, archived=archived)
        return queries.Visible(model=model).filter(workspace_id=actor.workspace.pk)

    return weak


def _without_audience(row: Entity) -> Callable[..., Q]:
    view = queries.outside_view

    def weak(actor: Actor, entity: Entity) -> Q:
        return Q() if entity is row else view(actor, entity)

    return weak


def _replace(patch: pytest.MonkeyPatch, real: Any, weak: Any) -> None:
    """Wherever a module took the function by name."""
    for module, name in _holders(real):
        patch.setattr(module, name, weak)


def _holders(real: Any) -> Iterator[tuple[Any, str]]:
    for name, module in list(sys.modules.items()):
        if name.startswith("polku."):
            yield from ((module, key) for key, value in list(vars(module).items()) if value is real)
