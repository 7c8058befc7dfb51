"""Where a part is in the real world, and when somebody last looked (entities.md 2.4, L22)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Sentence
from polku.kernel.clock import today_in

SYSTEMS: dict[str, Sentence] = {
    "url": gettext_lazy("address on the web"),
    "asset_tag": gettext_lazy("tag on the thing"),
    "room": gettext_lazy("room"),
    "contract_no": gettext_lazy("number of the contract"),
    "register": gettext_lazy("entry in a register"),
    "person_post": gettext_lazy("person or post"),
    "other": gettext_lazy("something else"),
}
MOST = 50
LONGEST = 300
# A reference that nobody has looked at for so long is a loose end
STALE_AFTER = dt.timedelta(days=365)


@dataclass(frozen=True)
class Reference:
    """One place where a part can be found; *checked_on* None: nobody said when they looked."""

    system: str
    value: str
    checked_on: dt.date | None = None

    def plain(self) -> dict[str, Any]:
        """As it is stored."""
        day = self.checked_on.isoformat() if self.checked_on else None
        return {"system": self.system, "value": self.value, "checked_on": day}

    def is_stale(self, today: dt.date) -> bool:
        """Whether nobody has looked for over a year, or ever."""
        return self.checked_on is None or today - self.checked_on > STALE_AFTER

    @property
    def address(self) -> str:
        """The address to open, for those that have one; never another scheme than the web's."""
        return self.value if self.system == "url" and is_address(self.value) else ""


def is_address(value: str) -> bool:
    """Whether it can be opened in a browser without harm."""
    return value.lower().startswith(("http://", "https://")) and not any(c.isspace() for c in value)


def system_of(value: str) -> str:
    """The likely kind of what somebody wrote without saying: an address, a tag, or other words."""
    if is_address(value):
        return "url"
    is_tag = any(c.isdigit() for c in value) and not any(c.isspace() for c in value)
    return "asset_tag" if is_tag and len(value) <= 40 else "other"


def references_of(stored: Any) -> list[Reference]:
    """The references of a stored list; rows of an older shape are understood too."""
    return [found for row in stored or () if (found := _stored(row)) is not None]


def _stored(row: Any) -> Reference | None:
    if isinstance(row, str):
        row = {"value": row}
    if not isinstance(row, dict):
        return None
    value = str(row.get("value") or row.get("where") or "").strip()
    system = str(row.get("system") or "")
    if not value:
        return None
    try:
        day = dt.date.fromisoformat(str(row.get("checked_on") or "")[:10])
    except ValueError:
        day = None
    return Reference(system if system in SYSTEMS else system_of(value), value, day)


def references_in(given: Any, by: Actor) -> list[Reference]:
    """The references that somebody sends, read and checked. Raises BadInput at the field.

    ``[{"system": "asset_tag", "value": "NV-0117", "checked_on": "2026-05-31"}, ...]``; the system
    may be left out. Two equal ones become one.
    """
    if not isinstance(given, list) or len(given) > MOST:
        raise _wrong(_("Give a list of at most %(n)d references.") % {"n": MOST})
    found: dict[tuple[str, str], Reference] = {}
    for row in given:
        one = _sent(row, by)
        found[one.system, one.value] = one
    return list(found.values())


def _sent(row: Any, by: Actor) -> Reference:
    one = _stored(row)
    if one is None:
        raise _wrong(_("Say where it is: a tag, a room, an address, a number."))
    if len(one.value) > LONGEST or "\x00" in one.value:
        raise _wrong(_("That is too long. Keep to %(n)d letters.") % {"n": LONGEST})
    if isinstance(row, dict) and row.get("system") not in {None, "", *SYSTEMS}:
        words = {"value": str(row["system"])[:40], "codes": ", ".join(SYSTEMS)}
        raise _wrong(_("“%(value)s” is not one of: %(codes)s.") % words)
    if one.system == "url" and not is_address(one.value):
        raise _wrong(_("Write the whole address, beginning with https://"))
    if isinstance(row, dict) and row.get("checked_on") and one.checked_on is None:
        words = {"value": str(row["checked_on"])[:40]}
        raise _wrong(_("“%(value)s” is not a day. Write it as 2026-05-31.") % words)
    if one.checked_on and one.checked_on > today_in(by.workspace):
        raise _wrong(_("Nobody can have looked on a day to come."))
    return one


def _wrong(sentence: str) -> BadInput:
    return BadInput({"real_world_ref": sentence})


def checked_again(
    known: Iterable[Reference], system: str, value: str, day: dt.date
) -> list[Reference]:
    """The same references, the named one looked at on *day*."""
    return [
        replace(row, checked_on=day) if (row.system, row.value) == (system, value) else row
        for row in known
    ]
