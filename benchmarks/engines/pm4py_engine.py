"""pm4py over a pandas frame; the funnel, which it has not, in pandas."""

import sys

import pandas as pd
import pm4py
from question import QUANTILES, STEPS, tell

frame = pd.read_parquet(sys.argv[1])
frame["case"] = frame["case"].astype(str)
frame["activity"] = frame["activity"].astype(str)
frame = frame.sort_values(["case", "time"], kind="stable")
frame = pm4py.format_dataframe(frame, case_id="case", activity_key="activity", timestamp_key="time")
counts, _starts, _ends = pm4py.discover_dfg(frame)
speeds, _starts, _ends = pm4py.discover_performance_dfg(frame)
pairs = {
    pair: (int(n), float(speeds[pair]["mean"]), float(speeds[pair]["median"]))
    for pair, n in counts.items()
}
found = pm4py.get_variants(frame)
sizes = {path: value if isinstance(value, int) else len(value) for path, value in found.items()}
top = sorted(sizes, key=lambda path: -sizes[path])[:20]
variants = {"": len(sizes)} | {">".join(path): sizes[path] for path in top}
durations = pd.Series(pm4py.get_all_case_durations(frame)).quantile(list(QUANTILES)).tolist()
cases, activities = frame["case:concept:name"], frame["concept:name"]
places = pd.Series(range(len(frame)), index=frame.index)
at, reached = None, []
for step in STEPS:
    here = activities == step
    if at is not None:
        here &= places > cases.map(at).fillna(len(frame))
    at = places[here].groupby(cases[here]).min()
    reached.append(len(at))
tell(pairs, variants, durations, reached)
