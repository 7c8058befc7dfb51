"""News that comes at once: told inside the transaction of what happened.

Most writes are by the owner or about what nobody owns; they cost no statement here. An import is
told once for each owner, when it is complete.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.utils import timezone

from polku.insight.notices.kinds import CHANGED, OWNER, STEP
from polku.kernel.clock import today_in
from polku.kernel.events import Event
from polku.kernel.models import ImportRow, Notification, Transition
from polku.kernel.notices import hearers
from polku.kernel.operations_notices import MOST_ITEMS, Telling, tell
from polku.kernel.registry import entity, has_entity
from polku.tenancy.models import Workspace

FEW = 3  # so many things of one operation are told one by one
MOST_A_DAY = 20  # so many changed things are told one by one in a day; the others are counted

# The loose end that somebody asks about tells its own story
_SAID_ELSEWHERE = frozenset({"loose_end.asked"})

type Owners = dict[int, list[int]]


def heard(event: Event) -> None:
    """Tell owners what others did with what is theirs."""
    if event.by.channel == "import" or event.name in _SAID_ELSEWHERE or not has_entity(event.kind):
        return
    if event.by.is_system:
        if event.by.channel == "task" and event.name.endswith(".moved"):
            _step_taken(event)
        return
    owned = [obj for obj in event.objects if _is_of_another(obj, event.by.party_id)]
    if not owned:
        return
    people = people_of(event.by.workspace, {obj.owner_party_id for obj in owned})
    people = {party: [user for user in users if user != event.by.user_id]
              for party, users in people.items()}  # fmt: skip
    begins = event.name.endswith(".created") or "owner_party" in event.fields
    news = _new_owners(event, owned, people) if begins else _changes(event, owned, people)
    tell(event.by.workspace, news)


def _is_of_another(obj: Any, party_id: int | None) -> bool:
    owner = getattr(obj, "owner_party_id", None)
    return owner is not None and owner != party_id


def people_of(workspace: Workspace, parties: Collection[int]) -> Owners:
    """Who hears what is told to these owners: those who sign in as them. One statement."""
    found: Owners = defaultdict(list)
    rows = hearers(workspace).filter(party_id__in=parties)
    for party, user in rows.values_list("party_id", "user_id"):
        found[party].append(user)
    return found


def _new_owners(event: Event, objects: Iterable[Any], people: Owners) -> list[Telling]:
    by_party: dict[int, list[list[Any]]] = defaultdict(list)
    for obj in objects:
        by_party[obj.owner_party_id].append([event.kind, obj.pk])
    return owner_news(event.by.workspace, by_party, people, event.by.user_id)


def owner_news(
    workspace: Workspace, by_party: dict[int, list[list[Any]]], people: Owners, by: int | None
) -> list[Telling]:
    """One notice a day for each new owner, with what they answer for now."""
    day = today_in(workspace).isoformat()
    return [
        Telling(user, OWNER, f"{OWNER}:{day}", parameters={
            "n": len(items), "items": items[:MOST_ITEMS], "by": [by] if by else [],
        })
        for party, items in by_party.items()
        for user in people.get(party, ())
    ]  # fmt: skip


def _changes(event: Event, objects: list[Any], people: Owners) -> list[Telling]:
    day = today_in(event.by.workspace).isoformat()
    users = {user for users in people.values() for user in users}
    told = _told_today(event.by.workspace, users, day)
    by_user: dict[int, list[Any]] = defaultdict(list)
    for obj in objects:
        for user in people.get(obj.owner_party_id, ()):
            by_user[user].append(obj)
    return [telling for user, own in by_user.items()
            for telling in _of_one(event, user, own, day, told[user])]  # fmt: skip


def _told_today(workspace: Workspace, users: Collection[int], day: str) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    if users:
        rows = Notification.objects.filter(
            workspace=workspace, user_id__in=users, kind=CHANGED, key__endswith=day,
            at__gte=timezone.now() - dt.timedelta(days=2),
        ).order_by("-at")  # fmt: skip
        for user, key in rows.values_list("user_id", "key")[: (MOST_A_DAY + 1) * len(users)]:
            found[user].add(key)
    return found


def _of_one(event: Event, user: int, objects: list[Any], day: str, told: set[str]) -> list[Telling]:
    by = [event.by.user_id] if event.by.user_id else []
    single: list[Telling] = []
    many: list[Any] = []
    for obj in objects:
        key = f"{CHANGED}:{event.kind}:{obj.pk}:{day}"
        room = len(told) + len(single) < MOST_A_DAY
        if len(objects) <= FEW and (key in told or room):
            said = {"by": by, **_deed(event, obj)}
            single.append(Telling(user, CHANGED, key, event.kind, obj.pk, said))
        else:
            many.append([event.kind, obj.pk])
    return [*single, _counted(user, many, day, by)] if many else single


def _counted(user: int, items: list[list[Any]], day: str, by: list[int]) -> Telling:
    said = {"n": len(items), "by": by, "items": items[:MOST_ITEMS]}
    return Telling(user, CHANGED, f"{CHANGED}:{day}", parameters=said)


def _deed(event: Event, obj: Any) -> dict[str, Any]:
    """What was done, in codes: ``fields`` that changed, the ``state`` it came to, or a verb."""
    verb = "tied" if event.name.startswith("link.") else event.name.rsplit(".", 1)[-1]
    if verb == "changed":
        return {"fields": sorted(event.fields)}
    if verb == "moved":
        return {"state": str(getattr(obj, entity(event.kind).state_field, ""))}
    return {"verbs": [verb]}


def _step_taken(event: Event) -> None:
    """A planned step came to its day: its owner hears of it, and who planned it."""
    workspace, day = event.by.workspace, today_in(event.by.workspace).isoformat()
    owners = {obj.owner_party_id for obj in event.objects if obj.owner_party_id}
    people = people_of(workspace, owners)
    here = set(hearers(workspace).values_list("user_id", flat=True))
    news = []
    for obj in event.objects:
        state = str(getattr(obj, entity(event.kind).state_field, ""))
        item = [event.kind, obj.pk, state]
        users = {*people.get(obj.owner_party_id, ()), *(_planners(event, obj) & here)}
        news += [Telling(user, STEP, f"{STEP}:{day}", parameters={"n": 1, "items": [item]})
                 for user in sorted(users)]  # fmt: skip
    tell(workspace, news)


def _planners(event: Event, obj: Any) -> set[int]:
    rows = Transition.objects.filter(
        workspace=event.by.workspace, object_kind=event.kind, object_id=obj.pk,
        applied_at__isnull=False, by__isnull=False,
    )  # fmt: skip
    return {row.by_id for row in rows.order_by("-applied_at", "-pk")[:1] if row.by_id}


def import_heard(event: Event) -> None:
    """A whole file is one notice for each owner of what it brought, and one of what it changed."""
    workspace, by = event.by.workspace, event.by.user_id
    brought = {outcome: _by_owner(event, outcome) for outcome in _IMPORTED}
    parties = {party for rows in brought.values() for party in rows}
    if not parties:
        return
    people = {party: [user for user in users if user != by]
              for party, users in people_of(workspace, parties).items()}  # fmt: skip
    news = owner_news(workspace, brought[ImportRow.Outcome.NEW], people, by)
    day = today_in(workspace).isoformat()
    for party, items in brought[ImportRow.Outcome.CHANGED].items():
        news += [_counted(user, items, day, [by] if by else []) for user in people.get(party, ())]
    tell(workspace, news)


_IMPORTED = (ImportRow.Outcome.NEW, ImportRow.Outcome.CHANGED)


def _by_owner(event: Event, outcome: str) -> dict[int, list[list[Any]]]:
    """What the rows of these files became, by who owns it now; not what is the importer's own."""
    workspace, found = event.by.workspace, defaultdict(list)
    rows = ImportRow.objects.filter(
        workspace=workspace, run__in=event.objects, outcome=outcome, object_id__isnull=False
    )
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, number in rows.values_list("object_kind", "object_id"):
        by_kind[kind].add(number or 0)
    for kind, numbers in by_kind.items():
        for party, number in _owned(workspace, kind, numbers):
            if party != event.by.party_id:
                found[party].append([kind, number])
    return found


def _owned(workspace: Workspace, kind: str, numbers: set[int]) -> list[tuple[int, int]]:
    if not has_entity(kind):
        return []
    rows = entity(kind).model.objects.filter(workspace=workspace, owner_party__isnull=False)
    # A file may hold thousands: more than a statement takes as parameters
    return [(party, pk) for party, pk in rows.values_list("owner_party_id", "pk")
            if pk in numbers and party is not None]  # fmt: skip
