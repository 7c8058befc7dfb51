"""Storing what the rows of a plan ask for, chunk by chunk, unseen until the run is complete.

Everything a row brings is stored in the transaction that notes the row as done: after an
interruption the plan is made again, and rows that are noted are passed over.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from polku.exchange.operations.claiming import beat
from polku.exchange.operations.pace import Pace
from polku.exchange.planning.asking import channel_kind
from polku.exchange.planning.here import Here
from polku.exchange.planning.rows import Plan, PlanRow, Target
from polku.exchange.planning.targets import HERE
from polku.exchange.spreadsheet.parties import PartyName
from polku.journeys.entities import TOUCHPOINT
from polku.journeys.models import Touchpoint
from polku.kernel.actor import Actor
from polku.kernel.changes import Prepared, prepare_objects, store_objects
from polku.kernel.models import ExternalRef, ImportRow, ImportRun
from polku.kernel.operations_bulk import NewTie, tie_many
from polku.kernel.registry import Entity
from polku.people.entities import PARTY, RELATIONSHIP, SEGMENT
from polku.portfolio.entities import COMPONENT, DEPENDENCY, OFFERING, REQUIREMENT, SERVICE
from polku.portfolio.models import Offering, ServiceProduct
from polku.portfolio.references import LONGEST, MOST, Reference, system_of
from polku.tenancy.translated import Translated

type Formerly = Mapping[tuple[str, str], ExternalRef]


def _places(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Where a part is, as the cell tells it: several places stand with semicolons between."""
    texts = [text.strip()[:LONGEST] for text in str(facts.get("where") or "").split(";")]
    day = facts.get("checked")
    return [Reference(system_of(text), text, day).plain() for text in texts if text][:MOST]


