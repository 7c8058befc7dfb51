"""polku_mining: from Parquet, or through its cache (the third word is ``cache``)."""

import sys

from question import QUANTILES, STEPS, tell

import polku_mining as pm

COLUMNS = {"case": "case", "activity": "activity", "time": "time"}
opened = pm.open_log if sys.argv[2:] == ["cache"] else pm.read_log
log = opened(sys.argv[1], **COLUMNS)
follows = log.directly_follows().table.to_pydict()
pairs = {
    (a, b): (n, mean, median)
    for a, b, n, mean, median in zip(
        follows["source"], follows["target"], follows["n"], follows["mean_s"],
        follows["median_s"], strict=True,
    )
}  # fmt: skip
variants = log.variants(coded=True).table
top = variants.slice(0, 20).to_pylist()
tell(
    pairs, {"": variants.num_rows} | {">".join(row["path"]): row["cases"] for row in top},
    log.durations(QUANTILES)["seconds"], log.funnel(STEPS)["reached"],
)  # fmt: skip
