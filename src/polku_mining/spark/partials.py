"""What each part of a log adds to the whole: counts, sums and histograms, all of which add up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
import pyarrow as pa

from polku_mining.analyses.paths import throughput
from polku_mining.events import Events, Longs

WIDEST = 500_000  # rows kept before equal ones are added up
SHIFT = 20  # bits of a bucket in the key of a histogram
COARSE = 44  # bits of a double that a bucket leaves out: eight of its fraction stay
LOW = 24  # bits of the lower half of a sum
TOLD = 100  # duplicates told by their row, by each part


class What(IntEnum):
    """What a row of a partial result counts."""

    EVENTS = 0
    CASES = 1
    TIES = 2
    FIRST = 3  # b is a time; the least counts
    LAST = 4  # b is a time; the greatest counts
    STARTS = 5
    ENDS = 6
    PAIRS = 7
    PAIR_CASES = 8
    PAIR_HIGH = 9
    PAIR_LOW = 10
    AGAIN_CASES = 11
    AGAIN_EXTRA = 12
    AGAIN_ANY = 13
    GAPS = 14  # histograms: a is a group and a bucket
    TOOK = 15
    REACHED = 16
    WAITS = 17
    DUPLICATES = 18
    DUPLICATE_ROW = 19  # b is a row
    VALUE = 20  # a is a group, b a value


SCHEMA = pa.schema([(name, pa.int64()) for name in ("what", "a", "b", "n")])


@dataclass
class Tally:
    """Rows of ``what, a, b, n``; equal ones are added up now and then, and at the end."""

    parts: list[Longs] = field(default_factory=list)
    rows: int = 0

    def add(self, what: What, a: Longs | int = 0, n: Longs | int = 1, b: Longs | int = 0) -> None:
        """Note counts, one or many at once."""
        columns = np.broadcast_arrays(*(np.asarray(c, np.int64) for c in (int(what), a, b, n)))
        part = np.stack([np.atleast_1d(column) for column in columns])
        self.parts.append(part)
        self.rows += part.shape[1]
        if self.rows > WIDEST:
            self.shrink()

    def shrink(self) -> None:
        """Add equal rows up."""
        if not self.parts:
            return
        whole = np.concatenate(self.parts, axis=1)
        if whole.shape[1]:
            whole = whole[:, np.lexsort(whole[2::-1])]
            fresh = np.append(True, np.any(whole[:3, 1:] != whole[:3, :-1], axis=0))
            first = np.flatnonzero(fresh)
            whole = np.vstack([whole[:3, first], np.add.reduceat(whole[3], first)[None]])
        self.parts, self.rows = [whole], whole.shape[1]

    def batch(self) -> pa.RecordBatch:
        """All rows."""
        self.shrink()
        whole = self.parts[0] if self.parts else np.zeros((4, 0), np.int64)
        return pa.RecordBatch.from_arrays([pa.array(row) for row in whole], schema=SCHEMA)


def buckets(values: Longs) -> Longs:
    """A coarse, rising scale of values from 0 on: 256 steps for each doubling."""
    found: Longs = values.astype(np.float64).view(np.int64) >> COARSE
    return found


def keyed(groups: Longs | int, values: Longs) -> Longs:
    """Group and bucket in one number."""
    found: Longs = (np.asarray(groups, np.int64) << SHIFT) | buckets(values)
    return found


def tally(chunks: Iterable[tuple[Events, Longs]]) -> Tally:
    """Everything that one pass over whole cases counts; rows are the numbers of arrival."""
    found = Tally()
    for events, rows in chunks:
        _count(found, events)
        _count_pairs(found, events)
        _count_again(found, events)
        _count_duplicates(found, events, rows)
        found.add(What.TOOK, *_unique(keyed(0, throughput(events))))
    return found


def _unique(keys: Longs) -> tuple[Longs, Longs]:
    found, n = np.unique(keys, return_counts=True)
    return found, n


def _count(found: Tally, events: Events) -> None:
    found.add(What.EVENTS, n=events.n_events)
    found.add(What.CASES, n=events.n_cases)
    same = np.diff(events.time) == 0
    found.add(What.TIES, n=int(np.count_nonzero(same & events.within)))
    found.add(What.FIRST, b=int(events.time.min()))
    found.add(What.LAST, b=int(events.time.max()))
    codes = events.activity.astype(np.int64)
    found.add(What.STARTS, *_unique(codes[events.offsets[:-1]]))
    found.add(What.ENDS, *_unique(codes[events.offsets[1:] - 1]))


def pair_gaps(events: Events) -> tuple[Longs, Longs]:
    """For each two neighbours of a case their pair and the microseconds between them."""
    codes, width = events.activity.astype(np.int64), max(len(events.names), 1)
    inside = events.within
    return (codes[:-1] * width + codes[1:])[inside], np.diff(events.time)[inside]


def _count_pairs(found: Tally, events: Events) -> None:
    pair, gap = pair_gaps(events)
    if not len(pair):
        return
    found.add(What.PAIRS, *_unique(pair))
    owner = events.owner[:-1][events.within].astype(np.int64)
    seen = np.unique(np.stack([pair, owner]), axis=1)
    found.add(What.PAIR_CASES, *_unique(seen[0]))
    order = np.argsort(pair, kind="stable")
    first = np.flatnonzero(np.append(True, np.diff(pair[order]) != 0))
    keys, gaps = pair[order][first], gap[order]
    found.add(What.PAIR_HIGH, keys, np.add.reduceat(gaps >> LOW, first))
    found.add(What.PAIR_LOW, keys, np.add.reduceat(gaps & (2**LOW - 1), first))
    found.add(What.GAPS, *_unique(keyed(pair, gap)))


def _count_again(found: Tally, events: Events) -> None:
    width = max(len(events.names), 1)
    keys, n = _unique(events.owner.astype(np.int64) * width + events.activity)
    again, extra = keys[n > 1], n[n > 1] - 1
    found.add(What.AGAIN_CASES, again % width)
    found.add(What.AGAIN_EXTRA, again % width, extra)
    found.add(What.AGAIN_ANY, n=len(np.unique(again // width)))


def _count_duplicates(found: Tally, events: Events, rows: Longs) -> None:
    order = np.lexsort((rows, events.activity, events.time, events.owner))
    columns = (events.owner, events.time, events.activity)
    same = np.ones(max(len(order) - 1, 0), dtype=np.bool_)
    for column in columns:
        same &= column[order[1:]] == column[order[:-1]]
    again = np.sort(rows[order[1:]][same])
    found.add(What.DUPLICATES, n=len(again))
    found.add(What.DUPLICATE_ROW, b=again[:TOLD])


def wanted_values(groups: Longs, values: Longs, wanted: Longs, found: Tally, measure: int) -> None:
    """Note the values that lie in *wanted* groups and buckets, with how often; *measure* sets
    several kinds of groups apart."""
    inside = np.isin(keyed(groups, values), wanted)
    if not inside.any():
        return
    pairs = np.stack([np.broadcast_to(groups, values.shape)[inside], values[inside]])
    (group, value), n = np.unique(pairs, axis=1, return_counts=True)
    found.add(What.VALUE, group * MEASURES + measure, n, value)


MEASURES = 4  # gaps of pairs, whole cases, waits of a funnel


def batches_of(found: Tally) -> Iterator[pa.RecordBatch]:
    """The rows as Spark takes them."""
    yield found.batch()
