"""Pictures for tests, drawn when they are needed: files of several kinds, good and bad."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw

GPS_IFD, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def picture(size: tuple[int, int] = (64, 40), mode: str = "RGB", seed: int = 0) -> Image.Image:
    """A frame and a corner that is not like the others, so that turning it can be seen."""
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, size[0] // 4, size[1] // 4), fill=(200, 30, seed % 256))
    return image.convert(mode)


def file(image: Image.Image | None = None, form: str = "PNG", **told: Any) -> bytes:
    """The bytes of a file."""
    kept = io.BytesIO()
    (image or picture()).save(kept, form, **told)
    return kept.getvalue()


def photo(note: str = "", orientation: int = 1) -> bytes:
    """A JPEG as a telephone makes it: with the place, the maker and a turn told beside it."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, note
    exif[GPS_IFD] = {29: note}
    return file(picture(), "JPEG", exif=exif, comment=note.encode())


def huge_png(width: int, height: int) -> bytes:
    """A file of a few bytes that says it is as large as this."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b""))
    )


def huge_webp(width: int, height: int) -> bytes:
    """The same as WebP."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + size
    return b"RIFF" + struct.pack("<I", len(body)) + body
