"""A log that lies on Spark: sorted by case, time and arrival once, asked in passes that add up."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from polku_mining.analyses import funnels
from polku_mining.analyses.conformance import fit_of
from polku_mining.analyses.gaps import quantiles_of
from polku_mining.analyses.paths import throughput
from polku_mining.answers import Answer, Period, moment
from polku_mining.events import Events, Longs
from polku_mining.log import QUANTILES, window_of
from polku_mining.problems import BadLog, Problems
from polku_mining.reading import columns
from polku_mining.sentences import Sentence
from polku_mining.spark import answering
from polku_mining.spark.partials import (
    MEASURES,
    Tally,
    What,
    batches_of,
    keyed,
    pair_gaps,
    tally,
    wanted_values,
)
from polku_mining.spark.preparing import DDL, PHASE, Prepare, problems_of
from polku_mining.spark.quantiles import Ranks, by_bucket
from polku_mining.spark.runs import events_of, whole_runs
from polku_mining.spark.starting import said_of, spark_errors
from polku_mining.spark.variants import PATHS_DDL, WALKS_DDL, paths_of, walks_of

COUNTS_DDL = "what long, a long, b long, n long"
GAPS, TOOK, WAITS = range(3)  # measures

type Counts = dict[What, dict[int, int]]
type Pass = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]


@dataclass(frozen=True)
class SparkLog:
    """The questions of :class:`polku_mining.Log` that Spark answers, with the same answers.

    ``rows`` is a frame of ``case, activity, time, row``, whole cases together and sorted;
    ``names`` are the activities by code, in the order of first arrival.
    """

    rows: Any
    names: tuple[str, ...]
    problems: Problems

    def close(self) -> None:
        """Let go of what Spark keeps of this log."""
        self.rows.unpersist()

    def _run(self, work: Pass) -> Counts:
        """A pass over whole cases whose counts add up."""
        found: Counts = defaultdict(lambda: defaultdict(int))
        frame = self.rows.mapInArrow(work, COUNTS_DDL).groupBy("what", "a", "b").sum("n")
        for what, a, b, n in frame.collect():
            kind = What(what)
            by_b = kind in {What.FIRST, What.LAST, What.DUPLICATE_ROW}
            found[kind][b if by_b else a] += n
        return found

    @cached_property
    def counts(self) -> Counts:
        """Everything that the first pass counts."""
        return self._run(partial(_tally, names=self.names))

    @property
    def n_events(self) -> int:
        """How many events take part."""
        return self.counts[What.EVENTS][0]

    @property
    def n_cases(self) -> int:
        """How many cases."""
        return self.counts[What.CASES][0]

    @property
    def n_activities(self) -> int:
        """How many different activities occur."""
        return len(self.names)

    @property
    def activities(self) -> list[str]:
        """Their names, in the order in which they first arrived."""
        return list(self.names)

    @property
    def n_ties(self) -> int:
        """Neighbours inside a case at the very same time."""
        return self.counts[What.TIES][0]

    @property
    def period(self) -> Period:
        """From the first to the last event."""
        first, last = self.counts[What.FIRST], self.counts[What.LAST]
        return Period(moment(min(first)), moment(max(last))) if first else Period(None, None)

    def _answer(self, table: pa.Table, **facts: Any) -> Answer:
        return Answer(table, self.n_cases, self.period, **facts)

    def _ranks(
        self, histogram: Mapping[int, int], quantiles: Sequence[float], measure: int, **more: Any
    ) -> dict[int, list[float]]:
        """The quantiles of every group, from a second pass over the values beside the ranks."""
        if not histogram or not quantiles:
            return defaultdict(list)
        ranks = Ranks(histogram, quantiles)
        work = partial(_values, names=self.names, wanted=ranks.wanted(), measure=measure, **more)
        frame = self.rows.mapInArrow(work, COUNTS_DDL).groupBy("a", "b").sum("n")
        rows = [(a // MEASURES, b, n) for a, b, n in frame.collect()]
        values = by_bucket(rows)
        return {group: ranks.marks(group, values) for group in ranks.groups}

    def directly_follows(self, quantiles: Sequence[float] = (0.95,)) -> Answer:
        """See :meth:`polku_mining.Log.directly_follows`."""
        asked = quantiles_of(quantiles)
        marks = self._ranks(self.counts[What.GAPS], (0.5, *asked), GAPS)
        return self._answer(answering.directly_follows(self.counts, self.names, marks, asked))

    def durations(self, quantiles: Sequence[float] = QUANTILES) -> Answer:
        """See :meth:`polku_mining.Log.durations`."""
        asked = quantiles_of(quantiles)
        marks = self._ranks(self.counts[What.TOOK], asked, TOOK)
        found = marks[0] if self.n_cases else []
        kept = asked if found else ()
        return self._answer(pa.table({
            "q": pa.array(kept, pa.float64()), "seconds": pa.array(found, pa.float64()),
        }))  # fmt: skip

    def starts(self) -> Answer:
        """See :meth:`polku_mining.Log.starts`."""
        return self._answer(answering.cases_by(self.counts[What.STARTS], self.names))

    def ends(self) -> Answer:
        """See :meth:`polku_mining.Log.ends`."""
        return self._answer(answering.cases_by(self.counts[What.ENDS], self.names))

    def rework(self) -> Answer:
        """See :meth:`polku_mining.Log.rework`."""
        table = answering.rework(self.counts, self.names)
        return self._answer(table, cases_with_rework=self.counts[What.AGAIN_ANY][0])

    def funnel(
        self, steps: Sequence[str], *, window_s: float | None = None, strict: bool = False
    ) -> Answer:
        """See :meth:`polku_mining.Log.funnel`."""
        window = window_of(window_s)
        asked: dict[str, Any] = {"steps": list(steps), "window": window, "strict": strict}
        counts = self._run(partial(_funnel, names=self.names, **asked))
        marks = self._ranks(counts[What.WAITS], (0.5,), WAITS, **asked)
        reached = [counts[What.REACHED][step] for step in range(len(steps))]
        return self._answer(answering.funnel(list(steps), reached, marks, self.n_cases))

    @cached_property
    def _paths(self) -> list[tuple[bytes, int, float]]:
        """Distinct paths with their cases and median microseconds, most walked first."""
        walks = self.rows.mapInArrow(partial(walks_of, names=self.names), WALKS_DDL)
        shuffled = walks.repartition("path").sortWithinPartitions("path", "took")
        found = shuffled.mapInArrow(paths_of, PATHS_DDL).collect()
        found.sort(key=lambda row: (-row["cases"], row["first"]))
        return [(bytes(row["path"]), row["cases"], row["median"]) for row in found]

    def variants(self) -> Answer:
        """See :meth:`polku_mining.Log.variants`."""
        return self._answer(answering.variants(self._paths, self.names, self.n_cases))

    def conformance(self, design: Any, *, moves: bool | int = True) -> Answer:
        """See :meth:`polku_mining.Log.conformance`; each path is judged once, here."""
        cases = np.array([n for _path, n, _median in self._paths], dtype=np.int64)
        one_each = answering.one_case_a_path(self._paths, self.names)
        table = one_each.conformance(design, moves=moves).table
        table = table.set_column(1, "cases", pa.array(cases))
        return self._answer(table, fit=fit_of(cases, table.column("cost").to_numpy()))


def _chunks(
    batches: Iterable[pa.RecordBatch], names: tuple[str, ...]
) -> Iterator[tuple[Events, Longs]]:
    for table in whole_runs(batches, "case"):
        yield events_of(table, names), table.column("row").to_numpy()


def _tally(batches: Iterable[pa.RecordBatch], names: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
    yield from batches_of(tally(_chunks(batches, names)))


def _values(
    batches: Iterable[pa.RecordBatch], names: tuple[str, ...], wanted: Longs, measure: int,
    **asked: Any,
) -> Iterator[pa.RecordBatch]:  # fmt: skip
    found = Tally()
    for events, _rows in _chunks(batches, names):
        for groups, values in _measured(events, measure, asked):
            wanted_values(groups, values, wanted, found, measure)
    yield from batches_of(found)


def _measured(
    events: Events, measure: int, asked: Mapping[str, Any]
) -> Iterator[tuple[Longs, Longs]]:
    """The values of a measure with their groups."""
    if measure == GAPS:
        yield pair_gaps(events)
    elif measure == TOOK:
        took = throughput(events)
        yield np.zeros(len(took), dtype=np.int64), took
    else:
        for step, waits in _waits(events, **asked):
            yield np.full(len(waits), step, dtype=np.int64), waits


def _waits(
    events: Events, steps: list[str], window: int | None, *, strict: bool
) -> Iterator[tuple[int, Longs]]:
    at = funnels.reached_events(events, steps, window, strict=strict)
    for step, (row, after) in enumerate(pairwise(at)):
        on = after >= 0
        yield step, events.time[after[on]] - events.time[row[on]]


def _funnel(
    batches: Iterable[pa.RecordBatch], names: tuple[str, ...], steps: list[str],
    window: int | None, *, strict: bool,
) -> Iterator[pa.RecordBatch]:  # fmt: skip
    found = Tally()
    for events, _rows in _chunks(batches, names):
        at = funnels.reached_events(events, steps, window, strict=strict)
        for step, row in enumerate(at):
            found.add(What.REACHED, step, int(np.count_nonzero(row >= 0)))
        for step, waits in _waits(events, steps, window, strict=strict):
            keys, n = np.unique(keyed(step, waits), return_counts=True)
            found.add(What.WAITS, keys, n)
    yield from batches_of(found)


def read_log(
    spark: Any, source: Any, *, case: str | None = None, activity: str | None = None,
    time: str | None = None, zone: str | None = None, arrival: str | None = None,
    partitions: int | None = None,
) -> SparkLog:  # fmt: skip
    """A log from Parquet files (the path of one or of a folder), or from a frame of Spark.

    Columns that are not named are guessed as the local engine does. *arrival* names the column
    that numbers the events in their order of arrival; files number their rows themselves, a frame
    must have it. *zone* is that of times that name none. *partitions* is into how many parts
    cases are dealt, two for each core when nobody says. Raises :class:`BadLog`.
    """
    frame = _opened(spark, source)
    named, guesses = {"case": case, "activity": activity, "time": time}, Problems()
    wanted = {
        what: columns.chosen(frame.columns, what, name, guesses) for what, name in named.items()
    }
    phased = activity is None and columns.PHASE in frame.columns
    taken = wanted | ({PHASE: columns.PHASE} if phased else {})
    numbered, files = _numbered(frame, taken, arrival, of_files=frame is not source)
    prepared = numbered.mapInArrow(Prepare(zone, files), DDL).persist()
    try:
        log = _sorted(
            prepared, partitions or 2 * spark.sparkContext.defaultParallelism, phased=phased
        )
        log.problems.guessed = guesses.guessed
        return log
    finally:
        prepared.unpersist()


def _opened(spark: Any, source: Any) -> Any:
    if not isinstance(source, str | Path):
        return source
    try:
        return spark.read.parquet(str(source))
    except spark_errors() as error:
        raise BadLog(Sentence(
            "Spark cannot read {path} as Parquet: {error}", path=source, error=said_of(error)
        )) from error  # fmt: skip


def _numbered(
    frame: Any, taken: dict[str, str], arrival: str | None, *, of_files: bool
) -> tuple[Any, tuple[str, ...]]:
    """The columns that are taken, ``row`` and, of files, the ``file`` of each; and all files."""
    from pyspark.sql import functions as sf

    chosen = [sf.col(f"`{name}`").alias(what) for what, name in taken.items()]
    if arrival is not None:
        return frame.select(*chosen, sf.col(f"`{arrival}`").cast("long").alias("row")), ()
    if not of_files:
        raise BadLog(Sentence(
            "Name the column that numbers the events in the order in which they arrived: a frame "
            "of Spark has no order of its own."
        ))  # fmt: skip
    row, file = sf.col("_metadata.row_index"), sf.col("_metadata.file_path")
    files = tuple(sorted(found[0] for found in frame.select(file).distinct().collect()))
    return frame.select(*chosen, row.alias("row"), file.alias("file")), files


def _with_phases(good: Any) -> tuple[Any, list[str]]:
    """Activity and phase in one where rows tell several, and what is said of that."""
    from pyspark.sql import functions as sf

    phase, activity = sf.col("value"), sf.col("activity")
    if good.where(phase.isNotNull()).select(phase).distinct().limit(2).count() < 2:
        return good, []
    joined = sf.when(phase.isNull(), activity).otherwise(sf.concat_ws("+", activity, phase))
    return good.withColumn("activity", joined), [columns.PHASES]


def _sorted(prepared: Any, partitions: int, *, phased: bool) -> SparkLog:
    """Whole cases together, each sorted by time and arrival; activities by first arrival."""
    from pyspark.sql import functions as sf

    good = prepared.where("reason is null")
    good, said = _with_phases(good) if phased else (good, [])
    good = good.select("case", "activity", "time", "row")
    first = good.groupBy("activity").agg(sf.min("row").alias("first")).collect()
    names = tuple(row["activity"] for row in sorted(first, key=lambda row: row["first"]))
    told = prepared.where("reason is not null").select("row", "reason", "value", "n").collect()
    total = good.count()
    rows = (
        good.repartition(partitions, "case").sortWithinPartitions("case", "time", "row").persist()
    )
    log = SparkLog(rows, names, problems_of(told, total))
    log.problems.remarks += said
    again = log.counts[What.DUPLICATES][0]
    left_out = sum(log.problems.counts.values())
    log.problems.rows = total + left_out
    _tell_duplicates(log.problems, sorted(log.counts[What.DUPLICATE_ROW]), again)
    return log


def _tell_duplicates(problems: Problems, rows: list[int], n: int) -> None:
    from polku_mining.spark.preparing import LINE

    for row in rows:
        problems.add((row & LINE) + 1, "duplicate")
    if n:
        problems.counts["duplicate"] = n
