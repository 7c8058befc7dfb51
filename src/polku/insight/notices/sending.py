"""When news goes out: worked out in the morning of the workspace, then mailed.

A mail tells of what was written down before its morning, so a day has one mail at most, and a
server that was away sends in the next round what it missed. Who sends is settled by a claim for
each person and morning; the notices are marked in the transaction after the mail was handed over.
"""

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from polku.insight.notices.digest import compose
from polku.insight.notices.morning import tell_morning
from polku.kernel.models import Notification
from polku.kernel.notices import NEVER, WEEKLY, Choice, choices_of_many, hearers
from polku.kernel.operations_notices import KEPT_READ, settle
from polku.kernel.schedule import claim, finish, forget_runs, release
from polku.tenancy.models import Membership, Workspace

log = logging.getLogger(__name__)

TOLD_AT, MAILED_AT = dt.time(6), dt.time(7)
MONDAY = 0
# The server answered, and said no to this mail: asking again at once changes nothing.
REFUSED = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError)


@dataclass(frozen=True)
class Sent:
    """How many people got a mail, and how many could not be reached now."""

    mailed: int = 0
    failed: int = 0

    def __add__(self, other: "Sent") -> "Sent":
        return Sent(self.mailed + other.mailed, self.failed + other.failed)


def send_news(now: dt.datetime | None = None) -> Sent:
    """One round over all workspaces. Safe to run at any time and again."""
    moment = now or timezone.now()
    sent = Sent()
    for workspace in Workspace.objects.filter(state=Workspace.State.ACTIVE):
        _tell_once(workspace, moment)
        sent += mail_due(workspace, moment)
    return sent


def _tell_once(workspace: Workspace, now: dt.datetime) -> None:
    """The news of a morning is worked out once; a failure is tried again in the next round."""
    morning = latest(workspace, TOLD_AT, now)
    name, day = f"news:{workspace.pk}", morning.date()
    if not claim(name, day):
        return
    try:
        # A workspace of today has its first mail tomorrow
        told = tell_morning(workspace, max(morning, workspace.created_at))
    except Exception:
        release(name, day)
        log.exception("News could not be worked out; it is tried again.")
        return
    finish(name, day, f"{told} told")
    forget_runs("news", day - KEPT_READ)


def latest(workspace: Workspace, at: dt.time, now: dt.datetime) -> dt.datetime:
    """The newest moment at which this clock time was, where the workspace is."""
    zone = ZoneInfo(workspace.timezone)
    local = now.astimezone(zone)
    today = dt.datetime.combine(local.date(), at, zone)
    return (
        today if today <= local else dt.datetime.combine(local.date() - dt.timedelta(1), at, zone)
    )


def mail_due(workspace: Workspace, now: dt.datetime) -> Sent:
    """Mail each person of a workspace what waits for this morning."""
    morning = latest(workspace, MAILED_AT, now)
    rows = Notification.objects.filter(
        workspace=workspace, mailed_at__isnull=True, at__lt=morning
    ).order_by("-at", "-id")  # fmt: skip
    by_user: dict[int, list[Notification]] = {}
    for row in rows:
        by_user.setdefault(row.user_id, []).append(row)
    if not by_user:
        return Sent()
    people = {row.user_id: row for row in hearers(workspace).filter(user_id__in=by_user)}
    # Who has no part here any more hears nothing, and nothing waits for them
    settle([row.pk for user, own in by_user.items() if user not in people for row in own])
    choices = choices_of_many(workspace, list(people))
    sent = Sent()
    for user, membership in people.items():
        mine = {row.kind: choices[user, row.kind] for row in by_user[user]
                if (user, row.kind) in choices}  # fmt: skip
        sent += _mail_one(membership, by_user[user], mine, morning)
    return sent


def _mail_one(
    membership: Membership, rows: list[Notification], choices: dict[str, Choice],
    morning: dt.datetime,
) -> Sent:  # fmt: skip
    """Send one person's mail, unless it was sent this morning already."""
    known = [row for row in rows if row.kind in choices]
    settle([row.pk for row in known if _needs_no_mail(row, choices[row.kind])])
    due = [row for row in known
           if not _needs_no_mail(row, choices[row.kind])
           and row.at < _until(choices[row.kind], morning)]  # fmt: skip
    name, day = f"news-mail:{membership.pk}", morning.date()
    if not due or not claim(name, day):
        return Sent()
    try:
        mail = compose(membership, due)
        if mail is not None:
            mail.send()
    except Exception as error:  # whatever a mail server or its setting does
        # No address and no words: logs are read by others
        log.warning("news could not be mailed: %s; tried again later", type(error).__name__)
        if not isinstance(error, REFUSED):
            release(name, day)
        return Sent(failed=1)
    with transaction.atomic():
        settle([row.pk for row in due])
        finish(name, day)
    return Sent(mailed=1 if mail is not None else 0)


def _needs_no_mail(row: Notification, choice: Choice) -> bool:
    """Whoever has read it here needs no mail; what is not shown here was not read."""
    return choice.mail == NEVER or (choice.in_app and row.read_at is not None)


def _until(choice: Choice, morning: dt.datetime) -> dt.datetime:
    """What is older than this goes into the mail of a morning."""
    if choice.mail == WEEKLY:
        morning -= dt.timedelta(days=(morning.weekday() - MONDAY) % 7)
    if choice.kind.grows:  # collects until its day is over
        return dt.datetime.combine(morning.date(), dt.time(), morning.tzinfo)
    return morning


def as_line(sent: Iterable[Sent] | Sent) -> str:
    """For the log of the round and for the command line."""
    total = sent if isinstance(sent, Sent) else sum(sent, Sent())
    return f"{total.mailed} mailed, {total.failed} to try again"
