"""The layout of a file that came in: its sheets, headings, order and words. Source: decision 20.

Each row is planned again from the cells it once had: where the plan finds no difference the cell
goes out as it came in, else it is written from what is here now, in the words that the file uses.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from polku.exchange.exporting.beside import Beside
from polku.exchange.exporting.sheets import Cells, Writer
from polku.exchange.planning.asking import Asked, groups
from polku.exchange.planning.comparing import Former
from polku.exchange.planning.file_rows import OWN_CODE_HEADER, FileRow, SheetReader, escaped
from polku.exchange.planning.here import Here
from polku.exchange.planning.own_columns import attribute_text
from polku.exchange.planning.requirements import RequirementRows
from polku.exchange.planning.rows import Plan, PlanRow
from polku.exchange.planning.services import ServiceRows
from polku.exchange.planning.targets import Targets
from polku.exchange.planning.troubles import Trouble
from polku.exchange.spreadsheet.headers import normalise
from polku.exchange.spreadsheet.mapping import ColumnRule, Mapping, SheetMapping
from polku.exchange.spreadsheet.mapping_json import load_mapping
from polku.exchange.spreadsheet.shapes import SHAPES
from polku.exchange.spreadsheet.values import read_cell, split_list
from polku.exchange.spreadsheet.workbook import Column, Row, Sheet, Workbook
from polku.exchange.spreadsheet.writing import Table, Value
from polku.kernel.actor import Actor
from polku.kernel.folding import fold
from polku.kernel.models import ExternalRef, ImportRun
from polku.kernel.queries import visible
from polku.portfolio.models import Requirement, ServiceProduct

_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
_MODELS: dict[str, Any] = {"services": ServiceProduct, "requirements": Requirement}
_KINDS = {"services": ("service_product",), "requirements": ("requirement",),
          "users": ("relationship", "segment"), "dependencies": ("dependency",)}  # fmt: skip


def layouts(actor: Actor) -> list[str]:
    """Sources whose layout can be given back, the latest first."""
    runs = ImportRun.objects.filter(
        workspace=actor.workspace, state=ImportRun.State.COMPLETE
    ).order_by("-finished_at")
    found = dict.fromkeys(run.source for run in runs if run.report.get("layout"))
    return list(found)


def latest_run(actor: Actor, source: str = "") -> ImportRun | None:
    """The finished import whose layout counts: the latest of the source, or of all."""
    runs = ImportRun.objects.filter(workspace=actor.workspace, state=ImportRun.State.COMPLETE)
    if source:
        runs = runs.filter(source=source)
    rows = runs.order_by("-finished_at")
    return next((run for run in rows if run.report.get("layout")), None)


def source_tables(
    actor: Actor, run: ImportRun, *, only: Iterable[int] | None = None
) -> Iterator[Table]:  # fmt: skip
    """The sheets of the file; *only* are the services of a filtered list."""
    mapping = load_mapping(run.mapping["mapping"])
    beside = Beside(actor)
    for seen in run.report["layout"]:
        rules = mapping.sheet(str(seen["sheet"]))
        if rules is None or (only is not None and rules.kind != "services"):
            continue
        if rules.kind in _MODELS:
            yield _Rebuilt(actor, run, seen, rules, beside, mapping, only).table()
        elif only is None:
            yield _as_it_was(actor, run, seen, rules)


def _headers(seen: Any) -> list[str]:
    names = {normalise(str(header)) for header in seen["headers"]}
    return [OWN_CODE_HEADER if "id" in names else "id", *map(str, seen["headers"])]


def _refs(actor: Actor, run: ImportRun, sheet: str, kind: str) -> list[ExternalRef]:
    """Keys that lead to rows of the sheet: those of the latest file in its order, then others."""
    rows = ExternalRef.objects.filter(
        workspace=actor.workspace, source=run.source, kind__in=_KINDS[kind],
        withdrawn_at__isnull=True,
    )  # fmt: skip
    of_sheet = [ref for ref in rows if ref.last_seen.get("sheet") == sheet]
    return sorted(of_sheet, key=lambda ref: (ref.run_id != run.pk, ref.last_seen.get("row", 0)))


def _as_it_was(actor: Actor, run: ImportRun, seen: Any, rules: SheetMapping) -> Table:
    """Sheets of ties: the rows as they came; what was added here stands in our own layout."""
    refs = _refs(actor, run, str(seen["sheet"]), rules.kind)
    keys = [str(key) for key in seen["keys"]]
    rows = [["", *(escaped(ref.last_seen["cells"].get(key, "")) for key in keys)] for ref in refs]
    return Table(str(seen["sheet"]), _headers(seen), rows)


class _Rebuilt:
    """One sheet of services or requirements."""

    def __init__(
        self, actor: Actor, run: ImportRun, seen: Any, rules: SheetMapping, beside: Beside,
        mapping: Mapping, only: Iterable[int] | None,
    ) -> None:  # fmt: skip
        self.actor, self.run, self.seen, self.rules, self.beside = actor, run, seen, rules, beside
        self.mapping = mapping
        self.keys = [str(key) for key in seen["keys"]]
        model = _MODELS[rules.kind]
        ref = "owner_party" if rules.kind == "services" else "raised_by_party"
        objects = visible(actor, model).select_related(ref).order_by("id")
        kind, others = _KINDS[rules.kind][0], Here(actor, run.source).elsewhere
        objects = objects.exclude(pk__in=[number for of, number in others if of == kind])
        wanted = None if only is None else set(only)
        self.objects = {o.pk: o for o in objects if wanted is None or o.pk in wanted}
        refs = _refs(actor, run, str(seen["sheet"]), rules.kind)
        self.refs = [ref for ref in refs if ref.object_id in self.objects]
        self.writer = Writer(actor, beside)
        self.columns = [Column(at, header, key) for at, (header, key) in enumerate(
            zip(seen["headers"], self.keys, strict=True))]  # fmt: skip
        self.rule_of = {column.key: rules.rule(column) for column in self.columns}
        self.langs = [rules.lang or actor.lang_for_writing, *self.writer.langs]
        self._said: dict[str, dict[str, str]] = {}

    def table(self) -> Table:
        """Known rows in the order of the file, then what is new here."""
        return Table(str(self.seen["sheet"]), _headers(self.seen), self._lines())

    def _lines(self) -> Iterator[Sequence[Value]]:
        maker = self._planner()
        known: set[int] = set()
        for ref in self.refs:
            if ref.object_id not in known:
                known.add(ref.object_id)
                yield self._line(self.objects[ref.object_id], ref.last_seen["cells"], maker)
        for number, obj in self.objects.items():
            if number not in known:
                yield self._line(obj, {}, maker)

    def _planner(self) -> tuple[SheetReader, Any]:
        """The planner of rows as the import uses it, told which object each row is."""
        sheet = Sheet(str(self.seen["sheet"]), 1, tuple(self.columns), 0)
        reader = SheetReader(sheet, self.rules, lang=self.actor.lang_for_writing, ours=False)
        here = Here(self.actor, "", None)  # no source: nothing was said before
        book = Workbook("", "csv", "", 0, (sheet,))
        asked = Asked(Plan(book, self.mapping), here, self.langs[0])
        kind = _KINDS[self.rules.kind][0]
        former = Former(here, kind, None)
        maker: Any
        if self.rules.kind == "services":
            maker = ServiceRows(reader, here, asked, former, file_wins=True)
        else:
            targets = Targets(here)
            maker = RequirementRows(reader, here, asked, former, targets, file_wins=True)
        maker.matcher = _Told()
        return reader, maker

    def _line(self, obj: Any, cells: dict[str, str], planner: Any) -> Sequence[Value]:
        reader, maker = planner
        row = reader.read(Row(1, tuple(cells.get(key, "") for key in self.keys)))
        maker.matcher.obj = obj
        plan: PlanRow = maker.plan(row)
        now: Cells | None = None
        line: list[Value] = [obj.code]
        for key in self.keys:
            raw = cells.get(key, "")
            rule = self.rule_of[key]
            if rule.field is None:
                line.append(self._own(obj, key, raw))
                continue
            if not self._differs(key, rule, raw, plan, obj):
                line.append(escaped(raw) if _means_itself(row, rule) else raw)
                continue
            if now is None:
                now = self._now(obj)
            line.append(self._written(key, rule, now))
        return line

    def _own(self, obj: Any, key: str, raw: str) -> str:
        if key in obj.attributes:
            return escaped(attribute_text(obj.attributes[key]))
        return "" if raw.strip() else raw

    def _differs(
        self, key: str, rule: ColumnRule, raw: str, plan: PlanRow, obj: Any
    ) -> bool:  # fmt: skip
        """Whether what is here is no longer what the cell said."""
        name = str(rule.field)
        if name in ("for_whom", "channels", "supplier"):
            return self._names_differ(name, rule, raw, obj)
        lang = rule.lang or self.langs[0]
        labels = {name, f"{name}:{lang}", f"own:{key}"}
        if labels & set(plan.changes):
            return True
        return not raw.strip() and bool(self._written(key, rule, self._now(obj)))

    def _names_differ(self, name: str, rule: ColumnRule, raw: str, obj: Any) -> bool:
        shape = SHAPES[self.rules.kind].field(name)
        cell = read_cell(shape, raw, rule) if shape and raw.strip() else None
        now = str(self._here(rule, self._now(obj)) or "")
        here = {fold(part) for part in split_list(now)} if now else set()
        if cell is None or cell.outcome != "value":
            return bool(here) and (cell is None or cell.outcome == "empty")
        if name == "for_whom":
            here = {fold(part) for part in groups(now)} if now else set()
            return {fold(part) for part in groups(str(cell.value))} != here
        if name == "channels":
            return {fold(str(part)[:120]) for part in cell.value} != here  # type: ignore[attr-defined]
        return fold(str(getattr(cell.value, "name", ""))) != fold(now)

    def _now(self, obj: Any) -> Cells:
        texts = [obj.name if self.rules.kind == "services" else obj.statement]
        known = [*self.langs, *(r.lang for r in self.rules.columns if r.lang), *texts[0].texts]
        langs = list(dict.fromkeys(known))
        if self.rules.kind == "services":
            return self.writer.services_cells(obj, langs)
        return self.writer.requirements_cells(obj, langs)

    def _written(self, key: str, rule: ColumnRule, now: Cells) -> Value:
        """What is here, in a word that the file itself uses where there is one."""
        shape = SHAPES[self.rules.kind].field(str(rule.field))
        value = self._here(rule, now)
        if isinstance(value, date):
            return value.strftime("%-d.%-m.%Y") if self._is_dotted(key) else value.isoformat()
        if value and shape is not None and shape.kind in ("state", "choice", "languages", "list"):
            return self._words(key, rule).get(fold(str(value)), value)
        return value

    def _here(self, rule: ColumnRule, now: Cells) -> Value:
        """What is here, in our own words; nothing for a foreign key, which is not ours to write."""
        name, lang = str(rule.field), rule.lang or self.langs[0]
        if name == "id":
            return ""
        shape = SHAPES[self.rules.kind].field(name)
        if not (shape and shape.multilingual):
            return now.get(name)
        found = now.get(f"{name} [{lang}]")
        if found or rule.lang:
            return found
        # A heading without a language takes the text in whatever language there is.
        return next((now[key] for key in now if key.startswith(f"{name} [") and now[key]), found)

    def _is_dotted(self, key: str) -> bool:
        cells = (ref.last_seen["cells"].get(key, "") for ref in self.refs)
        return any(_DOTTED.fullmatch(cell.strip()) for cell in cells)

    def _words(self, key: str, rule: ColumnRule) -> dict[str, str]:
        """Our word for each thing that the file's column says, with the file's own."""
        if key not in self._said:
            shape = SHAPES[self.rules.kind].field(str(rule.field))
            found: dict[str, str] = {}
            for ref in self.refs:
                raw = ref.last_seen["cells"].get(key, "").strip()
                if raw and shape and raw not in found.values():
                    cell = read_cell(shape, raw, rule, self.rules.kind)
                    found.setdefault(fold(_as_ours(cell.value)), raw)
            self._said[key] = found
        return self._said[key]


class _Told:
    """In place of the search for an object: the row is known to stand for this one."""

    obj: Any = None

    def find(self, _row: FileRow, _names: Any) -> tuple[Any, str, list[Trouble]]:
        """The object, no key, nothing to tell."""
        return self.obj, "", []


def _as_ours(value: Any) -> str:
    if hasattr(value, "state"):
        is_closed = value.state == "live" and value.closed_to_new
        return "live (closed to new)" if is_closed else str(value.state).replace("_", " ")
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _means_itself(row: FileRow, rule: ColumnRule) -> bool:
    """Whether a cell that looks like the word for clearing was a text all the same."""
    cell = row.cells.get(str(rule.field))
    return cell is None or cell.outcome != "clear"
