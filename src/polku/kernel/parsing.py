"""From outside values to stored ones, with references found among what the actor may see."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Sentence
from polku.kernel.fields import BadValue, Field
from polku.kernel.models import Attachment
from polku.kernel.pictures import may_see, own_picture
from polku.kernel.policy import may_begin
from polku.kernel.queries import visible_kind
from polku.kernel.registry import Entity, entities
from polku.kernel.registry import entity as entity_row
from polku.tenancy.models import CoreEntity

_known: ContextVar[dict[tuple[str, str], CoreEntity | None] | None] = ContextVar(
    "known", default=None
)

type Parsed = tuple[dict[str, Any], dict[str, Any]]


def parse_values(
    entity: Entity, values: Mapping[str, Any], *, by: Actor, now: Any = None,
    creating: bool = False, by_verb: bool = False,
) -> Parsed:  # fmt: skip
    """Columns and many-references to set, from outside values by field name.

    *by_verb* also lets through fields that only a verb of their own may change. Raises
    :class:`BadInput` naming every field that does not fit, unknown names included.
    """
    problems: dict[str, Sentence] = {}
    columns: dict[str, Any] = {}
    many: dict[str, Any] = {}
    for name, raw in values.items():
        field = _settable(entity, name, creating=creating, by_verb=by_verb)
        if field is None:
            problems[name] = _("There is no such field to write here.")
            continue
        try:
            value = _read(entity, field, raw, by, now)
        except BadValue as error:
            problems[name] = str(error)
            continue
        if field.type == "object":
            columns |= _three_columns(name, value)
        else:
            (many if field.type == "refs" else columns)[name] = value
    if creating:
        problems |= _missing(entity, values) | _beginning(entity, columns, by)
    if problems:
        raise BadInput(problems)
    return columns, many


def _settable(entity: Entity, name: str, *, creating: bool, by_verb: bool) -> Field | None:
    field = entity.by_name.get(name)
    if field is None:
        return None
    first_state = creating and entity.machine is not None and name == entity.state_field
    allowed = field.editable or first_state or (creating and field.on_create)
    allowed = allowed or (by_verb and field.verb)
    return field if allowed and field.type != "datetime" else None


def _beginning(entity: Entity, columns: Mapping[str, Any], by: Actor) -> dict[str, Sentence]:
    """A first state is entered by a legal first step, by somebody who may take it.

    Files and the system note where things stand already (DECISIONS 17).
    """
    state = columns.get(entity.state_field)
    if entity.machine is None or not state or state == entity.machine.initial:
        return {}
    if by.channel == "import" or by.is_system:
        return {}
    found = entity.machine.find("", state)
    if found is None:
        return {entity.state_field: _("It cannot begin there. Add it first, then take the step.")}
    answer = may_begin(by, found)
    return {} if answer else {entity.state_field: answer.reason}


def _missing(entity: Entity, values: Mapping[str, Any]) -> dict[str, Sentence]:
    return {
        field.name: _("Write something here; it cannot stay empty.")
        for field in entity.fields
        if field.required and field.name not in values
    }


def _read(entity: Entity, field: Field, raw: Any, by: Actor, now: Any) -> Any:
    if field.type == "ref":
        found = _reference(field, raw, by)
        if field.required and found is None:
            raise BadValue(_("Choose one; it cannot stay empty."))
        return found
    if field.type == "refs":
        return _references(field, raw, by)
    if field.type == "picture":
        return _picture(raw, by)
    if field.type == "object":
        return _object(field, raw, by)
    current = getattr(now, field.name) if now is not None else None
    if field.type == "enum" and field.name == entity.state_field and raw in (None, ""):
        return entity.machine.initial if entity.machine else ""
    return field.read(raw, entity.model, current, by.lang_for_writing)


def _reference(field: Field, raw: Any, by: Actor) -> CoreEntity | None:
    if raw is None or raw == "":
        return None
    if isinstance(raw, CoreEntity):
        return _of_here(raw, by)
    found = _by_code(entity_row(field.ref), raw, by)
    return found if found is not None else _nobody(raw)


def _picture(raw: Any, by: Actor) -> Attachment | None:
    """A picture by its number; files bring none along, and a number of elsewhere is another one."""
    if raw in (None, "", 0):
        return None
    found = raw if isinstance(raw, Attachment) else own_picture(by, raw)
    if found is None or by.channel == "import" or not may_see(by, found):
        words = _("There is no picture “%(number)s” here. Send it first.")
        raise BadValue(words % {"number": str(raw)[:20]})
    return found


def _object(field: Field, raw: Any, by: Actor) -> CoreEntity | None:
    if isinstance(raw, CoreEntity):
        return _of_here(raw, by)
    if raw in (None, ""):
        if field.required:
            raise BadValue(_("Choose one; it cannot stay empty."))
        return None
    prefix = str(raw).strip().upper().split("-")[0]
    row = next((row for row in entities() if row.prefix == prefix), None)
    found = _by_code(row, raw, by) if row else None
    return found if found is not None else _nobody(raw)


def _by_code(row: Entity, raw: Any, by: Actor) -> CoreEntity | None:
    code = str(raw).strip().upper()[:20]
    known = _known.get()
    if known is None:
        return visible_kind(by, row).filter(code=code).first()
    if (row.kind, code) not in known:
        known[row.kind, code] = visible_kind(by, row).filter(code=code).first()
    return known[row.kind, code]


@contextlib.contextmanager
def references_once() -> Iterator[None]:
    """Inside, each code is looked up once: for many values read in one go by one actor."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def _three_columns(name: str, obj: CoreEntity | None) -> dict[str, Any]:
    return {
        f"{name}_kind": obj._meta.db_table if obj else "",
        f"{name}_id": obj.pk if obj else None,
        f"{name}_code": obj.code if obj else "",
    }


def _of_here(obj: CoreEntity, by: Actor) -> CoreEntity:
    return obj if obj.workspace_id == by.workspace.pk else _nobody(obj.code)


def _nobody(raw: Any) -> NoReturn:
    raise BadValue(_("There is no “%(code)s” here.") % {"code": str(raw)[:40]})


def _references(field: Field, raw: Any, by: Actor) -> list[CoreEntity]:
    if raw in (None, ""):
        return []
    parts: Iterable[Any] = raw.replace(",", " ").split() if isinstance(raw, str) else raw
    if not isinstance(parts, list | tuple):
        raise BadValue(_("A list of codes is needed here."))
    found = [_reference(field, part, by) for part in parts]
    return [row for row in found if row is not None]
