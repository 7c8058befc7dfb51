"""The processes that a command has started, and those that they have."""

from contextlib import suppress
from pathlib import Path


def family(pid: int) -> list[int]:
    """The process and all below it, as far as /proc tells (Linux); elsewhere it alone."""
    children: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            children += [int(n) for n in (task / "children").read_text().split()]
    return [pid, *(found for child in children for found in family(child))]
