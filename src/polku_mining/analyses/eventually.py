"""Eventually-follows: what comes at some time after what, whatever lies between."""

import numpy as np
import pyarrow as pa

from polku_mining.analyses.groups import figures
from polku_mining.arrow import as_column
from polku_mining.events import Events, Longs

MOST_NAMES = 1_000
ROOM = 4_000_000  # places of a table of cases and activities that is filled at once


def eventually_follows(events: Events, quantiles: tuple[float, ...]) -> pa.Table:
    """``source, target, cases, share, mean_s, median_s, q95_s``: in most cases first.

    A case counts for a pair when *target* comes at some time after its first *source*; the time is
    from that first source to the first target after it. ``share`` is of the cases with *source*.
    Raises ValueError for more than a thousand activities.
    """
    width = len(events.names)
    if len(events.present) > MOST_NAMES:
        raise ValueError(
            f"A log of more than {MOST_NAMES:,} activities has too many pairs. Filter it first."
        )
    firsts = _firsts(events)
    found = [_after(events, source, at) for source, at in enumerate(firsts) if len(at)]
    nothing = np.zeros(0, dtype=np.int64)
    key = np.concatenate([keys for keys, _took in found] or [nothing])
    took = np.concatenate([times for _keys, times in found] or [nothing])
    pairs, group = np.unique(key, return_inverse=True)
    table = figures(group.reshape(-1), took, len(pairs), quantiles)
    source, target = np.divmod(pairs, max(width, 1))
    cases = table.pop("n").to_numpy()
    having = np.array([len(at) for at in firsts] or [1])
    order = np.lexsort((pairs, -cases))
    names = pa.array(events.names, pa.string())
    whole = pa.table({
        "source": names.take(as_column(source)), "target": names.take(as_column(target)),
        "cases": as_column(cases, pa.int64()), "share": as_column(cases / having[source]), **table,
    })  # fmt: skip
    return whole.take(as_column(order))


def _firsts(events: Events) -> list[Longs]:
    """For each activity its first event in each case that has it."""
    width = max(len(events.names), 1)
    key = events.owner.astype(np.int64) * width + events.activity
    _found, first = np.unique(key, return_index=True)
    of = events.activity[first]
    order = np.argsort(of, kind="stable")
    return np.split(first[order], np.cumsum(np.bincount(of, minlength=width))[:-1])


def _after(events: Events, source: int, first: Longs) -> tuple[Longs, Longs]:
    """The pairs that begin with *source*, one for each case and target, and how long each took."""
    width = len(events.names)
    step = max(ROOM // width, 1)
    keys, took = [], []
    for begin in range(0, len(first), step):
        some = first[begin : begin + step]
        at, row = _behind(events, some)
        place = np.full(len(some) * width, -1, dtype=np.int64)
        # The last one written stays, so that written backwards the first event of each stays.
        place[(row * width + events.activity[at])[::-1]] = at[::-1]
        there = np.flatnonzero(place >= 0)
        keys.append(source * width + there % width)
        took.append(events.time[place[there]] - events.time[some[there // width]])
    return np.concatenate(keys), np.concatenate(took)


def _behind(events: Events, first: Longs) -> tuple[Longs, Longs]:
    """The events behind some of theirs in the same case, and behind which of them each lies."""
    left = events.offsets[1:][events.owner[first]] - first - 1
    row = np.repeat(np.arange(len(first)), left)
    within = np.arange(len(row)) - np.repeat(np.cumsum(left) - left, left)
    return first[row] + 1 + within, row
