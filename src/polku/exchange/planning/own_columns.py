"""Columns of the sender's own, and texts that had no place: both are kept in ``attributes``."""

import json
from functools import partial
from typing import Any

from polku.exchange.planning.comparing import Weigher
from polku.exchange.planning.file_rows import FileRow
from polku.exchange.planning.rows import PlanRow
from polku.exchange.planning.troubles import Trouble
from polku.exchange.spreadsheet.cells import Cell

NOTES = "notes"


def attribute_text(value: Any) -> str:
    """A value of an own column as the text of a cell; what is no text is written as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def plan_own(row: FileRow, plan: PlanRow, weigher: Weigher, headings: dict[str, str]) -> None:
    """Own columns, notes, cells beyond the headings."""
    wanted: dict[str, str | None] = dict(row.own)
    if row.says(NOTES):
        notes = row.value(NOTES)
        wanted[NOTES] = None if notes is None else str(notes)
    for place, more in enumerate(row.extra, start=1):
        wanted[f"+{place}"] = more
    if row.extra:
        plan.troubles.append(Trouble("extra_cells", facts={"n": len(row.extra)}))
    here = plan.obj.attributes if plan.obj is not None else {}
    for key, text in wanted.items():
        heading = headings.get(NOTES, key) if key == NOTES else key
        now = attribute_text(here.get(key))
        if weigher.takes(
            "attributes", now, text or "", heading, label=f"own:{heading}",
            from_plain=partial(_own_before, key),
        ):  # fmt: skip
            plan.own[key] = text


def _own_before(key: str, before: Any) -> str:
    return attribute_text((before or {}).get(key))


def keep_text(plan: PlanRow, heading: str, text: str) -> None:
    """Keep a text that did not fit its field beside the object."""
    here = plan.obj.attributes if plan.obj is not None else {}
    if here.get(heading) != text:
        plan.own[heading] = text
        if plan.obj is not None:
            plan.changes[f"own:{heading}"] = [attribute_text(here.get(heading)), text]


def forget_text(plan: PlanRow, heading: str, former: str) -> None:
    """A text kept for a bad cell goes when the cell is good now, unless somebody changed it."""
    if plan.obj is not None and former and plan.obj.attributes.get(heading) == former:
        plan.own[heading] = None


def keep_if_not_understood(plan: PlanRow, heading: str, cell: Cell, former: str = "") -> bool:
    """Keep and report a cell that was not understood; whether it was such a cell.

    A period is a day of less than full precision: its word is kept without being reported.
    """
    if cell.outcome in ("problem", "kept"):
        plan.troubles.append(Trouble(cell.code, heading, {"raw": cell.raw}))
        keep_text(plan, heading, cell.raw)
        return True
    if cell.outcome == "value" and cell.precision != "day":
        keep_text(plan, heading, cell.raw)
    else:
        forget_text(plan, heading, former)
    return False
