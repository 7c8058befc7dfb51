"""The signs of the visual language: shapes that say the same in grey, on paper and aloud.

A sign is drawn once per page as an SVG symbol and used by reference. The symbols stand inside
the page, not in a file beside it: classes such as ``pen`` and ``cut`` are coloured by the
page's own sheet, and that sheet does not reach into a symbol fetched from elsewhere.
"""

from collections.abc import Iterable
from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

SIGNS = {
    # What a result is
    "good": '<circle cx="8" cy="8" r="7"/><path class="cut" d="m4.8 8.3 2.2 2.2 4.2-4.6"/>',
    "watch": '<path d="M8 1 15.5 14.5H.5z"/><path class="cut" d="M8 6v3.5M8 12v.1"/>',
    "bad": '<path d="M1.5 1.5h13v13h-13z"/><path class="cut" d="m5 5 6 6M11 5l-6 6"/>',
    "planned": '<path class="pen" d="M8 1.5a6.5 6.5 0 1 0 .01 0M8 4.5V8l2.5 1.7"/>',
    "unknown": (
        '<circle class="pen" cx="8" cy="8" r="6.5" stroke-dasharray="2.4 1.7"/>'
        '<path class="pen" d="M6.2 6.5a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.2M8 11.6v.1"/>'
    ),
    "not-yet": (
        '<circle cx="3" cy="8" r="1.4"/>'
        '<circle cx="8" cy="8" r="1.4"/>'
        '<circle cx="13" cy="8" r="1.4"/>'
    ),
    # Where a service stands in its life
    "life-none": '<circle class="pen" cx="8" cy="8" r="6" stroke-dasharray="2.4 1.7"/>',
    "life-idea": '<circle class="pen" cx="8" cy="8" r="6"/>',
    "life-made": '<circle class="pen" cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 1 0 12z"/>',
    "life-test": '<circle class="pen" cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 1 1-6 6h6z"/>',
    "life-live": '<circle cx="8" cy="8" r="6.8"/>',
    "life-ending": '<circle class="pen" cx="8" cy="8" r="6"/><path d="M2 8a6 6 0 0 0 12 0z"/>',
    "life-ended": '<circle class="pen" cx="8" cy="8" r="6"/><path class="pen" d="m4 12 8-8"/>',
    "life-hold": '<path class="pen" d="M5.5 3v10M10.5 3v10" stroke-width="2.5"/>',
    # Dials: cost, importance, continuity
    "cost-under": '<path class="pen" d="m3 6 5 5 5-5"/>',
    "cost-on": '<path class="pen" d="M3 6h10M3 10.5h10"/>',
    "cost-over": '<path class="pen" d="m3 8 5-5 5 5M3 13l5-5 5 5"/>',
    "crit-low": (
        '<path d="M2 10h3v4H2z"/>'
        '<path class="pen" d="M7 8.5h2v5H7zM11.5 4.5h2v9h-2z" stroke-width="1"/>'
    ),
    "crit-medium": (
        '<path d="M2 10h3v4H2zM6.5 7h3v7h-3z"/>'
        '<path class="pen" d="M11.5 4.5h2v9h-2z" stroke-width="1"/>'
    ),
    "crit-high": '<path d="M2 10h3v4H2zM6.5 7h3v7h-3zM11 3h3v11h-3z"/>',
    "cont-none": '<circle cx="8" cy="8" r="2.5"/><path class="pen" d="M1.5 8h2M12.5 8h2"/>',
    "cont-restorable": '<path class="pen" d="M13.5 8A5.5 5.5 0 1 1 11.6 3.8M12 1v3.2H8.8"/>',
    "cont-mirrored": (
        '<circle class="pen" cx="5.7" cy="8" r="4.2"/>'
        '<circle class="pen" cx="10.3" cy="8" r="4.2"/>'
    ),
    # Direction
    "up": '<path class="pen" d="M8 13.5v-11M4 6.5l4-4 4 4"/>',
    "flat": '<path class="pen" d="M2.5 8h11M9.5 4l4 4-4 4"/>',
    "down": '<path class="pen" d="M8 2.5v11M4 9.5l4 4 4-4"/>',
    # What people said
    "praise": '<circle class="pen" cx="8" cy="8" r="6.5"/><path class="pen" d="M8 5v6M5 8h6"/>',
    "complaint": '<circle class="pen" cx="8" cy="8" r="6.5"/><path class="pen" d="M5 8h6"/>',
    "question": (
        '<circle class="pen" cx="8" cy="8" r="6.5"/>'
        '<path class="pen" d="M6.2 6.5a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.2M8 11.6v.1"/>'
    ),
    # News
    "news": (
        '<path class="pen" d="M4 11V7a4 4 0 0 1 8 0v4l1.5 1.5h-11zM6.3 14.3a1.9 1.9 0 0 0 3.4 0"/>'
    ),
    # What a row becomes
    "new": '<path class="pen" d="M8 2.5v11M2.5 8h11"/>',
    "changed": '<path class="pen" d="m3 13 .8-3.2 7-7 2.4 2.4-7 7z"/>',
    "same": '<path class="pen" d="M3 6h10M3 10.5h10"/>',
}

