"""Two people who change one tie at once: what the writer started from, and both values."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from polku.kernel.answers import Conflict
from polku.kernel.links import Tie
from polku.web import formats

DAYS = ("valid_from", "valid_to")


def was_fields(tie: Tie) -> list[tuple[str, str]]:
    """Hidden fields of the form: how the tie stood when it was opened."""
    link = tie.link
    days = [(name, day.isoformat() if (day := getattr(link, name)) else "") for name in DAYS]
    facts = [
        (f"property_{row.name}", _plain(link.properties.get(row.name)))
        for row in tie.kind.properties
    ]
    return [("why", link.why), *days, *facts]


def was_given(tie: Tie, post: Mapping[str, str]) -> dict[str, Any] | None:
    """The same as sent back; None when the form came without it."""
    if "was-why" not in post:
        return None
    facts = {
        row.name: _read(row.type, post.get(f"was-property_{row.name}", ""))
        for row in tie.kind.properties
    }
    days = {name: _day(post.get(f"was-{name}", "")) for name in DAYS}
    known = {name: value for name, value in facts.items() if value not in (None, "")}
    return {"why": post["was-why"], **days, "properties": known}


def both_shown(form: Any, error: Conflict) -> list[dict[str, str]]:
    """For each field that somebody else changed: its label, and what they wrote."""
    return [
        {
            "label": str(form.fields[name].label) if name in form.fields else "",
            "theirs": _words(row["theirs"]),
        }
        for name, row in error.fields.items()
    ]


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(_plain(part) for part in value.values()) or "–"
    try:
        return formats.long_day(dt.date.fromisoformat(str(value)))
    except ValueError:
        return str(value or "–")


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _read(form: str, text: str) -> Any:
    if form == "number":
        return int(text) if text.isascii() and text.isdigit() and len(text) < 11 else None
    return {"yes": True, "no": False}.get(text) if form == "yes_no" else text


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
