"""Opening plain and gzip files with limits, so that a small file cannot fill the machine."""

import gzip
import io
from pathlib import Path
from typing import IO, cast

from polku_mining.problems import BadLog
from polku_mining.sentences import Sentence

MOST_BYTES = 16 * 2**30
MOST_RATIO = 200
FREE_BYTES = 64 * 2**20  # below this any ratio is fine


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
        except (EOFError, gzip.BadGzipFile, OSError) as error:
            raise BadLog(Sentence(
                "{name} breaks off or is damaged: {error}. Nothing was read. Fetch it anew.",
                name=self.name, error=error,
            )) from error  # fmt: skip
        self.read_bytes += len(data)
        if self.read_bytes > self.limit:
            raise BadLog(Sentence(
                "{name} unpacks to more than {limit} MB, {ratio} times its size; no event log is "
                "so repetitive. It was not read.", name=self.name, limit=self.limit // 2**20,
                ratio=MOST_RATIO,
            ))  # fmt: skip
        view[: len(data)] = data
        return len(data)


def opened(path: Path) -> IO[bytes]:
    """The bytes of a file, unpacked where it is gzip."""
    with path.open("rb") as probe:
        packed = probe.read(2) == b"\x1f\x8b"
    if not packed:
        return path.open("rb")
    unpacked = gzip.GzipFile(path, "rb")
    limited = Limited(cast("IO[bytes]", unpacked), path.stat().st_size, path.name)
    return io.BufferedReader(limited, 2**20)
