"""Optimal costs: equal to a search that knows nothing of markings; moves sum up and replay."""

import heapq
from itertools import count
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import polku_mining as pm
from polku_mining.design.aligning import Alignment
from polku_mining.design.moves import moves_of
from tests.mining.conftest import log_of

pytestmark = pytest.mark.usefixtures("each_engine")

LETTERS = st.sampled_from("abcd")


def designs(depth: int = 2) -> st.SearchStrategy[Any]:
    """Small designed journeys."""
    if not depth:
        return LETTERS
    inner = designs(depth - 1)
    parts = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        LETTERS,
        st.builds(lambda p: {"seq": p}, parts),
        st.builds(lambda p: {"xor": p}, parts),
        st.builds(lambda p: {"and": p[:2]}, parts),
        st.builds(lambda p: {"opt": p}, inner),
        st.builds(lambda p: {"loop": p}, inner),
    )


def language(data: Any, longest: int) -> set[str]:
    """Every word of a design up to a length, from the meaning of its parts alone."""
    if isinstance(data, str):
        return {data} if longest else set()
    ((word, inner),) = data.items()
    if word == "xor":
        return set().union(*(language(part, longest) for part in inner))
    if word == "opt":
        return {""} | language(inner, longest)
    if word == "loop":
        once = language(inner, longest)
        found = set(once)
        while more := {a + b for a in found for b in once if len(a + b) <= longest} - found:
            found |= more
        return found
    words = {""}
    for part in inner:
        tails = language(part, longest)
        join = _mixed if word == "and" else _joined
        words = {w for a in words for b in tails for w in join(a, b) if len(w) <= longest}
    return words


def _joined(a: str, b: str) -> set[str]:
    return {a + b}


def _mixed(a: str, b: str) -> set[str]:
    if not a or not b:
        return {a + b}
    return {a[0] + w for w in _mixed(a[1:], b)} | {b[0] + w for w in _mixed(a, b[1:])}


