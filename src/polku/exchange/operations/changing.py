"""Storing what a plan changes in objects that are here already."""

from collections.abc import Sequence
from typing import Any

from polku.exchange.operations.making import Maker
from polku.exchange.operations.pace import Pace
from polku.exchange.planning.rows import PlanRow
from polku.kernel.operations_bulk import change_objects, place_objects
from polku.kernel.registry import Entity
from polku.portfolio.entities import OFFERING, REQUIREMENT, SERVICE

# Beside the fields in the changes of an ImportRow: the cells of last time, changes elsewhere, and
# whether an undo has given the former values back.
SEEN, ALSO, BACK = "_seen", "_also", "_back"


class Changer:
    """Changes objects in sight, last of all, chunk by chunk; each row keeps the way back."""

    def __init__(self, maker: Maker) -> None:
        self.maker, self.by = maker, maker.by

    def change_services(self) -> None:
        """Services with their groups, offerings and suppliers."""
        pace = Pace()
        for part in pace.parts(self.maker.rows("service_product", "changed")):
            with pace.step():
                self._change(SERVICE, part)

    def change_requirements(self) -> None:
        """Requirements with their ties."""
        pace = Pace()
        for part in pace.parts(self.maker.rows("requirement", "changed")):
            with pace.step():
                self._change(REQUIREMENT, part)

    def _change(self, entity: Entity, rows: Sequence[PlanRow]) -> None:
        now = _fresh(entity, rows)
        wanted = [(row.obj.pk, self._values(row, now[row.obj.pk])) for row in rows]
        changes: dict[int, dict[str, Any]] = {row.obj.pk: {} for row in rows}
        _merge(changes, change_objects(entity, [pair for pair in wanted if pair[1]], by=self.by))
        states = [(row.obj.pk, row.state) for row in rows if row.state]
        _merge(changes, place_objects(entity, states, by=self.by))
        fresh = _fresh(entity, rows)
        pairs = [(row, fresh[row.obj.pk]) for row in rows]
        if entity is SERVICE:
            self._offerings(pairs, changes)
            self.maker.make_what_comes_along(pairs, pending=False)
        else:
            self.maker.tie_requirements(pairs)
        for row in rows:
            ref = self.maker.here.ref_of.get((entity.kind, row.obj.pk))
            changes[row.obj.pk][SEEN] = ref.last_seen if ref else None
        self.maker.note(pairs, changes)

    def _values(self, row: PlanRow, obj: Any) -> dict[str, Any]:
        values = self.maker.values_of(row)
        for name in ("managed_state", "state", "attributes"):
            values.pop(name, None)
        if "owner" in row.wants and row.wants["owner"] is None:
            values["owner_party"] = None
        if row.own:
            merged = {**obj.attributes, **row.own}
            values["attributes"] = {key: text for key, text in merged.items() if text is not None}
        return values

    def _offerings(
        self, pairs: Sequence[tuple[PlanRow, Any]], changes: dict[int, dict[str, Any]]
    ) -> None:  # fmt: skip
        """Times and prices of offerings that are here already."""
        known = self.maker.here.offerings
        wanted = {
            known[obj.pk].pk: (obj.pk, row.wants["offering"])
            for row, obj in pairs
            if row.wants.get("offering") and obj.pk in known
        }
        values = [(number, texts) for number, (_service, texts) in wanted.items()]
        for number, found in change_objects(OFFERING, values, by=self.by).items():
            changes[wanted[number][0]].setdefault(ALSO, []).append(
                [OFFERING.kind, number, found]
            )  # fmt: skip


def _fresh(entity: Entity, rows: Sequence[PlanRow]) -> dict[int, Any]:
    numbers = [row.obj.pk for row in rows]
    return {obj.pk: obj for obj in entity.model.objects.filter(pk__in=numbers)}


def _merge(changes: dict[int, dict[str, Any]], more: dict[int, dict[str, list[Any]]]) -> None:
    for number, found in more.items():
        changes[number].update(found)
