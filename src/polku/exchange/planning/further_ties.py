"""What a row of ties says of its tie, held to the same rules as a tie made by hand."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from polku.exchange.planning.further_values import Unfit, bare_text
from polku.kernel.link_kinds import LINK_KINDS
from polku.kernel.link_properties import read_properties
from polku.kernel.links import hold_confidence, hold_days
from polku.kernel.models import Link

type Days = tuple[dt.date | None, dt.date | None]


def tie_facts(cells: Mapping[str, str]) -> dict[str, Any]:
    """Days, reason, certainty and the facts of its kind. Raises Unfit with the text that cannot be
    read, or BadInput."""
    first, last = _day(cells.get("valid_from")), _day(cells.get("valid_to"))
    hold_days(first, last)
    confidence = cells.get("confidence") or Link.Confidence.CONFIRMED
    hold_confidence(confidence)
    kind = LINK_KINDS[cells.get("kind", "").strip().upper()]
    properties = read_properties(kind, _object(cells.get("properties")))
    return {
        "valid_from": first, "valid_to": last, "why": bare_text(cells.get("why", ""))[:400],
        "properties": properties, "confidence": confidence,
    }  # fmt: skip


class Doubles:
    """The days of each tie so far: between the same two it holds once a day."""

    def __init__(self) -> None:
        self._rows: dict[Any, list[tuple[Days, int]]] = defaultdict(list)

    def other(self, key: Any, days: Days, row: int) -> int | None:
        """The row of one that shares a day; else the new one is remembered under its own row."""
        for known, number in self._rows[key]:
            if _share(known, days):
                return number
        self._rows[key].append((days, row))
        return None


def _share(one: Days, other: Days) -> bool:
    first = max((day for day in (one[0], other[0]) if day), default=None)
    last = min((day for day in (one[1], other[1]) if day), default=None)
    return first is None or last is None or first <= last


def _day(text: str | None) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError as error:
        raise Unfit(text) from error


def _object(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError as error:
        raise Unfit(text) from error
    if not isinstance(found, dict):
        raise Unfit(text)
    return found
