"""Writing news down, reading it off, and choosing what to hear of."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, require
from polku.kernel.models import Notification, NotificationChoice
from polku.kernel.notices import (
    NEVER,
    Choice,
    choices_of,
    choices_of_many,
    find_notice,
    notice_kind,
    notice_kinds,
)
from polku.kernel.policy import may_read_inside
from polku.tenancy.models import Membership, Workspace

MOST_ITEMS = 500
KEPT_READ = dt.timedelta(days=90)
KEPT_LONGEST = dt.timedelta(days=365)
BATCH = 500

type Parameters = dict[str, Any]


@dataclass
class Telling:
    """One thing to tell one person.

    Told again under the same key, a kind that grows takes it in (see :func:`grown`); any other is
    left as it stands.
    """

    user_id: int
    kind: str
    key: str
    object_kind: str = ""
    object_id: int | None = None
    parameters: Parameters = field(default_factory=dict)
    at: dt.datetime = field(default_factory=timezone.now)


def tell(workspace: Workspace, tellings: Iterable[Telling]) -> int:
    """Write news down, each once for each person; returns how many are new to somebody.

    Inside the transaction of what caused it. Who silenced a kind gets nothing of it; the caller
    has chosen people who may see what it is about.
    """
    wanted = _by_key(tellings)
    choices = choices_of_many(workspace, {user for user, _key in wanted})
    wanted = {place: telling for place, telling in wanted.items()
              if not choices[telling.user_id, telling.kind].is_silent}  # fmt: skip
    if not wanted:
        return 0
    with transaction.atomic():
        stored = _stored(workspace, wanted)
        fresh = [_row(workspace, telling, choices[telling.user_id, telling.kind])
                 for place, telling in wanted.items() if place not in stored]  # fmt: skip
        # Two at once may tell the same; the one that came first stands.
        Notification.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)
        more = [row for place, row in stored.items() if _grows(row, wanted[place], choices)]
        Notification.objects.bulk_update(more, ["parameters", "at", "read_at"], batch_size=BATCH)
    return len(fresh) + len(more)


def _by_key(tellings: Iterable[Telling]) -> dict[tuple[int, str], Telling]:
    found: dict[tuple[int, str], Telling] = {}
    for telling in tellings:
        place = telling.user_id, telling.key
        if place in found:
            found[place].parameters = grown(found[place].parameters, telling.parameters)
        else:
            found[place] = telling
    return found


def _stored(
    workspace: Workspace, wanted: Mapping[tuple[int, str], Telling]
) -> dict[tuple[int, str], Notification]:
    users, keys = {user for user, _key in wanted}, {key for _user, key in wanted}
    rows = Notification.objects.filter(workspace=workspace, user_id__in=users, key__in=keys)
    found = {(row.user_id, row.key): row for row in rows.select_for_update()}
    return {place: row for place, row in found.items() if place in wanted}


def _row(workspace: Workspace, telling: Telling, choice: Choice) -> Notification:
    """What is not shown here counts as read, what is not mailed as settled."""
    by_mail = choice.mail != NEVER and not choice.kind.at_once
    return Notification(
        workspace=workspace, user_id=telling.user_id, kind=telling.kind, key=telling.key[:120],
        object_kind=telling.object_kind, object_id=telling.object_id,
        parameters=telling.parameters, at=telling.at,
        read_at=None if choice.in_app else telling.at,
        mailed_at=None if by_mail else telling.at,
    )  # fmt: skip


def _grows(row: Notification, telling: Telling, choices: Mapping[tuple[int, str], Choice]) -> bool:
    choice = choices[telling.user_id, telling.kind]
    parameters = grown(row.parameters, telling.parameters)
    if not choice.kind.grows or parameters == row.parameters:
        return False
    row.parameters, row.at = parameters, max(row.at, telling.at)
    if choice.in_app:
        row.read_at = None
    return True


def grown(before: Parameters, more: Parameters) -> Parameters:
    """Both as one: lists are joined, each thing once; numbers are added; the later word holds."""
    found = {**before, **more}
    for name in ("by", "verbs", "fields", "items"):
        if name in before or name in more:
            found[name] = _joined(before.get(name, []), more.get(name, []))
    if "n" in before or "n" in more:
        again = len(before.get("items", [])) + len(more.get("items", []))
        again -= len(_joined(before.get("items", []), more.get("items", [])))
        found["n"] = before.get("n", 0) + more.get("n", 0) - again
    if "items" in found:
        found["items"] = found["items"][:MOST_ITEMS]
    return found


def _joined(before: Iterable[Any], more: Iterable[Any]) -> list[Any]:
    """One after the other, each once, as they come back from JSON."""
    found: dict[bytes, Any] = {}
    for part in (*before, *more):
        found.setdefault(msgspec.json.encode(part), part)
    return list(found.values())


def mark_read(actor: Actor, number: int) -> Notification:
    """The actor has read one of their own; NotFound for anybody else's."""
    notice = find_notice(actor, number)
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    return notice