THREADS = {
    "live": (
        '<path class="yarn" d="M4 9C14 3 26 14 36 8"/>'
        '<path class="yarn-ply" d="M4 9C14 3 26 14 36 8"/>'
        '<circle class="yarn-pin" cx="4" cy="9" r="3"/>'
        '<circle class="yarn-pin" cx="36" cy="8" r="3"/>'
    ),
    "guess": (
        '<path class="yarn-guess" d="M4 9C14 3 26 14 36 8"/>'
        '<circle class="yarn-pin" cx="4" cy="9" r="3"/>'
        '<circle class="yarn-pin" cx="36" cy="8" r="3"/>'
    ),
    "suspect": (
        '<path class="yarn" d="M4 9C10 5 16 8 20 8.5"/>'
        '<path class="yarn-ply" d="M4 9C10 5 16 8 20 8.5"/>'
        '<path class="yarn-fray" d="M20 8.5c4-1 6-4 9-6M20 8.5c4-.5 7-.5 11 .5M20 8.5c3 1 5 '
        '4 8 6"/>'
        '<circle class="yarn-pin" cx="4" cy="9" r="3"/>'
        '<circle class="yarn-pin" cx="36" cy="8" r="3"/>'
    ),
    "missing": (
        '<path class="yarn" d="M4 9C10 5 15 11 22 9"/>'
        '<path class="yarn-ply" d="M4 9C10 5 15 11 22 9"/>'
        '<circle class="yarn-pin" cx="4" cy="9" r="3"/>'
        '<circle class="yarn-socket" cx="32" cy="8" r="5.5"/>'
    ),
}

# What a thread says, in the words of every legend
THREAD_WORDS = {
    "live": _("confirmed"),
    "guess": _("guess"),
    "suspect": _("needs a look"),
    "missing": _("missing"),
}

# The sign that stands for a state of the short set (empty: nobody has said yet)
LIFE_SIGNS = {
    "": "life-none",
    "idea": "life-idea",
    "being_made": "life-made",
    "in_test": "life-test",
    "live": "life-live",
    "ending": "life-ending",
    "ended": "life-ended",
    "on_hold": "life-hold",
}


class UnknownSignError(KeyError):
    """A page asked for a sign that is not drawn; always a mistake in our own code."""


def sign_svg(name: str) -> SafeString:
    """One 16 px sign by name, hidden from speech: the word beside it says the same."""
    if name not in SIGNS:
        raise UnknownSignError(name)
    return _use("sign", "sign", name)


def thread_svg(kind: str) -> SafeString:
    """A thread of 40 by 16 px: ``live``, ``guess``, ``suspect`` or ``missing``."""
    if kind not in THREADS:
        raise UnknownSignError(kind)
    return _use("thread", "thread", kind)


def life_sign(state: str) -> str:
    """The name of the sign of a managed state; states of a longer set look like being made."""
    return LIFE_SIGNS.get(state or "", "life-made")


@cache
def sprite(names: tuple[str, ...] = ()) -> SafeString:
    """The hidden SVG that holds the symbols: the named ones, or all when none are named."""
    symbols = "".join(
        [*_symbols("sign", 16, SIGNS, names), *_symbols("thread", 40, THREADS, names)]
    )
    # Nothing in here came from a user: the two tables above are the whole input.
    return mark_safe(f'<svg class="sprite" aria-hidden="true">{symbols}</svg>')  # nosec B308 B703


def _symbols(
    family: str, width: int, shapes: dict[str, str], names: tuple[str, ...]
) -> Iterable[str]:
    for name, shape in shapes.items():
        if not names or name in names or f"{family}-{name}" in names:
            yield f'<symbol id="{family}-{name}" viewBox="0 0 {width} 16">{shape}</symbol>'


@cache
def _use(css: str, family: str, name: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="#{}-{}"/></svg>', css, family, name
    )
