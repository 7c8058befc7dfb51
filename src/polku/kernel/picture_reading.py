"""Pictures from strangers: looked at before they are opened, drawn anew before they are kept.

What is kept is a WebP of our own making. So neither where a photo was taken, nor what somebody hung
on the end of a file, nor a trick against one program or another comes along.
"""

import contextlib
import hashlib
import io
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from polku.kernel.answers import BadInput

if TYPE_CHECKING:
    from PIL import Image

MEGABYTE = 1_000_000
MOST_BYTES = 10 * MEGABYTE
MOST_PIXELS = 50_000_000  # of a JPEG, which is made smaller while it is unpacked
MOST_PIXELS_WHOLE = 16_000_000  # of what can only be unpacked whole
LARGE, SMALL = 1600, 480  # the longest side, in pixels
CONTENT_TYPE = "image/webp"
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
QUALITY = 82

_ORIENTATION = 0x0112  # the EXIF tag
_UPRIGHT = {  # names of Pillow's Transpose
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270",
    7: "TRANSVERSE", 8: "ROTATE_90",
}  # fmt: skip
_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_MARKUP = (b"<svg", b"<!doctype", b"<html", b"<?xml", b"<script")

_MADE_SMALLER = frozenset({"RGB", "RGBA", "L", "LA", "CMYK", "YCbCr"})

# One at a time in each process, so that several people together need no more room than one
_ONE = threading.Semaphore(1)


@dataclass(frozen=True)
class Drawn:
    """A picture as it will be kept: WebP in two sizes; width and height of the large one in
    pixels."""

    large: bytes
    small: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """The name of its content: of the large file, in hexadecimal."""
        return hashlib.sha256(self.large).hexdigest()


def draw(file: IO[bytes]) -> Drawn:
    """Read a PNG, JPEG, WebP or GIF (its first frame) and draw it anew, upright, in two sizes.

    What it is, its content says, never its name. Raises BadInput under ``file``: empty, more than
    10 MB, no picture, something that can hold programs, more than 50 million pixels (16 million
    where it is no JPEG; known before
    anything is unpacked), damaged.
    """
    content = file.read(MOST_BYTES + 1)
    if not content:
        raise _no(_("The file is empty. Nothing was saved. Choose the picture once more."))
    if len(content) > MOST_BYTES:
        words = _("The picture has more than %(n)d MB. Nothing was saved. Make it smaller and send "
                  "it again.")  # fmt: skip
        raise _no(words % {"n": MOST_BYTES // MEGABYTE})
    with _ONE, _opened(content) as image:
        return _drawn(_upright(image))


@cache
def _pillow() -> Any:
    """The library, which only the first picture loads: it would keep every start waiting."""
    from PIL import Image

    # We say ourselves how much is too much. Above twice this number it opens nothing at all.
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    return Image


def _no(words: str) -> BadInput:
    return BadInput({"file": words})


@contextlib.contextmanager
def _opened(content: bytes) -> "Iterator[Image.Image]":
    """The picture, not unpacked yet. Whatever goes wrong while it is read is a refusal."""
    pillow = _pillow()
    try:
        with pillow.open(io.BytesIO(content), formats=FORMATS) as image:
            most = MOST_PIXELS if image.format == "JPEG" else MOST_PIXELS_WHOLE
            if image.width * image.height > most:
                raise _too_large(most)
            yield image
    except BadInput:
        raise
    except pillow.DecompressionBombError:
        raise _too_large(MOST_PIXELS) from None
    except Exception as error:  # the decoders of four formats raise what they like
        raise _no(_reason(content)) from error


def _too_large(most: int) -> BadInput:
    words = _("The picture has more than %(n)d million pixels. Nothing was saved. Make it smaller "
              "and send it again.")  # fmt: skip
    return _no(words % {"n": most // 1_000_000})


def _reason(content: bytes) -> str:
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith(_BEGINNINGS) or (content[:4], content[8:12]) == (b"RIFF", b"WEBP"):
        return _("The picture is damaged or a part of it is missing. Nothing was saved. Save it "
                 "anew, or take another copy of it.")  # fmt: skip
    if any(mark in head for mark in _MARKUP):
        return _("A file of this kind can hold programs, so it was not opened. Nothing was saved. "
                 "Save it as PNG and send that.")  # fmt: skip
    return _("This is not a picture that can be read here. Nothing was saved. Save it as PNG, "
             "JPEG, WebP or GIF and send that.")  # fmt: skip


def _upright(image: "Image.Image") -> "Image.Image":
    """The picture as it is to be looked at: in plain colours, no larger than the large size, and
    nothing of what was told beside it."""
    pillow = _pillow()
    smooth, turn = pillow.Resampling.LANCZOS, _UPRIGHT.get(_orientation(image))
    if image.mode in _MADE_SMALLER and "transparency" not in image.info:
        # Before anything else: a large photo is not even unpacked in its full size
        image.thumbnail((LARGE, LARGE), smooth)
    plain = _plain(image)
    plain.thumbnail((LARGE, LARGE), smooth)
    return plain if turn is None else plain.transpose(pillow.Transpose[turn])


def _orientation(image: "Image.Image") -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # what a camera wrote beside the picture says nothing about the picture
        return 1


def _plain(image: "Image.Image") -> "Image.Image":
    """In RGB, or RGBA where something shines through."""
    if image.mode.startswith("I;16"):  # shades of which a screen shows every 256th
        image = image.point(lambda shade: shade / 256, "L")
    seen_through = "A" in image.getbands() or "transparency" in image.info
    plain = image.convert("RGBA" if seen_through else "RGB")
    plain.info.clear()
    return plain


def _drawn(image: "Image.Image") -> Drawn:
    small = image.copy()
    small.thumbnail((SMALL, SMALL), _pillow().Resampling.LANCZOS)
    return Drawn(_webp(image), _webp(small), image.width, image.height)


def _webp(image: "Image.Image") -> bytes:
    kept = io.BytesIO()
    told: dict[str, Any] = {"exif": b"", "xmp": b"", "icc_profile": b""}
    image.save(kept, "WEBP", quality=QUALITY, method=4, **told)
    return kept.getvalue()
