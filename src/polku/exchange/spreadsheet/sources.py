"""Where the bytes of a table file are: on disk, or in memory while they are few."""

import io
from pathlib import Path
from typing import IO

type Source = Path | bytes


def opened(source: Source) -> IO[bytes]:
    """A new reader at the first byte; the caller closes it."""
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def size_of(source: Source) -> int:
    """In bytes."""
    return len(source) if isinstance(source, bytes) else source.stat().st_size
