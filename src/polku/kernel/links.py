"""Tying and untying (links.md). A tie has a maker, a reason and dates; none is ever erased."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, Refused, Sentence, require
from polku.kernel.audit import kind_of, one_operation
from polku.kernel.clock import today_in
from polku.kernel.fingerprints import fingerprint
from polku.kernel.link_history import CONFIRMED, ENDED, MADE, REMOVED, facts_of, remember
from polku.kernel.link_kinds import LINK_KINDS, LinkKind, legal_kinds
from polku.kernel.link_properties import read_properties
from polku.kernel.models import Link
from polku.kernel.names import names_of
from polku.kernel.pieces import home_of, piece_kind
from polku.kernel.policy import may_change
from polku.kernel.queries import find, find_many
from polku.kernel.registry import entity_of
from polku.tenancy.models import PieceRow


@dataclass(frozen=True)
class Tie:
    """One tie as seen from one of its ends."""

    link: Link
    kind: LinkKind
    other: Any
    forward: bool

    @property
    def words(self) -> Sentence:
        """What stands before the name of the other end."""
        return self.kind.forward if self.forward else self.kind.backward

    @property
    def question(self) -> str:
        """The group it reads in."""
        return self.kind.forward_question if self.forward else self.kind.backward_question

    @property
    def thread(self) -> str:
        """The thread that draws it: live, guess or suspect."""
        if self.link.suspect_since:
            return "suspect"
        return "guess" if self.link.confidence == Link.Confidence.GUESS else "live"


def tie(
    code: str, start: Any, end: Any, *, by: Actor, why: str = "", confidence: str = "confirmed",
    valid_from: dt.date | None = None, valid_to: dt.date | None = None, origin: str = "person",
    properties: Mapping[str, Any] | None = None, pending_run: int | None = None,
) -> Link:  # fmt: skip
    """Tie *start* to *end*; either may be a piece of an object. Raises Refused for an illegal or
    double tie, BadInput, and NotFound across workspaces.

    The actor must be able to change one of the two ends.
    """
    _hold_ends(code, start, end, by)
    may_touch(start, end, by)
    hold_days(valid_from, valid_to)
    hold_confidence(confidence)
    facts = read_properties(LINK_KINDS[code], properties or {})
    with transaction.atomic(), one_operation():
        _hold_there(start, end)
        if not LINK_KINDS[code].same_kind:
            _hold_in_use(start, end)
        link = Link(
            workspace=by.workspace, kind=code, from_kind=kind_of(start), from_id=start.pk,
            to_kind=kind_of(end), to_id=end.pk, valid_from=valid_from, valid_to=valid_to,
            confidence=confidence, why=why.strip()[:400], origin=origin, made_by_id=by.user_id,
            from_fingerprint=print_now(start), to_fingerprint=print_now(end),
            properties=facts, pending_run=pending_run,
        )  # fmt: skip
        hold_single(link)
        link.save()
        remember(MADE, link, (start, end), by=by, before=None, note=why)
    return link


def print_now(end: Any) -> str:
    """The print of an end as it is stored now, whatever the caller read before."""
    return fingerprint(type(end).objects.get(pk=end.pk))


def _hold_ends(code: str, start: Any, end: Any, by: Actor) -> None:
    if start.workspace_id != by.workspace.pk or end.workspace_id != by.workspace.pk:
        raise NotFound
    if code not in LINK_KINDS:
        raise BadInput({"kind": _("There is no such kind of tie.")})
    if code not in {row.code for row in legal_kinds(kind_of(start), kind_of(end))}:
        raise Refused(_("These two cannot be tied in this way."))
    hold_apart(start, end)


def _hold_there(start: Any, end: Any) -> None:
    """Both ends are in use; the first one's row is held, so that an equal tie waits its turn."""
    first, second = home_of(start), home_of(end)
    rows = type(first).objects.select_for_update(no_key=True).filter(pk=first.pk)
    away = [*rows.values_list("archived", flat=True)]
    away += type(second).objects.filter(pk=second.pk).values_list("archived", flat=True)
    if any(away):
        raise Refused(_("One of the two was put away. Take it out again to tie it."))
    for piece in (start, end):
        if isinstance(piece, PieceRow) and not _stands(piece):
            raise Refused(_("This line was taken out meanwhile. Look at the list again."))


