"""Values of steps, cells, stages and pain points: read from outside, held to their columns."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from polku.journeys.models import Journey, Step
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Sentence
from polku.kernel.durations import NotADuration, read_duration
from polku.kernel.fields import BadValue, Field
from polku.kernel.queries import visible, visible_kind
from polku.kernel.registry import entity
from polku.tenancy.models import Party
from polku.tenancy.translated import TranslatedField

EVIDENCE = (Field("evidence", "enum"), Field("evidence_n", "int"), Field("evidence_on", "date"))
STAGE_FIELDS = (
    Field("name", "translated"), Field("dsv_step", "enum"), Field("goal_of_customer", "translated"),
)  # fmt: skip
STEP_FIELDS = (
    Field("name", "translated"), Field("customer_action", "translated"),
    Field("expectation", "translated"), Field("emotion_target", "int"),
    Field("emotion_assumed", "int"), Field("sphere", "enum"), Field("optional", "bool"),
    Field("parallel_group", "int"), Field("branch_when", "translated"),
    Field("expected_wait", "text"), *EVIDENCE,
)  # fmt: skip
CELL_FIELDS = (
    Field("text", "translated"), Field("duration", "text"), Field("activity_class", "enum"),
    *EVIDENCE,
)  # fmt: skip
PAIN_FIELDS = (Field("text", "translated"), Field("severity", "int"), *EVIDENCE)

FEELINGS = frozenset({"emotion_target", "emotion_assumed"})
SEVERITIES = range(1, 6)
TIMES = frozenset({"expected_wait", "duration"})


def read_values(
    fields: Iterable[Field], given: Mapping[str, Any], row: Any, by: Actor
) -> dict[str, Any]:
    """Stored values by column, from outside ones; *row* is what they replace. Raises BadInput
    naming every field that does not fit."""
    known = {field.name: field for field in fields}
    found: dict[str, Any] = {}
    problems: dict[str, Sentence] = {}
    for name, raw in given.items():
        if name not in known:
            problems[name] = _("There is no such field to write here.")
            continue
        try:
            found[name] = _read(known[name], raw, row, by)
        except (BadValue, NotADuration) as error:
            problems[name] = str(error)
    if problems:
        raise BadInput(problems)
    return found


def _read(field: Field, raw: Any, row: Any, by: Actor) -> Any:
    if field.name in FEELINGS:
        return _feeling(raw)
    value = field.read(raw, type(row), getattr(row, field.name), by.lang_for_writing)
    return read_duration(value) if field.name in TIMES else value


def _feeling(raw: Any) -> int | None:
    if raw in (None, ""):
        return None
    text = str(raw).strip().replace("−", "-")
    if text.lstrip("+-") not in {"0", "1", "2"} or len(text) > 2:
        raise BadValue(_("Choose a feeling from −2 to 2."))
    return int(text)


def hold_columns(row: models.Model, names: Iterable[str] | None = None) -> None:
    """What the columns say of their values: lengths by language, lists, ranges. Raises
    BadInput."""
    problems: dict[str, Sentence] = {}
    columns = [row._meta.get_field(name) for name in names] if names is not None else None
    for column in columns if columns is not None else row._meta.concrete_fields:
        value = getattr(row, column.attname)  # type: ignore[union-attr]
        try:
            _hold(column, value)
        except ValidationError as error:
            problems[column.name] = " ".join(error.messages)
    if problems:
        raise BadInput(problems)


def _hold(column: Any, value: Any) -> None:
    if isinstance(column, TranslatedField):
        if value:
            column.validate(value, None)
    elif isinstance(column, models.CharField | models.IntegerField) and value not in (None, ""):
        if column.choices and value not in {code for code, _label in column.flatchoices}:
            raise ValidationError(_("Choose one of the values of this list."))
        column.run_validators(value)
        if column.name == "severity" and value not in SEVERITIES:
            raise ValidationError(_("Choose a number from 1 to 5."))
    elif isinstance(column, models.UUIDField | models.DateField):
        column.to_python(value)


def party_by_code(by: Actor, raw: Any) -> Party | None:
    """A party that the actor may see. Raises BadInput under ``actor``."""
    found: Party | None = _by_code(by, "party", raw, "actor")
    return found


def component_by_code(by: Actor, raw: Any) -> Any:
    """A part that the actor may see. Raises BadInput under ``component``."""
    return _by_code(by, "component", raw, "component")


def _by_code(by: Actor, kind: str, raw: Any, name: str) -> Any:
    if raw in (None, ""):
        return None
    if isinstance(raw, models.Model):
        found: Any = raw if getattr(raw, "workspace_id", 0) == by.workspace.pk else None
    else:
        code = str(raw).strip().upper()[:20]
        found = visible_kind(by, entity(kind), archived=kind == "party").filter(code=code).first()
        if kind == "party" and found is not None:  # one that was merged since goes on in another
            found = found.merged_into or (None if found.archived else found)
    if found is None:
        raise BadInput({name: _("There is no “%(code)s” here.") % {"code": str(raw)[:40]}})
    return found


def journey_by_code(by: Actor, raw: Any, inside: Journey) -> Journey | None:
    """A journey that tells a step of *inside* in detail; never itself, at no depth. Raises
    BadInput under ``sub_journey``."""
    if raw in (None, ""):
        return None
    code = raw.code if isinstance(raw, Journey) else str(raw).strip().upper()[:20]
    found = visible(by, Journey).filter(code=code).first()
    if found is None:
        raise BadInput({"sub_journey": _("There is no “%(code)s” here.") % {"code": code[:40]}})
    if inside.pk in _told_within(found):
        problem = _("A journey cannot be told by itself. Choose another one.")
        raise BadInput({"sub_journey": problem})
    return found


def _told_within(journey: Journey) -> set[int]:
    """The journey and those that its steps are told by, at any depth."""
    seen, now = {journey.pk}, {journey.pk}
    while now:
        rows = Step.objects.filter(journey__in=now, removed=False, sub_journey__isnull=False)
        now = set(rows.values_list("sub_journey", flat=True)) - seen
        seen |= now
    return seen
