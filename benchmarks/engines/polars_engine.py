"""Polars, lazily over Parquet; the number of the row in the file decides among equal times."""

import sys

import polars as pl
from question import QUANTILES, STEPS, tell

log = (
    pl.scan_parquet(sys.argv[1], row_index_name="r")
    .select("case", "r", pl.col("activity").cast(pl.String), t=pl.col("time").dt.epoch("us"))
    .sort("case", "t", "r")
    .collect()
)
same = pl.col("case") == pl.col("case").shift()
follows = (
    log.lazy()
    .with_columns(before=pl.col("activity").shift(), gap=pl.col("t") - pl.col("t").shift())
    .filter(same)
    .group_by("before", "activity")
    .agg(n=pl.len(), mean=pl.col("gap").mean(), median=pl.col("gap").median())
    .collect()
)
pairs = {(a, b): (n, mean / 1e6, median / 1e6) for a, b, n, mean, median in follows.iter_rows()}
cases = log.lazy().group_by("case").agg(
    path=pl.col("activity").str.join(">"), took=pl.col("t").last() - pl.col("t").first()
).collect()  # fmt: skip
counted = cases["path"].value_counts(sort=True)
variants = {"": len(counted)} | dict(counted.head(20).iter_rows())
durations = [cases["took"].quantile(q, "linear") / 1e6 for q in QUANTILES]
numbered = log.lazy().with_row_index("i").select("case", "activity", "i")
at, reached = None, []
for step in STEPS:
    found = numbered.filter(pl.col("activity") == step)
    if at is not None:
        found = found.join(at, on="case").filter(pl.col("i") > pl.col("at"))
    done = found.group_by("case").agg(at=pl.col("i").min()).collect()
    reached.append(len(done))
    at = done.lazy()
tell(pairs, variants, durations, reached)