def _hold_in_use(*ends: Any) -> None:
    """What is over keeps the ties that it has, and gets no new ones."""
    for end in ends:
        row = None if isinstance(end, PieceRow) else entity_of(end)
        if row is None or not row.untied_states:
            continue
        state = row.model.objects.filter(pk=end.pk).values_list(row.state_field, flat=True).get()
        if state in row.untied_states:
            words = _("“%(name)s” is not in use any more and gets no new ties.")
            raise Refused(words % {"name": end.title})


def _stands(piece: PieceRow) -> bool:
    row = piece_kind(kind_of(piece))
    standing = row.standing if row else {}
    return type(piece).objects.filter(pk=piece.pk, **standing).exists()


def hold_apart(start: Any, end: Any) -> None:
    """A tie goes to something else. Raises Refused."""
    if start.pk == end.pk and kind_of(start) == kind_of(end):
        raise Refused(_("A thing cannot be tied to itself."))


def hold_confidence(value: Any) -> None:
    """How sure a tie is has two words. Raises BadInput."""
    if value not in Link.Confidence.values:
        raise BadInput({"confidence": _("Say whether it is confirmed or a guess.")})


def hold_days(valid_from: dt.date | None, valid_to: dt.date | None) -> None:
    """A tie begins before it ends. Raises BadInput."""
    if valid_from and valid_to and valid_to < valid_from:
        raise BadInput({"valid_to": _("A tie cannot end before it begins.")})


def hold_single(link: Link) -> None:
    """No other live tie of the kind holds between the two on one of its days. Raises Refused."""
    same = Link.objects.filter(
        workspace_id=link.workspace_id, kind=link.kind, state=Link.State.LIVE,
        from_kind=link.from_kind, from_id=link.from_id, to_kind=link.to_kind, to_id=link.to_id,
    ).exclude(pk=link.pk)  # fmt: skip
    if link.valid_to:
        same = same.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=link.valid_to))
    if link.valid_from:
        same = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=link.valid_from))
    if same.exists():
        raise Refused(_("These two are tied in this way already."))


def ends_of(link: Link, by: Actor) -> tuple[Any, Any]:
    """Both ends, when the actor may see both; else NotFound."""
    start, end = find(by, link.from_kind, link.from_id), find(by, link.to_kind, link.to_id)
    if link.workspace_id != by.workspace.pk or start is None or end is None:
        raise NotFound
    return start, end


def may_touch(start: Any, end: Any, by: Actor) -> None:
    """Whoever may change one of the two ends. Raises NotAllowed."""
    if not may_change(by, home_of(start)):
        require(may_change(by, home_of(end)))


def held(link: Link) -> Link:
    """The tie as it stands now, held until the transaction ends; Refused when it is gone."""
    rows = Link.objects.select_for_update(no_key=True, of=("self",))
    now = rows.get(pk=link.pk)
    if now.state != Link.State.LIVE:
        raise Refused(_("This tie was taken away already. Nothing was changed."))
    return now


def end_tie(link: Link, *, by: Actor, on: dt.date | None = None, reason: str = "") -> Link:
    """The tie held until this day; before and up to it, it still counts."""
    ends = ends_of(link, by)
    may_touch(*ends, by)
    day = on or today_in(by.workspace)
    with transaction.atomic(), one_operation():
        link = held(link)
        before = facts_of(link)
        hold_days(link.valid_from, day)
        link.valid_to = day
        hold_single(link)
        link.save(update_fields=["valid_to"])
        remember(ENDED, link, ends, by=by, before=before, note=reason)
    return link


