"""pm4py's optimal alignments of some paths: reads ``{design, paths}``, tells costs and seconds."""

import json
import sys
import time
from typing import Any

import pandas as pd
import pm4py
from pm4py.objects.process_tree.obj import Operator, ProcessTree

UNIT = 10_000  # what one move costs there
OPERATORS = {"seq": Operator.SEQUENCE, "xor": Operator.XOR, "and": Operator.PARALLEL}


def tree(data: Any, parent: ProcessTree | None = None) -> ProcessTree:
    """The same design in its words: opt is a choice of nothing, loop redoes nothing."""
    if data is None or isinstance(data, str):
        return ProcessTree(label=data, parent=parent)
    ((word, inner),) = data.items()
    parts = {"opt": [inner, None], "loop": [inner, None]}.get(word, inner)
    operator = {"opt": Operator.XOR, "loop": Operator.LOOP}.get(word) or OPERATORS[word]
    node = ProcessTree(operator=operator, parent=parent)
    node.children = [tree(part, node) for part in parts]
    return node


asked = json.load(sys.stdin)
net, initial, final = pm4py.convert_to_petri_net(tree(asked["design"]))
rows = [
    {"case:concept:name": f"{case:06}", "concept:name": name,
     "time:timestamp": pd.Timestamp("2026-01-01", tz="UTC") + pd.Timedelta(seconds=second)}
    for case, path in enumerate(asked["paths"]) for second, name in enumerate(path)
]  # fmt: skip
frame = pd.DataFrame(rows)
begun = time.perf_counter()
found = pm4py.conformance_diagnostics_alignments(frame, net, initial, final, multi_processing=False)
took = time.perf_counter() - begun
json.dump({"seconds": took, "costs": [int(one["cost"]) // UNIT for one in found]}, sys.stdout)
