"""Every sentence that mining shows stands in the catalogue's list, and nothing else does."""

import ast
from collections.abc import Iterator
from pathlib import Path

import polku_mining
from polku.cli import mining, mining_bench, mining_words
from polku_mining.problems import REASONS
from polku_mining.reading.columns import NOT_FOUND
from polku_mining.report.reader import UNITS

SAYING = {"say", "Sentence", "words"}


def said() -> set[str]:
    """The texts that the sources hand to whoever translates them."""
    tables = {*REASONS.values(), *NOT_FOUND.values(), *(pattern for _size, pattern in UNITS)}
    rows = mining_bench.measure(1_000, 1, lambda _done: None)
    return {text for path in sources() for text in literals(path)} | tables | set(rows)


def sources() -> Iterator[Path]:
    engine, command = Path(polku_mining.__file__).parent, Path(mining.__file__).parent
    yield from engine.rglob("*.py")
    yield from (path for path in command.glob("mining*.py") if path.name != "mining_words.py")


def literals(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
        first = node.args[0]
        if name in SAYING and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def test_the_list_is_whole() -> None:
    listed, wanted = set(mining_words.TEXTS), said()
    assert sorted(wanted - listed) == [], "not listed in polku/cli/mining_words.py"
    assert sorted(listed - wanted) == [], "nobody says these any more"


def test_patterns_can_be_filled() -> None:
    for text in mining_words.TEXTS:
        text.format_map(Anything())


class Anything(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return key
