"""How wide a text will be, well enough to keep letters apart, and how to break it."""

NARROW, WIDE = frozenset("iljtfrI.,:;|!'()[]- "), frozenset("mwMWшщжмюфШЩЖМЮФ@%—→")


def width_of(text: str, size: float) -> float:
    """Width in the common sans faces, rather too wide than too narrow."""
    ems = sum(map(_ems, text))
    return ems * size


def _ems(letter: str) -> float:
    if letter in NARROW:
        return 0.36
    if letter in WIDE:
        return 0.92
    return 0.7 if letter.isupper() else 0.66 if letter.isdigit() else 0.6


def broken(text: str, size: float, width: float, lines: int) -> list[str]:
    """At most *lines* lines of at most *width*; what does not fit ends in an ellipsis."""
    found: list[str] = [""]
    for word in _words(text, size, width):
        longer = f"{found[-1]} {word}".strip()
        if width_of(longer, size) <= width:
            found[-1] = longer
        else:
            found.append(word)
    found = [line for line in found if line]
    if len(found) <= lines:
        return found
    last = found[lines - 1]
    while last and width_of(f"{last}…", size) > width:
        last = last[:-1]
    return [*found[: lines - 1], f"{last.rstrip()}…"]


def _words(text: str, size: float, width: float) -> list[str]:
    """Words, those cut that no line holds."""
    found = []
    for word in text.split():
        rest = word
        while width_of(rest, size) > width:
            cut = len(rest)
            while cut > 1 and width_of(rest[:cut], size) > width:
                cut -= 1
            found.append(rest[:cut])
            rest = rest[cut:]
        found.append(rest)
    return found