class Maker:
    """Stores a plan for one run."""

    def __init__(
        self, plan: Plan, here: Here, run: ImportRun, by: Actor,
        listeners: Sequence[Callable[[int], None]] = (),
    ) -> None:  # fmt: skip
        self._listeners = listeners
        self.plan, self.here, self.run, self.by = plan, here, run, by
        self.done: dict[Target, ImportRow] = {
            (row.sheet, row.row_number): row for row in ImportRow.objects.filter(run=run)
        }
        # Inner numbers only: thousands of stored services need not stay in memory.
        self.made: dict[Target, int] = {}
        self._loaded: dict[int, Any] = {}
        self.open = [row for row in plan.rows if (row.sheet[:120], row.number) not in self.done]
        self._remember_done()

    def _remember_done(self) -> None:
        """Services that an interrupted run stored: other sheets may name them."""
        for place, row in self.done.items():
            if row.object_kind == SERVICE.kind and row.object_id in self.here.services:
                self.made[place] = row.object_id

    def rows(self, kind: str, *outcomes: str) -> list[PlanRow]:
        """Open rows of a kind with one of these outcomes."""
        return [row for row in self.open if row.kind == kind and row.outcome in outcomes]

    # What rows ask for beside themselves

    def make_beside(self) -> None:
        """People, groups, meeting points, suppliers and parts that are not here yet."""
        parties = [key for key in self.plan.parties if key not in self.here.parties]
        self._make(PARTY, parties, self._party, self.here.parties)
        groups = [key for key in self.plan.segments if key not in self.here.segments]
        self._make(SEGMENT, groups, self._segment, self.here.segments)
        stubs = [key for key in self.plan.stubs if key not in self.here.touchpoints]
        self._make(TOUCHPOINT, stubs, self._stub, self.here.touchpoints)
        self._relationships()
        parts = [key for key in self.plan.parts if key not in self.here.components]
        self._make(COMPONENT, parts, self._part, self.here.components)

    def _make(
        self, entity: Entity, keys: Sequence[str], values_of: Callable[[str], dict[str, Any]],
        known: dict[str, Any],
    ) -> None:  # fmt: skip
        pace = Pace()
        for part in pace.parts(keys):
            prepared = self.prepare(entity, [values_of(key) for key in part])
            with pace.step():
                known |= dict(zip(part, store_objects(prepared, by=self.by), strict=True))
                self.beat()

    def create(self, entity: Entity, values: Sequence[dict[str, Any]]) -> list[Any]:
        """New objects that nobody sees yet."""
        return store_objects(self.prepare(entity, values), by=self.by)

    def prepare(self, entity: Entity, values: Sequence[dict[str, Any]]) -> Prepared:
        """New objects, read and checked; the plan held the rules that look at other rows."""
        run = self.run.pk
        return prepare_objects(entity, values, by=self.by, pending_run=run, checked=True)

    def _party(self, key: str) -> dict[str, Any]:
        named: PartyName = self.plan.parties[key]
        others = [name for name in named.others.values() if name and name != named.name]
        values: dict[str, Any] = {
            "name": named.name[:200], "kind": named.kind, "kind_is_guess": True,
            "aliases": list(dict.fromkeys(others)),
        }  # fmt: skip
        return {**values, "contact": {"email": named.email}} if named.email else values

    def _segment(self, key: str) -> dict[str, Any]:
        texts = self.plan.segments[key]
        return {"name": Translated.from_mapping(texts, next(iter(texts)))}

    def _stub(self, key: str) -> dict[str, Any]:
        stub = self.plan.stubs[key]
        return {
            "name": Translated.of(stub.name, stub.lang), "state": "live",
            "channel_kind": channel_kind(stub.name),
            "attributes": {"use": stub.use} if stub.use else {},
        }  # fmt: skip

    def _relationships(self) -> None:
        """With those who use our services, and with those on whom we rely."""
        home = self.by.workspace.home_party
        if home is None:
            return
        pairs: dict[tuple[int, int], tuple[Any, Any, dict[str, Any]]] = {}
        for row in self.rows("relationship", "new"):
            party = self.here.parties.get(row.wants.get("who") or "")
            if party is not None and party.pk != home.pk:
                pairs.setdefault((party.pk, home.pk), (party, home, row.wants.get("about") or {}))
        for facts in self.plan.parts.values():
            party = self.here.parties.get(facts.get("supplier") or "")
            if party is not None and party.pk != home.pk:
                pairs.setdefault((home.pk, party.pk), (home, party, {}))
        new = [key for key in pairs if key not in self.here.relationships]
        pace = Pace()
        for part in pace.parts(new):
            values = [
                {"consumer_party": pairs[key][0], "provider_party": pairs[key][1],
                 "state": "active", "attributes": pairs[key][2]}
                for key in part
            ]  # fmt: skip
            with pace.step():
                made = self.create(RELATIONSHIP, values)
                self.here.relationships.update(zip(part, made, strict=True))
                self.beat()

    def _part(self, key: str) -> dict[str, Any]:
        facts = self.plan.parts[key]
        supplier = self.here.parties.get(facts.get("supplier") or "")
        home = self.by.workspace.home_party_id
        tie = self.here.relationships.get((home, supplier.pk)) if supplier and home else None
        return {
            "name": facts["name"], "kind": facts["kind"], "supplier_relationship": tie,
            "supplier_name": supplier.name if supplier else "",
            "real_world_ref": _places(facts),
        }  # fmt: skip

    # Rows

    def make_services(self) -> None:
        """New services with all that comes with them."""
        pace = Pace()
        for part in pace.parts(self.rows("service_product", "new")):
            prepared = self.prepare(SERVICE, [self.values_of(row) for row in part])
            with pace.step():
                objects = store_objects(prepared, by=self.by)
                for row, obj in zip(part, objects, strict=True):
                    self.made[row.place] = obj.pk
                pairs = list(zip(part, objects, strict=True))
                self.make_what_comes_along(pairs, pending=True)
                self.note(pairs)

    def values_of(self, row: PlanRow) -> dict[str, Any]:
        """Outside values of a new object."""
        values = dict(row.values)
        if row.wants.get("owner"):
            values["owner_party"] = self.here.parties[row.wants["owner"]]
        if row.wants.get("raised_by"):
            values["raised_by_party"] = self.here.parties[row.wants["raised_by"]]
        if row.state:
            values["managed_state" if row.kind == "service_product" else "state"] = row.state
        if row.own:
            values["attributes"] = {key: text for key, text in row.own.items() if text is not None}
        return values

    def make_what_comes_along(self, pairs: Sequence[tuple[PlanRow, Any]], *, pending: bool) -> None:
        """Offerings, groups, meeting points and supplied parts of these services."""
        self._offerings([(row, obj) for row, obj in pairs if row.wants.get("offering")])
        ties = [
            NewTie("L06", obj, self.here.segments[key])
            for row, obj in pairs
            for key in row.wants.get("segments", ())
        ]
        tie_many(ties, by=self.by, pending_run=self.run.pk)
        if pending:
            self._meeting_points(pairs)
        needs = [
            {"from": obj, "to": self.here.components[row.wants["supplier"]], "kind": "requires"}
            for row, obj in pairs
            if row.wants.get("supplier") in self.here.components
        ]
        if needs:
            self.create(DEPENDENCY, needs)

    def _offerings(self, pairs: Sequence[tuple[PlanRow, Any]]) -> None:
        missing = [(row, obj) for row, obj in pairs if obj.pk not in self.here.offerings]
        values = [
            {"title": _title(obj), "summary": obj.purpose, "product": obj,
             **(row.wants.get("offering") or {})}
            for row, obj in missing
        ]  # fmt: skip
        if not values:
            return
        made = self.create(OFFERING, values)
        Offering.objects.filter(pk__in=[offer.pk for offer in made]).update(is_default=True)
        for (_row, obj), offer in zip(missing, made, strict=True):
            self.here.offerings[obj.pk] = offer

    def _meeting_points(self, pairs: Sequence[tuple[PlanRow, Any]]) -> None:
        """With meeting points that are unseen too; those in sight are tied at the end."""
        through = Touchpoint.services.through
        rows = [
            through(touchpoint_id=point.pk, serviceproduct_id=obj.pk)
            for row, obj in pairs
            for key in row.wants.get("channels", ())
            if (point := self.here.touchpoints[key]).pending_run == self.run.pk
        ]
        through.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)

    def make_requirements(self) -> None:
        """New requirements, each tied to the service it asks something of."""
        pace = Pace()
        for part in pace.parts(self.rows("requirement", "new")):
            prepared = self.prepare(REQUIREMENT, [self.values_of(row) for row in part])
            with pace.step():
                pairs = list(zip(part, store_objects(prepared, by=self.by), strict=True))
                self.tie_requirements(pairs)
                self.note(pairs)

    def tie_requirements(self, pairs: Sequence[tuple[PlanRow, Any]]) -> None:
        """L02 to the service that the row names."""
        ties = [
            NewTie("L02", obj, service)
            for row, obj in pairs
            if (service := self.service(row.wants.get("service"))) is not None
        ]
        tie_many(ties, by=self.by, pending_run=self.run.pk)

    def make_users(self) -> None:
        """Who uses what: a tie from the relationship or group to the default offering."""
        pace = Pace()
        for part in pace.parts([*self.rows("relationship", "new"), *self.rows("segment", "new")]):
            with pace.step():
                known = [(row, self.service(row.wants.get("service"))) for row in part]
                self._offerings(_once([(row, obj) for row, obj in known if obj is not None]))
                pairs = [(row, self._user(row)) for row in part]
                ties = [self._used(row, user) for row, user in pairs if user is not None]
                tie_many([tie for tie in ties if tie], by=self.by, pending_run=self.run.pk)
                self.note(pairs)

    def _user(self, row: PlanRow) -> Any:
        if row.wants.get("group"):
            return self.here.segments[row.wants["group"]]
        party = self.here.parties.get(row.wants.get("who") or "")
        pair = (party.pk if party else 0, self.by.workspace.home_party_id or 0)
        return self.here.relationships.get(pair)

    def _used(self, row: PlanRow, user: Any) -> NewTie | None:
        service = self.service(row.wants.get("service"))
        offering = self.here.offerings.get(service.pk) if service is not None else None
        if offering is None:
            return None
        return NewTie("L32", user, offering, row.wants.get("since"), row.wants.get("until"))

    def make_dependencies(self) -> None:
        """Needs between services and parts."""
        pace = Pace()
        for part in pace.parts(self.rows("dependency", "new")):
            prepared = self.prepare(DEPENDENCY, [self._need(row) for row in part])
            with pace.step():
                self.note(list(zip(part, store_objects(prepared, by=self.by), strict=True)))

    def _need(self, row: PlanRow) -> dict[str, Any]:
        kind, number = row.wants["goal"]
        end = self.here.components[number] if kind == "part" else self.service((kind, number))
        return {
            "from": self.service(row.wants["service"]), "to": end, "kind": row.wants["edge"],
            "criticality": row.wants["criticality"], "note": row.wants["note"],
        }  # fmt: skip

    def service(self, target: Target | None) -> Any:
        """The service that a target stands for."""
        if target is None:
            return None
        if target[0] == HERE:
            return self.here.services.get(target[1])
        number = self.made.get(target)
        if number is not None and number not in self._loaded:
            self._loaded[number] = ServiceProduct.objects.get(pk=number)
        return self._loaded.get(number or 0)

    # Notes

    def note_untouched(self) -> None:
        """Rows that change nothing, and rows left out."""
        rows = [row for row in self.open if row.outcome in ("same", "left_out")]
        pace = Pace(100)
        for part in pace.parts(rows):
            with pace.step():
                self.note([(row, row.obj) for row in part])

    def note(
        self, pairs: Sequence[tuple[PlanRow, Any]], changes: dict[int, Any] | None = None,
        formerly: Formerly | None = None,
    ) -> None:  # fmt: skip
        """Keep keys, and write down what became of the rows; ends the step of a chunk."""
        told = [(row, obj) for row, obj in pairs if row.ref and obj is not None]
        keep_refs(self.run, told, self.here.refs if formerly is None else formerly)
        ImportRow.objects.bulk_create(
            [_import_row(self.run, row, obj, changes or {}) for row, obj in pairs], batch_size=500
        )
        for row, _obj in pairs:
            row.forget()
        self.run.done += len(pairs)
        self.beat()

    def beat(self) -> None:
        """Say that the run is alive, and how far it is."""
        beat(self.run)
        for told in self._listeners:
            told(self.run.done)


