"""Columns that grow while a file is read and take little room meanwhile."""

from array import array

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from polku_mining.arrow import as_column
from polku_mining.events import Longs
from polku_mining.times import all_at_once

BLOCK = 2**10
NOTHING = array("i", [-1])


class Repeated:
    """A column whose values come again and again: each once, and a code of four bytes a row."""

    __slots__ = ("codes", "known")

    def __init__(self) -> None:
        self.codes = NOTHING[:0]
        self.known: dict[str, int] = {}

    def add(self, value: str | None) -> None:
        """One row more; None where nothing stands."""
        self.codes.append(-1 if value is None else self.known.setdefault(value, len(self.known)))

    def reach(self, n: int) -> None:
        """Nothing stands in the rows up to *n*."""
        self.codes.extend(NOTHING * (n - len(self.codes)))

    def put(self, row: int, value: str | None) -> None:
        """What stands in a row: the last one, or one behind it."""
        self.reach(row + 1)
        self.codes[row] = -1 if value is None else self.known.setdefault(value, len(self.known))

    def first(self, n: int) -> list[str | None]:
        """What stands in the first *n* rows."""
        values = [*self.known, None]  # the last place is for -1
        return [values[code] for code in self.codes[:n]]

    def texts(self, times: Longs | None = None) -> pa.DictionaryArray:
        """The column; each row so many *times*, where that is said."""
        codes: NDArray[np.int32] = np.frombuffer(self.codes, np.int32)
        whole = codes if times is None else np.repeat(codes, times)
        values = pa.array(list(self.known), pa.large_string())
        return pa.DictionaryArray.from_arrays(as_column(whole, there=whole >= 0), values)


class Times:
    """A column of times, block by block: as numbers where Arrow reads a whole block, else as texts,
    so that what cannot be read can be told."""

    __slots__ = ("blocks", "values")

    def __init__(self) -> None:
        self.blocks: list[pa.Array] = []
        self.values: list[str | None] = []

    def add(self, value: str | None) -> None:
        """One row more; None where nothing stands."""
        self.values.append(value)
        if len(self.values) == BLOCK:
            self._settle()

    def _settle(self) -> None:
        texts = pa.array(self.values, pa.large_string())
        stamps = all_at_once(texts)
        self.blocks.append(texts if stamps is None else stamps)
        self.values.clear()

    def column(self) -> pa.ChunkedArray:
        """The column, of one type: texts as soon as any block stayed so."""
        self._settle()
        if all(pa.types.is_timestamp(block.type) for block in self.blocks):
            return pa.chunked_array(self.blocks)
        return pa.chunked_array([block.cast(pa.large_string()) for block in self.blocks])
