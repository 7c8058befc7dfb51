"""Changing a tie that stays: its reason, its days, how sure we are, what it carries; and verdicts
on ties that need a look (links.md 2, rule 4)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict, Refused
from polku.kernel.audit import one_operation
from polku.kernel.fields import plain
from polku.kernel.link_history import CHANGED, LOOKED_AT, REMOVED, facts_of, remember
from polku.kernel.link_kinds import LINK_KINDS
from polku.kernel.link_properties import read_properties
from polku.kernel.links import (
    ends_of,
    held,
    hold_confidence,
    hold_days,
    hold_single,
    may_touch,
    print_now,
)
from polku.kernel.models import Link

CHANGEABLE = ("why", "valid_from", "valid_to", "confidence", "properties")
LONGEST = 400


def change_tie(
    link: Link, values: Mapping[str, Any], *, by: Actor, was: Mapping[str, Any] | None = None,
    note: str = "",
) -> Link:  # fmt: skip
    """Change some of :data:`CHANGEABLE`; returns the tie as it stands, also when nothing differed.

    *was* are the values that the writer started from: where somebody changed one of those that are
    changed here meanwhile, Conflict carries both and nothing is saved. Raises BadInput, Refused.
    """
    ends = ends_of(link, by)
    may_touch(*ends, by)
    with transaction.atomic(), one_operation():
        link = held(link)
        before = facts_of(link)
        if _set(link, values, was):
            link.save(update_fields=CHANGEABLE)
            remember(CHANGED, link, ends, by=by, before=before, note=note)
    return link


def _set(link: Link, values: Mapping[str, Any], was: Mapping[str, Any] | None) -> bool:
    """Put the values on the tie after checking them; whether anything differs."""
    new = _read(link, values)
    now = {name: getattr(link, name) for name in new}
    changed = {name: value for name, value in new.items() if value != now[name]}
    _hold_unseen(changed, now, was)
    for name, value in changed.items():
        setattr(link, name, value)
    hold_days(link.valid_from, link.valid_to)
    if changed:
        hold_single(link)
    return bool(changed)


def _read(link: Link, values: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(values) - set(CHANGEABLE)):
        raise BadInput({unknown[0]: _("There is no such field to write here.")})
    found = dict(values)
    if "why" in found:
        found["why"] = str(found["why"] or "").replace("\x00", "").strip()[:LONGEST]
    if "confidence" in found:
        hold_confidence(found["confidence"])
    for name in ("valid_from", "valid_to"):
        if name in found and not isinstance(found[name], dt.date | None):
            raise BadInput({name: _("This is not a day. Write it as 2026-05-31.")})
    if "properties" in found:
        found["properties"] = read_properties(LINK_KINDS[link.kind], found["properties"] or {})
    return found


def _hold_unseen(
    changed: Mapping[str, Any], now: Mapping[str, Any], was: Mapping[str, Any] | None
) -> None:
    """Raise Conflict where the writer did not see what stands there now."""
    clashes = {
        name: {"base": plain(was[name]), "theirs": plain(now[name]), "mine": plain(value)}
        for name, value in changed.items()
        if was is not None and name in was and was[name] != now[name]
    }
    if clashes:
        raise Conflict(clashes, 0)


STILL_RIGHT, CHANGED_BY_IT, GONE = "still_right", "changed", "removed"
VERDICTS = (STILL_RIGHT, CHANGED_BY_IT, GONE)


class ChangedAgain(Refused):
    """An end changed again since it was shown; ``fields`` are the prints of what was seen and of
    what stands now, by side: ``{"to": {"seen": ..., "now": ...}}``."""

    def __init__(self, fields: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__(_("It changed again while you were looking. Look at it as it is now."))
        self.fields = dict(fields)


@dataclass(frozen=True)
class Verdict:
    """What one person says of one tie after a change at *sides* of it (all that need a look, when
    none is named).

    ``changed`` comes with the new ``values`` of the tie, ``removed`` with a ``reason``. ``seen``
    are the prints that the person was shown, by side: when an end changed again since, nothing is
    saved.
    """

    link: Link
    verdict: str
    sides: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    seen: Mapping[str, str] = field(default_factory=dict)


def review_ties(verdicts: Sequence[Verdict], *, by: Actor) -> list[Link]:
    """Give a verdict on each of these ties: all are kept or none. Raises what
    :func:`review_tie` raises."""
    with transaction.atomic(), one_operation():
        return [review_tie(verdict, by=by) for verdict in verdicts]


def review_tie(given: Verdict, *, by: Actor) -> Link:
    """Look at one tie: it is still right, it changes, or it goes; the verdict is kept with it.

    Raises BadInput without a reason for its going, or when nothing was changed by "changed";
    Refused when there is nothing to look at (any more), ChangedAgain when an end changed meanwhile.
    """
    ends = ends_of(given.link, by)
    may_touch(*ends, by)
    with transaction.atomic(), one_operation():
        link = held(given.link)
        before = facts_of(link)
        sides = _sides(link, given)
        _hold_seen(given, dict(zip(("from", "to"), ends, strict=True)))
        name = LOOKED_AT
        if given.verdict == GONE:
            name = REMOVED
            _take_away(link, given.reason)
        elif given.verdict == CHANGED_BY_IT and not _set(link, given.values, None):
            raise BadInput({"why": _("Write what changes about the tie, or say that it is right.")})
        _settle(link, sides, ends, by)
        link.verdict = given.verdict
        link.save()
        remember(name, link, ends, by=by, before=before, note=given.reason)
    return link


def _sides(link: Link, given: Verdict) -> tuple[str, ...]:
    if given.verdict not in VERDICTS:
        raise BadInput({"verdict": _("Say still_right, changed or removed.")})
    sides = tuple(side for side in given.sides or link.suspect_ends if side in link.suspect_ends)
    if not sides:
        raise Refused(_("Nobody needs to look at this tie any more. Nothing was changed."))
    return sides


def _hold_seen(given: Verdict, ends: Mapping[str, Any]) -> None:
    again = {
        side: {"seen": shown, "now": now}
        for side, shown in given.seen.items()
        if side in ends and shown and (now := print_now(ends[side])) != shown
    }
    if again:
        raise ChangedAgain(again)


def _take_away(link: Link, reason: str) -> None:
    if not reason.strip():
        raise BadInput({"reason": _("Say why this tie goes; it is kept.")})
    link.state, link.removed_reason = Link.State.REMOVED, reason.strip()[:LONGEST]


def _settle(link: Link, sides: tuple[str, ...], ends: tuple[Any, Any], by: Actor) -> None:
    """The tie rests on what these ends mean now; another end that changed too still waits."""
    for side, end in zip(("from", "to"), ends, strict=True):
        if side in sides:
            setattr(link, f"{side}_fingerprint", print_now(end))
    link.suspect_ends = [side for side in link.suspect_ends if side not in sides]
    if not link.suspect_ends:
        link.suspect_since = None
    link.reviewed_at, link.reviewed_by_id = timezone.now(), by.user_id


__all__ = [
    "CHANGEABLE", "VERDICTS", "ChangedAgain", "Verdict", "change_tie", "review_tie", "review_ties",
]  # fmt: skip
