"""Storing what stands beside the objects of an export: states, ties, lines; pieces have a module of
their own."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from polku.exchange.operations.further_pieces import Told, make_pieces
from polku.exchange.operations.making import Maker
from polku.exchange.operations.pace import Pace
from polku.exchange.planning.further import Further
from polku.exchange.planning.further_beside import piece_of
from polku.exchange.planning.further_finding import Finder
from polku.exchange.planning.further_sheets import (
    CELLS,
    LINES,
    LINKS,
    PIECES,
    STATES,
    FurtherRow,
)
from polku.exchange.planning.further_ties import tie_facts
from polku.exchange.planning.further_values import Nowhere, bare_text
from polku.exchange.planning.rows import PlanRow, left_out, refused
from polku.journeys.models import Journey
from polku.kernel.answers import Refused
from polku.kernel.audit import kind_of
from polku.kernel.clock import today_in
from polku.kernel.fingerprints import fingerprint
from polku.kernel.link_kinds import legal_kinds
from polku.kernel.links import hold_apart
from polku.kernel.models import Link, Transition
from polku.kernel.operations_bulk import NewTie, tie_many
from polku.kernel.pieces import home_of, piece_kind
from polku.kernel.registry import entity
from polku.kernel.transitions import machine_of
from polku.people.models import Stakeholder, StakeholderTie
from polku.tenancy.translated import Translated


class FurtherBeside:
    """Goes through the lists beside the objects, each row noted with its step."""

    def __init__(self, maker: Maker, further: Further, finder: Finder) -> None:
        self.maker, self.further, self.finder = maker, further, finder
        self.by, self.run = maker.by, maker.run

    def make(self) -> None:
        """Pieces before ties, which may hang on them."""
        for name in (*PIECES, LINKS, LINES, CELLS):
            told = [(row, plan) for row, plan in self.further.beside.get(name, ())
                    if plan.place not in self.maker.done]  # fmt: skip
            if name in PIECES:
                make_pieces(self.maker, self.finder, name, told)
            elif name == LINKS:
                self._ties(told)
            elif name == LINES:
                self._lines(told)
            else:  # journeys are filled when everything is in sight
                self._note_only(told)
        self._print_anew()

    def _note_only(self, told: Told) -> None:
        pace = Pace(200)
        for part in pace.parts(told):
            with pace.step():
                self.maker.note([(plan, None) for _row, plan in part])

    # States

    def keep_states(self, objects: Sequence[tuple[str, Any]]) -> None:
        """When what is new here moved to which state, in place of "today, by an import"."""
        steps: dict[str, list[Mapping[str, str]]] = defaultdict(list)
        for row in self.further.sheets.beside.get(STATES, ()):
            steps[row.code].append(row.cells)
        moved = [(obj, steps[code]) for code, obj in objects if steps.get(code)]
        pace = Pace()
        for part in pace.parts(moved):
            with pace.step():
                for obj, told in part:
                    self._states(obj, told)
                self.maker.beat()

    def _states(self, obj: Any, told: Sequence[Mapping[str, str]]) -> None:
        kind = kind_of(obj)
        row, today = entity(kind), today_in(self.by.workspace)
        rows = [self._step(obj, cells, today) for cells in told]
        applied = [step for step in rows if step is not None and step.applied_at]
        stands = getattr(type(obj).objects.get(pk=obj.pk), row.state_field)
        if None in rows or not applied or applied[-1].to_state != stands:
            return  # a list that does not lead to where it stands is no history of it
        Transition.objects.filter(
            workspace=self.run.workspace_id, object_kind=kind, object_id=obj.pk,
            pending_run=self.run.pk,
        ).delete()  # fmt: skip
        Transition.objects.bulk_create([step for step in rows if step is not None])

    def _step(self, obj: Any, cells: Mapping[str, str], today: dt.date) -> Transition | None:
        row = entity(kind_of(obj))
        machine = machine_of(row)
        try:
            day = dt.date.fromisoformat(cells.get("effective_on", "")[:10])
        except ValueError:
            return None
        states = [cells.get(name, "").strip() for name in ("from_state", "to_state")]
        if states[1] not in {code for code, _l in row.by_name[row.state_field].choices(row.model)}:
            return None
        return Transition(
            workspace_id=self.run.workspace_id, object_kind=row.kind, object_id=obj.pk,
            machine=machine.code, from_state=states[0][:30], to_state=states[1], effective_on=day,
            by_id=self.by.user_id, by_party_id=self.by.party_id, reason=cells.get("reason", ""),
            applied_at=timezone.now() if day <= today else None, pending_run=self.run.pk,
        )  # fmt: skip

    # Ties and lines

    def _ties(self, told: Told) -> None:
        stand = self._standing()
        pace = Pace()
        for part in pace.parts(told):
            with pace.step():
                new = [(row, plan) for row, plan in part if plan.outcome == "new"]
                ties = [self._tie(row, plan, stand) for row, plan in new]
                tie_many([tie for tie in ties if tie], by=self.by, pending_run=self.run.pk)
                self.maker.note([(plan, None) for _row, plan in part])

    def _standing(self) -> dict[tuple[str, str, int, str, int], Link]:
        """Ties that the first sheets of this run brought already."""
        rows = Link.objects.filter(workspace=self.run.workspace_id, pending_run=self.run.pk)
        return {(r.kind, r.from_kind, r.from_id, r.to_kind, r.to_id): r for r in rows}

    def _tie(self, row: FurtherRow, plan: PlanRow, stand: Any) -> NewTie | None:
        cells = row.cells
        ends = [self._end(cells.get(name, "").strip().upper()) for name in ("from", "to")]
        code = cells.get("kind", "").strip().upper()
        if any(self._is_ahead(cells.get(name, "")) for name in ("from", "to")):
            return None  # it comes with what the journey says
        if ends[0] is None or ends[1] is None:
            left_out(plan, "nowhere", raw=cells.get("from" if ends[0] is None else "to", ""))
            return None
        if code not in {kind.code for kind in legal_kinds(kind_of(ends[0]), kind_of(ends[1]))}:
            left_out(plan, "unfit", raw=code)
            return None
        facts = tie_facts(cells)
        if any(home_of(end).archived for end in ends):
            left_out(plan, "put_away")
            return None
        try:
            hold_apart(*ends)
        except Refused as error:
            refused(plan, error)
            return None
        known = stand.pop((code, kind_of(ends[0]), ends[0].pk, kind_of(ends[1]), ends[1].pk), None)
        if known is not None:
            Link.objects.filter(pk=known.pk).update(**facts)
            return None
        return NewTie(code, ends[0], ends[1], **facts)

    def _end(self, code: str) -> Any:
        whole, _dot, number = code.partition(".")
        target = self.finder.targets.get(whole)
        return piece_of(target, number) if target is not None and number else target

    def _is_ahead(self, code: str) -> bool:
        """Whether a tie hangs on a piece of a journey that is to be filled."""
        whole, dot, _number = code.strip().upper().partition(".")
        journey = self.finder.targets.get(whole)
        return bool(dot) and isinstance(journey, Journey) and journey.edits == 0

    def _lines(self, told: Told) -> None:
        pace = Pace()
        for part in pace.parts(told):
            with pace.step():
                for row, plan in part:
                    if plan.outcome == "new":
                        self._line(row, plan)
                self.maker.note([(plan, None) for _row, plan in part])

    def _line(self, row: FurtherRow, plan: PlanRow) -> None:
        try:
            ends = [self.finder.meant(Stakeholder, row.cells.get(name, ""))
                    for name in ("from", "to")]  # fmt: skip
        except Nowhere as error:
            left_out(plan, "nowhere", raw=str(error)[:80])
            return
        texts = {header.partition(" [")[2].removesuffix("]"): bare_text(text)
                 for header, text in row.cells.items() if header.startswith("words [")}  # fmt: skip
        words = Translated.from_mapping(texts, next(iter(texts), self.by.lang_for_writing))
        line = StakeholderTie(workspace=self.by.workspace, stakeholder=ends[0], other=ends[1],
                              words=words)  # fmt: skip
        try:
            line.full_clean()
        except ValidationError as error:
            refused(plan, error)
        else:
            line.save()

    def _print_anew(self) -> None:
        """Ties of this run rest on what their ends mean now that all of it is stored."""
        rows = list(Link.objects.filter(workspace=self.run.workspace_id, pending_run=self.run.pk))
        pace = Pace()
        for part in pace.parts(rows):
            with pace.step():
                for link in part:
                    link.from_fingerprint = _print(link.from_kind, link.from_id)
                    link.to_fingerprint = _print(link.to_kind, link.to_id)
                    link.suspect_since, link.suspect_ends = None, []
                names = ["from_fingerprint", "to_fingerprint", "suspect_since", "suspect_ends"]
                Link.objects.bulk_update(part, names, batch_size=100)
                self.maker.beat()


def _print(kind: str, number: int) -> str:
    piece = piece_kind(kind)
    model: Any = piece.model if piece is not None else entity(kind).model
    return fingerprint(model.objects.get(pk=number))
