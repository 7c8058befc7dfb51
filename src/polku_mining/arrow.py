"""Numbers of numpy as columns of Arrow.

``pyarrow.compute`` writes hundreds of functions while it is loaded, which takes a new process
longer than all of this library: who needs it loads it there.
"""

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


def as_flags(column: pa.BooleanArray) -> NDArray[np.bool_]:
    """The flags of a column without nulls, in memory of numpy: ``to_numpy`` takes it from Arrow's
    own allocator, whatever pool is asked for."""
    if not len(column):
        return np.zeros(0, dtype=np.bool_)
    bits = np.frombuffer(column.buffers()[1], np.uint8)
    end = column.offset + len(column)
    return np.unpackbits(bits, count=end, bitorder="little")[column.offset :].view(np.bool_)


def _bits(flags: NDArray[np.bool_]) -> pa.Buffer:
    return pa.py_buffer(np.packbits(flags, bitorder="little"))