def remove_tie(link: Link, *, by: Actor, reason: str) -> Link:
    """Take a wrong tie away; the row and the reason stay. Refused when it is gone already."""
    ends = ends_of(link, by)
    may_touch(*ends, by)
    if not reason.strip():
        raise BadInput({"reason": _("Say why this tie goes; it is kept.")})
    with transaction.atomic(), one_operation():
        link = held(link)
        before = facts_of(link)
        link.state, link.removed_reason = Link.State.REMOVED, reason.strip()[:400]
        link.save(update_fields=["state", "removed_reason"])
        remember(REMOVED, link, ends, by=by, before=before, note=reason)
    return link


CONFIRMED_FIELDS = (
    "confidence", "from_fingerprint", "to_fingerprint", "reviewed_at", "reviewed_by",
    "suspect_since", "suspect_ends",
)  # fmt: skip


def confirm_tie(link: Link, *, by: Actor) -> Link:
    """A guess or a doubt becomes confirmed, with the prints of both ends as they are now."""
    ends = ends_of(link, by)
    may_touch(*ends, by)
    with transaction.atomic(), one_operation():
        link = held(link)
        before = facts_of(link)
        link.confidence = Link.Confidence.CONFIRMED
        link.from_fingerprint, link.to_fingerprint = map(print_now, ends)
        link.reviewed_at, link.reviewed_by_id = timezone.now(), by.user_id
        link.suspect_since, link.suspect_ends = None, []
        link.save(update_fields=CONFIRMED_FIELDS)
        remember(CONFIRMED, link, ends, by=by, before=before)
    return link


def live_links(actor: Actor, as_of: dt.date | None = None) -> QuerySet[Link]:
    """Links of the workspace that hold on a day (default today)."""
    day = as_of or today_in(actor.workspace)
    return Link.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        workspace=actor.workspace, state=Link.State.LIVE, pending_run__isnull=True,
    )  # fmt: skip


def ties_of(
    actor: Actor, obj: Any, *, as_of: dt.date | None = None, by_name: bool = False
) -> list[Tie]:  # fmt: skip
    """Ties of one object or piece whose other end the actor may see too; both ends count.

    *by_name*: of the other ends only what a link to them says is read at once.
    """
    return _ties(actor, kind_of(obj), [obj.pk], as_of, by_name).get(obj.pk, [])


def ties_of_pieces(
    actor: Actor, pieces: Sequence[Any], *, as_of: dt.date | None = None
) -> dict[int, list[Tie]]:
    """Ties of pieces of one kind, by the piece's inner number; a few statements for all."""
    if not pieces:
        return {}
    return _ties(actor, kind_of(pieces[0]), [piece.pk for piece in pieces], as_of)


def _ties(
    actor: Actor, kind: str, numbers: list[int], as_of: dt.date | None, by_name: bool = False
) -> dict[int, list[Tie]]:  # fmt: skip
    mine = live_links(actor, as_of).filter(
        Q(from_kind=kind, from_id__in=numbers) | Q(to_kind=kind, to_id__in=numbers)
    )
    rows = [
        (link, forward, number)
        for link in mine.order_by("kind", "id")
        for forward, number in _seen_from(link, kind, numbers)
    ]
    read = names_of if by_name else find_many
    others = read(actor, {_other(link, forward) for link, forward, _number in rows})
    found: dict[int, list[Tie]] = {}
    for link, forward, number in rows:
        other = others.get(_other(link, forward))
        if other is not None and link.kind in LINK_KINDS:
            found.setdefault(number, []).append(Tie(link, LINK_KINDS[link.kind], other, forward))
    return found


def _seen_from(link: Link, kind: str, numbers: list[int]) -> list[tuple[bool, int]]:
    """From which of these ends a tie is seen, and in which direction."""
    seen = []
    if link.from_kind == kind and link.from_id in numbers:
        seen.append((True, link.from_id))
    if link.to_kind == kind and link.to_id in numbers:
        seen.append((False, link.to_id))
    return seen


def _other(link: Link, forward: bool) -> tuple[str, int]:
    return (link.to_kind, link.to_id) if forward else (link.from_kind, link.from_id)
