"""Reading with little memory: the quick allocator of Arrow takes megabytes to hold kilobytes."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import pyarrow as pa

_lock = Lock()
_usual: list[pa.MemoryPool] = []  # the pool from before, once for each that reads so now


@contextmanager
def sparing() -> Iterator[None]:
    """Arrow takes memory as everybody else in the process does, until the last one has left.

    The choice is of the whole process: what others allocate meanwhile comes from there too, which
    changes nothing for them, since each buffer goes back to where it came from.
    """
    with _lock:
        _usual.append(_usual[0] if _usual else pa.default_memory_pool())
        pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        with _lock:
            before = _usual.pop()
            if not _usual:
                pa.set_memory_pool(before)
