"""Pictures in the picture of a journey: put into the file itself, so that it stands alone."""

import base64
from collections.abc import Iterable, Mapping

from django.utils.html import escape

from polku.journeys.document_shapes import JourneyDoc, PictureDoc
from polku.kernel.pictures import path_of

# Height of the room for one picture, in units of the drawing
BOX, GAP = 96, 6
# A file with pictures may be so large, in bytes; beyond it their words stand in their place
MOST = 5_000_000

type Embedded = Mapping[str, str]


def embedded(doc: JourneyDoc, keys: Iterable[str], workspace: int) -> Embedded:
    """The small files of the pictures in these rows, as they are put into an address, by SHA-256.

    None at all when together they would make the file too large; a file that is gone is left out.
    """
    rows, found, size = tuple(keys), dict[str, str](), 0
    shown = (one for step in doc.steps for row in rows for one in step.pictures_of(row))
    for picture in shown:
        if picture.sha256 not in found and (content := _small(workspace, picture.sha256)):
            found[picture.sha256] = (
                f"data:image/webp;base64,{base64.b64encode(content).decode('ascii')}"
            )
        size += len(found.get(picture.sha256, ""))
        if size > MOST:
            return {}
    return found


def _small(workspace: int, sha256: str) -> bytes:
    try:
        return path_of(workspace, sha256, small=True).read_bytes()
    except OSError:
        return b""


def height_of(pictures: Iterable[PictureDoc]) -> int:
    """The room that the pictures of one cell take, one below the other."""
    return sum(BOX + GAP for _picture in pictures)


def image(
    picture: PictureDoc, place: tuple[float, float], width: int, files: Embedded, lang: str
) -> str:
    """One picture in its room at *place*; nothing where its file is not at hand."""
    x, y = place
    words = escape(picture.words.reading(lang).text)
    if (source := files.get(picture.sha256)) is None:
        return ""
    return (
        f'<image x="{x:g}" y="{y:g}" width="{width}" height="{BOX}" '
        f'preserveAspectRatio="xMinYMid meet" href="{source}"><title>{words}</title></image>'
    )
