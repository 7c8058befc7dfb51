"""DuckDB, by SQL over Parquet; the number of the row in the file decides among equal times."""

import sys

import duckdb
from question import QUANTILES, STEPS, tell

db = duckdb.connect()
db.execute(
    'create view log as select "case" as c, activity as a, epoch_us(time) as t, '
    f"file_row_number as r from read_parquet('{sys.argv[1]}', file_row_number = true)"
)
pairs = {
    (a, b): (n, mean / 1e6, median / 1e6)
    for a, b, n, mean, median in db.execute(
        "with w as (select c, a, t - lag(t) over x as gap, lag(a) over x as before from log "
        "window x as (partition by c order by t, r)) "
        "select before, a, count(*), sum(gap) / count(*), quantile_cont(gap, 0.5) from w "
        "where before is not null group by before, a"
    ).fetchall()
}
db.execute(
    "create temp table v as select path, count(*) as n from (select "
    "string_agg(a, '>' order by t, r) as path from log group by c) group by path"
)
variants = {"": db.execute("select count(*) from v").fetchone()[0]}
variants |= dict(db.execute("select path, n from v order by n desc limit 20").fetchall())
durations = db.execute(
    f"select quantile_cont(d, {list(QUANTILES)}) from "
    "(select max(t) - min(t) as d from log group by c)"
).fetchone()[0]
reached = []
before = "(select distinct c, -9223372036854775807::bigint as t, -1::bigint as r from log)"
for number, step in enumerate(STEPS):
    db.execute(
        f"create temp table reached{number} as select l.c, min_by(l.t, (l.t, l.r)) as t, "
        f"min_by(l.r, (l.t, l.r)) as r from log l join {before} p using (c) "
        "where l.a = ? and (l.t > p.t or (l.t = p.t and l.r > p.r)) group by l.c",
        [step],
    )
    before = f"reached{number}"
    reached.append(db.execute(f"select count(*) from {before}").fetchone()[0])
tell(pairs, variants, [d / 1e6 for d in durations], reached)
