"""What a table on a page is made of, so that each list has the same head, twin and caption."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Column:
    """One column: its words, whether it holds numbers, and the key it can be sorted by."""

    label: str
    number: bool = False
    sort: str = ""
    hidden_label: bool = False


@dataclass(frozen=True)
class Head:
    """A column as it stands in the head now; ``next_sort`` goes into the address."""

    column: Column
    direction: str = ""
    next_sort: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell. ``value`` is text, a ``Translated`` or safe HTML; the rest says how it is shown.

    ``result`` is one of good, watch, bad, planned, unknown, or ``plain`` for a sign in ink.
    """

    value: Any = ""
    url: str = ""
    code: bool = False
    nowrap: bool = False
    result: str = ""
    sign: str = ""
    lang: str = ""
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One row: the cell that names it, then the others in the order of the columns."""

    head: Cell
    cells: Sequence[Cell] = ()


@dataclass(frozen=True)
class Table:
    """A table with its caption (count and order) and the name of its scrolling region."""

    label: str
    caption: str
    heads: Sequence[Head]
    rows: Sequence[Row] = field(default_factory=tuple)

    def __bool__(self) -> bool:
        return bool(self.rows)


def heads(columns: Iterable[Column], sort: str = "") -> list[Head]:
    """The heads for the order in use: *sort* is a key, with ``-`` before it when descending."""
    return [_head(column, sort) for column in columns]


def _head(column: Column, sort: str) -> Head:
    if not column.sort:
        return Head(column)
    if sort == column.sort:
        return Head(column, "ascending", f"-{column.sort}")
    if sort == f"-{column.sort}":
        return Head(column, "descending", column.sort)
    return Head(column, "", f"-{column.sort}" if column.number else column.sort)
