"""What rows of the sheets ``users`` and ``dependencies`` ask for: ties between things."""

import datetime as dt
from typing import Any

from polku.exchange.planning.asking import Asked
from polku.exchange.planning.file_rows import FileRow, SheetReader
from polku.exchange.planning.here import Here
from polku.exchange.planning.matching import short_key
from polku.exchange.planning.requirements import joined
from polku.exchange.planning.rows import PlanRow, Target, left_out
from polku.exchange.planning.targets import HERE, Targets
from polku.exchange.planning.troubles import Trouble
from polku.exchange.spreadsheet.cells import Cell
from polku.exchange.spreadsheet.parties import PartyName
from polku.exchange.spreadsheet.values import Contact
from polku.kernel.clock import today_in
from polku.kernel.folding import fold
from polku.portfolio.models import Component, Dependency

EDGES = frozenset(Dependency.Kind.values)
PARTS = frozenset(Component.Kind.values)


class UserRows:
    """Plans who uses which service: a relationship or a group, tied to the default offering."""

    def __init__(self, reader: SheetReader, here: Here, asked: Asked, targets: Targets) -> None:
        self.here, self.asked, self.targets = here, asked, targets
        self.headings = reader.headings
        self._seen: dict[tuple[str, Target], int] = {}

    def plan(self, row: FileRow) -> PlanRow:
        """The plan of one row."""
        who = row.value("who")
        plan = PlanRow(row.sheet, row.number, "relationship", "", raw=row.raw)
        if not isinstance(who, PartyName):
            return left_out(plan, "no_row_name", raw=joined(row))
        text = str(row.value("service") or "")
        target = self.targets.service(text) if text else None
        if target is None:
            plan.title = who.name[:300]
            heading = self.headings.get("service", "")
            return left_out(plan, "no_such_service", heading, raw=text[:80])
        plan.title = f"{who.name} – {text}"[:300]
        plan.ref = short_key(f"{fold(who.name)} > {fold(text)}")
        key = fold(who.name[:200])
        if (key, target) in self._seen:
            return left_out(plan, "twice", other=self._seen[key, target])
        self._seen[key, target] = row.number
        self._user(row, plan, who, target)
        return plan

    def _user(self, row: FileRow, plan: PlanRow, who: PartyName, target: Target) -> None:
        key = fold(who.name[:200])
        is_group = key in self.here.segments or key in self.asked.plan.segments
        plan.wants |= {"service": target, "since": self._day(row, plan, "since"),
                       "until": self._day(row, plan, "until")}  # fmt: skip
        since, until = plan.wants["since"], plan.wants["until"]
        if since and until and until < since:
            plan.troubles.append(Trouble("dates_order", self.headings.get("until", "")))
            plan.wants |= {"since": None, "until": None}
        if is_group or (who.kind == "team" and key not in self.here.parties):
            plan.kind = "segment"
            plan.wants["group"] = key
            if not is_group:
                self.asked.plan.segments[key] = {self.asked.lang: who.name[:120]}
        elif self.here.by.workspace.home_party_id is None:
            left_out(plan, "no_home")
            return
        else:
            plan.wants["who"] = self.asked.party(who, plan, self.headings.get("who", ""))
        plan.wants["about"] = self._about(row)
        if self._stands(plan, key, target):
            plan.outcome = "same"

    def _day(self, row: FileRow, plan: PlanRow, name: str) -> dt.date | None:
        cell = row.cells.get(name)
        if cell is None or cell.outcome != "value":
            self._tell(plan, name, cell)
            return None
        return cell.value if isinstance(cell.value, dt.date) else None

    def _tell(self, plan: PlanRow, name: str, cell: Cell | None) -> None:
        if cell is not None and cell.outcome in ("problem", "kept"):
            heading = self.headings.get(name, name)
            plan.troubles.append(Trouble(cell.code, heading, {"raw": cell.raw}))

    def _about(self, row: FileRow) -> dict[str, str]:
        """What else the row says: kept as columns of the relationship or group."""
        found = {key: text for key, text in row.own.items() if text}
        for name in ("agreement", "notes", "contact"):
            value = row.value(name)
            if value is not None:
                text = value.text if isinstance(value, Contact) else str(value)
                found["notes" if name == "notes" else self.headings.get(name, name)] = text
        return found

    def _stands(self, plan: PlanRow, key: str, target: Target) -> bool:
        """Whether that tie is here already."""
        if target[0] != HERE:
            return False
        offering = self.here.offerings.get(target[1])
        if offering is None:
            return False
        users: list[tuple[str, int]] = []
        if "group" in plan.wants and key in self.here.segments:
            users = [("segment", self.here.segments[key].pk)]
        elif "who" in plan.wants and key in self.here.parties:
            pair = (self.here.parties[key].pk, self.here.by.workspace.home_party_id)
            users = [("relationship", number) for number in self.here.ever_related.get(pair, ())]
        return any(("L32", *user, "offering", offering.pk) in self.here.links for user in users)


