"""Numbers of numpy as columns of Arrow."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def as_column(
    values: np.ndarray, kind: pa.DataType | None = None, *, there: NDArray[np.bool_] | None = None
) -> pa.Array:
    """The same numbers or flags; numbers are not copied. Null where they are not *there*.

    ``pa.array`` looks for masked arrays first, and for that loads a part of numpy that costs a new
    process more time and memory than many an answer.
    """
    whole = np.ascontiguousarray(values)
    said = None if there is None or there.all() else _bits(there)
    if whole.dtype == np.bool_:
        return pa.Array.from_buffers(pa.bool_(), len(whole), [said, _bits(whole)])
    own = pa.from_numpy_dtype(whole.dtype)
    found = pa.Array.from_buffers(own, len(whole), [said, pa.py_buffer(whole)])
    return found if kind is None or kind == own else found.cast(kind)


def _bits(flags: NDArray[np.bool_]) -> pa.Buffer:
    return pa.py_buffer(np.packbits(flags, bitorder="little"))
