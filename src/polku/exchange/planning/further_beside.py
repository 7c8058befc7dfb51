"""How rows of pieces, ties and lines are told: new, here already, or left out with the reason."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from polku.exchange.exporting.journeys import journey_cells
from polku.exchange.exporting.pieces import PIECE_COLUMNS, piece_tables
from polku.exchange.journeys.columns import TEXT
from polku.exchange.planning.further_finding import Finder
from polku.exchange.planning.further_sheets import CELLS, LINKS, PIECES, FurtherRow
from polku.exchange.planning.further_ties import Doubles, tie_facts
from polku.exchange.planning.further_values import COMING, Nowhere, Unfit
from polku.exchange.planning.rows import PlanRow, left_out, refused
from polku.exchange.planning.troubles import Trouble
from polku.journeys.document_shapes import PICTURED_STEP
from polku.journeys.models import Journey
from polku.kernel.answers import BadInput
from polku.kernel.audit import kind_of
from polku.kernel.link_kinds import LINK_KINDS
from polku.kernel.models import Link
from polku.kernel.pieces import pieces_of
from polku.people.models import StakeholderTie

# Cells that are codes of other things.
CODES = ("product", "offering", "resource_component")

type TieKey = tuple[str, str, int, str, int]


class BesidePlanner:
    """Looks up what stands here beside objects, each list once."""

    def __init__(self, finder: Finder, code_here: Callable[[str], str]) -> None:
        self.finder, self.code_here = finder, code_here
        self.by = finder.by
        self._doubles = Doubles()

    def tell(self, name: str, row: FurtherRow) -> PlanRow:
        """The plan of one row."""
        plan = PlanRow(row.sheet, row.number, name.replace(" ", "_"), "")
        try:
            if name in PIECES:
                self._piece(name, row, plan)
            elif name == LINKS:
                self._tie(row, plan)
            elif name == CELLS:
                self._cell(row, plan)
            else:
                self._line(row, plan)
        except Nowhere as error:
            left_out(plan, "nowhere", raw=str(error))
        return plan

    def _here(self, code: str) -> str:
        """The code here; raises Nowhere with what the file says."""
        try:
            return self.code_here(code)
        except Nowhere as error:
            raise Nowhere(code) from error

    def _piece(self, name: str, row: FurtherRow, plan: PlanRow) -> None:
        parent = self._here(row.code)
        plan.title = f"{row.code} · {name}"
        cells = self._cells(name, row.cells)
        if parent.startswith(COMING):
            return
        if cells in self._pieces[name][parent]:
            plan.outcome = "same"
        else:
            left_out(plan, "list_here", raw=parent)

    def _cells(self, name: str, cells: Mapping[str, str]) -> dict[str, str]:
        """The cells of a piece with codes from here."""
        found = self._bare(name, cells)
        for column in CODES:
            if column in found:
                found[column] = self._here(found[column].strip().upper())
        return found

    def _bare(self, name: str, cells: Mapping[str, str]) -> dict[str, str]:
        """Without the thing itself; numbers count in a file from here alone."""
        known = {*PIECE_COLUMNS[name]} - (set() if self.finder.ours else {"number"})
        return {header: text for header, text in cells.items()
                if header.partition(" [")[0] in known}  # fmt: skip

    @cached_property
    def _pieces(self) -> Mapping[str, Mapping[str, list[dict[str, str]]]]:
        found: dict[str, dict[str, list[dict[str, str]]]] = {}
        for table in piece_tables(self.by, archived=True):
            rows = found.setdefault(table.name, defaultdict(list))
            for line in table.rows:
                pairs = zip(table.headers, line, strict=True)
                cells = {head: str(value) for head, value in pairs if value not in (None, "")}
                rows[str(line[0])].append(self._bare(table.name, cells))
        return found

    def _cell(self, row: FurtherRow, plan: PlanRow) -> None:
        """A cell of a journey: told where the journey is empty or new, else only compared."""
        journey = self._here(row.code)
        plan.title = f"{row.code} · {row.cells.get('step_name') or row.cells.get('lane', '')}"[:300]
        if self._holds_a_picture_alone(row, plan):
            return
        if journey.startswith(COMING) or not self._journeys[journey]:
            return
        if self._said(row.cells) in self._journeys[journey]:
            plan.outcome = "same"
        else:
            left_out(plan, "list_here", raw=journey)

    def _holds_a_picture_alone(self, row: FurtherRow, plan: PlanRow) -> bool:
        """Whether nothing of a cell can come; that its picture stays behind is told in any case."""
        words = row.cells.get("picture", "").strip()
        if self.finder.ours or not words:
            return False
        if row.cells.get("lane") != PICTURED_STEP and not any(
            text.strip() for name, text in row.cells.items() if name.startswith(TEXT)
        ):
            left_out(plan, "picture_left", "picture", raw=words[:80])
            return True
        plan.troubles.append(Trouble("picture_left", "picture", {"raw": words[:80]}))
        return False

    def _said(self, cells: Mapping[str, str]) -> frozenset[tuple[str, str]]:
        """What a row says, with codes from here; numbers count in a file from here alone."""
        aside = ("journey", "stage_name", "step_name")
        found = {name: text for name, text in cells.items() if name not in aside}
        if not self.finder.ours:
            for name in ("stage", "step", "cell", "picture"):  # a sheet carries no picture
                found.pop(name, None)
            for name in ("ref", "who"):
                code = found.get(name, "").strip().upper()
                if code and not code.isdigit():
                    found[name] = self._here(code)
            if found.get("lane") == "another_way":
                found.pop("ref", None)
        return frozenset(found.items())

    @cached_property
    def _journeys(self) -> Mapping[str, set[frozenset[tuple[str, str]]]]:
        """The rows of the journeys here that say something, by code."""
        found: dict[str, set[frozenset[tuple[str, str]]]] = defaultdict(set)
        empty = set(Journey.objects.filter(workspace=self.by.workspace, edits=0).values_list(
            "code", flat=True))  # fmt: skip
        table = journey_cells(self.by, archived=True)
        mine = BesidePlanner(self.finder, str)  # codes that stand here already are as they are
        for line in table.rows:
            pairs = zip(table.headers, line, strict=True)
            cells = {head: str(value) for head, value in pairs if value not in (None, "")}
            if cells["journey"] not in empty:
                found[cells["journey"]].add(mine._said(cells))
        return found

    def _tie(self, row: FurtherRow, plan: PlanRow) -> None:
        code = row.cells.get("kind", "").strip().upper()
        ends = [row.cells.get(name, "").strip().upper() for name in ("from", "to")]
        plan.title = f"{ends[0]} {row.cells.get('name', code)} {ends[1]}"[:300]
        if code not in LINK_KINDS:
            left_out(plan, "unfit", raw=code)
            return
        try:
            facts = tie_facts(row.cells)
        except Unfit as error:
            left_out(plan, "unfit", raw=str(error)[:80])
            return
        except BadInput as error:
            refused(plan, error)
            return
        found = [self.end(end) for end in ends]
        days = facts["valid_from"], facts["valid_to"]
        if other := self._doubles.other((code, *ends), days, row.number):
            left_out(plan, "twice", other=other)
            return
        if found[0] is not None and found[1] is not None and self.stands(code, *found):
            plan.outcome = "same"

    def end(self, code: str) -> Any:
        """What stands at the end of a tie; None for what is still to come. Raises Nowhere."""
        whole, _dot, number = code.partition(".")
        if self._here(whole).startswith(COMING):
            return None
        if whole.startswith("JRN-") and number and not self._journeys[self._here(whole)]:
            return None  # what it says comes with this file
        target = self.finder.targets.get(whole)
        if not number or target is None:
            return target
        for kind in () if self.finder.ours else pieces_of(kind_of(target)):
            if (known := self.finder.number_of(kind.kind, code)) is not None:
                return kind.model.objects.filter(pk=known).first()
        if (piece := piece_of(target, number)) is not None:
            return piece
        raise Nowhere(code)

    def stands(self, code: str, start: Any, end: Any) -> bool:
        """Whether the tie is here; one that was removed here since a file left stays removed."""
        return (code, kind_of(start), start.pk, kind_of(end), end.pk) in self._ties

    @cached_property
    def _ties(self) -> set[TieKey]:
        rows = Link.objects.filter(workspace=self.by.workspace, pending_run__isnull=True)
        if not self.finder.ours:
            rows = rows.filter(state=Link.State.LIVE)
        return set(rows.values_list("kind", "from_kind", "from_id", "to_kind", "to_id"))

    def _line(self, row: FurtherRow, plan: PlanRow) -> None:
        ends = [row.cells.get(name, "").strip().upper() for name in ("from", "to")]
        plan.title = " → ".join(ends)
        found = [self.end(end) for end in ends]
        if all(found) and (found[0].pk, found[1].pk) in self._lines:
            plan.outcome = "same"

    @cached_property
    def _lines(self) -> set[tuple[int, int]]:
        rows = StakeholderTie.objects.filter(workspace=self.by.workspace)
        return set(rows.values_list("stakeholder_id", "other_id"))


def piece_of(target: Any, number: str) -> Any:
    """The piece of a thing with this number; None when there is none."""
    for kind in pieces_of(kind_of(target)):
        rows: Any = kind.model.objects
        rows = rows.filter(**{kind.parent_field: target}, **kind.standing)
        if number.isdigit() and (piece := rows.filter(number=int(number)).first()):
            return piece
    return None
