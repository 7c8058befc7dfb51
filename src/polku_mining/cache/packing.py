"""A log as sections of a cache, and back."""

from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa

from polku_mining.analyses.paths import Paths, paths_of
from polku_mining.attributes import Attribute
from polku_mining.cache.sections import Opened
from polku_mining.events import Events
from polku_mining.log import Log
from polku_mining.problems import Problem, Problems
from polku_mining.sentences import Sentence


def packed(log: Log) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The facts and sections of a log; the variant of each case is worked out here, once."""
    events = log.events
    paths = paths_of(events)
    sections = {
        "activity": events.activity, "time": events.time, "offsets": events.offsets,
        "path_of_case": paths.of_case, "path_first": paths.first, "path_cases": paths.cases,
        "names": _arrow(pa.array(events.names, pa.string())), "cases": _arrow(events.cases),
    }  # fmt: skip
    for number, attribute in enumerate(log.attributes.values()):
        sections[f"attribute {number} codes"] = attribute.codes
        sections[f"attribute {number} values"] = _arrow(attribute.values)
    return {"problems": _told(log.problems), "attributes": list(log.attributes)}, sections


def unpacked(opened: Opened) -> Log:
    """The log of a cache; its columns stay on disk until they are looked at."""
    s = opened.sections
    paths = Paths(s["path_of_case"], s["path_first"], s["path_cases"])
    names = tuple(_from_arrow(s["names"]).to_pylist())
    events = Events(s["activity"], s["time"], s["offsets"], names, _from_arrow(s["cases"]), paths)
    attributes = {
        name: Attribute(s[f"attribute {n} codes"], _from_arrow(s[f"attribute {n} values"]))
        for n, name in enumerate(opened.facts["attributes"])
    }
    return Log(events, _problems(opened.facts["problems"]), attributes)


def _arrow(column: pa.Array) -> np.ndarray:
    sink = pa.BufferOutputStream()
    batch = pa.record_batch([column], names=["values"])
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return np.frombuffer(sink.getvalue(), np.uint8)


def _from_arrow(section: np.ndarray) -> pa.Array:
    batch = pa.ipc.open_stream(pa.py_buffer(section)).read_next_batch()
    return batch.column(0)


def _told(problems: Problems) -> dict[str, Any]:
    return {
        "rows": problems.rows, "counts": dict(problems.counts), "guessed": problems.guessed,
        "personal": problems.personal, "remarks": [_plain(text) for text in problems.remarks],
        "examples": [[p.line, p.reason, p.value, p.part] for p in problems.examples],
    }  # fmt: skip


def _plain(text: str) -> list[Any]:
    """A remark with what was filled in, so that it can still be told in another language."""
    return [text.pattern, text.facts] if isinstance(text, Sentence) else [str(text), None]


def _problems(told: dict[str, Any]) -> Problems:
    return Problems(
        told["rows"], Counter(told["counts"]), [Problem(*row) for row in told["examples"]],
        [text if facts is None else Sentence(text, **facts) for text, facts in told["remarks"]],
        told["guessed"], told["personal"],
    )  # fmt: skip
