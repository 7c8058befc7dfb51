"""How wide a text is drawn, on the safe side, and how it is broken into lines.

The reader's own system face is not known here. The advances are those of Noto Sans in semi-bold,
rounded up; Segoe UI, San Francisco and Roboto are narrower.
"""

from functools import lru_cache

# Hundredths of the type size, and the letters that take at most so much
_ADVANCES: tuple[tuple[int, str], ...] = (
    (30, " !',.:;·’"),
    (36, "()-J[]ijlł"),
    (42, "/I\\_`f{}"),
    (48, '"?rtг“”'),
    (54, "cszсэćśźż–"),
    (60, "$*+0123456789<=>EFLSTZ^evxy|~ГЕТезтухяёЁęŁŚŻé"),
    (66, "#CPRVYabdghknopquБЗРСЬабвклопрчьäöåąńóü"),
    (72, "ABKXАВКУХЭЯдийнцъÄÅ"),
    (78, "&DGHUДЛНПЧЪ"),
    (84, "NOQИЙОЦфÖ"),
    (90, "@wФжмыю…"),
    (96, "%MЖМЫ"),
    (102, "Wmшщ—"),
    (114, "ШЮЩ"),
)
_WIDTHS = {letter: advance for advance, letters in _ADVANCES for letter in letters}
_UNKNOWN = 110  # a letter of another script
ELLIPSIS = "…"


@lru_cache(maxsize=4096)
def width(text: str, size: float) -> float:
    """The width of a text in user units, never less than what is drawn."""
    return sum(_WIDTHS.get(letter, _UNKNOWN) for letter in text) * size / 100


def lines(text: str, size: float, room: float, most: int = 2) -> list[str]:
    """A text in at most *most* lines of *room*; what does not fit ends in an ellipsis.

    Words are broken only where one alone is wider than the line.
    """
    words, found = text.split(), list[str]()
    while words and len(found) < most:
        if len(found) == most - 1:
            found.append(_cut(" ".join(words), size, room))
            break
        line, words = _fill(words, size, room)
        found.append(line)
    return found


def _fill(words: list[str], size: float, room: float) -> tuple[str, list[str]]:
    """The words that fit on one line, and the rest."""
    line = ""
    for place, word in enumerate(words):
        longer = f"{line} {word}" if line else word
        if width(longer, size) > room:
            if line:
                return line, words[place:]
            head = _head(word, size, room - width("-", size))
            return f"{head}-", [word[len(head) :], *words[place + 1 :]]
        line = longer
    return line, []


def _cut(text: str, size: float, room: float) -> str:
    if width(text, size) <= room:
        return text
    return _head(text, size, room - width(ELLIPSIS, size)).rstrip(" ,.-") + ELLIPSIS


def _head(text: str, size: float, room: float) -> str:
    """As many letters as fit, at least one."""
    taken = 0.0
    for place, letter in enumerate(text):
        taken += _WIDTHS.get(letter, _UNKNOWN) * size / 100
        if taken > room:
            return text[: max(place, 1)]
    return text
