"""One edit of a journey: what it changes, kept so that it can be told, undone and done again.

Every verb of a journey works inside :func:`editing`: it holds the journey's row, so that edits of
several people happen one after another and each sees what the one before it stored.
"""

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from polku.journeys.meanings import TOLD_BY, plain_piece
from polku.journeys.models import (
    BlueprintCell,
    Journey,
    JourneyEdit,
    PainPoint,
    Stage,
    Step,
)
from polku.journeys.models.journeys import JourneyRow
from polku.journeys.operations.values import hold_columns
from polku.journeys.operations.versions import begin_next_version
from polku.journeys.policy import may_edit
from polku.kernel import search
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, require
from polku.kernel.audit import kind_of, one_operation, record
from polku.kernel.changes import STAMPED, stamp
from polku.kernel.fields import plain
from polku.kernel.fingerprints import fingerprint
from polku.kernel.pieces import piece_kind
from polku.kernel.suspects import carry_over
from polku.tenancy.translated import Translated, TranslatedField

MODELS: dict[str, type[JourneyRow]] = {
    kind_of(model): model for model in (Stage, Step, BlueprintCell, PainPoint)
}
# The ties of a step that are part of the drawing (see :meth:`Edit._carry`)
MEETS = "L07"
# What is read along with a row, so that history can name it without asking once more
BESIDE: dict[type[JourneyRow], tuple[str, ...]] = {
    Step: ("picture",), BlueprintCell: ("step", "picture"), PainPoint: ("step",),
}  # fmt: skip
# Columns whose words one can search for
SEARCHED = frozenset({"name", "customer_action", "removed"})
BATCH = 200
ONE_BY_ONE = 3


