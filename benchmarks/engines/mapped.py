"""All four analyses from a cache file alone."""

import json
import sys
import time
from pathlib import Path

from question import QUANTILES, STEPS

from polku_mining.cache import packing, sections

opened = sections.read(Path(sys.argv[1]))
if opened is None:
    sys.exit("no whole cache")
log = packing.unpacked(opened)
begun = time.perf_counter()
log.counts_and_means()
one_pass = time.perf_counter() - begun
answers = [len(log.directly_follows()), len(log.variants(coded=True)),
           len(log.durations(QUANTILES)), log.funnel(STEPS)["reached"]]  # fmt: skip
json.dump({"events": log.n_events, "one_pass": one_pass, "answers": answers}, sys.stdout)
