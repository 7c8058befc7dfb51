"""HTML and SVG from plain calls: every text is escaped, attributes without a value are left out."""

from html import escape

VOID = frozenset({"meta", "link", "br", "line", "rect", "path", "circle", "polygon", "col"})


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


type Inside = str | int | None


def safe(part: Inside) -> str:
    """A part of a page: markup as it is, everything else escaped; nothing for None."""
    if isinstance(part, Markup):
        return part
    return "" if part is None else escape(str(part))


def join(*parts: Inside) -> Markup:
    """Parts one after another."""
    return Markup("".join(map(safe, parts)))


def tag(name: str, /, *inside: Inside, **attributes: str | float | bool | None) -> Markup:
    """One element. ``class_`` and ``for_`` lose their line, ``aria_label`` becomes ``aria-label``.

    An attribute of None or False is left out, one of True stands without a value.
    """
    told = "".join(
        _attribute(key, value) for key, value in attributes.items()
        if value is not None and value is not False
    )  # fmt: skip
    if name in VOID and not inside:
        return Markup(f"<{name}{told}/>")
    return Markup(f"<{name}{told}>{join(*inside)}</{name}>")


def _attribute(key: str, value: str | float | bool) -> str:
    plain = key.rstrip("_").replace("_", "-") if key != "viewBox" else key
    if value is True:
        return f" {plain}"
    shown = f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
    return f' {plain}="{escape(shown)}"'
