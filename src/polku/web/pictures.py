"""Pictures as they are shown: small, with their words, leading to the large one where one may open
it. Their files come from addresses of their own."""

from collections.abc import Callable
from typing import Protocol

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.tenancy.models import Workspace
from polku.tenancy.translated import Translated
from polku.web.readings import page_language

# No larger in a cell, so that no row runs away: pixels across and down. Elsewhere the style
# shows it larger; the small file has room for three times as much.
CELL = (160, 100)
# The address of a picture's file by its number and size
type Address = Callable[[int, str], str]


class Shown(Protocol):
    """What is known of a picture: pixels of the large file, and the words of what is to be seen."""

    @property
    def number(self) -> int:
        """Its number in the workspace."""

    @property
    def words(self) -> Translated:
        """What is to be seen."""

    @property
    def width(self) -> int:
        """Of the large file."""

    @property
    def height(self) -> int:
        """Of the large file."""


def address_in(workspace: Workspace) -> Address:
    """Where those who are in a workspace find its pictures."""

    def address(number: int, size: str) -> str:
        kwargs = {"workspace": workspace.slug, "number": number, "size": size}
        return reverse("picture_file", kwargs=kwargs)

    return address


def picture_html(
    picture: Shown | None, address: Address, lang: str = "", *, css: str = "cell-picture",
    is_link: bool = True, waits: bool = True,
) -> SafeString:  # fmt: skip
    """The small picture; a link to the large one where *is_link*. *waits* lets the browser fetch
    it when it comes near; on paper it must be there at once."""
    if picture is None:
        return SafeString("")
    reading = picture.words.reading(lang or page_language())
    other = format_html(' lang="{}"', reading.lang) if reading.lang != page_language() else ""
    width, height = cell_size(picture)
    shown = format_html(
        '<img class="{}" src="{}" width="{}" height="{}" alt="{}"{}{} decoding="async">',
        css, address(picture.number, "small"), width, height, reading.text or _("picture"), other,
        SafeString(' loading="lazy"') if waits else "",
    )  # fmt: skip
    if not is_link:
        return shown
    return format_html('<a class="picture-link" href="{}">{}</a>',
                       address(picture.number, "large"), shown)  # fmt: skip


def cell_size(picture: Shown) -> tuple[int, int]:
    """Width and height of a picture in a cell."""
    shrunk = max(picture.width / CELL[0], picture.height / CELL[1], 1)
    return max(1, round(picture.width / shrunk)), max(1, round(picture.height / shrunk))
