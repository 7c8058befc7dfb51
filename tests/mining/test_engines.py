"""The compiled passes answer to the last digit what numpy answers, on logs of every kind."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import polku_mining as pm
from polku_mining import engine
from polku_mining.fast import ranges
from tests.mining.conftest import of_rows

pytestmark = pytest.mark.skipif(
    not engine.built(), reason="the compiled passes were not built: setup.py build_ext --inplace"
)

NAMES = ["a", "b", "ż", "Ж", "\N{WAVING HAND SIGN}", "a very long name " * 40, "\u0301", "a\u0000"]
DESIGN = {"seq": ["a", {"loop": {"xor": ["b", {"and": ["ż", "Ж"]}]}}, {"opt": "a"}]}


@st.composite
def logs(draw: st.DrawFn) -> pm.Log:
    """Random logs: ties, far times, many names or few, one long case or many short ones."""
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    n = draw(st.sampled_from([0, 1, 2, 30, 300, 3_000]))
    cases = draw(st.sampled_from([1, 2, 7, 1_000]))
    width = draw(st.sampled_from([1, 2, 8, 300, 70_000]))
    span = draw(st.sampled_from([1, 3, 10**6, 10**9, 2**41]))
    names = [NAMES[code] if code < len(NAMES) else f"step {code}" for code in range(width)]
    codes = random.integers(0, width, n)
    return pm.from_arrays(
        pa.array([f"case {c}" for c in random.integers(0, cases, n)], pa.string()),
        pa.array([names[code] for code in codes], pa.string()),
        random.integers(-span, span, n) * draw(st.sampled_from([1, 1_000_000])),
    )


QUESTIONS: list[Callable[[pm.Log], Any]] = [
    lambda log: log.variants(),
    lambda log: log.variants(coded=True),
    lambda log: log.directly_follows([0.95, 0.0, 1.0, 0.333]),
    lambda log: log.counts_and_means(),
    lambda log: log.simplify(0.7),
    lambda log: log.funnel(["a", "b", "a", "ż"]),
    lambda log: log.funnel(["b", "Ж"], window_s=0.5),
    lambda log: log.funnel(["a", "a"], strict=True),
    lambda log: log.funnel(["a", "b"], strict=True, window_s=0),
    lambda log: log.conformance(DESIGN, moves=False),
    lambda log: log.durations([0.1, 0.5]),
]


def same(log: pm.Log) -> None:
    """Every question, asked of both engines."""
    for ask in QUESTIONS:
        with engine.use(engine.NUMPY):
            told = ask(log)
        with engine.use(engine.COMPILED):
            found = ask(log)
        assert found.table.schema == told.table.schema
        assert found.table.equals(told.table), ask
        assert found.facts == told.facts


@settings(max_examples=60, deadline=None)
@given(logs())
def test_both_engines_say_the_same(log: pm.Log) -> None:
    same(log)


@settings(max_examples=30, deadline=None)
@given(logs(), st.integers(2, 5))
def test_threads_change_nothing(log: pm.Log, threads: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranges, "ALONE", -1)
        patch.setattr(ranges, "threads", lambda: threads)
        same(log)


def test_a_case_of_eighty_thousand_events_costs_what_it_costs() -> None:
    log = of_rows([("1", "b", i) for i in range(40_000)]
                  + [("1", "a", 40_000 + i) for i in range(40_000)])  # fmt: skip
    design = {"seq": [{"loop": "a"}, {"loop": "b"}]}
    for name in (engine.NUMPY, engine.COMPILED):
        with engine.use(name):
            assert log.conformance(design, moves=False)["cost"] == [40_001]
    same(log)


@pytest.mark.parametrize("spread", [True, False])
def test_gaps_are_laid_out_in_batches(monkeypatch: pytest.MonkeyPatch, *, spread: bool) -> None:
    from polku_mining.fast import ranks

    monkeypatch.setattr(ranks, "ROOM", 10)
    monkeypatch.setattr(ranks, "DOUBLINGS", 64 if spread else 2**40)
    random = np.random.default_rng(1)
    same(of_rows([(str(c), "abżЖ"[c % 4 if i % 3 else i % 4], int(i * 7 % 1_000))
                  for i, c in enumerate(random.integers(0, 9, 2_000))]))  # fmt: skip


def test_gaps_of_every_size_are_put_in_order() -> None:
    random = np.random.default_rng(2)
    far = 2 ** random.uniform(0, 56, 4_000)  # from a microsecond to two thousand years
    near = np.repeat(2 ** np.arange(56), 40) + np.tile([-1, 0, 0, 1], 560)
    for gaps in (far.astype(np.int64), near, np.zeros(4_000, np.int64)):
        cases = np.repeat(np.arange(len(gaps)), 2)
        same(pm.from_arrays(
            pa.array(cases.astype(str)), pa.array(np.where(cases % 3, "a", "b")),
            np.stack([-gaps, np.zeros_like(gaps)], axis=1).ravel(),
        ))  # fmt: skip


def test_sums_that_would_not_fit_and_cases_that_run_back_are_left_to_numpy() -> None:
    from polku_mining.fast import follows

    kernel = engine.compiled()
    long = of_rows([("1", "a", 0), ("1", "b", 60), ("2", "a", 0), ("2", "b", 7)])
    assert follows.follows(kernel, long.events, (0.5,)) is not None
    spilling = replace(long.events, time=np.array([-(2**61), 2**61, -(2**61), 2**61]))
    back = replace(long.events, time=np.array([5, 3, 0, 9]))
    assert follows.follows(kernel, spilling, (), with_cases=False) is None
    for events in (spilling, back):
        assert follows.follows(kernel, events, (0.5,)) is None
        same(pm.Log(events))


def test_an_engine_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="numpy or compiled"), engine.use("rust"):
        pass
    monkeypatch.setenv(engine.VARIABLE, engine.NUMPY)
    assert engine.name() == engine.NUMPY
    assert engine.compiled() is None
