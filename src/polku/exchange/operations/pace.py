"""Writing in small steps, so that others can write in between (DECISIONS 3)."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction

# How long one step may keep the writers' queue, and how many rows that can be.
HOLD_SECONDS = 0.07
FIRST, LEAST, MOST = 25, 10, 400


class Pace:
    """Cuts work into parts, sized by how long the step before kept the queue."""

    def __init__(self, first: int = FIRST) -> None:
        self._size = first

    def parts[T](self, items: Sequence[T]) -> Iterator[Sequence[T]]:
        """The items, part by part."""
        at = 0
        while at < len(items):
            part = items[at : at + self._size]
            yield part
            at += len(part)

    @contextmanager
    def step(self) -> Iterator[None]:
        """One short transaction; what needs no lock is done before it."""
        started = time.monotonic()
        with transaction.atomic():
            entered = time.monotonic()
            yield
            held = max(time.monotonic() - entered, 0.001)
        waited = entered - started
        if waited < 1:  # a step that waited long says nothing of its own size
            self._size = max(LEAST, min(MOST, round(self._size * min(2.0, HOLD_SECONDS / held))))
