"""Prints kept by an older release, told anew once (decision 30).

When a release counts more as meaning, every kept print differs from what the object has now, and
ties would call for a look although nothing changed. So prints are carried over when the database
is brought up to date: those of ties that needed no look, and of loose ends left open on purpose.
"""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db import transaction

from polku.kernel.fingerprints import fingerprint
from polku.kernel.models import Link, LooseEnd
from polku.kernel.pieces import piece_kind
from polku.kernel.registry import entity, has_entity
from polku.kernel.schedule import claim, finish

JOB = "prints"
FORMULA = dt.date(2026, 11, 22)  # the day on which the meaning of prints changed last
BATCH = 500

type Ends = dict[tuple[str, int], str]


def carry_prints_over() -> int:
    """Once for each formula: keep the prints of today's content; returns how many rows changed."""
    with transaction.atomic():
        if not claim(JOB, FORMULA):
            return 0
        changed = _ties() + _dismissed()
        finish(JOB, FORMULA, f"{changed} prints")
    return changed


def _ties() -> int:
    """Ties without a mark rest on what their ends say now; marked ones go on waiting."""
    rows = list(Link.objects.filter(state=Link.State.LIVE, suspect_since__isnull=True))
    prints = _prints({end for row in rows for end in _ends(row)})
    turned = []
    for row in rows:
        kept = (row.from_fingerprint, row.to_fingerprint)
        start, end = (prints.get(pair, old) for pair, old in zip(_ends(row), kept, strict=True))
        if kept != (start, end):
            row.from_fingerprint, row.to_fingerprint = start, end
            turned.append(row)
    Link.objects.bulk_update(turned, ["from_fingerprint", "to_fingerprint"], batch_size=BATCH)
    return len(turned)


def _ends(row: Link) -> list[tuple[str, int]]:
    return [(row.from_kind, row.from_id), (row.to_kind, row.to_id)]


def _dismissed() -> int:
    rows = list(LooseEnd.objects.filter(state="dismissed").exclude(dismissed_fingerprint=""))
    prints = _prints({(row.object_kind, row.object_id) for row in rows})
    turned = []
    for row in rows:
        now = prints.get((row.object_kind, row.object_id), row.dismissed_fingerprint)
        if now != row.dismissed_fingerprint:
            row.dismissed_fingerprint = now
            turned.append(row)
    LooseEnd.objects.bulk_update(turned, ["dismissed_fingerprint"], batch_size=BATCH)
    return len(turned)


def _prints(ends: set[tuple[str, int]]) -> Ends:
    """What each object says now; one that is gone has none."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for kind, number in ends:
        numbers[kind].append(number)
    found: Ends = {}
    for kind, few in numbers.items():
        for obj in _objects(kind, few):
            found[kind, obj.pk] = fingerprint(obj)
    return found


def _objects(kind: str, numbers: list[int]) -> list[Any]:
    piece = piece_kind(kind)
    if piece is None and not has_entity(kind):
        return []
    model: Any = piece.model if piece else entity(kind).model
    found: list[Any] = []
    for first in range(0, len(numbers), BATCH):
        found += model.objects.filter(pk__in=numbers[first : first + BATCH])
    return found
