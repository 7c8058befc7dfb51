"""News that is worked out once a day: new loose ends, ties to look at, what is due.

Each is one notice a day that counts. What was told is not told again: loose ends and ties go on
from the moment of the last telling, what is due is known by thing and day.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from polku.insight.home import my_loose_ends
from polku.insight.notices.kinds import DUE, LOOSE, TIES
from polku.insight.portfolio import open_look_agains
from polku.kernel.actor import Actor, actor_of, system_actor
from polku.kernel.clock import today_in
from polku.kernel.models import Link, Notification
from polku.kernel.notices import NAMED, hearers, items_of
from polku.kernel.operations_notices import KEPT_READ, MOST_ITEMS, Telling, clear_old, tell
from polku.kernel.queries import find_many, visible_kind
from polku.kernel.registry import Entity, entities, has_entity
from polku.kernel.reviews import asked_for, end_of, is_asked, suspect_links
from polku.kernel.suspects import SIDES
from polku.tenancy.models import Membership, Workspace

type Item = list[Any]


def tell_morning(workspace: Workspace, at: dt.datetime | None = None) -> int:
    """Work out the news of a day and write it down; returns how many notices are new.

    *at* is the moment that the news bears; running it again on the same day tells nothing twice.
    """
    now = timezone.now()
    people = list(hearers(workspace))
    moment = min(at or now, now)
    news = [*_loose_ends(workspace, people, moment), *_ties(workspace, people, moment),
            *_dues(workspace, people, moment)]  # fmt: skip
    clear_old(workspace, now)
    return tell(workspace, news)


def _since(workspace: Workspace, kind: str) -> dict[int, dt.datetime]:
    """Until when each person was told of this kind."""
    rows = Notification.objects.filter(workspace=workspace, kind=kind).order_by("at", "id")
    said = rows.values_list("user_id", "parameters")
    return {user: dt.datetime.fromisoformat(parameters["until"]) for user, parameters in said}


def _loose_ends(
    workspace: Workspace, people: Iterable[Membership], moment: dt.datetime
) -> Iterable[Telling]:
    told, now = _since(workspace, LOOSE), timezone.now()
    for membership in people:
        since = told.get(membership.user_id, now - KEPT_READ)
        ends = my_loose_ends(actor_of(membership, "task")).filter(since__gt=since, since__lte=now)
        if n := ends.count():
            # Those that are counted of a whole import are about no one thing
            items = [[end.object_kind, end.object_id, end.check_code, end.parameters]
                     for end in ends[: NAMED * 4] if has_entity(end.object_kind)]  # fmt: skip
            yield _daily(workspace, membership.user_id, LOOSE, moment, {
                "n": n, "items": items[:NAMED], "until": now.isoformat(),
            })  # fmt: skip


def _daily(
    workspace: Workspace, user: int, kind: str, at: dt.datetime, parameters: dict[str, Any]
) -> Telling:
    day = at.astimezone(ZoneInfo(workspace.timezone)).date()
    key = f"{kind}:{day.isoformat()}"
    return Telling(user, kind, key, parameters=parameters, at=at)


def _ties(workspace: Workspace, people: list[Membership], moment: dt.datetime) -> Iterable[Telling]:
    """Ties whose end changed, to those whom the list of ties to look at asks (links.md 2)."""
    told, now = _since(workspace, TIES), timezone.now()
    system = system_actor(workspace)
    rows = suspect_links(system).filter(suspect_since__gt=now - KEPT_READ, suspect_since__lte=now)
    pairs = [(link, side) for link in rows for side in SIDES if side in link.suspect_ends]
    asked = asked_for(system, pairs, {}) if pairs else {}
    for membership in people if pairs else ():
        actor = actor_of(membership, "task")
        since = told.get(membership.user_id, now - KEPT_READ)
        mine = [(link, side) for link, side in pairs
                if link.suspect_since and link.suspect_since > since
                and is_asked(actor, asked[link.pk, side])]  # fmt: skip
        if mine:
            yield _daily(workspace, membership.user_id, TIES, moment, {
                "n": len({link.pk for link, _side in mine}), "items": _changed_ends(mine),
                "until": now.isoformat(),
            })  # fmt: skip


def _changed_ends(pairs: Iterable[tuple[Link, str]]) -> list[Item]:
    """What changed, each once, as far as it has a page."""
    places = dict.fromkeys(end_of(link, side) for link, side in pairs)
    return [[kind, number] for kind, number in places if has_entity(kind)][:NAMED]


def _dues(workspace: Workspace, people: list[Membership], moment: dt.datetime) -> Iterable[Telling]:
    """What came to its day, each thing once, to who answers for it."""
    by_owner: dict[int | None, list[Item]] = defaultdict(list)
    for owner, item in _due_items(workspace):
        by_owner[owner].append(item)
    told = _told_items(workspace)
    alone = workspace.size_profile == "solo"
    for membership in people:
        mine = by_owner.get(membership.party_id, []) if membership.party_id else []
        if alone:  # one person answers for everything
            mine = [item for items in by_owner.values() for item in items]
        fresh = [item for item in mine if tuple(item) not in told[membership.user_id]][:MOST_ITEMS]
        if fresh:
            fresh.sort(key=lambda item: str(item[2]))
            said = {"n": len(fresh), "items": fresh}
            yield _daily(workspace, membership.user_id, DUE, moment, said)


def _told_items(workspace: Workspace) -> dict[int, set[tuple[Any, ...]]]:
    found: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
    for notice in Notification.objects.filter(workspace=workspace, kind=DUE):
        found[notice.user_id].update(items_of(notice))
    return found


def _due_items(workspace: Workspace) -> Iterable[tuple[int | None, Item]]:
    """(owner, [kind, number, day, why]) of everything whose day came: look, review, decide."""
    today, system = today_in(workspace), system_actor(workspace)
    for row in entities():
        if row.changeable and row.kind != "party":
            rows = _standing(row, visible_kind(system, row))
            yield from _on_day(row.kind, rows, "review_due", "review", today)
            if row.kind == "product_version":
                yield from _on_day(row.kind, rows, "decide_by", "decide", today)
    yield from _looks(system, today)


def _looks(system: Actor, today: dt.date) -> Iterable[tuple[int | None, Item]]:
    """Decisions to look at again; a thing that was looked at on that day or later needs none."""
    rows = [row for row in open_look_agains(system).filter(look_again_on__lte=today)
            if row.subject_id is not None]  # fmt: skip
    things = find_many(system, {(row.subject_kind, row.subject_id or 0) for row in rows})
    for row in rows:
        thing: Any = things.get((row.subject_kind, row.subject_id or 0))
        day = row.look_again_on
        if thing is None or thing.archived or day is None:
            continue
        seen = getattr(thing, "last_reviewed_on", None)
        if not (seen and seen >= day):
            item = [row.subject_kind, thing.pk, day.isoformat(), "look"]
            yield thing.owner_party_id or row.decider_party_id, item


def _standing(row: Entity, rows: Any) -> Any:
    """Without what has ended: nobody has to look at that again."""
    ended = [state.code for state in row.machine.states if state.ended] if row.machine else []
    return rows.exclude(**{f"{row.state_field}__in": ended}) if ended else rows


def _on_day(
    kind: str, rows: Any, column: str, why: str, today: dt.date
) -> Iterable[tuple[int | None, Item]]:
    due = rows.filter(**{f"{column}__lte": today})
    for pk, owner, day in due.values_list("pk", "owner_party_id", column):
        yield owner, [kind, pk, day.isoformat(), why]
