"""Importing a large spreadsheet."""

from collections.abc import Iterator
from pathlib import Path

from tools.bench.figures import Figure


def run(only: str, folder: Path) -> Iterator[Figure]:
    yield from ()
