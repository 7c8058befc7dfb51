"""A log and what arrived after it become one: only the cases that got something new are sorted."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pyarrow as pa

from polku_mining.arrow import as_column
from polku_mining.events import Codes, Events, Flags, Longs, small, starts
from polku_mining.log import Log
from polku_mining.problems import KEPT, Problem, Problems

AGAIN = "duplicate"


def merged(log: Log, more: Log) -> Log:
    """The log of both, as if all of *more* had arrived after *log*.

    An event of *more* that equals one of *log* is told as a duplicate; it has no line of its own
    any more, and is counted without an example.
    """
    place, cases = _places(log.events.cases, more.events.cases)
    events, again = _together(log.events, more.events, place, cases)
    problems = _joined(log.problems, more.problems)
    if again:
        problems.counts[AGAIN] += again
    known = {
        name: attribute.joined(more.attributes[name], place, len(cases))
        for name, attribute in log.attributes.items()
    }
    return replace(log, events=events, problems=problems, attributes=known)


def _places(cases: pa.Array, more: pa.Array) -> tuple[Longs, pa.Array]:
    """The number of each case of *more*, and all cases; new ones come behind."""
    import pyarrow.compute as pc

    more = more.cast(cases.type)
    found = pc.index_in(more, value_set=cases)
    place = found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    new = np.flatnonzero(place < 0)
    place[new] = len(cases) + np.arange(len(new))
    return place, pa.concat_arrays([cases, more.take(as_column(new))])


def _names(old: tuple[str, ...], more: tuple[str, ...]) -> tuple[tuple[str, ...], Longs]:
    known = {name: code for code, name in enumerate(old)}
    codes = [known.setdefault(name, len(known)) for name in more]
    return tuple(known), np.array(codes, dtype=np.int64)


def _together(old: Events, more: Events, place: Longs, cases: pa.Array) -> tuple[Events, int]:
    """All events, each case's new ones behind its old ones, and then in the order of time."""
    names, code = _names(old.names, more.names)
    lengths = np.zeros(len(cases), dtype=np.int64)
    lengths[: old.n_cases] = old.lengths
    before = lengths[place]
    lengths[place] += more.lengths
    offsets = starts(lengths)
    activity = np.empty(int(offsets[-1]), dtype=small(np.zeros(0, np.int64), len(names)).dtype)
    time = np.empty(len(activity), dtype=np.int64)
    here = _moved(old, offsets[: old.n_cases])
    there = _moved(more, offsets[place] + before)
    activity[here], time[here] = old.activity, old.time
    activity[there], time[there] = code[more.activity], more.time
    touched = np.zeros(len(cases), dtype=np.bool_)
    touched[place] = True
    new = np.zeros(len(activity), dtype=np.bool_)
    new[there] = True
    _sort(activity, time, new, offsets, touched)
    return Events(activity, time, offsets, names, cases), _again(activity, time, new, offsets)


def _moved(events: Events, begin: Longs) -> Longs:
    """Where the events of each case go when its first one goes to *begin*."""
    shift = np.repeat(begin - events.offsets[:-1], events.lengths)
    return np.arange(events.n_events, dtype=np.int64) + shift


def _sort(activity: Codes, time: Longs, new: Flags, offsets: Longs, touched: Flags) -> None:
    """Put the events of touched cases in order, in place; the older of equal times stay first."""
    at = np.flatnonzero(np.repeat(touched, np.diff(offsets)))
    owner = np.repeat(np.flatnonzero(touched), np.diff(offsets)[touched])
    order = at[np.lexsort((time[at], owner))]
    for column in (activity, time, new):
        column[at] = column[order]


def _again(activity: Codes, time: Longs, new: Flags, offsets: Longs) -> int:
    """How many new events equal one that was there: same case, time and activity.

    Those that equal another new one were told when they were read.
    """
    owner = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    at = np.flatnonzero(_beside_a_tie(time, owner))
    groups = np.lexsort((new[at], activity[at], time[at], owner[at]))
    at = at[groups]
    first = np.ones(len(at), dtype=np.bool_)
    for column in (owner, time, activity):
        first[1:] &= column[at[1:]] == column[at[:-1]]
    first[1:] = ~first[1:]
    run = np.cumsum(first) - 1
    begins_old = ~new[at[first]] if len(at) else np.zeros(0, np.bool_)
    # Of a run that begins with an old event, the first new one was not told yet.
    fresh = np.unique(run[new[at]])
    return int(np.count_nonzero(begins_old[fresh]))


def _beside_a_tie(time: Longs, owner: Longs) -> Flags:
    same = (time[1:] == time[:-1]) & (owner[1:] == owner[:-1])
    found = np.zeros(len(time), dtype=np.bool_)
    found[1:] |= same
    found[:-1] |= same
    return found


def _joined(told: Problems, more: Problems) -> Problems:
    """What both say; the first hundred examples of each reason stay."""
    kept: list[Problem] = []
    seen: Counter[str] = Counter()
    for problem in [*told.examples, *more.examples]:
        seen[problem.reason] += 1
        if seen[problem.reason] <= KEPT:
            kept.append(problem)
    return replace(
        told, rows=told.rows + more.rows, counts=told.counts + more.counts, examples=kept,
        remarks=list(dict.fromkeys([*told.remarks, *more.remarks])),
        guessed=told.guessed | more.guessed,
        personal=list(dict.fromkeys([*told.personal, *more.personal])),
    )  # fmt: skip
