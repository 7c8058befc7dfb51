"""What is known of a case as a whole: its channel, its region. Grouping asks for it."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from polku_mining.arrow import as_column
from polku_mining.events import Flags, Longs, Whole


@dataclass(frozen=True)
class Attribute:
    """``values[codes[c]]`` is what case *c* has; code -1 is a case of which nothing is said.

    The order of the values says nothing.
    """

    codes: NDArray[np.int32]
    values: pa.Array

    def of_cases(self, chosen: Flags) -> "Attribute":
        """The attribute of some cases alone."""
        return Attribute(self.codes[chosen], self.values)

    def having(self, value: object) -> Flags:
        """The cases that have *value*; with ``None`` those of which nothing is said."""
        if value is None:
            return np.asarray(self.codes < 0)
        code = self.values.index(pa.scalar(value, self.values.type)).as_py()
        return np.asarray(self.codes == (code if code >= 0 else -2))

    def joined(self, more: "Attribute", place: Longs, n: int) -> "Attribute":
        """With more cases, of which case *c* is case ``place[c]`` of *n*; what was said stays."""
        values = pa.concat_arrays([self.values, more.values.cast(self.values.type)])
        both = values.dictionary_encode()
        codes = np.full(n, -1, dtype=np.int32)
        codes[: len(self.codes)] = self.codes
        known = both.indices.to_numpy(zero_copy_only=False)[len(self.values) :].astype(np.int32)
        said = more.codes >= 0
        free = said & (codes[place] < 0)
        codes[place[free]] = known[more.codes[free]]
        return Attribute(codes, both.dictionary)


def attribute_of(column: pa.Array, case: Whole, n: int) -> tuple[Attribute, int]:
    """The attribute of *n* cases from one value per event, in arrival order; and how many cases
    say different things. The first value that says anything counts."""
    whole = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    filled = whole.indices.cast(pa.int64()).fill_null(-1)
    blank = np.append(_blank(whole.dictionary), True)  # the last place is for -1
    numbers = filled.to_numpy(zero_copy_only=False)
    codes = np.where(blank[numbers], -1, numbers)
    said = np.flatnonzero(codes >= 0)[::-1]
    found = np.full(n, -1, dtype=np.int32)
    found[case[said]] = codes[said]
    differing = np.unique(case[said][codes[said] != found[case[said]]])
    return _compact(Attribute(found, whole.dictionary)), len(differing)


def _blank(values: pa.Array) -> Flags:
    """Values that say nothing: null, or a text of spaces."""
    import pyarrow.compute as pc

    found = values.is_null()
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        found = pc.or_(found, pc.equal(pc.utf8_trim_whitespace(values), "").fill_null(True))
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _compact(attribute: Attribute) -> Attribute:
    """Only values that some case has, by the first case that has them."""
    said = attribute.codes[attribute.codes >= 0]
    used, first = np.unique(said, return_index=True)
    order = used[np.argsort(first)]
    place = np.full(len(attribute.values) + 1, -1, dtype=np.int32)  # the last place is for -1
    place[order] = np.arange(len(order), dtype=np.int32)
    return Attribute(place[attribute.codes], attribute.values.take(as_column(order)))
