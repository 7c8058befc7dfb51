"""What reading a damaged zip file raises."""

import lzma
import struct
import zipfile
import zlib

# A name that is no text is a ValueError; an unknown version or way of packing, or a member that
# asks for a password, a RuntimeError.
BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, ValueError,
    OverflowError, RuntimeError,
)  # fmt: skip
