"""Figures, the limits they were promised to keep, and the table of both."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One promise: what was measured, what was promised; `kept` None stands for left out."""

    part: str
    promise: str
    measured: str
    limit: str
    kept: bool | None


def exactly(part: str, promise: str, value: int, limit: int = 0) -> Figure:
    return Figure(part, promise, str(value), str(limit), value == limit)


def at_most(part: str, promise: str, value: float, limit: float, unit: str = "") -> Figure:
    return Figure(part, promise, f"{value:.4g}{unit}", f"<= {limit:g}{unit}", value <= limit)


def at_least(part: str, promise: str, value: float, limit: float, unit: str = "") -> Figure:
    return Figure(part, promise, f"{value:.4g}{unit}", f">= {limit:g}{unit}", value >= limit)


def holds(part: str, promise: str, kept: bool, seen: str = "") -> Figure:
    return Figure(part, promise, seen or ("yes" if kept else "no"), "yes", kept)


def left_out(part: str, reason: str) -> Figure:
    return Figure(part, reason, "left out", "", None)


def table(figures: list[Figure]) -> str:
    """Lines of aligned columns: verdict, part, promise, measured, limit."""
    words = {True: "kept", False: "BROKEN", None: "-"}
    rows = [(words[f.kept], f.part, f.promise, f.measured, f.limit) for f in figures]
    rows.insert(0, ("", "part", "promise", "measured", "limit"))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
