"""Changes that ties wait for somebody to look at: before and after, and who is asked (links.md 2).

One change is one end whose meaning differs from what a set of ties was made on. Whoever owns the
*other* end of a tie is asked; then who made the tie; then who owns the service behind it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from polku.kernel.actor import Actor
from polku.kernel.answers import require
from polku.kernel.audit import kind_of
from polku.kernel.clock import today_in
from polku.kernel.events import ask
from polku.kernel.link_kinds import LINK_KINDS, LinkKind
from polku.kernel.links import Tie
from polku.kernel.models import Link
from polku.kernel.pieces import kinds_taken_out, piece_kind
from polku.kernel.policy import may_read_inside
from polku.kernel.queries import find_many
from polku.kernel.registry import entity
from polku.kernel.reviews_past import FieldChange, Told, told_since
from polku.kernel.suspects import SIDES
from polku.tenancy.models import Membership

type End = tuple[str, int]

MOST = 200  # verdicts shown beside what still waits


@dataclass(frozen=True)
class Doubt:
    """One tie that needs a look because of one of its ends."""

    link: Link
    side: str
    other: Any
    asked: int | None
    mine: bool

    @property
    def kind(self) -> LinkKind:
        """The kind of the tie."""
        return LINK_KINDS[self.link.kind]

    @property
    def stored(self) -> str:
        """The print on which the tie was made or last looked at."""
        return stored_print(self.link, self.side)


@dataclass(frozen=True)
class Change:
    """What one end means now and meant before, with the ties that wait for a look at it."""

    obj: Any
    fields: tuple[FieldChange, ...]
    told: Told | None
    doubts: tuple[Doubt, ...] = field(default=())

    @property
    def mine(self) -> tuple[Doubt, ...]:
        """Those that the reader is asked about."""
        return tuple(doubt for doubt in self.doubts if doubt.mine)

    @property
    def since(self) -> dt.datetime | None:
        """Since when the first of them waits."""
        return min(
            (d.link.suspect_since for d in self.doubts if d.link.suspect_since), default=None
        )


def stored_print(link: Link, side: str) -> str:
    """The print that a tie keeps of one of its ends."""
    return link.from_fingerprint if side == "from" else link.to_fingerprint


def end_of(link: Link, side: str) -> End:
    """Kind and number of one end."""
    return (link.from_kind, link.from_id) if side == "from" else (link.to_kind, link.to_id)


def other_side(side: str) -> str:
    """The side that is not this one."""
    return "to" if side == "from" else "from"


def suspect_links(actor: Actor) -> QuerySet[Link]:
    """Ties that need a look and did not end, the longest waiting first; the team's own. Those of a
    piece that is taken out wait until it comes back."""
    require(may_read_inside(actor))
    today = today_in(actor.workspace)
    rows = Link.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today), workspace=actor.workspace,
        state=Link.State.LIVE, suspect_since__isnull=False, pending_run__isnull=True,
    )  # fmt: skip
    for piece in kinds_taken_out():
        gone = piece.model.objects.filter(workspace=actor.workspace).exclude(**piece.standing)
        rows = rows.exclude(from_kind=piece.kind, from_id__in=gone.values("pk"))
        rows = rows.exclude(to_kind=piece.kind, to_id__in=gone.values("pk"))
    return rows.order_by("suspect_since", "id")


def changes_waiting(actor: Actor, of: Any = None) -> list[Change]:
    """Every change that some tie waits for, those with ties of the reader first; or one object's.

    A few statements however many ties there are.
    """
    rows = suspect_links(actor)
    if of is not None:
        mine = kind_of(of)
        rows = rows.filter(Q(from_kind=mine, from_id=of.pk) | Q(to_kind=mine, to_id=of.pk))
    pairs = [(link, side) for link in rows for side in SIDES if side in link.suspect_ends]
    if of is not None:
        pairs = [pair for pair in pairs if end_of(*pair) == (kind_of(of), of.pk)]
    found = find_many(actor, {end_of(link, side) for link, _one in pairs for side in SIDES})
    asked = asked_for(actor, pairs, found)
    groups: dict[tuple[End, str], list[Doubt]] = defaultdict(list)
    for link, side in pairs:
        end, other = end_of(link, side), end_of(link, other_side(side))
        if end in found and other in found and link.kind in LINK_KINDS:
            party = asked[link.pk, side]
            doubt = Doubt(link, side, found[other], party, is_asked(actor, party))
            groups[end, doubt.stored].append(doubt)
    waiting = [(found[end], doubts) for (end, _print), doubts in groups.items()]
    past = told_since(actor, [(obj, _looked(doubts)) for obj, doubts in waiting])
    changes = [
        Change(obj, fields, told, _in_order(doubts))
        for (obj, doubts), (fields, told) in zip(waiting, past, strict=True)
    ]
    return sorted(changes, key=lambda change: (not change.mine, -len(change.mine)))


def _looked(doubts: list[Doubt]) -> dt.datetime:
    """When somebody looked at one of these ties last."""
    return max(doubt.link.reviewed_at or doubt.link.made_at for doubt in doubts)


def _in_order(doubts: list[Doubt]) -> tuple[Doubt, ...]:
    return tuple(sorted(doubts, key=lambda doubt: (not doubt.mine, doubt.link.pk)))


def looked_at_since(actor: Actor, obj: Any, moment: dt.datetime) -> list[Tie]:
    """Ties of an end on which somebody gave a verdict after a moment, as seen from that end; also
    those that were taken away by it."""
    require(may_read_inside(actor))
    kind = kind_of(obj)
    rows = Link.objects.filter(
        Q(from_kind=kind, from_id=obj.pk) | Q(to_kind=kind, to_id=obj.pk),
        workspace=actor.workspace, reviewed_at__gte=moment, pending_run__isnull=True,
    ).exclude(verdict="")  # fmt: skip
    found = [
        (link, "from" if (link.from_kind, link.from_id) == (kind, obj.pk) else "to")
        for link in rows.select_related("reviewed_by").order_by("-reviewed_at", "-id")[:MOST]
    ]
    settled = [(link, side) for link, side in found if side not in link.suspect_ends]
    others = find_many(actor, {end_of(link, other_side(side)) for link, side in settled})
    return [
        Tie(link, LINK_KINDS[link.kind], others[end], side == "from")
        for link, side in settled
        if (end := end_of(link, other_side(side))) in others and link.kind in LINK_KINDS
    ]


def is_asked(actor: Actor, party: int | None) -> bool:
    """Whether the reader is the one to look: who works alone, the one asked, or, where nobody can
    be named, those who may change everything."""
    if actor.workspace.size_profile == "solo":
        return True
    if party is None:
        return actor.role in {"admin", "editor"}
    return party == actor.party_id


def count_mine(actor: Actor) -> int:
    """How many ties the reader is asked to look at; one statement while nothing needs a look."""
    pairs = [
        (link, side) for link in suspect_links(actor) for side in SIDES if side in link.suspect_ends
    ]
    asked = asked_for(actor, pairs, {})
    return len({link.pk for (link, side) in pairs if is_asked(actor, asked[link.pk, side])})


def asked_for(
    actor: Actor, pairs: Iterable[tuple[Link, str]], known: Mapping[End, Any]
) -> dict[tuple[int, str], int | None]:
    """Whose look a tie waits for, by its number and the side that changed: an inner party number.

    *known* are ends read already.
    """
    pairs = list(pairs)
    others = {end_of(link, other_side(side)) for link, side in pairs}
    owners = {end: obj.owner_party_id for end, obj in known.items() if end in others}
    owners |= _owners(actor, others - owners.keys())
    open_pairs = [
        (link, side) for link, side in pairs if owners.get(end_of(link, other_side(side))) is None
    ]
    makers = _makers(actor, {link.made_by_id for link, _side in open_pairs if link.made_by_id})
    unmade = [(link, side) for link, side in open_pairs if link.made_by_id not in makers]
    services = _service_owners(actor, {end_of(link, s) for link, _side in unmade for s in SIDES})
    asked: dict[tuple[int, str], int | None] = {}
    for link, side in pairs:
        other = end_of(link, other_side(side))
        asked[link.pk, side] = (
            owners.get(other) or makers.get(link.made_by_id or 0)
            or services.get(other) or services.get(end_of(link, side))
        )  # fmt: skip
    return asked


def _owners(actor: Actor, ends: Iterable[End]) -> dict[End, int | None]:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, number in ends:
        by_kind[kind].append(number)
    found: dict[End, int | None] = {}
    for kind, numbers in by_kind.items():
        piece = piece_kind(kind)
        model: Any = piece.model if piece else entity(kind).model
        column = f"{piece.parent_field}__owner_party_id" if piece else "owner_party_id"
        rows = model.objects.filter(workspace=actor.workspace, pk__in=numbers)
        found |= {(kind, pk): owner for pk, owner in rows.values_list("pk", column)}
    return found


def _makers(actor: Actor, users: set[int]) -> dict[int, int]:
    """The parties of those who made ties and still have a place here."""
    if not users:
        return {}
    rows = Membership.objects.filter(workspace=actor.workspace, user__in=users, state="active")
    return {user: party for user, party in rows.values_list("user", "party") if party}


def _service_owners(actor: Actor, ends: set[End]) -> dict[End, int]:
    """Owners of the services behind these ends, as the rooms above know them."""
    found: dict[End, int] = {}
    for answer in ask("service_owners", actor=actor, ends=ends) if ends else ():
        found |= answer
    return found
