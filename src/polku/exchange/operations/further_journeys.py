"""What journeys say, stored when the import is in sight: a journey is filled by its own verb.

Each journey is one step of its own. One that was not filled because the machine stopped is still
empty, and the same file fills it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from polku.exchange.journeys.applying import lay_rows
from polku.exchange.journeys.columns import SheetRow
from polku.exchange.journeys.library import library_of
from polku.exchange.operations.making import Maker
from polku.exchange.operations.noting import counts_of_rows, tell_late
from polku.exchange.planning.further import Further
from polku.exchange.planning.further_finding import Finder
from polku.exchange.planning.further_sheets import CELLS, LINKS, FurtherRow
from polku.exchange.planning.further_ties import tie_facts
from polku.exchange.planning.here import Here
from polku.exchange.planning.rows import PlanRow
from polku.exchange.planning.troubles import Trouble
from polku.journeys.document_shapes import JourneyDoc
from polku.journeys.documents import read_document
from polku.journeys.models import BlueprintCell, Journey, PainPoint, Stage, Step
from polku.journeys.operations import fill
from polku.journeys.operations.versions import keep_as_agreed
from polku.kernel.audit import kind_of
from polku.kernel.link_kinds import legal_kinds
from polku.kernel.models import ExternalRef, Link
from polku.kernel.operations_bulk import NewTie, tie_many

type Ends = dict[str, Any]

_CODES = ("ref", "who")


def fill_journeys(maker: Maker) -> None:
    """Let the journeys of a finished run say what their rows say."""
    further: Further | None = maker.plan.further
    if further is None or not further.beside.get(CELLS):
        return
    by_code: dict[str, list[FurtherRow]] = defaultdict(list)
    for row, plan in further.beside[CELLS]:
        if plan.outcome == "new":
            by_code[row.code].append(row)
    if by_code:
        Filler(maker, further).fill(by_code)


class Filler:
    """Fills journeys one by one, then ties what hangs on their pieces."""

    def __init__(self, maker: Maker, further: Further) -> None:
        self.by, self.run, self.further = maker.by, maker.run, further
        self.finder = Finder(Here(maker.by, maker.run.source, maker.run.pk), ours=further.ours)
        for wanted in further.objects:
            self.finder.find(wanted.entity, wanted.row)
        self.ends: Ends = {}

    def fill(self, by_code: Mapping[str, Sequence[FurtherRow]]) -> None:
        """All of them."""
        stands = {w.row.code: w.row.cells for w in self.further.objects
                  if w.entity.kind == "journey"}  # fmt: skip
        for code, rows in by_code.items():
            journey = self.finder.targets.get(code)
            if isinstance(journey, Journey) and journey.edits == 0:
                with transaction.atomic():
                    self._fill(journey, rows, stands.get(code, {}))
        self._tie()
        self._keep_way_back()

    def _keep_way_back(self) -> None:
        """Ties that came with the steps go with an undo of the run, as all others do."""
        numbers: set[int] = set(self.run.report.get("made", {}).get("link", ()))
        by_kind: dict[str, list[int]] = defaultdict(list)
        for end in self.ends.values():
            by_kind[kind_of(end)].append(end.pk)
        for kind, pieces in by_kind.items():
            rows = Link.objects.filter(workspace=self.run.workspace_id, from_kind=kind)
            numbers |= set(rows.filter(from_id__in=pieces).values_list("pk", flat=True))
        made = {**self.run.report.get("made", {}), "link": sorted(numbers)}
        self.run.report = {**self.run.report, "made": made}
        self.run.save(update_fields=["report"])

    def _fill(
        self, journey: Journey, rows: Sequence[FurtherRow], cells: Mapping[str, str]
    ) -> None:  # fmt: skip
        told = [SheetRow(row.number, self._from_here(row.cells)) for row in rows]
        laid = lay_rows(JourneyDoc(), told, library_of(self.by), lang=self.by.lang_for_writing,
                        is_new=True)  # fmt: skip
        state = journey.state
        Journey.objects.filter(pk=journey.pk).update(state=Journey.State.SKETCH)
        journey.refresh_from_db()
        fill(journey, laid.doc, by=self.by)
        version = cells.get("version", "")
        journey.state = state
        journey.version = int(version) if version.isdigit() else journey.version
        Journey.objects.filter(pk=journey.pk).update(state=state, version=journey.version)
        keep_as_agreed(journey, by=self.by)
        left = {trouble.row: trouble for trouble in laid.troubles}
        for row, plan in self.further.beside[CELLS]:
            if trouble := left.get(row.number):
                told_as = Trouble("cell_left", trouble.column, {"message": trouble.message})
                tell_late(self.run, plan, told_as, outcome="left_out")
        self._pieces(journey, laid.doc, [row for row in rows if row.number not in left])

    def _from_here(self, cells: Mapping[str, str]) -> dict[str, str]:
        """The row with the codes that things have here."""
        found = dict(cells)
        for name in _CODES:
            target = self.finder.targets.get(found.get(name, "").strip().upper())
            if target is not None:
                found[name] = target.code
        return found

    def _pieces(self, journey: Journey, laid: JourneyDoc, rows: Sequence[FurtherRow]) -> None:
        """Which piece each number of the file is by now; kept, so that a second import knows."""
        if not rows:
            return
        code = rows[0].code
        now = read_document(self.by, journey)
        numbers: dict[str, tuple[Any, int]] = {}
        for stage, made in zip(laid.stages, now.stages, strict=False):
            numbers[f"{code}.{stage.number}"] = (Stage, made.id)
        for step, after in zip(laid.steps, now.steps, strict=False):
            numbers[f"{code}.{step.number}"] = (Step, after.id)
            for lane, cells in after.cells.items():
                numbers |= _told(rows, step.number, lane, BlueprintCell, cells)
            numbers |= _told(rows, step.number, "pain", PainPoint, after.pains)
        numbers |= _told(rows, 0, "pain", PainPoint, now.pains)
        self._remember(numbers)

    def _remember(self, numbers: Mapping[str, tuple[Any, int]]) -> None:
        for key, (model, number) in numbers.items():
            self.ends[key] = model.objects.get(pk=number)
        ExternalRef.objects.bulk_create(
            [
                ExternalRef(workspace_id=self.run.workspace_id, source=self.run.source,
                            kind=kind_of(end), key=key, object_id=end.pk, run=self.run)
                for key, end in self.ends.items() if key in numbers and not self.further.ours
            ],
            batch_size=500, update_conflicts=True,
            unique_fields=["workspace", "source", "kind", "key"],
            update_fields=["object_id", "run", "withdrawn_at"],
        )  # fmt: skip

    def _tie(self) -> None:
        """Ties of the file that hang on pieces of journeys; those of steps to meeting points
        came with the steps."""
        told = [(row, plan) for row, plan in self.further.beside.get(LINKS, ())
                if plan.outcome == "new"]  # fmt: skip
        ties = [tie for row, plan in told if (tie := self._tie_of(row, plan)) is not None]
        with transaction.atomic():
            tie_many(ties, by=self.by)
            self.run.counts = counts_of_rows(self.run)
            self.run.save(update_fields=["counts"])

    def _tie_of(self, row: FurtherRow, plan: PlanRow) -> NewTie | None:
        """The tie of a row that hangs on a piece of a filled journey and is not here yet."""
        codes = [row.cells.get(name, "").strip().upper() for name in ("from", "to")]
        if not any(code in self.ends for code in codes):
            return None
        start, end = (self.ends.get(code) or self.finder.targets.get(code) for code in codes)
        kind = row.cells.get("kind", "").strip().upper()
        if start is None or end is None or kind not in {
            legal.code for legal in legal_kinds(kind_of(start), kind_of(end))
        }:  # fmt: skip
            facts = {"raw": f"{codes[0]} {kind} {codes[1]}"}
            tell_late(self.run, plan, Trouble("unfit", facts=facts), outcome="left_out")
            return None
        known = Link.objects.filter(
            workspace=self.run.workspace_id, kind=kind, state=Link.State.LIVE,
            from_kind=kind_of(start), from_id=start.pk, to_kind=kind_of(end), to_id=end.pk,
        )  # fmt: skip
        return None if known.exists() else NewTie(kind, start, end, **tie_facts(row.cells))


def _told(
    rows: Sequence[FurtherRow], step: int, lane: str, model: Any, pieces: Sequence[Any]
) -> dict[str, tuple[Any, int]]:  # fmt: skip
    """The pieces of one lane at a step, by the numbers that the file gives them, in order."""
    numbers = _numbered(rows, step, lane)
    pairs = zip(numbers, pieces, strict=False)
    return {f"{rows[0].code}.{number}": (model, piece.id) for number, piece in pairs}


def _numbered(rows: Sequence[FurtherRow], step: int, lane: str) -> list[str]:
    """The numbers of the cells that one lane has at a step, in order."""
    at = str(step) if step else ""
    return [row.cells["cell"] for row in rows
            if row.cells.get("lane") == lane and row.cells.get("step", "") == at
            and row.cells.get("cell")]  # fmt: skip