class Edit:
    """What is changed, row by row and field by field; the first value before and the last after.

    Rows are handed in and written through :meth:`new` and :meth:`write` only.
    """

    def __init__(self, journey: Journey, by: Actor) -> None:
        self.journey, self.by = journey, by
        self.label: dict[str, Any] = {}
        self._rows: dict[tuple[str, int], JourneyRow] = {}
        self._fields: dict[tuple[str, int], dict[str, list[Any]]] = {}
        self._before: dict[tuple[str, int], dict[str, Any] | None] = {}
        self._prints: dict[int, str] = {}
        self.told: dict[str, list[Any]] = {}

    def number(self) -> int:
        """The next number of a piece of this journey; none is ever given again."""
        self.journey.last_number += 1
        return self.journey.last_number

    def new(self, model: type[JourneyRow], **values: Any) -> Any:
        """Store one new row."""
        return self.new_rows(model, [values])[0]

    def new_rows(self, model: type[JourneyRow], rows: Iterable[Mapping[str, Any]]) -> list[Any]:
        """Store new rows of one kind, in few statements."""
        made: list[Any] = [
            model(workspace_id=self.journey.workspace_id, journey=self.journey,
                  number=self.number(), **values)
            for values in rows
        ]  # fmt: skip
        for row in made:
            hold_columns(row)
        model.objects.bulk_create(made, batch_size=BATCH)
        for row in made:
            key = kind_of(row), row.pk
            self._rows[key], self._before[key] = row, None
            self._fields[key] = {"removed": [True, False]}
        return made

    def write(self, row: JourneyRow, /, **values: Any) -> bool:
        """Set columns of one stored row; whether anything differs."""
        differs = self._set(row, values)
        if differs:
            row.save(update_fields=differs)
        return bool(differs)

    def write_rows(self, rows: Iterable[tuple[Any, Mapping[str, Any]]]) -> None:
        """The same for many rows: where many differ in the same columns, in few statements."""
        groups: dict[tuple[str, ...], list[Any]] = {}
        for row, values in rows:
            if differs := self._set(row, values):
                groups.setdefault((kind_of(row), *sorted(differs)), []).append(row)
        for (_kind, *names), few in groups.items():
            if len(few) <= ONE_BY_ONE:
                for row in few:
                    row.save(update_fields=names)
            else:
                plain_names = [few[0]._meta.get_field(name).name for name in names]
                type(few[0]).objects.bulk_update(few, plain_names, batch_size=BATCH)

    def _set(self, row: JourneyRow, values: Mapping[str, Any]) -> list[str]:
        """Put values on a row and keep what was there; names of those that differ."""
        differs = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not differs:
            return []
        key = kind_of(row), row.pk
        if key not in self._before:
            self._rows[key], self._before[key] = row, plain_piece(row)
            if kind_of(row) == "step":
                self._prints[row.pk] = fingerprint(row)
        fields = self._fields.setdefault(key, {})
        for name, value in differs.items():
            stored = row._meta.get_field(name).attname  # type: ignore[union-attr]
            before = plain_column(getattr(row, stored))
            setattr(row, name, value)
            fields[stored] = [fields.get(stored, [before])[0], plain_column(getattr(row, stored))]
        hold_columns(row, differs)
        return [*differs]

    def take_out(self, rows: Iterable[JourneyRow]) -> None:
        """Take rows out; an undo brings them back, with what hangs on them."""
        self.write_rows((row, {"removed": True}) for row in rows)

    def note(self, kind: str, row: JourneyRow, name: str, before: Any, after: Any) -> None:
        """Keep a change that is stored elsewhere, such as the ties of a step."""
        if before != after:
            fields = self._fields.setdefault((kind, row.pk), {})
            fields[name] = [fields.get(name, [before])[0], after]

    def tell(self, name: str, before: Any, after: Any) -> None:
        """Let history tell of something beside the rows."""
        kept = self.told.setdefault(name, [[], []])
        kept[0].append(before)
        kept[1].append(after)

    @property
    def changes(self) -> list[dict[str, Any]]:
        """What differs, in the form of :class:`JourneyEdit`."""
        found = []
        for (kind, number), fields in self._fields.items():
            if differs := {name: pair for name, pair in fields.items() if pair[0] != pair[1]}:
                found.append({"kind": kind, "id": number, "fields": differs})
        return found

    def history(self) -> dict[str, list[Any]]:
        """The pieces that changed, whole, as they were and as they are."""
        told: dict[str, list[Any]] = {}
        for (kind, number), row in self._rows.items():
            if (kind, number) not in self._fields:
                continue
            before, after = told.setdefault(TOLD_BY[kind], [[], []])
            if (was := self._before[kind, number]) is not None:
                before.append(was)
            after.append(plain_piece(row))
        return told | self.told

    def close(self, verb: str, undoes: JourneyEdit | None = None) -> JourneyEdit | None:
        """Store the edit with its place in the journey's history; nothing when nothing differs.

        Raises BadInput for a way that would branch off from itself."""
        changes = self.changes
        if not changes:
            return None
        if any("branch_of_step_id" in change["fields"] for change in changes):
            _hold_branches(self.journey)
        journey, by = self.journey, self.by
        begin_next_version(journey, by=by)
        journey.edits += 1
        stamp(journey, by)
        journey.save(update_fields=["edits", "last_number", "version", *STAMPED])
        entry = JourneyEdit.objects.create(
            workspace_id=journey.workspace_id, journey=journey, number=journey.edits, verb=verb,
            label=self.label | {"version": journey.version}, changes=changes,
            user_id=by.user_id, undoes=undoes,
        )  # fmt: skip
        self._carry()
        if self._searched(changes):
            search.index([journey])
        record(
            f"journey.{verb}", by=by, obj=journey, changes=self.history(), pieces=self._meant(),
            touched=self._touched(),
        )  # fmt: skip
        return entry

    def _meant(self) -> dict[str, list[int]]:
        """The pieces whose meaning changed."""
        found: dict[str, list[int]] = {}
        for change in self.changes:
            row = piece_kind(change["kind"])
            if row is not None and not change["fields"].keys().isdisjoint(row.meaning_fields):
                found.setdefault(row.kind, []).append(change["id"])
        return found

    def _touched(self) -> set[str]:
        """Columns that changed, as ``step.removed``; of texts those alone that were written first
        or taken out."""
        return {
            f"{change['kind']}.{name}"
            for change in self.changes
            for name, (before, after) in change["fields"].items()
            if not (isinstance(before, dict) and before and after)
        }

    def _carry(self) -> None:
        """While a first version is being written, the meeting points drawn at a step stay without
        doubt when its words change: they stand before the writer's eyes. All other ties, and all
        ties once a version was agreed, need a look then."""
        if self.journey.version > 1:
            return
        for (kind, number), row in self._rows.items():
            if kind == "step" and number in self._prints:
                before, after = self._prints[number], fingerprint(row)
                if before != after:
                    carry_over(self.journey.workspace, kind, number, before, after, code=MEETS)

    @staticmethod
    def _searched(changes: list[dict[str, Any]]) -> bool:
        return any(
            change["kind"] in {"stage", "step"} and SEARCHED & {*change["fields"]}
            for change in changes
        )


