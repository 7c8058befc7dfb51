"""Figures of people that are nobody: drawn from a few strokes, chosen by the words of a name.

There is no photograph of a real person on a typical customer; the figure only helps to tell one
card from the next, so it says nothing of age, sex or skin.
"""

import hashlib

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

INK, PEN = "figure-ink", "figure-pen"
# Each is drawn from strokes: how, and along which path
HAIR: tuple[tuple[tuple[str, str], ...], ...] = (
    ((INK, "M21 29c-1-13 5-19 15-19s16 6 15 19c-3-7-7-10-15-10s-12 3-15 10z"),),
    ((INK, "M20 40c-3-18 3-30 16-30s19 12 16 30l-4 1c1-11-2-18-12-20-10 2-13 9-12 20z"),),
    ((PEN, "M24 22c3-6 8-8 12-8s9 2 12 8"),),
    (
        (INK, "M22 26c0-10 6-15 14-15s14 5 14 15c-4-2-7-6-8-9-4 5-11 8-20 9z"),
        (INK, "M31 9a5 5 0 1 1 10 0 5 5 0 1 1-10 0z"),
    ),
    ((INK, "M18 25h36l-5-4c-1-8-6-12-13-12s-12 4-13 12z"),),
    ((PEN, "M22 28c-4-6 0-9 2-9-1-5 4-7 6-5 2-5 10-5 12 0 3-2 7 1 6 5 3 0 5 4 2 9"),),
)
EXTRAS: tuple[tuple[tuple[str, str], ...], ...] = (
    (),
    (
        (PEN, "M27 31a4 4 0 1 1 8 0 4 4 0 1 1-8 0z"),
        (PEN, "M38 31a4 4 0 1 1 8 0 4 4 0 1 1-8 0zM35 30h3"),
    ),
    ((PEN, "M28 45c4 5 12 5 16 0"),),
    ((PEN, "M26 60c3 4 17 4 20 0l-3 12"),),
)
GROUNDS = 4


def figure_svg(words: str) -> SafeString:
    """A figure of 72 by 84 px for a name; equal names give equal figures. It is decoration."""
    dice = hashlib.sha256(words.encode()).digest()
    strokes = (*HAIR[dice[0] % len(HAIR)], *EXTRAS[dice[1] % len(EXTRAS)])
    return format_html(
        '<svg class="figure" viewBox="0 0 72 84" aria-hidden="true" focusable="false">'
        '<rect class="figure-ground figure-ground-{}" width="72" height="84" rx="4"/>'
        '<path class="figure-coat" d="M8 84c1-17 11-24 28-24s27 7 28 24z"/>'
        '<path class="figure-face" d="M31 47h10v13c-3 3-7 3-10 0z"/>'
        '<path class="figure-face" d="M23 32a13 16 0 1 1 26 0 13 16 0 1 1-26 0z"/>{}</svg>',
        dice[2] % GROUNDS + 1, format_html_join("", '<path class="{}" d="{}"/>', strokes),
    )  # fmt: skip
