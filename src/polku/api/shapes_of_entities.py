"""JSON Schema of the objects of each kind, from the fields of its registry row."""

from collections.abc import Iterable
from typing import Any

from polku.kernel.fields import LANGUAGE_TAG, Field
from polku.kernel.registry import Entity
from polku.kernel.registry import entity as entity_row

type Schema = dict[str, Any]

DAY, MOMENT = "2026-05-31", "2026-05-31T09:30:00+00:00"
TEXTS: Schema = {
    "type": "object",
    "additionalProperties": {"type": "string"},
    "description": "Texts by language.",
    "examples": [{"en": "Family guided tour", "fi": "Perheopastus"}],
}


def name_of(entity: Entity) -> str:
    """The name of its shapes: ``Service``."""
    return "".join(part.capitalize() for part in entity.page_name.split("_"))


def schemas_of(entity: Entity) -> dict[str, Schema]:
    """The shapes of a kind: as read, as made, as changed, as listed."""
    name = name_of(entity)
    found = {name: _as_read(entity), f"{name}List": _as_listed(name)}
    if entity.changeable:
        found[f"{name}New"] = _as_made(entity)
        found[f"{name}Change"] = _as_changed(entity)
    return found


def _as_read(entity: Entity) -> Schema:
    fields = {
        field.name: _described(entity, field, _read(entity, field)) for field in entity.fields
    }
    always = ["code", "archived", "revision", "created_at", "updated_at"]
    return {
        "type": "object",
        "title": str(entity.words.phrase("one", "service_management")),
        "description": entity.words.phrase("about", "service_management"),
        "properties": {
            "code": _code(entity) | {"description": "Stable code in its workspace."},
            **fields,
            "archived": {"type": "boolean"},
            "revision": {"type": "integer", "minimum": 1},
            "created_at": {"type": "string", "format": "date-time", "examples": [MOMENT]},
            "updated_at": {"type": "string", "format": "date-time", "examples": [MOMENT]},
            "as_of": {"$ref": "#/components/schemas/AsOf"},
        },
        "required": [*always, *(f.name for f in entity.fields if not f.inside_only)],
    }


def _as_listed(name: str) -> Schema:
    return {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}},
            "count": {"type": "integer", "minimum": 0},
            "next": {"type": ["string", "null"], "description": "Address of the next page."},
        },
        "required": ["items", "count", "next"],
    }


def _as_made(entity: Entity) -> Schema:
    fields = [field for field in entity.fields if _on_create(entity, field)]
    return _written(entity, fields) | {"required": [f.name for f in fields if f.required]}


def _on_create(entity: Entity, field: Field) -> bool:
    first_state = entity.machine is not None and field.name == entity.state_field
    return field.type != "datetime" and (field.editable or field.on_create or first_state)


def _as_changed(entity: Entity) -> Schema:
    shape = _written(entity, [f for f in entity.fields if f.editable and f.type != "datetime"])
    number = {"type": "integer", "minimum": 1, "description": "The revision that was read before."}
    shape["properties"]["revision"] = number
    claim = "The words change and the meaning stays: ties to it need no look. For texts alone."
    shape["properties"]["wording_only"] = {"type": "boolean", "description": claim}
    return shape


def _written(entity: Entity, fields: Iterable[Field]) -> Schema:
    return {
        "type": "object",
        "properties": {f.name: _described(entity, f, _write(entity, f)) for f in fields},
        "additionalProperties": False,
    }


def _described(entity: Entity, field: Field, shape: Schema) -> Schema:
    words = [field.label(entity.model), str(field.help)]
    if field.inside_only:
        words.append("Only for the provider's own people")
    if choices := field.choices(entity.model):
        words.append(", ".join(f"{code} = {label}" for code, label in choices))
    return shape | {"description": ". ".join(word for word in words if word) + "."}


def _code(entity: Entity) -> Schema:
    return {"type": "string", "examples": [f"{entity.prefix}-1"]}


def _or_null(shape: Schema) -> Schema:
    return shape | {"type": [shape["type"], "null"]}


def _read(entity: Entity, field: Field) -> Schema:
    column = field.column(entity.model)
    if field.type == "enum":
        codes = [code for code, _label in field.choices(entity.model)]
        return {"type": "string", "enum": [*codes, ""] if column.blank else codes}
    if field.type == "ref":
        return _or_null(_code(entity_row(field.ref)))
    if field.type == "refs":
        return {"type": "array", "items": _code(entity_row(field.ref))}
    return _PLAIN[field.type](column)


def _text(column: Any) -> Schema:
    return {"type": "string", **({"maxLength": column.max_length} if column.max_length else {})}


_PLAIN: dict[str, Any] = {
    "text": _text,
    "translated": lambda _column: TEXTS,
    "object": lambda _column: {"type": ["string", "null"], "examples": ["SRV-1"]},
    "date": lambda _column: {"type": ["string", "null"], "format": "date", "examples": [DAY]},
    "datetime": lambda _column: {
        "type": ["string", "null"], "format": "date-time", "examples": [MOMENT],
    },
    "bool": lambda _column: {"type": "boolean"},
    "int": lambda _column: {"type": ["integer", "null"], "minimum": 0},
    "decimal": lambda _column: {"type": ["string", "null"], "examples": ["12.5"]},
    "words": lambda _column: {"type": "array", "items": {"type": "string"}},
    "json": lambda _column: {"type": ["object", "array"]},
    "picture": lambda _column: {
        "type": ["integer", "null"], "minimum": 1, "maximum": 999_999_999, "examples": [1],
    },
}  # fmt: skip


def _write(entity: Entity, field: Field) -> Schema:
    shape = _read(entity, field)
    if field.type == "translated":
        one = {"type": "string", "description": "One text, in the writer's language."}
        many = {"type": "object", "propertyNames": {"pattern": f"^{LANGUAGE_TAG.pattern}$"},
                "additionalProperties": {"type": ["string", "null"]}}  # fmt: skip
        return {"anyOf": [one, many], "examples": TEXTS["examples"]}
    if field.type == "decimal":
        return {"type": ["string", "number", "null"], "examples": ["12.5"]}
    if field.required and field.type in {"ref", "object"}:
        return shape | {"type": "string"}
    return shape
