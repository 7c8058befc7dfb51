"""Opening plain and gzip files with limits, so that a small file cannot fill the machine."""

import gzip
import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast

from polku_mining.problems import BadLog
from polku_mining.sentences import Sentence

MOST_BYTES = 16 * 2**30
MOST_RATIO = 200
FREE_BYTES = 64 * 2**20  # below this any ratio is fine

type Progress = Callable[[float], None]


class Limited(io.RawIOBase):
    """Reads on until the unpacked bytes pass what a log of this size could hold."""

    def __init__(self, inner: IO[bytes], packed: int, name: str) -> None:
        self.inner, self.name, self.read_bytes = inner, name, 0
        self.limit = min(MOST_BYTES, max(FREE_BYTES, packed * MOST_RATIO))

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer; raises BadLog when the file unpacks to far too much."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self.inner.read(len(view))
        except (EOFError, OSError, ValueError, zlib.error) as error:
            raise damaged(self.name, error) from error
        self.read_bytes += len(data)
        if self.read_bytes > self.limit:
            raise BadLog(Sentence(
                "{name} unpacks to more than {limit} MB, {ratio} times its size; no event log is "
                "so repetitive. It was not read.", name=self.name, limit=self.limit // 2**20,
                ratio=MOST_RATIO,
            ))  # fmt: skip
        view[: len(data)] = data
        return len(data)


class Watched(io.RawIOBase):
    """The bytes of a file; says how much of it was read, from 0 to 1."""

    def __init__(self, path: Path, progress: Progress) -> None:
        self.file, self.progress = path.open("rb"), progress
        self.size, self.done = max(path.stat().st_size, 1), 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer and tell how far we are."""
        n = self.file.readinto(buffer)  # type: ignore[arg-type]
        self.done += n
        self.progress(min(self.done / self.size, 1.0))
        return n

    def close(self) -> None:
        """Close the file too."""
        self.file.close()
        super().close()


def damaged(name: str, error: object) -> BadLog:
    """What is said of a file that breaks off."""
    return BadLog(Sentence(
        "{name} breaks off or is damaged: {error}. Nothing was read. Fetch it anew.", name=name,
        error=error,
    ))  # fmt: skip


def opened(path: Path, progress: Progress | None = None) -> IO[bytes]:
    """The bytes of a file, unpacked where it is gzip."""
    with path.open("rb") as probe:
        packed = probe.read(2) == b"\x1f\x8b"
    raw: IO[bytes] = path.open("rb")
    if progress is not None:
        raw.close()
        raw = cast("IO[bytes]", io.BufferedReader(Watched(path, progress), 2**18))
    if not packed:
        return raw
    unpacked = gzip.GzipFile(fileobj=raw, mode="rb")
    limited = Limited(cast("IO[bytes]", unpacked), path.stat().st_size, path.name)
    return io.BufferedReader(limited, 2**17)
