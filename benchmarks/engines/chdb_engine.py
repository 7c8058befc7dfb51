"""chDB, by SQL over Parquet; the number of the row in the file decides among equal times."""

import json
import sys
from typing import Any

from chdb.session import Session
from question import QUANTILES, STEPS, tell

chdb = Session()


def ask(sql: str) -> list[list[Any]]:
    """The rows of an answer; whole numbers of 64 bits too as numbers."""
    told = chdb.query(f"{sql} settings output_format_json_quote_64bit_integers = 0", "JSONCompact")
    return json.loads(str(told))["data"]


chdb.query(
    "create table cases (at Array(Int64), does Array(LowCardinality(String))) engine = Memory"
)
chdb.query(
    "insert into cases select arrayMap(x -> x.1, e), arrayMap(x -> x.3, e) from (select "
    "arraySort(x -> (x.1, x.2), groupArray((toUnixTimestamp64Micro(time), _row_number, "
    f"toLowCardinality(assumeNotNull(activity))))) as e from file('{sys.argv[1]}', Parquet) "
    'group by "case")'
)
pairs = {
    (a, b): (n, mean / 1e6, median / 1e6)
    for a, b, n, mean, median in ask(
        "select before, after, count(), sum(gap) / count(), quantileExactInclusive(0.5)(gap) from "
        "(select does[i] as before, does[i + 1] as after, at[i + 1] - at[i] as gap "
        "from cases array join range(1, length(at)) as i) group by before, after"
    )
}
paths = "(select arrayStringConcat(does, '>') as path, count() as n from cases group by path)"
chdb.query(f"create table variants engine = Memory as select * from {paths}")
variants = {"": ask("select count() from variants")[0][0]}
variants |= dict(ask("select path, n from variants order by n desc limit 20"))
levels = ", ".join(map(str, QUANTILES))
durations = ask(f"select quantilesExactInclusive({levels})(at[-1] - at[1]) from cases")[0][0]
places, before = [], "0"
for number, step in enumerate(STEPS):
    after = f"arrayFirstIndex((a, i) -> a = '{step}' and i > {before}, does, arrayEnumerate(does))"
    places.append(f"if(isNull({before}), null, nullIf({after}, 0)) as p{number}")
    before = f"p{number}"
counts = ", ".join(f"count(p{number})" for number in range(len(STEPS)))
reached = ask(f"select {counts} from (select {', '.join(places)} from cases)")[0]
tell(pairs, variants, [d / 1e6 for d in durations], reached)