def keep_refs(
    run: ImportRun, pairs: Sequence[tuple[PlanRow, Any]], formerly: Formerly
) -> None:  # fmt: skip
    """The key of each row leads to its object from now on, with the cells as they were."""
    rows = [
        ExternalRef(
            workspace_id=run.workspace_id, source=run.source, kind=row.kind, key=row.ref,
            object_id=obj.pk, run=run,
            last_seen={"cells": _said(row, formerly), "sheet": row.sheet, "row": row.number},
        )
        for row, obj in pairs
    ]  # fmt: skip
    ExternalRef.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True,
        unique_fields=["workspace", "source", "kind", "key"],
        update_fields=["object_id", "run", "last_seen", "withdrawn_at"],
    )  # fmt: skip


def _said(row: PlanRow, formerly: Formerly) -> dict[str, str]:
    """The filled cells, and what columns left empty now said last: empty means not said."""
    ref = formerly.get((row.kind, row.ref))
    return {**ref.last_seen.get("cells", {}), **row.raw} if ref is not None else row.raw


def _import_row(run: ImportRun, row: PlanRow, obj: Any, changes: dict[int, Any]) -> ImportRow:
    number = obj.pk if obj is not None else None
    return ImportRow(
        workspace_id=run.workspace_id, run=run, sheet=row.sheet[:120], row_number=row.number,
        outcome=row.outcome, title=row.title, object_kind=row.kind, object_id=number,
        changes=changes.get(number or 0, {}), problems=row.problems(),
        revision=obj.revision if obj is not None else 0,
    )  # fmt: skip


def _title(service: Any) -> Translated:
    """The service's name: titles and names have the same length."""
    name: Translated = service.name
    return name


def _once(pairs: list[tuple[PlanRow, Any]]) -> list[tuple[PlanRow, Any]]:
    return list({obj.pk: (row, obj) for row, obj in pairs}.values())
