"""The ends that hang loose in an example: since when they do, and which were let be."""

import datetime as dt
from functools import partial

from polku.examples.content import DismissalRow
from polku.examples.loading_story import EDITED, Story
from polku.insight.checks.goals import UNPLANNED_DAYS
from polku.insight.checks.rows import BY_CODE
from polku.insight.checks.services import STALE_DAYS
from polku.insight.operations.checking import refresh, refresh_check
from polku.kernel.actor import Actor
from polku.kernel.loose_ends import dismiss
from polku.kernel.models import AuditEvent, LooseEnd, Transition
from polku.kernel.registry import entity

# Checks that speak some time after the step that they look at
STALE_AFTER = dt.timedelta(days=STALE_DAYS)
AFTER_STEP = {"L02": dt.timedelta(days=UNPLANNED_DAYS)}
OWNERLESS = frozenset({"L38", "L38-early"})


def plan_dismissals(story: Story) -> None:
    """Let be what somebody let be; checks that are still to come wait."""
    for row in story.example.dismissals:
        if row.check_code in BY_CODE:
            story.plan(row.on, EDITED, row.by, partial(_dismiss, story, row))


def find_loose_ends(story: Story) -> None:
    """Run the checks and say since when each end hangs loose."""
    refresh(story.workspace)
    story.past.forget_mended()
    for end in LooseEnd.objects.filter(workspace=story.workspace):
        story.past.loose_since(end, _since(story, end))


def _since(story: Story, end: LooseEnd) -> dt.datetime:
    of_object = {
        "workspace": story.workspace, "object_kind": end.object_kind, "object_id": end.object_id,
    }  # fmt: skip
    if BY_CODE[end.check_code].window == "days" and end.check_code not in AFTER_STEP:
        due = entity(end.object_kind).model.objects.get(pk=end.object_id).review_due
        return _noon((due or story.past.today) + STALE_AFTER + dt.timedelta(days=1))
    steps = Transition.objects.filter(**of_object, applied_at__isnull=False)
    last = steps.order_by("effective_on").last()
    if last is None:  # a kind without states hangs loose since it was written down
        told = AuditEvent.objects.filter(**of_object).earliest("id")
        return story.past.operations.get(told.operation_id, end.since)
    day = last.effective_on + AFTER_STEP.get(end.check_code, dt.timedelta())
    if end.check_code in OWNERLESS:
        given_up = AuditEvent.objects.filter(**of_object, changes__has_key="owner_party")
        left = given_up.exclude(name__endswith=".created").order_by("id").last()
        if left is not None:
            return max(_noon(day), story.past.operations[left.operation_id])
    return _noon(day)


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def _dismiss(story: Story, row: DismissalRow, by: Actor) -> None:
    obj = story.made[row.object]
    refresh_check(story.workspace, row.check_code)
    end = LooseEnd.objects.get(
        workspace=story.workspace, check_code=row.check_code, object_id=obj.pk,
        object_kind=obj._meta.db_table,
    )  # fmt: skip
    until = story.past.date(row.until) if row.until is not None else None
    dismiss(end, by=by, reason=row.reason, until=until)
    story.past.dismissals[end.pk] = story.now
