"""The dry run: opens nothing for writing. Source: handbook, portfolio 7."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from polku.exchange.planning.asking import Asked
from polku.exchange.planning.comparing import Former
from polku.exchange.planning.file_rows import FileRow, SheetReader
from polku.exchange.planning.further import FurtherPlanner
from polku.exchange.planning.here import Here
from polku.exchange.planning.matching import names_of
from polku.exchange.planning.requirements import RequirementRows
from polku.exchange.planning.rows import Plan, PlanRow
from polku.exchange.planning.services import ServiceRows
from polku.exchange.planning.targets import HERE, Targets
from polku.exchange.planning.ties import DependencyRows, UserRows
from polku.exchange.planning.troubles import Trouble
from polku.exchange.spreadsheet.likeness import NamedRow, likely_duplicates
from polku.exchange.spreadsheet.mapping import Mapping
from polku.exchange.spreadsheet.workbook import Workbook
from polku.kernel.actor import Actor
from polku.kernel.models import AuditEvent

# Services before what names them.
ORDER = ("services", "requirements", "users", "dependencies")
_MOST_MISSING = 200
_MOST_ALIKE = 3
EXPORTED = ("workspace.exported", "list.exported")


def plan(
    workbook: Workbook, mapping: Mapping, by: Actor, *, file_wins: bool = False,
    run_number: int | None = None,
) -> Plan:  # fmt: skip
    """What importing *workbook* under *mapping* would do in the actor's workspace.

    Its ``questions`` must have been answered. *file_wins* settles what was changed here and in the
    file; else what is here stays. *run_number* is the run that goes on after an interruption.
    """
    return _Planner(workbook, mapping, by, file_wins=file_wins, run_number=run_number).plan()


def exported_at(workbook: Workbook, by: Actor) -> dt.datetime | None:
    """When this workspace wrote the file as an export; None for files from elsewhere."""
    if not workbook.export_id:
        return None
    events = AuditEvent.objects.filter(
        workspace=by.workspace, name__in=EXPORTED, note=workbook.export_id
    )
    return events.values_list("at", flat=True).first()


class _Planner:
    def __init__(
        self, workbook: Workbook, mapping: Mapping, by: Actor, *, file_wins: bool,
        run_number: int | None,
    ) -> None:  # fmt: skip
        self.by, self.file_wins, self.run_number = by, file_wins, run_number
        self.found = Plan(workbook, mapping)
        self.exported_at = exported_at(workbook, by)
        self.here = self.found.here = Here(by, mapping.source, run_number)
        self.lang = by.lang_for_writing
        self.targets = Targets(self.here)

    def plan(self) -> Plan:
        readers = list(self._readers())
        for kind in ORDER:
            for reader in readers:
                if reader.mapping.kind == kind:
                    self._sheet(kind, reader)
        if self.run_number is None:  # a run was told by its dry run
            self._duplicates()
        further = FurtherPlanner(self.found.workbook, self.here, self.exported_at,
                                 file_wins=self.file_wins)  # fmt: skip
        self.found.further = further.plan()
        self.found.switches = (*self.found.switches, *self.found.further.features)
        return self.found

    def _readers(self) -> Iterator[SheetReader]:
        book = self.found.workbook
        for sheet in book.sheets:
            mapping = self.found.mapping.sheet(sheet.name)
            if mapping is not None:
                lang = self._lang(mapping.lang)
                ours, marked = self.exported_at is not None, bool(book.export_id)
                yield SheetReader(sheet, mapping, lang=lang, ours=ours, marked=marked)

    def _lang(self, lang: str | None) -> str:
        """The language of texts whose heading names none: the sheet's, if it is written here."""
        return lang if lang and lang in self.by.workspace.languages else self.lang

    def _sheet(self, kind: str, reader: SheetReader) -> None:
        asked = Asked(self.found, self.here, self._lang(reader.mapping.lang))
        maker: Any
        if kind == "services":
            former = Former(self.here, "service_product", self.exported_at)
            maker = ServiceRows(reader, self.here, asked, former, file_wins=self.file_wins)
        elif kind == "requirements":
            former = Former(self.here, "requirement", self.exported_at)
            maker = RequirementRows(reader, self.here, asked, former, self.targets,
                                    file_wins=self.file_wins)  # fmt: skip
        elif kind == "users":
            maker = UserRows(reader, self.here, asked, self.targets)
        else:
            maker = DependencyRows(reader, self.here, asked, self.targets)
            self.found.switches = ("components",)
        rows = [self._row(maker, row) for row in reader.rows()]
        if kind == "services":
            self._missing(maker)
        self._left_out(reader, rows)

    def _row(self, maker: Any, row: FileRow) -> PlanRow:
        planned: PlanRow = maker.plan(row)
        if planned.kind == "service_product" and planned.outcome != "left_out":
            self.targets.add(planned)
            if supplier := planned.wants.get("supplier"):
                place = (HERE, planned.obj.pk) if planned.obj is not None else planned.place
                self.found.supplied.add((place, supplier))
        self.found.rows.append(planned)
        return planned

    def _left_out(self, reader: SheetReader, rows: Sequence[PlanRow]) -> None:
        titles = {row.number: row for row in rows}
        for left in reader.keyed.left_out:
            twin = titles.get(left.kept_row)
            words = ", ".join(left.key)
            row = PlanRow(reader.sheet.name, left.row, twin.kind if twin else "",
                          f"{twin.title if twin else ''} ({words})"[:300], "left_out")  # fmt: skip
            row.troubles.append(Trouble("repeated", facts={"other": left.kept_row}))
            self.found.rows.append(row)

    def _missing(self, maker: ServiceRows) -> None:
        left = maker.matcher.left
        self.found.missing += [(obj.code, obj.title) for obj in left[:_MOST_MISSING]]
        self.found.missing_count += len(left)

    def _duplicates(self) -> None:
        """Likely twins, where at least one of them is a new row; never merged."""
        rows = [row for row in self.found.rows if row.kind == "service_product"]
        new = [row for row in rows if row.outcome == "new"]
        if not new:
            return
        named = [NamedRow(at, *_compared(row)) for at, row in enumerate(new)]
        others = [obj for obj in self.here.services.values() if not obj.archived]
        named += [NamedRow(f"{obj.pk}", tuple(names_of(obj)), tuple(map(str, obj.aliases)), obj.web)
                  for obj in others]  # fmt: skip
        alike: dict[int, dict[int | str, Trouble]] = {}
        for likely in likely_duplicates(named):
            for at in (ref for ref in likely.refs if isinstance(ref, int)):
                for other in likely.refs:
                    known = alike.setdefault(at, {})
                    if other != at and other not in known:
                        known[other] = self._alike(likely.why, other, new, likely.words)
        for at, found in alike.items():
            told = list(found.values())
            new[at].troubles += told[:_MOST_ALIKE]
            if more := len(told) - _MOST_ALIKE:
                new[at].troubles += [Trouble("alike_more", facts={"n": more})] if more > 0 else []

    def _alike(
        self, why: str, other: int | str, new: list[PlanRow], words: tuple[str, ...]
    ) -> Trouble:  # fmt: skip
        facts: dict[str, Any] = {"words": words[0]}
        if isinstance(other, int):
            facts |= {"other": new[other].title, "place_row": new[other].number}
        else:
            obj = self.here.services[int(other)]
            facts |= {"other": obj.title, "place_code": obj.code}
        return Trouble(f"alike_{why}", facts=facts)


def _compared(row: PlanRow) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    name = row.values.get("name")
    names = tuple(name.texts.values()) if name is not None else (row.title,)
    return names, tuple(row.values.get("aliases") or ()), str(row.values.get("web") or "")
