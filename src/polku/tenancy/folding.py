"""One spelling for comparison: case, accents, ł, ё and width do not matter."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "æ": "ae", "Æ": "ae",
     "œ": "oe", "Œ": "oe", "ı": "i", "’": "'", "‘": "'", "–": "-", "—": "-"}
)  # fmt: skip
_BLANKS = re.compile(r"\s+")


def fold(text: str) -> str:
    """Return *text* without case, accents and repeated blanks, for search and identity.

    "Łódź " and "lodz" give the same; so do "ёлка" and "елка", "Ä" and "a".
    """
    if text.isascii():
        return _BLANKS.sub(" ", text.casefold()).strip()
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _BLANKS.sub(" ", bare.casefold()).strip()
