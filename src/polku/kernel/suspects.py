"""Ties that need a look, since what they rest on changed (links.md 2, rules 1 to 3).

Every verb ends in the history, and whatever is written there is heard here: no door can forget
it. Reading which ties rest on the objects is one statement for each direction; only where the print
of an object differs from a stored one is anything written, by a few statements for all ties of
all objects of the operation together.
"""

from collections.abc import Collection, Iterator
from itertools import batched
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from polku.kernel.clock import today_in
from polku.kernel.events import Event, on
from polku.kernel.fingerprints import fingerprint
from polku.kernel.link_kinds import LINK_KINDS
from polku.kernel.models import Link
from polku.kernel.pieces import piece_kind, pieces_of
from polku.kernel.registry import entity, has_entity
from polku.tenancy.models import Workspace

SIDES = ("from", "to")
BATCH = 200

type Prints = dict[int, str]


def start() -> None:
    """Hear of everything that is done to objects."""
    on("*", _after)


def _after(event: Event) -> None:
    """Look at the ties of what was touched; a fresh object has none, and tying changes no end."""
    if event.name.endswith(".created") or event.name.startswith("link."):
        return
    for kind, few in _ends(event):
        mark(event.by.workspace, kind, few)


def _ends(event: Event) -> Iterator[tuple[str, list[int]]]:
    """The objects and their pieces, as far as anything is tied to such and they may have changed:
    a verb that names the pieces it changed has named all."""
    kind, numbers = event.kind, [obj.pk for obj in event.objects]
    tied = {k for row in LINK_KINDS.values() for k in row.from_kinds | row.to_kinds}
    if kind in tied and has_entity(kind) and _may_mean_another(event):
        yield kind, numbers
    for piece in pieces_of(kind):
        if piece.kind not in tied:
            continue
        if event.pieces is not None:
            yield piece.kind, list(event.pieces.get(piece.kind, ()))
        else:
            rows = piece.model.objects.filter(**{f"{piece.parent_field}__in": numbers})
            yield piece.kind, list(rows.filter(**piece.standing).values_list("pk", flat=True))


def _may_mean_another(event: Event) -> bool:
    """Whether the objects themselves may mean another thing now."""
    row = entity(event.kind)
    means = {*row.meaning_fields, *(part.field for part in row.meanings)}
    return event.pieces is None or not event.fields.isdisjoint(means)


def mark(workspace: Workspace, kind: str, numbers: Collection[int]) -> None:
    """Let each live tie of these objects say whether its end still has the print it was made on."""
    for few in batched(numbers, BATCH):
        known: Prints = {}
        for side in SIDES:
            rows = _resting_on(workspace, side, kind, few)
            columns = (f"{side}_id", f"{side}_fingerprint", "suspect_ends")
            seen = list(rows.values_list(*columns).distinct())
            known |= _prints(kind, {number for number, _print, _ends in seen} - known.keys())
            turned = {
                number for number, stored, ends in seen
                if number in known and (stored != known[number]) != (side in ends)
            }  # fmt: skip
            if turned:
                _turn(rows, side, {number: known[number] for number in turned})


def _resting_on(
    workspace: Workspace, side: str, kind: str, numbers: Collection[int]
) -> QuerySet[Link]:
    rows = Link.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today_in(workspace)),
        workspace=workspace, state=Link.State.LIVE,
        **{f"{side}_kind": kind, f"{side}_id__in": numbers},
    )  # fmt: skip
    return rows.exclude(**{f"{side}_fingerprint": ""}).order_by()


def _prints(kind: str, numbers: Collection[int]) -> Prints:
    """The print of each object as it is stored now."""
    if not numbers:
        return {}
    piece = piece_kind(kind)
    model: Any = piece.model if piece else entity(kind).model
    related = [piece.parent_field] if piece else entity(kind).refs
    rows = model.objects.select_related(*related) if related else model.objects
    return {obj.pk: fingerprint(obj) for obj in rows.filter(pk__in=numbers)}


def _turn(rows: QuerySet[Link], side: str, prints: Prints) -> None:
    """Set or clear this side's mark on all ties of these objects, whatever the other side's is."""
    number, stored = f"{side}_id", f"{side}_fingerprint"
    now = Case(*[When(**{number: pk}, then=Value(text)) for pk, text in prints.items()])
    rows = rows.filter(**{f"{number}__in": list(prints)})
    other = "to" if side == "from" else "from"
    for marked, ends in (([], [side]), ([other], [*SIDES])):
        doubted = rows.exclude(**{stored: now}).filter(suspect_ends=marked)
        doubted.update(
            suspect_ends=ends, suspect_since=Coalesce("suspect_since", Value(timezone.now()))
        )
    rows.filter(**{stored: now}, suspect_ends=[side]).update(suspect_ends=[], suspect_since=None)
    rows.filter(**{stored: now}, suspect_ends=[*SIDES]).update(suspect_ends=[other])


def carry_over(
    workspace: Workspace, kind: str, number: int, before: str, after: str, *, code: str = ""
) -> int:
    """Let ties that rested on *before* rest on *after*: the words changed, the meaning did not.

    *code* names the one kind of tie that is carried; all are when it is not said. Returns how many
    were carried. Ties that needed a look already still do.
    """
    carried = 0
    for side in SIDES:
        stored = f"{side}_fingerprint"
        rows = _resting_on(workspace, side, kind, [number]).filter(**{stored: before})
        rows = rows.filter(kind=code) if code else rows
        carried += rows.update(**{stored: after})
    return carried
