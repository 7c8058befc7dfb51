"""Touchpoint events to actual journeys: the paths people walk, how long, where they stop.

>>> import polku_mining as pm
>>> log = pm.read_log("helpdesk.xes.gz")
>>> log.variants().to_pylist()[0]
>>> log.conformance({"seq": ["Asked", {"opt": "Waited"}, "Answered"]}).fit

Everything is answered from one layout: events sorted by case, time and arrival, with coded
activities. Results are Arrow tables; every number comes with how many cases and which period.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from polku_mining.answers import Answer, Period
    from polku_mining.attributes import Attribute
    from polku_mining.cache.opening import open_log
    from polku_mining.calendars import Calendar
    from polku_mining.design.model import Design, DesignError
    from polku_mining.log import Log, from_arrays
    from polku_mining.merging import merged
    from polku_mining.problems import BadLog, Problem, Problems
    from polku_mining.reading import read_log

__all__ = [
    "Answer",
    "Attribute",
    "BadLog",
    "Calendar",
    "Design",
    "DesignError",
    "Log",
    "Period",
    "Problem",
    "Problems",
    "from_arrays",
    "merged",
    "open_log",
    "read_log",
]

_HOMES = {
    "Answer": "answers", "Attribute": "attributes", "BadLog": "problems", "Calendar": "calendars",
    "Design": "design.model", "DesignError": "design.model", "Log": "log", "Period": "answers",
    "Problem": "problems", "Problems": "problems", "from_arrays": "log", "merged": "merging",
    "open_log": "cache.opening", "read_log": "reading",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load what is asked for, and nothing that the first question does without."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
