"""The dry run of the sheets beside the four, so that an export comes back whole.

Every row is an object of a kind of ours, a piece of one, a tie or a line. Rows of the four kinds
that stand in the first sheets too add what those have no column for. Source: portfolio 7.13.
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from polku.exchange.planning.comparing import Former, Weigher
from polku.exchange.planning.file_rows import FileRow
from polku.exchange.planning.further_beside import BesidePlanner
from polku.exchange.planning.further_finding import Finder, key_of, names_in
from polku.exchange.planning.further_sheets import (
    STATES,
    FurtherRow,
    FurtherSheets,
    further_sheets,
)
from polku.exchange.planning.further_values import (
    COMING,
    Nowhere,
    Slot,
    Unfit,
    canon,
    hold_value,
    read_text,
    slots_of,
)
from polku.exchange.planning.here import Here
from polku.exchange.planning.rows import PlanRow, left_out
from polku.exchange.planning.troubles import Trouble
from polku.exchange.spreadsheet.workbook import Workbook
from polku.kernel.registry import Entity

_FULL = "in full: "


@dataclass(slots=True)
class Wanted:
    """A row for an object: what it stands for here (None where nothing does), how it is told, and
    the columns whose values are to be stored. It is not ``shown`` where the row of the first sheet
    tells it already."""

    entity: Entity
    row: FurtherRow
    plan: PlanRow
    takes: list[Slot] = field(default_factory=list)
    shown: bool = True

    @property
    def obj(self) -> Any:
        """The object here."""
        return self.plan.obj


@dataclass
class Further:
    """What the sheets beside the four ask for. ``beside`` are rows of pieces, ties and lines with
    how they are told; ``headings`` are those of which nothing is taken."""

    sheets: FurtherSheets = field(default_factory=FurtherSheets)
    objects: list[Wanted] = field(default_factory=list)
    beside: dict[str, list[tuple[FurtherRow, PlanRow]]] = field(default_factory=dict)
    headings: list[PlanRow] = field(default_factory=list)
    ours: bool = False

    @property
    def rows(self) -> list[PlanRow]:
        """How each row is told, in order."""
        told = [wanted.plan for wanted in self.objects if wanted.shown]
        beside = (plan for pairs in self.beside.values() for _row, plan in pairs)
        return [*self.headings, *told, *beside]

    @property
    def features(self) -> list[str]:
        """The rooms of the kinds that come in anew."""
        new = [w.entity.feature for w in self.objects if w.plan.outcome == "new"]
        return [feature for feature in dict.fromkeys(new) if feature]


class FullFormer(Former):
    """The cells of sheets in full are kept beside those of the first sheets."""

    def of(self, obj: Any, name: str, here: Any, heading: str, **how: Any) -> Any:
        """As there, under a heading of its own."""
        return super().of(obj, name, here, full(heading), **how)


def full(heading: str) -> str:
    """The heading under which a cell of a sheet in full is remembered."""
    return f"{_FULL}{heading}"


class FurtherPlanner:
    """Plans the sheets beside the four."""

    def __init__(
        self, workbook: Workbook, here: Here, exported_at: dt.datetime | None, *, file_wins: bool
    ) -> None:  # fmt: skip
        self.here, self.exported_at, self.file_wins = here, exported_at, file_wins
        sheets = further_sheets(workbook)
        self.found = Further(sheets, ours=exported_at is not None)
        self.finder = Finder(here, ours=self.found.ours)
        self.codes = {row.code for rows in sheets.objects.values() for row in rows} | sheets.first

    def plan(self) -> Further:
        """What would happen to each row."""
        for name, headers in self.found.sheets.unknown:
            row = PlanRow(name, 1, "heading", ", ".join(headers)[:300])
            left_out(row, "no_column", raw=", ".join(headers)[:200])
            self.found.headings.append(row)
        for entity, rows in self.found.sheets.ordered():
            self.found.objects += [self._wanted(entity, row) for row in rows]
        formers: dict[str, Former] = {}
        for wanted in self.found.objects:
            kind = wanted.entity.kind
            if kind not in formers:
                formers[kind] = FullFormer(self.here, kind, self.exported_at)
            self._tell(wanted, formers[kind])
        planner = BesidePlanner(self.finder, self.code_here)
        for name, rows in self.found.sheets.beside.items():
            if name != STATES:
                self.found.beside[name] = [(row, planner.tell(name, row)) for row in rows]
        return self.found

    def _wanted(self, entity: Entity, row: FurtherRow) -> Wanted:
        obj = self.finder.find(entity, row)
        merged = self.finder.is_merged(row)
        names = names_in(entity, row.cells)
        title = names[0] if names else (obj.title if obj is not None else row.code)
        plan = PlanRow(row.sheet, row.number, entity.kind, str(title)[:300], obj=obj,
                       ref="" if self.found.ours or merged else key_of(row),
                       raw={full(key): text for key, text in row.cells.items()})  # fmt: skip
        return Wanted(entity, row, plan)

    def code_here(self, code: str) -> str:
        """The code here of what the file calls so. Raises Nowhere."""
        found = self.finder.targets.get(code)
        if found is not None and not self._is_coming(found):
            return str(found.code)
        if code in self.codes:
            return f"{COMING}{code}"
        raise Nowhere

    def _tell(self, wanted: Wanted, former: Former) -> None:
        entity, row, plan = wanted.entity, wanted.row, wanted.plan
        cells = FileRow(row.sheet, entity.kind, row.number, raw=dict(row.cells))
        weigher = Weigher(cells, plan, former, file_wins=self.file_wins)
        # What a workspace calls itself is its own to say
        is_home = row.cells.get("is_home") == "yes" and not self.found.ours
        merged = self.finder.is_merged(row)
        for slot in () if is_home or merged else slots_of(entity, row.cells):
            if self._takes(slot, wanted, plan, weigher):
                wanted.takes.append(slot)
        if plan.obj is not None and not self._is_coming(plan.obj):
            plan.outcome = "changed" if plan.changes else "same"
        else:
            plan.values = {slot.label: True for slot in wanted.takes}
        told_first = row.code in self.found.sheets.first
        wanted.shown = not told_first or plan.outcome == "changed" or bool(plan.troubles)

    @staticmethod
    def _is_coming(obj: Any) -> bool:
        """Whether the run itself made it before it was interrupted."""
        return obj.pending_run is not None

    def _takes(self, slot: Slot, wanted: Wanted, plan: PlanRow, weigher: Weigher) -> bool:
        entity, obj = wanted.entity, wanted.obj
        if obj is not None and self._is_coming(obj):
            obj = None
        is_state = entity.machine is not None and slot.field.name == entity.state_field
        if obj is not None and not (slot.field.editable or slot.field.verb or is_state):
            return False
        if obj is not None and slot.field.type == "datetime":
            return False
        read = partial(self._read, slot, entity)
        try:
            value = read(wanted.row.cells[slot.header])
        except Unfit as error:
            code = "nowhere" if isinstance(error, Nowhere) else "unfit"
            raw = wanted.row.cells[slot.header][:80]
            plan.troubles.append(Trouble(code, slot.header, {"raw": raw}))
            return False
        if obj is None:
            return value is not None
        if is_state and value is None:
            return False  # where a thing stands is never erased by a file
        here = canon(slot.field, slot.field.plain(obj), slot.lang)
        return weigher.takes(
            slot.field.name, here, value, slot.header, label=slot.label,
            from_plain=lambda before: canon(slot.field, before, slot.lang),
            from_text=lambda text: _quietly(read, text),
        )  # fmt: skip

    def _read(self, slot: Slot, entity: Entity, text: str) -> Any:
        choices: set[str] = set()
        if slot.field.type == "enum":
            choices = {code for code, _label in slot.field.choices(entity.model)}
        value = read_text(slot, text, self.code_here, choices)
        hold_value(slot, entity, value, self.here.by.lang_for_writing)
        return value


def _quietly(read: Any, text: str) -> Any:
    """What a cell said last time; nothing where it was not understood."""
    try:
        return read(text) if text.strip() else None
    except Unfit:
        return None
