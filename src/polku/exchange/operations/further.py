"""Storing what the sheets beside the four ask for, unseen until the run is complete.

Objects first, those that others rest on before those; then what points ahead, the states they went
through, their pieces, ties and lines. Each step notes its rows, so that an interrupted run goes on.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from polku.exchange.operations.changing import SEEN
from polku.exchange.operations.further_beside import FurtherBeside
from polku.exchange.operations.further_values import FurtherValues, is_state
from polku.exchange.operations.making import Maker, keep_refs
from polku.exchange.operations.noting import tell_late
from polku.exchange.operations.pace import Pace
from polku.exchange.planning.further import Further, Wanted
from polku.exchange.planning.further_finding import Finder
from polku.exchange.planning.here import Here
from polku.exchange.planning.rows import PlanRow, refused
from polku.exchange.planning.troubles import Trouble
from polku.kernel.answers import BadInput, Refused
from polku.kernel.changes import store_objects
from polku.kernel.models import Transition
from polku.kernel.operations_bulk import change_objects, place_objects
from polku.kernel.registry import Entity
from polku.portfolio.dependencies import dependency_ends
from polku.portfolio.models import Offering

# Looks for the ends of a need among what is in sight; the plan has looked in the file too
HELD = (dependency_ends,)


def make_further(maker: Maker) -> None:
    """Store the sheets beside the four of one run."""
    if maker.plan.further is not None and maker.plan.further.sheets.names:
        FurtherMaker(maker, maker.plan.further).make()


@dataclass(frozen=True, slots=True)
class Ahead:
    """A reference of an object to what its codes stand for, set when all of them are made."""

    entity: Entity
    number: int
    name: str
    codes: tuple[str, ...]
    plan: PlanRow


class FurtherMaker:
    """Goes through the kinds; ``finder`` knows what each code of the file stands for by now."""

    def __init__(self, maker: Maker, further: Further) -> None:
        self.maker, self.further, self.by = maker, further, maker.by
        self.run = maker.run
        # Read anew: the four sheets made things meanwhile
        self.here = Here(maker.by, maker.run.source, maker.run.pk)
        self.finder = Finder(self.here, ours=further.ours)
        self.later: list[Ahead] = []
        self.values = FurtherValues(self.finder)
        self.made: list[tuple[Wanted, Any]] = []

    def make(self) -> None:
        """All of it, step by step."""
        self.maker.note([(plan, None) for plan in self.further.headings
                         if plan.place not in self.maker.done])  # fmt: skip
        by_kind: dict[str, list[Wanted]] = defaultdict(list)
        for wanted in self.further.objects:
            by_kind[wanted.entity.kind].append(wanted)
        for rows in by_kind.values():
            self._objects(rows[0].entity, rows)
        self._point_ahead()
        beside = FurtherBeside(self.maker, self.further, self.finder)
        beside.keep_states([(wanted.row.code, obj) for wanted, obj in self.made])
        beside.make()
        self._facts()

    def _objects(self, entity: Entity, rows: Sequence[Wanted]) -> None:
        new: list[Wanted] = []
        known: list[tuple[Wanted, Any]] = []
        seen: list[tuple[Wanted, Any]] = []
        for wanted in rows:
            found = self._done(wanted) or wanted.obj or self.finder.find(entity, wanted.row)
            if found is None:
                new.append(wanted)
                continue
            self.finder.told(entity, wanted.row, found)
            is_mine = found.pending_run == self.run.pk
            (known if is_mine else seen).append((wanted, found))
        self._create(entity, new)
        self._complete(entity, known)
        self._change(entity, seen)

    def _done(self, wanted: Wanted) -> Any:
        """What an interrupted run made of the row."""
        row = self.maker.done.get(wanted.plan.place)
        if row is None or row.object_id is None:
            return None
        return self.here.rows(wanted.entity.model).filter(pk=row.object_id).first()

    def _is_open(self, wanted: Wanted) -> bool:
        return wanted.shown and wanted.plan.place not in self.maker.done

    # New here

    def _create(self, entity: Entity, rows: Sequence[Wanted]) -> None:
        pace = Pace()
        for part in pace.parts(rows):
            with pace.step():
                pairs = self._created(entity, part)
                self._note(pairs)

    def _created(self, entity: Entity, rows: Sequence[Wanted]) -> list[tuple[Wanted, Any]]:
        """All at once, or one by one when a row does not fit; that one is left out."""
        try:
            ahead = [self.values.ahead(wanted) for wanted in rows]
            values = [self.values.new(wanted) for wanted in rows]
            prepared = self.maker.prepare(entity, values)
            self._hold(entity, prepared.objects, values)
            objects = store_objects(prepared, by=self.by)
        except (BadInput, Refused) as error:
            if len(rows) > 1:
                return [pair for wanted in rows for pair in self._created(entity, [wanted])]
            refused(rows[0].plan, error)
            return [(rows[0], None)]
        pairs = list(zip(rows, objects, strict=True))
        for (wanted, obj), codes in zip(pairs, ahead, strict=True):
            self.finder.told(entity, wanted.row, obj)
            self.later += [Ahead(entity, obj.pk, name, few, wanted.plan)
                           for name, few in codes.items()]  # fmt: skip
        self._defaults(entity, pairs)
        return pairs

    def _hold(
        self, entity: Entity, objects: Sequence[Any], values: Sequence[Mapping[str, Any]]
    ) -> None:  # fmt: skip
        """The rules of the kind, as when a person makes these; what is not in sight yet counts."""
        for obj, given in zip(objects, values, strict=True):
            for check in entity.checks:
                if check not in HELD:
                    check(obj, self.by, frozenset(given))
        for look in entity.checks_together if len(objects) > 1 else ():
            look(objects, self.by)

    def _defaults(self, entity: Entity, pairs: Sequence[tuple[Wanted, Any]]) -> None:
        """What one gets of a service when nothing is said: the first that says so."""
        if entity.kind != "offering":
            return
        for wanted, offer in pairs:
            if wanted.row.cells.get("is_default") == "yes" and offer.product_id is not None:
                others = Offering.objects.filter(product=offer.product_id, is_default=True)
                if not others.exists():
                    Offering.objects.filter(pk=offer.pk).update(is_default=True)

    # Made by the first sheets of this very run

    def _complete(self, entity: Entity, pairs: Sequence[tuple[Wanted, Any]]) -> None:
        pace = Pace()
        for part in pace.parts(pairs):
            with pace.step():
                for wanted, obj in part:
                    self._stand(entity, wanted, obj)
                    values = self.values.alone(wanted, obj)
                    values.pop(entity.state_field if entity.machine else "", None)
                    try:
                        change_objects(entity, [(obj.pk, values)], by=self.by, held=HELD)
                    except (BadInput, Refused) as error:
                        wanted.shown = True
                        refused(wanted.plan, error)
                        continue
                    ahead = self.values.ahead(wanted)
                    self.later += [Ahead(entity, obj.pk, name, few, wanted.plan)
                                   for name, few in ahead.items()]  # fmt: skip
                    if wanted.plan.outcome in ("same", "changed"):
                        wanted.plan.outcome = "new"
                self._note(part)

    def _stand(self, entity: Entity, wanted: Wanted, obj: Any) -> None:
        """What was just made stands where the file says, from its first step on."""
        slot = next((s for s in wanted.takes if is_state(entity, s.field.name)), None)
        state = wanted.row.cells[slot.header].strip() if slot is not None else ""
        if slot is None or state == getattr(obj, entity.state_field):
            return
        entity.model.objects.filter(pk=obj.pk).update(**{entity.state_field: state})
        Transition.objects.filter(
            workspace=self.run.workspace_id, object_kind=entity.kind, object_id=obj.pk,
            pending_run=self.run.pk,
        ).update(to_state=state)  # fmt: skip
        setattr(obj, entity.state_field, state)

    def _put(
        self, entity: Entity, pairs: Sequence[tuple[Wanted, Any]]
    ) -> dict[int, dict[str, Any]]:  # fmt: skip
        """Values of the file in objects that are stored; what differed, by inner number."""
        try:
            return self._stored(entity, pairs)
        except (BadInput, Refused) as error:
            if len(pairs) > 1:
                each = (self._put(entity, [pair]) for pair in pairs)
                return {number: found for few in each for number, found in few.items()}
            refused(pairs[0][0].plan, error)
            return {}

    def _stored(
        self, entity: Entity, pairs: Sequence[tuple[Wanted, Any]]
    ) -> dict[int, dict[str, Any]]:  # fmt: skip
        values, states = [], []
        for wanted, obj in pairs:
            said = self.values.changed(wanted, obj)
            if entity.machine is not None and (state := said.pop(entity.state_field, None)):
                states.append((obj.pk, state))
            values.append((obj.pk, said))
        changes: dict[int, dict[str, Any]] = {obj.pk: {} for _wanted, obj in pairs}
        with transaction.atomic():
            found = change_objects(entity, values, by=self.by)
            moved = place_objects(entity, states, by=self.by) if states else {}
        for few in (found, moved):
            for number, pair in few.items():
                changes[number] |= pair
        return changes

    # In sight already

    def _change(self, entity: Entity, pairs: Sequence[tuple[Wanted, Any]]) -> None:
        pace = Pace()
        for part in pace.parts([pair for pair in pairs if self._is_open(pair[0])]):
            with pace.step():
                changed = [pair for pair in part if pair[0].plan.outcome == "changed"]
                changes = self._put(entity, changed)
                for _wanted, obj in changed:
                    ref = self.here.ref_of.get((entity.kind, obj.pk))
                    changes.setdefault(obj.pk, {})[SEEN] = ref.last_seen if ref else None
                self._note(part, changes)

    # Beside the values

    def _point_ahead(self) -> None:
        """References to what came later in the file."""
        pace = Pace()
        for part in pace.parts(self.later):
            with pace.step():
                for ahead in part:
                    self._point(ahead)

    def _point(self, ahead: Ahead) -> None:
        field = ahead.entity.by_name[ahead.name]
        value = self.values.targets(field, ahead.codes)
        if not value:
            return
        try:
            with transaction.atomic():
                if field.editable or field.verb:
                    values = [(ahead.number, {ahead.name: value})]
                    change_objects(ahead.entity, values, by=self.by, held=HELD)
                else:
                    rows = ahead.entity.model.objects.filter(pk=ahead.number)
                    rows.update(**{ahead.name: value})
        except (BadInput, Refused, IntegrityError):
            facts = {"raw": ", ".join(ahead.codes)[:80]}
            tell_late(self.run, ahead.plan, Trouble("unfit", ahead.name, facts))

    def _facts(self) -> None:
        """What came of other things, last of all: storing those has worked it out anew."""
        told = [(wanted, obj, self.values.facts(wanted)) for wanted, obj in self.made]
        pace = Pace()
        for part in pace.parts([row for row in told if row[2]]):
            with pace.step():
                for wanted, obj, facts in part:
                    wanted.entity.model.objects.filter(pk=obj.pk).update(**facts)
                self.maker.beat()

    def _note(
        self, pairs: Sequence[tuple[Wanted, Any]], changes: dict[int, Any] | None = None
    ) -> None:  # fmt: skip
        """Note the rows that are shown; keep the cells of the others too."""
        self.made += [(wanted, obj) for wanted, obj in pairs
                      if obj is not None and obj.pending_run == self.run.pk]  # fmt: skip
        hidden = [(wanted.plan, obj) for wanted, obj in pairs
                  if not wanted.shown and wanted.plan.ref and obj is not None]  # fmt: skip
        keep_refs(self.run, hidden, self.here.refs)
        shown = [(wanted.plan, obj) for wanted, obj in pairs if self._is_open(wanted)]
        self.maker.note(shown, changes, formerly=self.here.refs)
