"""What a cache was built from: the parts of the log, how they were read, and by which code."""

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent
DECIDING = (
    "reading", "cache", "fast", "analyses/paths.py", "compiled.pyx", "arrow.py", "attributes.py",
    "events.py", "log.py", "merging.py", "times.py", "problems.py", "sentences.py",
)  # fmt: skip
ENDS = 2**16


@cache
def of_code() -> str:
    """A print of every module that decides what stands in a cache."""
    print_ = hashlib.sha256()
    for module in modules():
        print_.update(module.name.encode() + b"\0" + module.read_bytes())
    return print_.hexdigest()


def modules() -> Iterator[Path]:
    """The files of this package that decide what stands in a cache."""
    for name in DECIDING:
        at = PACKAGE / name
        yield from sorted(at.glob("*.py")) if at.is_dir() else [at]


def of_part(path: Path) -> dict[str, Any]:
    """A print of one file: size, both clocks of its file system, and its two ends.

    Whoever writes to a file moves its clocks; nobody can set the second of them back.
    """
    with path.open("rb") as file:
        stat = os.fstat(file.fileno())
        head = file.read(ENDS)
        file.seek(max(stat.st_size - ENDS, 0))
        ends = hashlib.sha256(head + file.read(ENDS)).hexdigest()
    return {
        "name": path.name, "size": stat.st_size, "modified": stat.st_mtime_ns,
        "changed": stat.st_ctime_ns, "ends": ends,
    }  # fmt: skip


def of_reading(options: dict[str, Any]) -> str:
    """A print of how the log was read; a salt is never written down, not even by itself hashed."""
    told = repr(sorted(options.items(), key=lambda one: one[0]))
    return hashlib.sha256(f"{of_code()}\0{told}".encode()).hexdigest()
