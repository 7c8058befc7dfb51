"""What becomes of the ties of a piece that is taken out of its parent's list."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from polku.kernel.actor import Actor
from polku.kernel.audit import kind_of, one_operation
from polku.kernel.link_history import REMOVED, facts_of, remember_many
from polku.kernel.models import Link
from polku.kernel.queries import find_many


def untie_pieces(pieces: Sequence[Any], *, by: Actor, reason: str) -> list[Link]:
    """Remove the live ties of these pieces, with the reason; call it before they are deleted.

    Whoever may change the list may do this: a tie cannot hang on nothing. The other end may lie out
    of the actor's sight; then the tie goes all the same and only the piece's side is told of it.
    """
    if not pieces:
        return []
    kind, known = kind_of(pieces[0]), {piece.pk: piece for piece in pieces}
    with transaction.atomic(), one_operation():
        rows = Link.objects.select_for_update(no_key=True, of=("self",)).filter(
            workspace=by.workspace, state=Link.State.LIVE
        )
        starts = list(rows.filter(from_kind=kind, from_id__in=known))
        ends = list(rows.filter(to_kind=kind, to_id__in=known))
        others = find_many(
            by, {(link.to_kind, link.to_id) for link in starts}
            | {(link.from_kind, link.from_id) for link in ends},
        )  # fmt: skip
        told = []
        for link in (*starts, *ends):
            before = facts_of(link)
            link.state, link.removed_reason = Link.State.REMOVED, reason.strip()[:400]
            mine = known[link.from_id if link in starts else link.to_id]
            place = (link.to_kind, link.to_id) if link in starts else (link.from_kind, link.from_id)
            other = others.get(place, mine)
            told.append((link, (mine, other) if link in starts else (other, mine), before, reason))
        Link.objects.bulk_update([row[0] for row in told], ["state", "removed_reason"], 500)
        remember_many(REMOVED, told, by=by)
    return [row[0] for row in told]
