"""What is written down about a tie: one event at each end, in machine form (DECISIONS 15).

``changes`` is ``{kind: [other before, other after], "link": [facts before, facts after]}``. The
facts are the whole tie as it stood: replaying a thing's history gives its ties of any day.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from polku.kernel.actor import Actor
from polku.kernel.answers import require
from polku.kernel.audit import Entry, kind_of, record_many
from polku.kernel.fields import plain
from polku.kernel.models import AuditEvent, Link
from polku.kernel.pieces import home_of
from polku.kernel.policy import may_read_inside
from polku.tenancy.models import PieceRow

type Facts = dict[str, Any]

MADE, ENDED, REMOVED = "link.made", "link.ended", "link.removed"
CONFIRMED, CHANGED, LOOKED_AT = "link.confirmed", "link.changed", "link.looked_at"

_FACTS = ("valid_from", "valid_to", "confidence", "why", "properties", "state", "verdict")


def facts_of(link: Link) -> Facts:
    """The tie as it stands, as plain data; what is not said is left out."""
    facts = {name: plain(getattr(link, name)) for name in _FACTS}
    return {"id": link.pk} | {name: value for name, value in facts.items() if value}


def remember(
    name: str, link: Link, ends: tuple[Any, Any], *, by: Actor, before: Facts | None, note: str = ""
) -> None:
    """Write the event at both ends; *before* is the tie as it stood, None when it is new."""
    remember_many(name, [(link, ends, before, note)], by=by)


def remember_many(
    name: str, rows: Iterable[tuple[Link, tuple[Any, Any], Facts | None, str]], *, by: Actor
) -> None:
    """The same for many ties: one statement for each kind of end."""
    by_kind: dict[str, list[Entry]] = {}
    for link, (start, end), before, note in rows:
        after = facts_of(link)
        for side, obj, other in (("from", start, end), ("to", end, start)):
            home = home_of(obj)
            entry = Entry(home, _changes(name, link, side, obj, other, before, after), note)
            by_kind.setdefault(kind_of(home), []).append(entry)
    for entries in by_kind.values():
        record_many(name, by=by, entries=entries)


def _changes(
    name: str, link: Link, side: str, obj: Any, other: Any, before: Facts | None, after: Facts
) -> dict[str, list[Any]]:
    here = {"end": side} | ({"piece": obj.code} if isinstance(obj, PieceRow) else {})
    was = None if name == MADE else other.code
    now = None if name in {ENDED, REMOVED} else other.code
    return {link.kind: [was, now], "link": [before and here | before, here | after]}


def story_of(actor: Actor, link: Link) -> list[AuditEvent]:
    """What happened to one tie, the newest first; told once, as seen from its first end."""
    require(may_read_inside(actor))
    rows = AuditEvent.objects.filter(
        workspace=actor.workspace, object_kind__in=_home_kinds(link), name__startswith="link.",
    )  # fmt: skip
    mine = rows.filter(Q(changes__link__1__id=link.pk), changes__link__1__end="from")
    return list(mine.select_related("actor", "actor_party").order_by("-at", "-id")[:50])


def _home_kinds(link: Link) -> list[str]:
    from polku.kernel.pieces import piece_kind

    piece = piece_kind(link.from_kind)
    return [piece.parent_kind if piece else link.from_kind]
