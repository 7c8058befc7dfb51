"""Files that rows name: are they all there, whole, and is there nothing else? For `polku check`."""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

# Paths below the folder with the SHA-256 that the file should have; none where any will do
type Named = Callable[[], Iterable[tuple[Path, str]]]

# A file lies there before its row is stored: so long it is not called left over
PATIENCE = 3600  # seconds


def damaged(folder: Path, named: Iterable[tuple[Path, str]]) -> Iterator[Path]:
    """Files that are missing or say something else, as paths below *folder*."""
    for path, sha256 in named:
        if not _is_whole(folder / path, sha256):
            yield path


def _is_whole(path: Path, sha256: str) -> bool:
    try:
        if not sha256:
            return path.stat().st_size > 0
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def left_over(folder: Path, named: Iterable[Path]) -> Iterator[Path]:
    """Files that nothing names and that were not written just now, as paths below *folder*."""
    known, young = set(named), time.time() - PATIENCE
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        if path.is_file() and below not in known and path.stat().st_mtime < young:
            yield below