def _hold_branches(journey: Journey) -> None:
    """No way branches off from itself, at any distance; steps taken out may come back."""
    rows = Step.objects.filter(journey=journey, branch_of_step__isnull=False)
    before = {step: [of] for step, of in rows.values_list("pk", "branch_of_step")}
    try:
        TopologicalSorter(before).prepare()
    except CycleError:
        raise BadInput({"branch_of": _("A way cannot branch off from itself.")}) from None


@contextlib.contextmanager
def editing(journey: Journey, verb: str, *, by: Actor) -> Iterator[Edit]:
    """Hold the journey and store what is changed inside as one edit named *verb*.

    The journey that was given is brought up to date. Raises NotAllowed and NotFound.
    """
    if journey.workspace_id != by.workspace.pk:
        raise NotFound
    with transaction.atomic(), one_operation():
        held = held_journey(journey)
        require(may_edit(by, held))
        edit = Edit(held, by)
        yield edit
        edit.close(verb)
    take_over(journey, held)


def held_journey(journey: Journey) -> Journey:
    """The journey as it is stored, held until the transaction ends."""
    rows = Journey.objects.select_for_update(of=("self",)).select_related("workspace")
    return rows.get(pk=journey.pk, workspace_id=journey.workspace_id)


def take_over(journey: Journey, held: Journey) -> None:
    """Let the caller's object say what is stored now."""
    for name in ("edits", "last_number", "version", "state", *STAMPED):
        setattr(journey, name, getattr(held, name))


def own_row[M: JourneyRow](edit: Edit, model: type[M], number: int | None) -> M:
    """A standing row of the journey by its inner number. Raises NotFound."""
    rows = model.objects.filter(journey=edit.journey, removed=False)
    if beside := BESIDE.get(model):
        rows = rows.select_related(*beside)
    found = rows.filter(pk=number).first() if number else None
    if found is None:
        raise NotFound
    return found


def was_taken_out(edit: Edit, model: type[JourneyRow], number: int | None) -> bool:
    """Whether the journey had this row and somebody took it out."""
    rows = model.objects.filter(journey=edit.journey, pk=number or 0)
    return rows.filter(removed=True).exists()


def plain_column(value: Any) -> Any:
    """A column's value as it is kept in an edit."""
    return value.to_json() if isinstance(value, Translated) else plain(value)


def column_value(model: type[models.Model], name: str, kept: Any) -> Any:
    """The value of a column from how an edit keeps it."""
    field = model._meta.get_field(name)
    if isinstance(field, TranslatedField):
        return Translated.from_json(kept)
    if isinstance(field, models.DateField) and kept:
        return dt.date.fromisoformat(kept)
    return kept
