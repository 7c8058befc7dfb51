"""One file of named sections: written whole or not at all, and read only where every byte is right.

``POLKUJ1`` + length of the heading + its SHA-256 + the heading (JSON) + the sections, each at a
place that 64 divides. The heading says of each section its type, place, size and CRC-32.
"""

import hashlib
import json
import mmap
import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from polku_mining.fast.ranges import each, threads

try:
    import fcntl
except ImportError:  # Windows: what a killed writer leaves behind stays until somebody tidies up
    fcntl = None  # type: ignore[assignment]

MAGIC = b"POLKUJ1\n"
START = len(MAGIC) + 8 + 32
GRAIN = 64
MOST_HEADING = 2**30
BLOCK = 2**24

type Sections = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Opened:
    """The facts of the heading and the sections, mapped: many processes share the same memory."""

    facts: dict[str, Any]
    sections: dict[str, np.ndarray]


def write(path: Path, facts: dict[str, Any], sections: Sections) -> None:
    """Write all beside *path*, see it safe on disk, and only then put it in its place."""
    forget_abandoned(path)
    with _temporary(path) as (file, name_now):
        heading, places = _heading(facts, sections)
        file.write(MAGIC + len(heading).to_bytes(8, "little"))
        file.write(hashlib.sha256(heading).digest() + heading)
        for name, array in sections.items():
            file.write(b"\0" * (places[name] - file.tell()))
            for first in range(0, max(array.nbytes, 1), BLOCK):
                file.write(_bytes(array)[first : first + BLOCK])
        file.flush()
        os.fsync(file.fileno())
        name_now.replace(path)
    _settle(path.parent)


def _heading(facts: dict[str, Any], sections: Sections) -> tuple[bytes, dict[str, int]]:
    """The heading, and where each section begins; its own length moves them, so it is padded."""
    rows = [
        {"name": name, "type": array.dtype.str, "size": array.nbytes,
         "crc": _crc(_bytes(array))}
        for name, array in sections.items()
    ]  # fmt: skip
    after, at = {}, 0
    for row in rows:
        after[str(row["name"])] = row["at"] = at
        at += -(-int(str(row["size"])) // GRAIN) * GRAIN
    heading = json.dumps({"facts": facts, "sections": rows, "whole": at}).encode()
    heading += b" " * (-(START + len(heading)) % GRAIN)
    begin = START + len(heading)
    return heading, {name: begin + place for name, place in after.items()}


def read(path: Path) -> Opened | None:
    """What the file holds; None where it is missing, torn, cut short or not ours."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < START:
                return None
            whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError:
        return None
    try:
        heading = _read_heading(whole, size)
        return None if heading is None else _opened(whole, size, *heading)
    except (KeyError, TypeError, ValueError):  # whole, and written by something else
        return None


def _read_heading(whole: mmap.mmap, size: int) -> tuple[dict[str, Any], int] | None:
    length = int.from_bytes(whole[len(MAGIC) : len(MAGIC) + 8], "little")
    if whole[: len(MAGIC)] != MAGIC or length > min(MOST_HEADING, size - START):
        return None
    heading = whole[START : START + length]
    if hashlib.sha256(heading).digest() != whole[START - 32 : START]:
        return None
    found: dict[str, Any] = json.loads(heading)
    return found, START + length


def _opened(whole: mmap.mmap, size: int, heading: dict[str, Any], begin: int) -> Opened | None:
    rows = heading["sections"]
    if size < begin + max((row["at"] + row["size"] for row in rows), default=0):
        return None
    sections = {}
    for row in rows:
        kind = np.dtype(row["type"])
        sections[row["name"]] = np.frombuffer(
            whole, kind, row["size"] // kind.itemsize, begin + row["at"]
        )
    for row in rows:
        if _crc(_bytes(sections[row["name"]])) != row["crc"]:
            return None
    if hasattr(mmap, "MADV_DONTNEED"):  # what nobody asks for takes no room of this process
        whole.madvise(mmap.MADV_DONTNEED)
    return Opened(heading["facts"], sections)


def _bytes(array: np.ndarray) -> memoryview:
    whole = np.ascontiguousarray(array)
    return memoryview(whole.view(np.uint8).reshape(-1)) if whole.nbytes else memoryview(b"")


def _crc(data: memoryview) -> list[int]:
    """One sum for each block, in threads: zlib leaves the lock for so long."""
    blocks = [data[first : first + BLOCK] for first in range(0, len(data), BLOCK)]
    turns = threads()
    found = each(
        lambda *some: [zlib.crc32(block) for block in some],
        [tuple(blocks[turn::turns]) for turn in range(turns) if blocks[turn::turns]],
    )
    sums = [0] * len(blocks)
    for turn, part in enumerate(found):
        sums[turn::turns] = part
    return sums


def _prefix(path: Path) -> str:
    return f".{path.name.lstrip('.')}.making-"


@contextmanager
def _temporary(path: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """A file beside *path* that its writer holds locked; gone when anything goes wrong."""
    import tempfile  # and not to read

    number, name = tempfile.mkstemp(prefix=_prefix(path), dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX)
            yield file, Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def forget_abandoned(path: Path) -> None:
    """Remove what killed writers left: nobody holds it locked any more."""
    if fcntl is None:
        return
    for left in path.parent.glob(f"{_prefix(path)}*"):
        try:
            with left.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                left.unlink()
        except OSError:  # its writer lives, or another was quicker
            continue


def _settle(folder: Path) -> None:
    """See the new name safe on disk too."""
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(number)
    finally:
        os.close(number)
