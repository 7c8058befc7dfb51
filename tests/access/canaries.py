"""Words that stand only where somebody may not look; any byte of one in an answer is a leak.

Codes are canaries too: what stands on a side carries numbers of that side alone.
"""

import re
from collections.abc import Iterable
from enum import StrEnum


class Side(StrEnum):
    """On which side of a wall a row stands, as seen by Tuomas, the customer's person."""

    SHARED = "zqxshared"  # his relationship: the team and he may see it
    INSIDE = "zqxinside"  # the team's own
    OTHER = "zqxother"  # another customer's relationship in the same workspace
    FOREIGN = "zqxforeign"  # another workspace
    PENDING = "zqxpending"  # an import that has not finished
    PRIVATE = "zqxprivate"  # one person's own


FIRST_NUMBER = {
    Side.SHARED: 41000,
    Side.INSIDE: 51000,
    Side.OTHER: 62000,
    Side.FOREIGN: 73000,
    Side.PENDING: 84000,
}
MISSING_NUMBER = 98001

_SIDE_OF_DIGITS = {str(number)[:2]: side for side, number in FIRST_NUMBER.items()}
_CODE = re.compile(rb"\b[A-Z]{2,5}-(41|51|62|73|84)\d{3}\b")


def words(side: Side, *about: str, limit: int | None = None) -> str:
    """A text of this side that says where it stood: ``zqxinside service product sector``."""
    return " ".join([side, *about]).replace("_", " ")[:limit]


def missing_code(prefix: str) -> str:
    """A code of the usual length that nothing has."""
    return f"{prefix}-{MISSING_NUMBER}"


def seen_in(content: bytes, hidden: Iterable[Side], asked: str = "") -> list[str]:
    """What of the *hidden* sides can be read in *content*; what was *asked* may be repeated."""
    sides = set(hidden)
    lower = content.lower()
    found = [_around(lower, side) for side in sides if side.encode() in lower]
    codes = {
        match.group().decode()
        for match in _CODE.finditer(content)
        if _SIDE_OF_DIGITS[match.group(1).decode()] in sides
    }
    return sorted([*found, *(code for code in codes if code not in asked)])


def _around(content: bytes, side: Side) -> str:
    place = content.index(side.encode())
    text = content[max(place - 60, 0) : place + 60].decode(errors="replace")
    return " ".join(text.split())
