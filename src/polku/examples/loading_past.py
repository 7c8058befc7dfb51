"""Sets the times of what the loader wrote to the days on which the story says it happened.

This is the one place of Polku that changes what history says of time and words. It touches only
rows that the loader made in this same transaction, before anybody could read them.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Field, Max, Min, Model
from django.utils import timezone

from polku.examples.content import DecisionRow, Move, OfferingRow
from polku.examples.loading_values import translated
from polku.examples.texts import Day, calendar_day
from polku.journeys.models import (
    CellComment,
    Journey,
    JourneyEdit,
    JourneyShare,
    JourneyVersion,
)
from polku.kernel import search
from polku.kernel.codes import keep_ahead
from polku.kernel.fingerprints import fingerprint
from polku.kernel.models import (
    Attachment,
    AuditEvent,
    CodeSequence,
    Decision,
    Link,
    LooseEnd,
    MagicLink,
    Transition,
)
from polku.kernel.registry import Entity, entity
from polku.kernel.suspects import mark
from polku.tenancy.models import Membership, Party, UserAccount, Workspace

EARLY, MORNING = dt.time(8, 0), dt.time(8, 30)
MINUTES_OF_A_DAY = 8 * 60


@dataclass
class Past:
    """Remembers on which day each operation of the story took place, then says so everywhere."""

    workspace: Workspace
    today: dt.date
    started: dt.datetime = field(default_factory=timezone.now)
    happened: dict[Any, Day] = field(default_factory=dict)
    operations: dict[UUID, dt.datetime] = field(default_factory=dict)
    steps: list[tuple[Transition, dt.datetime]] = field(default_factory=list)
    decisions: list[tuple[Decision, dt.datetime]] = field(default_factory=list)
    links: list[tuple[Link, dt.datetime]] = field(default_factory=list)
    dismissals: dict[int, dt.datetime] = field(default_factory=dict)
    _busy: Counter[Day] = field(default_factory=Counter)

    def date(self, day: Day) -> dt.date:
        """The date of a day of the story."""
        return calendar_day(day, self.today)

    def moment(self, day: Day) -> dt.datetime:
        """The next moment of that working day, never one that lies ahead."""
        minutes = min(self._busy[day], MINUTES_OF_A_DAY)
        self._busy[day] += 1
        morning = dt.datetime.combine(self.date(day), MORNING, ZoneInfo(self.workspace.timezone))
        return min(morning + dt.timedelta(minutes=minutes), timezone.now())

    def early(self, day: Day) -> dt.datetime:
        """The beginning of that working day, before any of its moments."""
        morning = dt.datetime.combine(self.date(day), EARLY, ZoneInfo(self.workspace.timezone))
        return min(morning, self.started)

    def begins(self, operation: UUID, day: Day) -> dt.datetime:
        """Everything recorded under this operation happened on *day*."""
        self.operations[operation] = now = self.moment(day)
        return now

    # What the verbs of today cannot be told

    def made(self, row: Entity, obj: Any, move: Move) -> None:
        """An object came to be with its first step: the day, the reason, the answers."""
        self.happened[obj] = move.on
        answers = {code: {"answer": said, "words": ""} for code, said in move.gates.items()}
        steps = Transition.objects.filter(
            workspace=self.workspace, object_kind=row.kind, object_id=obj.pk
        )
        day = self.date(move.on)
        steps.update(effective_on=day, reason=move.reason, gate_answers=answers)

    def filled(self, offering: Any, row: OfferingRow, made: Mapping[str, Any]) -> None:
        """Which offering is shown first, and with what each thing in it is done."""
        offering.is_default = row.is_default
        offering.save(update_fields=["is_default"])
        for part, stored in zip(row.elements, offering.elements.all(), strict=True):
            stored.resource_component = made.get(part.component)
            if part.terms is not None:
                stored.terms = translated(part.terms)
            stored.save(update_fields=["resource_component", "terms"])

    def corrected(self, step: Transition, move: Move) -> None:
        """A correction counts from the day it was made."""
        step.effective_on = self.date(move.on)
        step.save(update_fields=["effective_on"])

    def tied(self, step: Transition, decision: Decision) -> None:
        """The decision that stands behind a step."""
        step.decision = decision
        step.save(update_fields=["decision"])

    def decided(
        self, decision: Decision, row: DecisionRow, decider: Party, revises: Decision | None,
        dissent: list[dict[str, str]],
    ) -> None:  # fmt: skip
        """The words of a decision in all their languages, who took it and when."""
        decision.question, decision.reason = translated(row.question), translated(row.reason)
        if row.conditions is not None:
            decision.conditions = translated(row.conditions)
        decision.kind, decision.outcome = row.kind, row.outcome
        decision.decided_on = self.date(row.decided_on)
        if row.look_again_on is not None:
            decision.look_again_on = self.date(row.look_again_on)
        decision.decider_party = decision.owner_party = decider
        decision.revises, decision.dissent = revises, dissent
        decision.refresh_sort_title()
        decision.save()
        search.index([decision])
        AuditEvent.objects.filter(
            workspace=self.workspace, object_kind="decision", object_id=decision.pk
        ).update(changes={"outcome": [None, row.outcome]})

    def told(self, wish: Any, now: dt.datetime) -> None:
        """When the giver of a wish was told."""
        wish.giver_told_at = now
        wish.save(update_fields=["giver_told_at"])
        AuditEvent.objects.filter(
            workspace=self.workspace, object_kind="requirement", object_id=wish.pk,
            name="requirement.giver_told",
        ).update(changes={"giver_told_at": [None, now.isoformat()]})  # fmt: skip

    # Journeys: what the verbs of today date themselves

    def edited(self, journey: Journey, now: dt.datetime) -> None:
        """Edits of a journey that were made since the telling began, and not dated yet."""
        rows = JourneyEdit.objects.filter(journey=journey, at__gte=self.started)
        rows.update(at=now)

    def agreed(self, journey: Journey, now: dt.datetime) -> None:
        """The version that is kept, and that somebody looked."""
        kept = JourneyVersion.objects.filter(journey=journey, version=journey.version)
        kept.update(agreed_at=now)
        Journey.objects.filter(pk=journey.pk).update(looked_on=now.date())

    def moved_by_itself(self, journey: Journey, day: Day, now: dt.datetime, began: bool) -> None:
        """Steps of a journey that no :class:`Move` tells; *began*: its first one is told."""
        iso = self.date(day).isoformat()
        known = {step.pk for step, _now in self.steps}
        rows = Transition.objects.filter(object_kind="journey", object_id=journey.pk)
        for step in rows.exclude(pk__in=known):
            if step.from_state or not began:
                step.effective_on = self.date(day)
                step.save(update_fields=["effective_on"])
                self.steps.append((step, now))
        for event in AuditEvent.objects.filter(
            object_kind="journey", object_id=journey.pk, name="journey.moved"
        ):
            before, after = event.changes.get("effective_on") or [None, None]
            if after == self.today.isoformat() != iso:
                event.changes["effective_on"] = [before, iso]
                event.save(update_fields=["changes"])

    def shared(self, share: JourneyShare, now: dt.datetime, days: int) -> None:
        """When a link was made and how long it works."""
        times = {"made_at": now, "expires_at": now + dt.timedelta(days=days)}
        MagicLink.objects.filter(pk=share.link_id).update(**times)

    def said(self, comment: CellComment, now: dt.datetime) -> None:
        """When something was said."""
        CellComment.objects.filter(pk=comment.pk).update(at=now)

    def answered(self, comment: CellComment, now: dt.datetime) -> None:
        """When it was answered."""
        CellComment.objects.filter(pk=comment.pk).update(resolved_at=now)

    def drawn(self, picture: Attachment, now: dt.datetime) -> None:
        """When a picture was kept."""
        Attachment.objects.filter(pk=picture.pk).update(created_at=now)

    def code(self, prefix: str, number: int) -> None:
        """Let the next object of this prefix get this number."""
        CodeSequence.objects.update_or_create(
            workspace=self.workspace, prefix=prefix, defaults={"last": number - 1}
        )

    def codes_go_on_after(self, prefix: str, number: int) -> None:
        """The numbers given by hand are never given again."""
        keep_ahead(self.workspace, prefix, number)

    # The end: every row says the time of the story

    def settle(self, objects: Iterable[Any], prints: dict[tuple[str, int], str]) -> None:
        """Set all times back. *prints* are those that ties keep of objects edited since."""
        self._settle_history()
        self._settle_steps()
        self._settle_ties({(o._meta.db_table, o.pk): o for o in objects}, prints)
        self._settle_objects()
        opened = min(self.operations.values())
        Workspace.objects.filter(pk=self.workspace.pk).update(created_at=opened)
        members = Membership.objects.filter(workspace=self.workspace)
        members.update(created_at=opened)
        fresh = UserAccount.objects.filter(pk__in=members.values("user"), is_demo=True)
        fresh.filter(created_at__gt=opened).update(created_at=opened)

    def _settle_history(self) -> None:
        events = [(operation, (now, "page")) for operation, now in self.operations.items()]
        _rewrite(AuditEvent, "operation_id", ("at", "channel"), events)
        self._settle_beginnings()
        for decision, now in self.decisions:
            AuditEvent.objects.filter(
                workspace=self.workspace, object_kind="decision", object_id=decision.pk
            ).update(at=now)
        rows = [(decision.pk, (now,)) for decision, now in self.decisions]
        _rewrite(Decision, "id", ("recorded_at",), rows)
        self._put_history_in_order()

    def _settle_beginnings(self) -> None:
        began = {(obj._meta.db_table, obj.pk): day for obj, day in self.happened.items()}
        mornings = {day: self.early(day) for day in began.values()}
        times = {end: mornings[day] for end, day in began.items()}
        here = AuditEvent.objects.filter(workspace=self.workspace, name__endswith=".created")
        events = here.values_list("id", "object_kind", "object_id")
        rows = [(pk, (times[kind, n],)) for pk, kind, n in events if (kind, n) in times]
        _rewrite(AuditEvent, "id", ("at",), rows)
        steps = Transition.objects.filter(workspace=self.workspace, from_state="")
        first = steps.values_list("id", "object_kind", "object_id")
        twice = [(pk, (times[kind, n],) * 2) for pk, kind, n in first if (kind, n) in times]
        _rewrite(Transition, "id", ("recorded_at", "applied_at"), twice)

    def _put_history_in_order(self) -> None:
        """Give the events their numbers anew: history is read by number, the newest first."""
        rows = AuditEvent.objects.filter(workspace=self.workspace)
        as_told = list(rows.order_by("id").values_list("id", flat=True))
        in_order = list(rows.order_by("at", "id").values_list("id", flat=True))
        moved = [(old, new) for new, old in zip(as_told, in_order, strict=True) if new != old]
        _rewrite(AuditEvent, "id", ("id",), [(old, (-new,)) for old, new in moved])
        _rewrite(AuditEvent, "id", ("id",), [(-new, (new,)) for _old, new in moved])

    def _settle_steps(self) -> None:
        rows = [
            (step.pk, (now, now if step.effective_on <= self.today else None))
            for step, now in self.steps
        ]
        _rewrite(Transition, "id", ("recorded_at", "applied_at"), rows)

    def _settle_ties(
        self, objects: dict[tuple[str, int], Any], prints: dict[tuple[str, int], str]
    ) -> None:
        ends = {end: fingerprint(obj) for end, obj in objects.items()} | prints
        rows = [
            (link.pk, (now, ends[link.from_kind, link.from_id], ends[link.to_kind, link.to_id]))
            for link, now in self.links
        ]
        _rewrite(Link, "id", ("made_at", "from_fingerprint", "to_fingerprint"), rows)
        # Whether a tie needs a look follows from the prints that it keeps in the end
        Link.objects.filter(workspace=self.workspace).update(suspect_since=None, suspect_ends=[])
        by_kind: dict[str, list[int]] = {}
        for kind, number in prints:
            by_kind.setdefault(kind, []).append(number)
        for kind, numbers in by_kind.items():
            mark(self.workspace, kind, numbers)

    def _settle_objects(self) -> None:
        times = (
            AuditEvent.objects.filter(workspace=self.workspace)
            .order_by()
            .values_list("object_kind", "object_id")
            .annotate(first=Min("at"), last=Max("at"))
        )
        by_kind: dict[str, list[tuple[int, tuple[dt.datetime, dt.datetime]]]] = {}
        for kind, number, first, last in times:
            by_kind.setdefault(kind, []).append((number, (first, last)))
        for kind in by_kind.keys() - {"workspace", "membership", "magic_link"}:
            _rewrite(entity(kind).model, "id", ("created_at", "updated_at"), by_kind[kind])

    def forget_mended(self) -> None:
        """Ends that hung loose only while the story was being told."""
        LooseEnd.objects.filter(workspace=self.workspace, state=LooseEnd.State.FIXED).delete()

    def loose_since(self, end: LooseEnd, moment: dt.datetime) -> None:
        """Since when an end hangs loose, and when it was let be."""
        since = min(moment, timezone.now())
        changed = self.dismissals.get(end.pk, since)
        LooseEnd.objects.filter(pk=end.pk).update(since=min(since, changed), changed_at=changed)


def _rewrite(
    model: type[Model], key: str, names: tuple[str, ...],
    rows: Iterable[tuple[Any, tuple[Any, ...]]],
) -> None:  # fmt: skip
    """Set the columns *names* of many rows, each named by its *key*, in one go."""
    by_name: dict[str, Field[Any, Any]] = {field.name: field for field in model._meta.fields}
    fields = [by_name[name] for name in (*names, key)]
    columns = [connection.ops.quote_name(str(field.column)) for field in fields]
    settings = ", ".join(f"{column} = %s" for column in columns[:-1])
    table = connection.ops.quote_name(model._meta.db_table)
    sql = f"UPDATE {table} SET {settings} WHERE {columns[-1]} = %s"  # noqa: S608  # nosec B608
    values = [
        [field.get_db_prep_save(value, connection) for field, value in
         zip(fields, (*given, number), strict=True)]
        for number, given in rows
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)
