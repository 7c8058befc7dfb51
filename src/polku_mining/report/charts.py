"""Columns side by side as SVG; the table twin stands below."""

from dataclasses import dataclass

from polku_mining.report.lettering import width_of
from polku_mining.report.markup import Markup, tag

HEIGHT, TOP, BOTTOM, LEFT = 190.0, 16.0, 24.0, 10.0
SIZE = 12.0
MOST_WIDE, WIDTH = 56.0, 720.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: *label* below it, *value* as its height, *told* above it and as its hint."""

    label: str
    value: float
    told: str


def chart(bars: list[Bar], name: str, title: str, about: str) -> Markup:
    """All columns to one scale, figures above where they fit, every label that fits below."""
    step = min(MOST_WIDE, (WIDTH - 2 * LEFT) / max(len(bars), 1))
    width = 2 * LEFT + step * len(bars)
    most = max((bar.value for bar in bars), default=0) or 1
    each = _spacing([bar.label for bar in bars], step)
    figures = _spacing([bar.told for bar in bars], step) == 1
    parts = []
    for number, bar in enumerate(bars):
        x = LEFT + step * number
        height = (HEIGHT - TOP - BOTTOM) * bar.value / most
        top = HEIGHT - BOTTOM - height
        column = tag("rect", tag("title", f"{bar.label}: {bar.told}"), x=x + step * 0.08, y=top,
                     width=step * 0.84, height=height)  # fmt: skip
        middle = x + step / 2
        parts.append(column)
        if figures and bar.value:
            parts.append(_text(bar.told, middle, top - 4))
        if number % each == 0:
            parts.append(_text(bar.label, middle, HEIGHT - 7))
    base = HEIGHT - BOTTOM
    parts.append(tag("line", x1=LEFT, x2=width - LEFT, y1=base, y2=base))
    return tag(
        "svg", tag("title", title, id=f"{name}-chart"), tag("desc", about, id=f"{name}-about"),
        *parts, viewBox=f"0 0 {width:.0f} {HEIGHT:.0f}", width=round(width), height=round(HEIGHT),
        role="img", aria_labelledby=f"{name}-chart", aria_describedby=f"{name}-about",
        class_="chart",
    )  # fmt: skip


def _text(text: str, x: float, y: float) -> Markup:
    return tag("text", text, x=x, y=y, text_anchor="middle")


def _spacing(texts: list[str], step: float) -> int:
    """Every how many texts there is room for one."""
    widest = max((width_of(text, SIZE) for text in texts), default=0) + 4
    return max(1, -int(-widest // step))