def edit(path: str, word: str) -> int:
    """Steps to add and to skip until both are equal: 1 each, nothing is changed in place."""
    row = list(range(len(word) + 1))
    for i, a in enumerate(path, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(word, 1):
            best = before if a == b else min(row[j], row[j - 1]) + 1
            before, row[j] = row[j], best
    return row[-1]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(designs(), st.text("abcd", max_size=5))
def test_the_cost_is_that_of_the_nearest_word(design: Any, path: str) -> None:
    words = language(design, len(path) + 6)
    nearest = min((edit(path, word) for word in words), default=None)
    if nearest is None or nearest > 6:
        return  # a nearer word could be longer than those looked at
    log = log_of(path or "z")
    found = log.conformance(design).to_pylist()[0]
    if path:
        assert found["cost"] == nearest
        _holds(found)


def _holds(row: dict[str, Any]) -> None:
    assert sum(move["kind"] != "walked" for move in row["moves"]) == row["cost"]
    assert [m["activity"] for m in row["moves"] if m["kind"] != "skipped"] == row["path"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(designs(), st.data())
def test_what_was_designed_costs_nothing(design: Any, data: st.DataObject) -> None:
    words = sorted(word for word in language(design, 6) if word)
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    answer = log_of(word).conformance(design)
    assert answer["cost"] == [0]
    assert answer.fit == 1


@settings(max_examples=60, deadline=None)
@given(designs(), st.text("abcd", min_size=1, max_size=4))
def test_the_cost_is_that_of_a_search_over_the_net(design: Any, path: str) -> None:
    """An independent shortest path over (position, marking), one move at a time."""
    net = pm.Design.read(design)
    best: dict[tuple[int, int], int] = {}
    ticket = count()
    queue = [(0, next(ticket), (0, 0))]
    while queue:
        cost, _n, at = heapq.heappop(queue)
        if at in best:
            continue
        best[at] = cost
        position, marking = at
        moves = [(1, (position + 1, marking))] if position < len(path) else []
        for arc in net.outgoing[marking]:
            moves.append((arc.cost, (position, arc.target)))
            label = net.steps[arc.step].label
            if position < len(path) and label == path[position]:
                moves.append((0, (position + 1, arc.target)))
        for more, target in moves:
            heapq.heappush(queue, (cost + more, next(ticket), target))
    assert log_of(path).conformance(net)["cost"] == [best[len(path), net.final]]


def test_moves_say_what_was_done_otherwise_and_where() -> None:
    design = {"seq": ["a", {"opt": "b"}, "c", "d"]}
    rows = log_of("acxd", "acca", "dac", "acd").conformance(design)
    kinds = [[(m["kind"], m["activity"]) for m in row["moves"] if m["kind"] != "walked"]
             for row in rows.to_pylist()]  # fmt: skip
    assert kinds[0] == [("added", "x")]
    assert sorted(kinds[1]) == [("repeated", "a"), ("repeated", "c"), ("skipped", "d")]
    assert sorted(kinds[2]) == [("out_of_order", "d"), ("skipped", "d")]
    assert kinds[3] == []
    skipped = next(m for m in rows.to_pylist()[2]["moves"] if m["kind"] == "skipped")
    assert (skipped["place"], skipped["position"]) == ("seq[3]", 3)
    assert rows.fit == 0.25


def test_many_paths_at_once_cost_what_they_cost_alone() -> None:
    random = np.random.default_rng(7)
    design = pm.Design.read({"seq": ["a", {"and": ["b", {"loop": "c"}]}, {"opt": "d"}]})
    words = ["".join(random.choice(list("abcd"), n)) for n in random.integers(1, 9, 300)]
    log = log_of(*words)
    alone = {w: log_of(w).conformance(design, moves=False)["cost"][0] for w in set(words)}
    answer = log.conformance(design, moves=False)
    for path, cost, moves in zip(answer["path"], answer["cost"], answer["moves"], strict=True):
        assert cost == alone["".join(path)]
        assert moves is None
    alignment = Alignment(design, log.events.names)
    for path, cost in zip(answer["path"][:50], answer["cost"], strict=False):
        codes = np.array([log.events.names.index(name) for name in path])
        assert sum(move.cost for move in moves_of(alignment, codes)) == cost


def test_moves_of_the_most_walked_alone() -> None:
    log = log_of("ab", "ab", "b", "a")
    some, none = (log.conformance("a", moves=n)["moves"] for n in (1, False))
    assert [moves is not None for moves in some] == [True, False, False]
    assert none == [None] * 3


@pytest.mark.parametrize(
    ("design", "words"),
    [({"maybe": "a"}, "none of seq"), ({"seq": []}, "one part or more"), ({"seq": "a"}, "a list"),
     ({"seq": ["a", " "]}, r"seq\[1\] is a step without a name"), (5, "must be a step"),
     ({"seq": ["a"], "xor": ["b"]}, "must be a step"), ('{"seq": [', "no JSON"),
     ("missing.json", "cannot be read")],
)  # fmt: skip
def test_a_design_that_cannot_be_read_says_where(design: Any, words: str) -> None:
    with pytest.raises(pm.DesignError, match=words):
        pm.Design.read(design)


def test_a_design_too_wide_names_the_part() -> None:
    wide = {"seq": ["a", {"and": [{"seq": list("abcdefg")} for _ in range(6)]}]}
    with pytest.raises(pm.DesignError, match=r"4,000 states, since seq\[1\] lets about"):
        pm.Design.read(wide)
    nested: Any = "a"
    for _ in range(200):
        nested = {"opt": nested}
    with pytest.raises(pm.DesignError, match="nested more than"):
        pm.Design.read(nested)


def test_a_design_from_a_file(tmp_path: Any) -> None:
    path = tmp_path / "journey.json"
    for begin in ("", "\ufeff", "\n "):
        path.write_text(begin + '{"seq": ["a", "b"]}', "utf-8")
        assert pm.Design.read(path).labels == ["a", "b"]
    assert log_of("ab").conformance(str(path)).fit == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xff\xfe{", "cannot be read"), (b"", "no JSON"), (b"a, b", "no JSON"),
     (b'["a", "b"]', "must be a step"), (b"[" * 100_000, "nested more than"),
     (b'{"seq": ' * 100_000, "nested more than")],
)  # fmt: skip
def test_a_file_that_is_no_design_is_refused(tmp_path: Any, content: bytes, words: str) -> None:
    path = tmp_path / "journey.txt"
    path.write_bytes(content)
    with pytest.raises(pm.DesignError, match=words):
        pm.Design.read(path)