class DependencyRows:
    """Plans what each service needs: another service or a part."""

    def __init__(self, reader: SheetReader, here: Here, asked: Asked, targets: Targets) -> None:
        self.here, self.asked, self.targets = here, asked, targets
        self.headings = reader.headings
        self._seen: dict[tuple[Any, ...], int] = {}
        self._ways: dict[Any, set[Any]] | None = None

    def plan(self, row: FileRow) -> PlanRow:
        """The plan of one row."""
        service, needs = str(row.value("service") or ""), str(row.value("needs") or "")
        plan = PlanRow(row.sheet, row.number, "dependency", f"{service} – {needs}"[:300],
                       raw=row.raw)  # fmt: skip
        plan.ref = short_key(f"{fold(service)} > {fold(needs)}")
        if not (service and needs):
            return left_out(plan, "no_row_name", raw=joined(row))
        start = self.targets.service(service)
        if start is None:
            return left_out(
                plan, "no_such_service", self.headings.get("service", ""), raw=service[:80]
            )
        kind = str(row.value("kind") or "")
        end = None if kind in PARTS else self.targets.service(needs)
        if end == start:
            return left_out(plan, "itself")
        edge = kind if kind in EDGES else "requires"
        goal = end if end is not None else ("part", fold(needs[:200]))
        if (start, goal, edge) in self._seen:
            return left_out(plan, "twice", other=self._seen[start, goal, edge])
        self._seen[start, goal, edge] = row.number
        if edge in ("requires", "part_of") and self._closes_circle(start, goal):
            return left_out(plan, "circle", path=f"{service} → {needs} → {service}")
        self._wants(row, plan, start, goal, edge, kind)
        return plan

    def _wants(
        self, row: FileRow, plan: PlanRow, start: Target, goal: tuple[str, Any], edge: str,
        kind: str,
    ) -> None:  # fmt: skip
        for name in ("kind", "criticality", "supplier", "checked"):
            cell = row.cells.get(name)
            if cell is not None and cell.outcome in ("problem", "kept"):
                heading = self.headings.get(name, name)
                plan.troubles.append(Trouble(cell.code, heading, {"raw": cell.raw}))
        plan.wants |= {
            "service": start, "goal": goal, "edge": edge,
            "criticality": str(row.value("criticality") or "unknown"),
            "note": "; ".join(text for text in row.own.values() if text)[:400],
        }  # fmt: skip
        if goal[0] == "part" and goal[1] not in self.here.components:
            self._part(row, plan, kind)
        if self._stands(start, goal, edge):
            plan.outcome = "same"

    def _part(self, row: FileRow, plan: PlanRow, kind: str) -> None:
        name = str(row.value("needs"))
        supplier = row.value("supplier")
        named = supplier if isinstance(supplier, PartyName) else None
        facts: dict[str, Any] = {"name": name[:200], "kind": kind if kind in PARTS else "resource"}
        if named is not None:
            facts["supplier"] = self.asked.party(named, plan, self.headings.get("supplier", ""))
        if row.value("where"):
            facts["where"] = str(row.value("where"))
            facts["checked"] = self._checked(row)
        self.asked.plan.parts.setdefault(fold(name[:200]), facts)

    def _checked(self, row: FileRow) -> dt.date | None:
        """The day on which somebody looked; a day to come is nobody's."""
        day, today = row.value("checked"), today_in(self.here.by.workspace)
        return day if isinstance(day, dt.date) and day <= today else None

    def _stands(self, start: Target, goal: tuple[str, Any], edge: str) -> bool:
        is_part = edge == "requires" and goal[0] == "part"
        if is_part and (start, goal[1]) in self.asked.plan.supplied:
            return True
        if start[0] != HERE:
            return False
        if goal[0] == "part":
            part = self.here.components.get(goal[1])
            end = ("component", part.pk) if part else None
        else:
            end = ("service_product", goal[1]) if goal[0] == HERE else None
        return end is not None and any(
            (d.from_kind, d.from_id, d.to_kind, d.to_id, d.kind)
            == ("service_product", start[1], *end, edge)
            for d in self.here.dependencies
        )

    def _closes_circle(self, start: Any, goal: Any) -> bool:
        """Whether there is a way back already; notes the new way if there is none."""
        ways = self._known_ways()
        queue, seen = [goal], {goal}
        while queue:
            at = queue.pop()
            if at == start:
                return True
            new = ways.get(at, set()) - seen
            seen |= new
            queue += new
        ways.setdefault(start, set()).add(goal)
        return False

    def _known_ways(self) -> dict[Any, set[Any]]:
        if self._ways is None:
            names = {part.pk: fold(part.name) for part in self.here.components.values()}
            self._ways = {}
            for row in self.here.dependencies:
                if row.kind in ("requires", "part_of"):
                    ends = [self._end(kind, number, names) for kind, number in (
                        (row.from_kind, row.from_id), (row.to_kind, row.to_id))]  # fmt: skip
                    self._ways.setdefault(ends[0], set()).add(ends[1])
        return self._ways

    @staticmethod
    def _end(kind: str, number: int, names: dict[int, str]) -> tuple[str, Any]:
        return (HERE, number) if kind == "service_product" else ("part", names.get(number, number))
