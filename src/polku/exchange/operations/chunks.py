"""Writing in small steps, so that others can write in between (DECISIONS 3)."""

import time
from collections.abc import Iterator, Sequence

from django.db import transaction

TARGET_SECONDS = 0.06
FIRST, LEAST, MOST = 20, 5, 400


def chunks[T](items: Sequence[T], first: int = FIRST) -> Iterator[Sequence[T]]:
    """Parts of *items*, sized by how long the step before took with its share of the lock."""
    at, size = 0, first
    while at < len(items):
        part = items[at : at + size]
        started = time.monotonic()
        yield part
        spent = max(time.monotonic() - started, 0.001)
        at += len(part)
        size = max(LEAST, min(MOST, round(size * min(2.0, TARGET_SECONDS / spent))))


def step() -> transaction.Atomic:
    """One short transaction of an import."""
    return transaction.atomic()
