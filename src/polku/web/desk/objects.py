"""The page of any one thing, in the order of UX.md, and the places where other parts add to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from polku.kernel.actor import Actor
from polku.kernel.answers import Answer
from polku.kernel.fields import Field
from polku.kernel.policy import may_change
from polku.kernel.queries import find_many, visible_kind
from polku.kernel.registry import Entity
from polku.kernel.registry import entity as entity_row
from polku.web.desk import addresses
from polku.web.markup import joined

type Place = Literal[
    "head_facts", "next_step", "loose_ends", "body", "ties", "side", "history"
]  # fmt: skip

PLACES: tuple[Place, ...] = (
    "head_facts", "next_step", "loose_ends", "body", "ties", "side", "history",
)  # fmt: skip
EVERY_KIND = "*"
TEMPLATE = "objects/object_detail.html"

# A reference that was not fetched with its page is fetched for all peers at once; the tests set
# this to FETCH_RAISE, so that a hidden query fails there.
FETCH = models.FETCH_PEERS


@dataclass(frozen=True)
class ObjectPage:
    """What a section may ask about the page it stands on."""

    request: HttpRequest
    actor: Actor
    entity: Entity
    obj: Any
    shared: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def may_change(self) -> Answer:
        """Whether the reader may change this object, with the reason when not."""
        return may_change(self.actor, self.obj)

    @property
    def can_edit(self) -> bool:
        """Whether fields are offered for change in place."""
        return bool(self.may_change) and self.entity.changeable and not self.obj.archived

    @property
    def url(self) -> str:
        """The page's own address."""
        return addresses.object_url(self.actor.workspace, self.entity, self.obj.code)

    def page_url(self, page: str, **more: Any) -> str:
        """Another page of this object: ``history``, ``archive``, ``field`` with ``field=``."""
        workspace = self.actor.workspace
        return addresses.page_url(workspace, self.entity, page, code=self.obj.code, **more)

    @cached_property
    def unseen(self) -> frozenset[tuple[str, int]]:
        """What the object points at and this reader may not see; only outsiders have such."""
        if self.actor.is_internal:
            return frozenset()
        pointed = pointed_at(self.obj, self.readable.values())
        return frozenset(pointed - set(find_many(self.actor, pointed)))

    @cached_property
    def readable(self) -> dict[str, Field]:
        """The fields that the reader may see, by name."""
        return {found.name: found for found in self.entity.fields_for(self.actor)}


def pointed_at(obj: Any, fields: Iterable[Field]) -> set[tuple[str, int]]:
    """(kind, number) of everything that the fields of an object point at."""
    found: set[tuple[str, int]] = set()
    for row in fields:
        if row.type == "ref" and (number := getattr(obj, f"{row.name}_id")) is not None:
            found.add((row.ref, number))
        elif row.type == "refs":
            found |= {(row.ref, other.pk) for other in getattr(obj, row.name).all()}
        elif row.type == "object" and (number := getattr(obj, f"{row.name}_id")) is not None:
            found.add((getattr(obj, f"{row.name}_kind"), number))
    return found


type Section = Callable[[ObjectPage], str]


@dataclass(frozen=True)
class Placed:
    """One section of one kind's page."""

    kind: str
    place: Place
    name: str
    function: Section
    order: int
    instead_of: str


_sections: list[Placed] = []
_templates: dict[str, str] = {}


def section(
    kind: str, place: Place, function: Section, *, order: int = 50, instead_of: str = ""
) -> None:
    """Add a section to the pages of *kind* (``"*"``: of every kind).

    *function* takes the :class:`ObjectPage` and gives safe HTML, or nothing to stay away. Sections
    of a place stand by *order* (our own are at 50). *instead_of* names the section that this one
    replaces: ``facts``, ``own_columns``, ``happened``.
    """
    if place not in PLACES:
        raise ValueError(place)
    row = Placed(kind, place, function.__name__, function, order, instead_of)
    if row not in _sections:
        _sections.append(row)


def page_template(kind: str, template: str) -> None:
    """Let the pages of *kind* use a template of their own; it extends the general one."""
    _templates[kind] = template


def sections_at(page: ObjectPage, place: Place) -> SafeString:
    """The HTML of one place of a page."""
    mine = [row for row in _sections if row.kind in {EVERY_KIND, page.entity.kind}]
    replaced = {row.instead_of for row in mine if row.instead_of}
    there = [row for row in mine if row.place == place and row.name not in replaced]
    parts = [row.function(page) for row in sorted(there, key=lambda row: row.order)]
    # Every section gives safe HTML, as its contract says
    return joined((part for part in parts if part), "\n")


def fetch(actor: Actor, entity: Entity, code: str) -> Any:
    """The object with what its page shows of it; NotFound alike for missing and for not yours.

    What it points at comes by one statement a kind; what the actor may not see stays away.
    """
    rows = visible_kind(actor, entity, archived=actor.is_internal)
    many = [found.name for found in entity.fields if found.type == "refs"]
    if entity.kind == "relationship":  # its name is made of both sides
        rows = rows.select_related("consumer_party", "provider_party")
    obj = rows.prefetch_related(*many).fetch_mode(FETCH).get_or_404(code)
    obj.workspace = actor.workspace
    single = [found for found in entity.fields if found.type == "ref"]
    seen = find_many(actor, pointed_at(obj, single))
    for found in single:
        pair = found.ref, getattr(obj, f"{found.name}_id")
        if pair in seen:
            setattr(obj, found.name, seen[pair])
    return obj


def object_detail(request: HttpRequest, workspace: str, kind: str, code: str) -> HttpResponse:
    """One thing: what it is, what comes next, what is missing, its ties, what happened."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = entity_row(kind)
    page = ObjectPage(request, actor, entity, fetch(actor, entity, code))
    return render(request, _templates.get(kind, TEMPLATE), context_of(page))


def context_of(page: ObjectPage) -> dict[str, Any]:
    """The context of an object's page; specialised pages use it as well."""
    from polku.web.desk.objects_head import head_context

    return {
        "page": page, "entity": page.entity, "object": page.obj, **head_context(page),
        "places": {place: sections_at(page, place) for place in PLACES},
    }  # fmt: skip
