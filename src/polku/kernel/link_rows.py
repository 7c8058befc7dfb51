"""Reading ties: those whose both ends the actor may see, and no others."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound
from polku.kernel.audit import kind_of
from polku.kernel.clock import today_in
from polku.kernel.link_kinds import LINK_KINDS
from polku.kernel.links import live_links
from polku.kernel.models import Link
from polku.kernel.pieces import piece_kind, pieces_of
from polku.kernel.queries import visible_ends, visible_kind, visible_pieces
from polku.kernel.registry import entities


def visible_links(
    actor: Actor, *, as_of: dt.date | None = None, of: Any = None, kind: str = ""
) -> QuerySet[Link]:
    """Ties that hold on a day (default today): all, those of one object, or those of one kind."""
    rows = live_links(actor, as_of)
    if kind:
        rows = rows.filter(kind=kind)
    if of is not None:
        mine = kind_of(of)
        rows = rows.filter(Q(from_kind=mine, from_id=of.pk) | Q(to_kind=mine, to_id=of.pk))
    return rows.filter(_both_ends(actor)).order_by("id")


def lasting_links(actor: Actor) -> QuerySet[Link]:
    """Ties of any day that nobody removed: those that hold, that ended, and that will begin."""
    rows = Link.objects.filter(
        workspace=actor.workspace, state=Link.State.LIVE, pending_run__isnull=True
    )
    return rows.filter(_both_ends(actor)).order_by("id")


def _both_ends(actor: Actor) -> Q:
    kinds = {k for row in LINK_KINDS.values() for k in row.from_kinds | row.to_kinds}
    start, end = Q(pk__in=[]), Q(pk__in=[])
    for kind in sorted(kinds):
        if (rows := visible_ends(actor, kind)) is not None:
            numbers = rows.values("pk")
            start |= Q(from_kind=kind, from_id__in=numbers)
            end |= Q(to_kind=kind, to_id__in=numbers)
    return start & end


def rests_on(actor: Actor, obj: Any) -> bool:
    """Whether some tie that holds, or will, rests on what the object means."""
    kind = kind_of(obj)
    ends = Q(from_kind=kind, from_id=obj.pk) | Q(to_kind=kind, to_id=obj.pk)
    days = Q(valid_to__isnull=True) | Q(valid_to__gte=today_in(actor.workspace))
    rows = Link.objects.filter(ends, days, workspace=actor.workspace, state=Link.State.LIVE)
    return rows.exists()


def find_link(actor: Actor, number: int) -> Link:
    """One tie, ended or not, removed or not; NotFound alike for missing and for not yours."""
    rows = Link.objects.filter(workspace=actor.workspace, pending_run__isnull=True, pk=number)
    found = rows.filter(_both_ends(actor)).first()
    if found is None:
        raise NotFound
    return found


def plain_links(actor: Actor, links: list[Link]) -> list[dict[str, Any]]:
    """Ties as JSON-ready objects with the codes of their ends; one statement a kind of end."""
    codes: dict[tuple[str, int], str] = {}
    ends = {pair for link in links for pair in _pairs(link)}
    for kind in {kind for kind, _number in ends}:
        rows = visible_ends(actor, kind)
        if rows is not None:
            named = rows.filter(pk__in=[number for k, number in ends if k == kind])
            codes |= {(kind, pk): code for pk, code in _codes(kind, named)}
    return [_plain(actor, link, codes) for link in links]


def _codes(kind: str, rows: QuerySet[Any]) -> list[tuple[int, str]]:
    piece = piece_kind(kind)
    if piece is None:
        return list(rows.values_list("pk", "code"))
    parts = rows.values_list("pk", f"{piece.parent_field}__code", "number")
    return [(pk, f"{code}.{number}") for pk, code, number in parts]


def end_by_code(actor: Actor, code: str) -> Any | None:
    """What may stand at the end of a tie, by its code: ``SRV-2``, or a piece as ``OFR-3.2``.

    None for what is missing and for what the actor may not see.
    """
    written, dot, number = code.strip().upper().partition(".")
    row = next((row for row in entities() if row.prefix == written.split("-")[0]), None)
    if row is None or len(written) > 20:
        return None
    if not dot:
        return visible_kind(actor, row).filter(code=written).first()
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    for piece in pieces_of(row.kind):
        pieces = visible_pieces(actor, piece).filter(number=int(number))
        parent = {f"{piece.parent_field}__code": written, f"{piece.parent_field}__archived": False}
        if found := pieces.filter(**parent).first():
            return found
    return None


def _pairs(link: Link) -> list[tuple[str, int]]:
    return [(link.from_kind, link.from_id), (link.to_kind, link.to_id)]


def _plain(actor: Actor, link: Link, codes: dict[tuple[str, int], str]) -> dict[str, Any]:
    start, end = (codes.get(pair) for pair in _pairs(link))
    found = {
        "id": link.pk, "kind": link.kind, "name": LINK_KINDS[link.kind].name,
        "from": start, "to": end, "valid_from": link.valid_from, "valid_to": link.valid_to,
        "properties": link.properties,
    }  # fmt: skip
    if actor.is_internal:
        found |= {
            "confidence": link.confidence, "why": link.why, "origin": link.origin,
            "needs_a_look": link.suspect_since is not None, "state": link.state,
            "made_at": link.made_at,
            "suspect_since": link.suspect_since, "suspect_ends": link.suspect_ends,
            "reviewed_at": link.reviewed_at, "verdict": link.verdict or None,
        }  # fmt: skip
    return found
