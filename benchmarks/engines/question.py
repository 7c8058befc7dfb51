"""The question that every engine answers: what is asked, and what is compared of the answers."""

import json
import sys
from typing import Any

STEPS = ("find out 1", "choose 1", "agree 1", "begin 1", "use 1")
QUANTILES = (0.25, 0.5, 0.95)


def tell(pairs: dict[tuple[str, str], tuple[int, float, float]], variants: dict[str, int],
         durations: list[float], reached: list[int]) -> None:  # fmt: skip
    """Print what all must agree on.

    *pairs* are how often, mean and median in seconds; *variants* cases by path, the most walked
    ones at the least, with ``""`` how many different ones there are.
    """
    rows = sorted(([a, b, *values] for (a, b), values in pairs.items()), key=lambda r: r[:2])
    answer: dict[str, Any] = {
        "pairs": rows, "variants": variants, "durations": durations, "reached": reached,
    }  # fmt: skip
    json.dump(answer, sys.stdout)
