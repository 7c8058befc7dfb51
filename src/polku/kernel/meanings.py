"""Meaning that no single column holds: computed from the object for its fingerprint."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from polku.kernel.answers import Sentence


@dataclass(frozen=True)
class Meaning:
    """A part of an object's meaning beside its meaning fields (links.md 2).

    ``read`` gives plain data. ``told_by`` names the field under which history keeps its changes,
    when that is not its own name; ``read_past`` makes the meaning of such a kept value.
    """

    name: str
    label: Sentence
    read: Callable[[Any], Any]
    told_by: str = ""
    read_past: Callable[[Any], Any] | None = None

    @property
    def field(self) -> str:
        """Where history tells of it."""
        return self.told_by or self.name
