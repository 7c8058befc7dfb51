"""One way to list any entity: filters by field name, words, order and pages.

Pages, the API, the CLI and exports all read lists through :func:`listing`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from polku.kernel import search
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Sentence
from polku.kernel.events import ask
from polku.kernel.fields import FALSE_WORDS, TRUE_WORDS, Field
from polku.kernel.models import SearchText
from polku.kernel.plain_rows import hide_unseen
from polku.kernel.queries import Visible, visible_kind
from polku.kernel.registry import Entity, Narrowing
from polku.kernel.registry import entity as entity_row

NOTHING = "none"
ANY = "any"
OVERDUE = "review_overdue"
WITHOUT = "without"
OWN = "own."
KEYS = frozenset({"q", "sort", "archived", WITHOUT})


@dataclass(frozen=True)
class Listing:
    """A question about a list and the rows that answer it (nothing is fetched yet)."""

    entity: Entity
    rows: Visible[Any]
    filters: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    sort: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.filters or self.words)


def listing(
    actor: Actor, entity: Entity, query: Mapping[str, str], *, strict: bool = False
) -> Listing:
    """Rows that *query* asks for.

    Keys: names of the registry row's filters and narrowings (a value, several parted by commas, or
    ``none`` for nothing said), ``q`` words, ``sort`` (a name, ``-`` before it for backwards),
    ``archived`` (``yes`` for those alone, ``any`` for both), ``without`` (fields that say nothing),
    and ``own.<heading>`` (the text in a column of the sender's own; our own people only).
    Unknown keys are refused with BadInput when *strict*, else ignored; so are fields that the
    actor may not read, since a count would tell their value.
    """
    archived = str(query.get("archived", "")).lower()
    rows = visible_kind(actor, entity, archived=archived in {*TRUE_WORDS, ANY})
    if archived in TRUE_WORDS:
        rows = rows.filter(archived=True)
    readable = {found.name for found in entity.fields_for(actor)}
    problems = _unknown(actor, entity, query, readable) if strict else {}
    used: dict[str, str] = {}
    for name in (name for name in entity.filters if name in readable):
        raw = str(query.get(name, "") or "").strip()
        if raw:
            used[name] = raw
            rows = _filtered(actor, entity, rows, name, raw, problems)
    for way in entity.narrowings_for(actor):
        raw = str(query.get(way.name, "") or "").strip()
        if raw:
            used[way.name] = raw
            rows = rows.filter(_tied_filter(actor, way, _parts(raw)))
    rows = _narrowed(actor, entity, rows, query, used, problems)
    if problems and strict:
        raise BadInput(problems)
    words = str(query.get("q", "") or "").strip()[:200]
    if words:
        rows = rows.filter(pk__in=_with_words(actor, entity, words))
    sort = _sort(entity, str(query.get("sort", "") or ""), problems, readable)
    if problems and strict:
        raise BadInput(problems)
    return Listing(entity, rows.order_by(*_order(entity, sort)), used, words, sort)


def _unknown(
    actor: Actor, entity: Entity, query: Mapping[str, str], readable: set[str]
) -> dict[str, Sentence]:
    known = KEYS | (set(entity.filters) & readable)
    known |= {way.name for way in entity.narrowings_for(actor)}
    problems: dict[str, Sentence] = {
        name: _("This list has no such filter.")
        for name in query
        if name not in known and not is_own(name, readable)
    }
    if str(query.get("archived", "")).lower() not in {*TRUE_WORDS, *FALSE_WORDS, ANY}:
        problems["archived"] = _("Answer yes, no or any.")
    return problems


def is_own(name: str, readable: Iterable[str]) -> bool:
    """Whether a key asks for a column of the sender's own, which only our own people read."""
    return name.startswith(OWN) and len(name) > len(OWN) and "attributes" in readable


def _narrowed(
    actor: Actor, entity: Entity, rows: Any, query: Mapping[str, str], used: dict[str, str],
    problems: dict[str, Sentence],
) -> Any:  # fmt: skip
    """The rows without what ``without`` names, and with what own columns say."""
    readable = {found.name for found in entity.fields_for(actor)}
    for name in str(query.get(WITHOUT, "") or "").split(","):
        if name.strip():
            condition = _says_nothing(actor, entity, name.strip(), readable)
            if condition is None:
                problems[WITHOUT] = _("This list has no such filter.")
                continue
            used[WITHOUT] = str(query[WITHOUT])
            rows = rows.filter(condition)
    for place, name in enumerate(key for key in query if is_own(key, readable)):
        used[name] = str(query[name])
        # Cast, for the text of a JSON key would be compared as JSON.
        column = Cast(KeyTextTransform(name.removeprefix(OWN), "attributes"), TextField())
        rows = rows.alias(**{f"own_{place}": column}).filter(**{f"own_{place}": used[name]})
    return rows


def _says_nothing(actor: Actor, entity: Entity, name: str, readable: set[str]) -> Q | None:
    found = entity.by_name.get(name)
    if found is None:
        # Rooms above know what else an object may be without, such as a meeting point.
        told = (answer for answer in ask("list_without", kind=entity.kind, name=name))
        return next((answer for answer in told if answer is not None), None)
    if name not in readable or found.type in ("object", "bool"):
        return None
    if found.type in ("ref", "refs") and not actor.is_internal:
        return None  # counting would tell of things that this reader may not see
    if found.type in ("ref", "refs", "date", "datetime", "int", "decimal"):
        return Q(**{f"{name}__isnull": True})
    if found.type == "words":
        return Q(**{name: []})
    if found.type in ("translated", "json"):
        return Q(**{name: {}}) | Q(**{name: []})
    return Q(**{f"{name}__in": ["", "unknown"]})


def _filtered(
    actor: Actor, entity: Entity, rows: Any, name: str, raw: str, problems: dict[str, Sentence]
) -> Any:
    found = entity.by_name[name]
    wanted = _parts(raw)
    if found.type == "ref":
        return rows.filter(_ref_filter(actor, entity, found, wanted))
    if found.type == "bool":
        return _bool_filter(rows, found, raw, problems)
    if found.type == "enum":
        known = {code for code, _label in found.choices(entity.model)} | {NOTHING}
        if unknown := [part for part in wanted if part not in known]:
            problems[name] = _("There is no “%(value)s” to filter by.") % {"value": unknown[0][:40]}
            return rows
        return rows.filter(_enum_filter(found, wanted))
    return rows.filter(**{f"{name}__in": wanted})


def _parts(raw: str) -> list[str]:
    return [part.strip() for part in raw.split(",") if part.strip()]


def _ends(actor: Actor, kind: str, wanted: list[str]) -> Any:
    """The rows of a kind with these codes, as far as the actor may see them."""
    codes = [part.upper() for part in wanted if part != NOTHING]
    return visible_kind(actor, entity_row(kind), archived=True).filter(code__in=codes)


def _ref_filter(actor: Actor, entity: Entity, found: Field, wanted: list[str]) -> Q:
    rows = _ends(actor, found.ref, wanted)
    more = _more_of(actor, entity, found)
    condition = Q(**{f"{found.name}__in": rows.values("pk")})
    if more is not None:
        mine, other, pairs = more
        condition |= Q(pk__in=pairs.filter(**{f"{other}__in": rows.values("pk")}).values(mine))
    if NOTHING not in wanted:
        return condition
    nobody = Q(**{f"{found.name}__isnull": True})
    return condition | (nobody & ~Q(pk__in=more[2].values(more[0])) if more else nobody)


def _more_of(actor: Actor, entity: Entity, found: Field) -> tuple[str, str, Any] | None:
    """Both columns and the rows of the table that holds more of the same, if one may read it."""
    row = entity.by_name.get(found.also)
    if row is None or (row.inside_only and not actor.is_internal):
        return None
    column: Any = row.column(entity.model)
    pairs = column.remote_field.through.objects.all()
    return f"{column.m2m_field_name()}_id", f"{column.m2m_reverse_field_name()}_id", pairs


def _tied_filter(actor: Actor, way: Narrowing, wanted: list[str]) -> Q:
    condition = Q(pk__in=[])
    if codes := [part for part in wanted if part != NOTHING]:
        condition |= way.where(
            actor, list(_ends(actor, way.ref, codes).values_list("pk", flat=True))
        )
    return condition | way.where(actor, None) if NOTHING in wanted else condition


def _enum_filter(found: Field, wanted: list[str]) -> Q:
    values = ["" if part == NOTHING else part for part in wanted]
    return Q(**{f"{found.name}__in": values})


def _bool_filter(rows: Any, found: Field, raw: str, problems: dict[str, Sentence]) -> Any:
    word = raw.lower()
    if word not in TRUE_WORDS | FALSE_WORDS:
        problems[found.name] = _("Answer yes or no.")
        return rows
    return rows.filter(**{found.name: word in TRUE_WORDS})


def _with_words(actor: Actor, entity: Entity, words: str) -> Any:
    rows = SearchText.objects.filter(workspace=actor.workspace, kind=entity.kind)
    return rows.filter(search.matching(search.words_of(words))).values("object_id")


def _sort(entity: Entity, raw: str, problems: dict[str, Sentence], readable: set[str]) -> str:
    if not raw:
        return entity.default_sort
    name = raw.removeprefix("-")
    hidden = name in entity.by_name and name not in readable
    if name in {known.removeprefix("-") for known in entity.sorts} and not hidden:
        return raw
    problems["sort"] = _("This list cannot be ordered that way.")
    return entity.default_sort


def _order(entity: Entity, sort: str) -> list[Any]:
    name, backwards = sort.removeprefix("-"), sort.startswith("-")
    last = "-id" if backwards else "id"
    if name == "code":
        return [last]
    found = entity.by_name.get(name)
    if found is None or found.type != "date":
        return [sort, last]
    # What has no day stands at the end, whichever the database and the direction
    day = F(name).desc(nulls_last=True) if backwards else F(name).asc(nulls_last=True)
    return [day, last]


def with_references(entity: Entity, rows: Any) -> Any:
    """The same rows with their references, in a fixed number of statements."""
    rows = rows.select_related(*entity.refs)
    many = [f.name for f in entity.fields if f.type == "refs"]
    if entity.kind == "relationship":
        rows = rows.select_related("consumer_party", "provider_party")
    return rows.prefetch_related(*many) if many else rows


def as_plain(entity: Entity, rows: Iterable[Any], actor: Actor) -> list[dict[str, Any]]:
    """Rows as JSON-ready objects, with what the actor may read of each."""
    found = [_plain(entity, row, actor) for row in rows]
    hide_unseen(actor, entity, found)
    return found


def plain_object(entity: Entity, row: Any, actor: Actor) -> dict[str, Any]:
    """One row in its outside form: code, the fields the actor may read, revision and times."""
    return as_plain(entity, [row], actor)[0]


def _plain(entity: Entity, row: Any, actor: Actor) -> dict[str, Any]:
    return {
        "code": row.code,
        **{f.name: f.plain(row) for f in entity.fields_for(actor)},
        "archived": row.archived,
        "revision": row.revision,
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
    }
