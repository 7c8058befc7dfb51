"""The tutorial's figures are true: each example is run on the real log and compared."""

import doctest
import re
from pathlib import Path
from typing import Any

import pytest

from tests.mining.conftest import DATA

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "mining" / "tutorial.md"
BLOCK = re.compile(r"```pycon\n(.*?)```", re.DOTALL)


def test_every_figure(expected: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DATA)
    blocks = BLOCK.findall(TUTORIAL.read_text("utf-8"))
    assert len(blocks) >= 7
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
    shared: dict[str, Any] = {}
    said: list[str] = []
    for number, block in enumerate(blocks, 1):
        example = parser.get_doctest(block, shared, f"block {number}", str(TUTORIAL), 0)
        runner.run(example, out=said.append, clear_globs=False)
        shared = example.globs
    assert runner.summarize(verbose=False).failed == 0, "".join(said)
