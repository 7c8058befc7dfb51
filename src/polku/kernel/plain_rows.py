"""Many objects as JSON-ready rows, read as columns: no model instance is made.

Gives what :func:`polku.kernel.listing.plain_object` gives for each row, several times quicker, in
a number of statements that does not grow with the rows. Columns of JSON stay the text that the
database holds (:class:`msgspec.Raw`), so rows are for encoding with msgspec, not for reading.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import F, TextField
from django.db.models.functions import Cast

from polku.kernel.actor import Actor
from polku.kernel.fields import Field, plain
from polku.kernel.queries import Visible, visible_kind
from polku.kernel.registry import Entity, entities
from polku.kernel.registry import entity as entity_row

type Plain = dict[str, Any]
type Reader = Callable[[Any], Any]

RAW_TYPES = frozenset({"words", "json"})
_decode = msgspec.json.Decoder(dict[str, Any]).decode


@dataclass(frozen=True)
class Column:
    """One key of the answer: what is selected for it, and how its value is read, if not as is."""

    name: str
    source: Any
    reader: Reader | None = None


def plain_rows(actor: Actor, entity: Entity, rows: Visible[Any]) -> dict[int, Plain]:
    """``{inner number: object}`` in the order of *rows*, with the fields the actor may read."""
    columns = _columns(actor, entity)
    names = [column.name for column in columns]
    readers = [(c.name, c.reader) for c in columns if c.reader is not None]
    found: dict[int, Plain] = {}
    for number, *values in rows.values_list("pk", *(column.source for column in columns)):
        row = dict(zip(names, values, strict=True))
        for name, reader in readers:
            row[name] = reader(row[name])
        found[number] = row
    _fill_many(actor, entity, found)
    hide_unseen(actor, entity, found.values())
    return found


def _columns(actor: Actor, entity: Entity) -> list[Column]:
    fields = [_column(field) for field in entity.fields_for(actor)]
    return [
        Column("code", "code"), *fields, Column("archived", "archived"),
        Column("revision", "revision"), Column("created_at", _text("created_at"), _moment),
        Column("updated_at", _text("updated_at"), _moment),
    ]  # fmt: skip


def _text(name: str) -> Cast:
    return Cast(F(name), TextField())


def _column(field: Field) -> Column:
    name = field.name
    if field.type in RAW_TYPES:
        return Column(name, _text(name), _raw)
    if field.type == "translated":
        return Column(name, _text(name), _translated)
    if field.type == "date":
        return Column(name, _text(name))
    if field.type == "datetime":
        return Column(name, _text(name), _moment)
    if field.type == "decimal":
        return Column(name, name, plain)
    if field.type == "ref":
        return Column(name, f"{name}__code")
    if field.type == "picture":
        return Column(name, f"{name}__number")
    if field.type == "object":
        return Column(name, f"{name}_code", _or_nothing)
    if field.type == "refs":
        return Column(name, "code", _no_list)
    return Column(name, name)


def _raw(text: str | None) -> Any:
    return None if text is None else msgspec.Raw(text.encode())


def _translated(text: str | None) -> dict[str, str]:
    texts = _decode(text) if text else {}
    return {lang: value for lang, value in texts.items() if lang[0] != "_"}


def _moment(text: str | None) -> str | None:
    """SQLite keeps times as UTC without saying so; PostgreSQL says so."""
    if text is None:
        return None
    moment = dt.datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).isoformat()


def _or_nothing(code: str) -> str | None:
    return code or None


def _no_list(_code: str) -> list[str]:
    return []


def _fill_many(actor: Actor, entity: Entity, found: dict[int, Plain]) -> None:
    for field in entity.fields_for(actor):
        if field.type == "refs" and found:
            column: Any = entity.model._meta.get_field(field.name)
            mine, other = column.m2m_field_name(), column.m2m_reverse_field_name()
            ties = column.remote_field.through.objects.filter(**{f"{mine}__in": list(found)})
            pairs = ties.order_by(f"{other}_id").values_list(f"{mine}_id", f"{other}__code")
            for number, code in pairs:
                found[number][field.name].append(code)


def hide_unseen(actor: Actor, entity: Entity, rows: Iterable[Plain]) -> None:
    """Take references out of *rows* that lead to what people of the other side may not see."""
    if actor.is_internal:
        return
    fields = [f for f in entity.fields_for(actor) if f.type in {"ref", "refs", "object"}]
    held = [(row, field) for row in rows for field in fields if row[field.name]]
    codes = {code for row, field in held for code in _codes(row[field.name])}
    seen = _seen(actor, codes)
    for row, field in held:
        value = row[field.name]
        if isinstance(value, list):
            row[field.name] = [code for code in value if code in seen]
        elif value not in seen:
            row[field.name] = None


def _codes(value: str | list[str]) -> Sequence[str]:
    return value if isinstance(value, list) else [value]


def _seen(actor: Actor, codes: set[str]) -> set[str]:
    kinds = {row.prefix: row.kind for row in entities()}
    seen: set[str] = set()
    for prefix in {code.split("-")[0] for code in codes} & kinds.keys():
        mine = [code for code in codes if code.split("-")[0] == prefix]
        rows = visible_kind(actor, entity_row(kinds[prefix]), archived=True)
        seen |= set(rows.filter(code__in=mine).values_list("code", flat=True))
    return seen
