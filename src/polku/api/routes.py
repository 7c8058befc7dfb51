"""Every route as a row: the table says what there is, the mounting gives it to the framework."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel

from polku.kernel.registry import Entity

type Handler = Callable[..., HttpResponse]
type When = Callable[[Entity], bool]


def _always(_entity: Entity) -> bool:
    return True


@dataclass(frozen=True)
class Route:
    """One route.

    ``body`` is a fixed shape, or ``New`` or ``Change`` for the entity's own; ``gives`` names the
    shape of the answer (``{}`` stands for the entity's name); ``query`` names its parameters;
    ``files`` are the media types of an answer that is a file.
    """

    method: str
    path: str
    handler: Handler
    name: str
    gives: str = "{}"
    status: int = 200
    body: type[BaseModel] | str | None = None
    query: tuple[str, ...] = ()
    once: bool = False
    when: When = _always
    files: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The first line of what the handler promises."""
        return (self.handler.__doc__ or self.name).strip().split("\n")[0]


def mount(router: Router, routes: Iterable[Route], entity: Entity | None = None) -> None:
    """Give the routes to a router; those of an entity carry its name."""
    for route in routes:
        if entity is None or route.when(entity):
            name = f"{entity.page_name}_{route.name}" if entity else route.name
            view = _view(route, entity)
            view.__name__ = name
            view.route, view.entity = route, entity  # type: ignore[attr-defined]
            router.api_operation(
                [route.method], route.path, operation_id=name, url_name=name,
                summary=route.summary, description=route.handler.__doc__,
            )(view)  # fmt: skip


def _view(route: Route, entity: Entity | None) -> Handler:
    """A view with exactly the names that stand in the address: the framework reads them."""
    fixed: tuple[Any, ...] = (entity,) if entity is not None else ()
    known = ("workspace", "code", "number", "question")
    names = {part for part in known if f"{{{part}}}" in route.path}

    def at_root(request: HttpRequest) -> HttpResponse:
        return route.handler(request, *fixed)

    def in_workspace(request: HttpRequest, workspace: str) -> HttpResponse:  # noqa: ARG001
        return route.handler(request, *fixed)

    def at_object(request: HttpRequest, workspace: str, code: str) -> HttpResponse:  # noqa: ARG001
        return route.handler(request, *fixed, code)

    def at_row(request: HttpRequest, workspace: str, number: str) -> HttpResponse:  # noqa: ARG001
        return route.handler(request, *fixed, number)

    def at_step(request: HttpRequest, workspace: str, code: str, number: str) -> HttpResponse:  # noqa: ARG001
        return route.handler(request, *fixed, code, number)

    def at_question(
        request: HttpRequest,
        workspace: str,  # noqa: ARG001
        question: str,
        code: str,
    ) -> HttpResponse:
        return route.handler(request, *fixed, code, question)

    if "question" in names:
        return at_question
    if "code" in names:
        return at_step if "number" in names else at_object
    if "number" in names:
        return at_row
    return in_workspace if "workspace" in names else at_root