def mark_all_read(actor: Actor) -> int:
    """The actor has read everything; returns how many were new."""
    require(may_read_inside(actor))
    return int(_unread(actor.workspace.pk, actor.user_id or 0).update(read_at=timezone.now()))


def _unread(workspace_id: int, user_id: int) -> Any:
    return Notification.objects.filter(
        workspace_id=workspace_id, user_id=user_id, read_at__isnull=True
    )


def choose(actor: Actor, wanted: Mapping[str, Mapping[str, Any]]) -> list[Choice]:
    """Say how to hear of kinds: ``{code: {"in_app": bool, "mail": "never"}}``; others stay.

    What is silenced from now on is not new any more, and waits for no mail. Raises BadInput.
    """
    require(may_read_inside(actor))
    _hold_choices(wanted)
    now = {choice.kind.code: choice for choice in choices_of(actor)}
    with transaction.atomic():
        for code, said in wanted.items():
            values = {"in_app": now[code].in_app, "mail": now[code].mail, **said}
            NotificationChoice.objects.update_or_create(
                workspace=actor.workspace, user_id=actor.user_id, kind=code, defaults=values
            )
        _settle_silenced(actor.workspace.pk, actor.user_id or 0, wanted)
    return choices_of(actor)


def _hold_choices(wanted: Mapping[str, Mapping[str, Any]]) -> None:
    problems = {}
    for code, said in wanted.items():
        kind = notice_kind(code)
        if kind is None:
            problems[code] = _("There is no such kind of news.")
        elif said.get("mail", NEVER) not in kind.mails:
            problems[f"{code}.mail"] = _("Choose one of: %(codes)s.") % {
                "codes": ", ".join(kind.mails)
            }
    if problems:
        raise BadInput(problems)


def _settle_silenced(
    workspace_id: int, user_id: int, wanted: Mapping[str, Mapping[str, Any]]
) -> None:
    rows = Notification.objects.filter(workspace_id=workspace_id, user_id=user_id)
    silent = [code for code, said in wanted.items() if said.get("in_app") is False]
    unmailed = [code for code, said in wanted.items() if said.get("mail") == NEVER]
    if silent:
        rows.filter(kind__in=silent, read_at__isnull=True).update(read_at=timezone.now())
    if unmailed:
        rows.filter(kind__in=unmailed, mailed_at__isnull=True).update(mailed_at=timezone.now())


def stop_mails(membership: Membership) -> None:
    """No mail with news goes to this person from this workspace any more; the news stays here.

    Whoever holds the signed link of a mail may do this, signed in or not.
    """
    codes = [kind.code for kind in notice_kinds()]
    with transaction.atomic():
        for code in codes:
            NotificationChoice.objects.update_or_create(
                workspace_id=membership.workspace_id, user_id=membership.user_id, kind=code,
                defaults={"mail": NEVER},
            )  # fmt: skip
        wanted = {code: {"mail": NEVER} for code in codes}
        _settle_silenced(membership.workspace_id, membership.user_id, wanted)


def settle(numbers: Collection[int]) -> None:
    """These were mailed, or need no mail any more."""
    rows = Notification.objects.filter(pk__in=numbers, mailed_at__isnull=True)
    rows.update(mailed_at=timezone.now())


def clear_old(workspace: Workspace, now: dt.datetime) -> int:
    """Take away what was read long ago, and what nobody read in a year; returns how many."""
    old = Q(read_at__isnull=False, at__lt=now - KEPT_READ) | Q(at__lt=now - KEPT_LONGEST)
    gone, _rows = Notification.objects.filter(old, workspace=workspace).delete()
    return gone
