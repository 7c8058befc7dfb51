"""The entity registry: plain data that drives lists, filters, search, import, export, history,
the API, the docs pages and the surface tests."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q

from polku.kernel.actor import Actor
from polku.kernel.answers import Sentence
from polku.kernel.fields import Field
from polku.kernel.machines import StateMachine
from polku.kernel.meanings import Meaning
from polku.kernel.words import Words
from polku.tenancy.models import CoreEntity


@dataclass(frozen=True)
class Narrowing:
    """A way to narrow a list by what its things are tied to, for our own people alone.

    ``where`` gives the condition for ends of kind ``ref`` with these inner numbers, or, for None,
    that there is no such end.
    """

    name: str
    ref: str
    label: Sentence
    where: Callable[[Actor, Iterable[int] | None], Q]

    @property
    def shown(self) -> str:
        """The label as it stands before a value."""
        text = str(self.label)
        return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Entity:
    """One kind of thing.

    ``outside`` narrows what people of the customer's side see beyond the audience;
    ``creators`` are the roles that may add one; ``meaning_fields`` and the computed ``meanings``
    are what a tie rests on (links.md 2); in ``untied_states`` it gets no new ties but to what takes
    its place; ``checks`` run over parsed values before they are
    saved and raise :class:`~polku.kernel.answers.BadInput` or ``Refused``; ``checks_together``
    look at all the objects that are made in one go, which ``checks`` see one by one.
    """

    kind: str
    model: type[CoreEntity]
    plural: str
    prefix: str
    words: Words
    fields: tuple[Field, ...]
    list_columns: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    narrowings: tuple[Narrowing, ...] = ()
    sorts: tuple[str, ...] = ()
    default_sort: str = "sort_title"
    search_fields: tuple[str, ...] = ()
    meaning_fields: tuple[str, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    machine: StateMachine | None = None
    state_field: str = "state"
    untied_states: frozenset[str] = frozenset()
    feature: str = ""
    sheet: str = ""
    creators: frozenset[str] = frozenset({"admin", "editor"})
    changeable: bool = True
    outside: Callable[[Actor], Q] | None = None
    checks: tuple[Callable[..., None], ...] = ()
    checks_together: tuple[Callable[..., None], ...] = ()
    defaults: Callable[[Actor], dict[str, Any]] | None = None
    question: str = "where"
    page: bool = True
    room: str = field(default="")

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Fields by name."""
        return {f.name: f for f in self.fields}

    @property
    def title_field(self) -> str:
        """The field that people know the object by."""
        return self.model.title_field

    @property
    def page_name(self) -> str:
        """The beginning of the URL names of its pages: ``service`` of ``services``."""
        word = self.plural.replace("-", "_")
        return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")

    def fields_for(self, actor: Actor) -> tuple[Field, ...]:
        """The fields that this actor may read."""
        return tuple(f for f in self.fields if actor.is_internal or not f.inside_only)

    def narrowings_for(self, actor: Actor) -> tuple[Narrowing, ...]:
        """The narrowings that this actor may use: what hangs together is read inside."""
        return self.narrowings if actor.is_internal else ()

    @property
    def refs(self) -> list[str]:
        """Names of single references and pictures, for joining."""
        return [f.name for f in self.fields if f.type in {"ref", "picture"}]


_entities: dict[str, Entity] = {}


def register(entity: Entity) -> Entity:
    """Add one row; a kind can stand once."""
    if entity.kind in _entities and _entities[entity.kind].model is not entity.model:
        raise ValueError(f"entity {entity.kind} stands twice")
    _entities[entity.kind] = entity
    return entity


def entity(kind: str) -> Entity:
    """The row of a kind; KeyError when there is none."""
    return _entities[kind]


def has_entity(kind: str) -> bool:
    """Whether the kind is registered."""
    return kind in _entities


def entity_of(obj: Any) -> Entity:
    """The row of an object or model."""
    model = obj if isinstance(obj, type) else type(obj)
    for row in _entities.values():
        if row.model is model:
            return row
    raise KeyError(model)


def entity_by_plural(plural: str) -> Entity | None:
    """The row with this address word."""
    return next((row for row in _entities.values() if row.plural == plural), None)


def entities() -> Iterable[Entity]:
    """All rows in the order of registration (from the ground up)."""
    return tuple(_entities.values())


COMMON_FIELDS: tuple[Field, ...] = (
    Field("owner_party", "ref", ref="party"),
    Field("audience", "enum"),
    Field("relationship", "ref", ref="relationship"),
    Field("review_due", "date"),
    Field("tags", "words"),
    Field("attributes", "json", inside_only=True),
)
