"""What rows of the sheets ``requirements``, ``users`` and ``dependencies`` ask for."""

from functools import partial
from typing import Any

from polku.exchange.planning.asking import Asked
from polku.exchange.planning.comparing import Former, Weigher, text_before
from polku.exchange.planning.file_rows import FileRow, SheetReader
from polku.exchange.planning.here import Here
from polku.exchange.planning.matching import Matcher
from polku.exchange.planning.own_columns import keep_if_not_understood, keep_text, plan_own
from polku.exchange.planning.rows import PlanRow, left_out
from polku.exchange.planning.targets import Targets
from polku.exchange.planning.troubles import Trouble
from polku.exchange.spreadsheet.parties import PartyName
from polku.kernel.folding import fold
from polku.tenancy.translated import Translated

TEXT_LIMIT = 600


class RequirementRows:
    """Plans the rows of one sheet of requirements."""

    def __init__(
        self, reader: SheetReader, here: Here, asked: Asked, former: Former, targets: Targets, *,
        file_wins: bool,
    ) -> None:  # fmt: skip
        self.reader, self.here, self.asked, self.former = reader, here, asked, former
        self.targets, self.file_wins, self.headings = targets, file_wins, reader.headings
        self.matcher = Matcher(here, "requirement", here.requirements, ours=reader.ours)

    def plan(self, row: FileRow) -> PlanRow:
        """The plan of one row."""
        cells = row.said.get("text", {})
        texts = {lang: str(cell.value) for lang, cell in cells.items() if cell.outcome == "value"}
        found, ref, troubles = self.matcher.find(row, list(texts.values()))
        title = next(iter(texts.values()), found.title if found else "")
        plan = PlanRow(row.sheet, row.number, "requirement", title[:300], obj=found, ref=ref,
                       raw=row.raw, troubles=troubles)  # fmt: skip
        if not title:
            return left_out(plan, "no_row_name", raw=joined(row))
        weigher = Weigher(row, plan, self.former, file_wins=self.file_wins)
        self._texts(plan, weigher, texts)
        self._fields(row, plan, weigher)
        self._service(row, plan)
        plan_own(row, plan, weigher, self.headings)
        if plan.obj is not None:
            plan.outcome = "changed" if plan.changes else "same"
        return plan

    def _heading(self, name: str) -> str:
        return self.headings.get(name, name)

    def _texts(self, plan: PlanRow, weigher: Weigher, texts: dict[str, str]) -> None:
        kept: dict[str, str] = {}
        for lang, raw in texts.items():
            text = Translated.of(raw, lang).source_text
            if len(text) > TEXT_LIMIT:
                facts = {"n": len(text), "limit": TEXT_LIMIT}
                plan.troubles.append(Trouble("cut", self._heading("text"), facts))
                keep_text(plan, self._heading("text"), text)
                text = text[: TEXT_LIMIT - 1].rstrip() + "…"
            here = plan.obj.statement.text(lang) if plan.obj is not None else ""
            if weigher.takes(
                "statement", here, text, self._heading("text"), label=f"text:{lang}",
                from_plain=partial(text_before, lang),
                from_text=str.strip,
            ):  # fmt: skip
                kept[lang] = text
        if kept and plan.obj is None:
            plan.values["statement"] = Translated.from_mapping(kept, next(iter(kept)))
        elif kept:
            plan.values["statement"] = kept

    def _fields(self, row: FileRow, plan: PlanRow, weigher: Weigher) -> None:
        obj = plan.obj
        for name, stored in (("date", "raised_on"), ("priority", "priority"), ("state", "state")):
            cell = row.cells.get(name)
            heading = self._heading(name)
            if cell is None or keep_if_not_understood(plan, heading, cell):
                continue
            file = str(cell.value) if cell.value is not None else _EMPTY[name]
            here = _plain(getattr(obj, stored), name) if obj is not None else _EMPTY[name]
            if weigher.takes(stored, here, file, heading, label=name,
                             from_text=partial(_always, here)):  # fmt: skip
                if name == "state":
                    plan.state = file
                else:
                    plan.values[stored] = file or None
        cell = row.cells.get("from_whom")
        if cell is None or keep_if_not_understood(plan, self._heading("from_whom"), cell):
            return
        party = cell.value if isinstance(cell.value, PartyName) else None
        giver = obj.raised_by_party if obj is not None else None
        if party is None or (giver is not None and fold(party.name) == fold(giver.name)):
            return
        if not weigher.said_before(self._heading("from_whom")):
            plan.wants["raised_by"] = self.asked.party(party, plan, self._heading("from_whom"))
            if obj is not None:
                plan.changes["from_whom"] = [giver.name if giver else "", party.name]

    def _service(self, row: FileRow, plan: PlanRow) -> None:
        text = row.value("service")
        if text is None:
            return
        target = self.targets.service(str(text))
        if target is None:
            heading = self._heading("service")
            plan.troubles.append(Trouble("no_such_service", heading, {"raw": str(text)[:80]}))
            keep_text(plan, heading, str(text))
            return
        if plan.obj is not None and target[0] == "":
            link = ("L02", "requirement", plan.obj.pk, "service_product", target[1])
            if link in self.here.links:
                return
            plan.changes["service"] = ["", str(text)]
        elif plan.obj is not None:
            plan.changes["service"] = ["", str(text)]
        plan.wants["service"] = target


_EMPTY = {"date": "", "priority": "unknown", "state": ""}


def _plain(value: Any, name: str) -> str:
    return str(value) if value else _EMPTY[name]


def _always(here: str, _text: str) -> str:
    """A state was never a text: the cell of last time says what stands here."""
    return here


def joined(row: FileRow) -> str:
    """All texts of a row, for telling what was left out."""
    return " · ".join(value.strip() for value in row.raw.values() if value.strip())[:200]
