"""Looks into a packed file (XLSX, ODS) before any spreadsheet library may.

The table of contents of a zip file is written by whoever made the file, so it is read first but
not believed: each entry is unpacked once in small pieces, counted against the limits, and its XML
watched for declarations and for cells far away from all others. Nothing is kept.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Literal

from polku.exchange.spreadsheet.extents import XmlWatch
from polku.exchange.spreadsheet.limits import Limits
from polku.exchange.spreadsheet.refusals import refused
from polku.storage.damage import BROKEN_ZIP

_PIECE = 256 * 1024
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_XML_STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


@dataclass(slots=True)
class _Budget:
    """Bytes that may still be unpacked."""

    left: int

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise refused("packed-too-tight")


def check_container(file: IO[bytes], size: int, limits: Limits) -> Literal["xlsx", "ods"]:
    """The kind of workbook, or :class:`FileRefused`. Memory stays at one piece of 256 kB."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_contents(entries, size, limits)
            kind = _kind(archive, entries)
            budget = _Budget(_allowed(size, limits))
            for entry in entries:
                _watch(file, entry, budget, limits)
            return kind
    except (*BROKEN_ZIP, OSError) as error:
        raise refused("damaged") from error


def _allowed(size: int, limits: Limits) -> int:
    return min(limits.unpacked_bytes, max(limits.ratio_free_bytes, size * limits.ratio))


def _check_contents(entries: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise refused("packed-too-tight")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise refused("encrypted")
    if sum(entry.file_size for entry in entries) > _allowed(size, limits):
        raise refused("packed-too-tight")
    if any(e.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for e in entries):
        raise refused("damaged")


def _kind(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Literal["xlsx", "ods"]:
    names = {entry.filename for entry in entries}
    if "mimetype" in names and _head(archive, "mimetype", 100).strip().startswith(_ODS_TYPE):
        if b"encryption-data" in _head(archive, "META-INF/manifest.xml", 1_000_000):
            raise refused("encrypted")
        return "ods"
    if "xl/workbook.bin" in names:
        raise refused("old-excel")
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return "xlsx"
    raise refused("not-a-table")


def _head(archive: zipfile.ZipFile, name: str, size: int) -> bytes:
    try:
        with archive.open(name) as entry:
            return entry.read(size)
    except KeyError:
        return b""


def _watch(file: IO[bytes], entry: zipfile.ZipInfo, budget: _Budget, limits: Limits) -> None:
    watch: XmlWatch | None = None
    first = True
    for piece in _unpacked(file, entry):
        budget.spend(len(piece))
        if first and piece.lstrip().startswith(_XML_STARTS):
            watch = XmlWatch(entry.filename, limits)
        first = False
        if watch is not None:
            watch.feed(piece)
    if watch is not None:
        watch.close()


def _unpacked(file: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The entry's bytes in pieces, up to the true end of its stream, whatever its header says."""
    remaining = _seek_to_data(file, entry)
    if entry.compress_type == zipfile.ZIP_STORED:
        while remaining > 0 and (piece := file.read(min(_PIECE, remaining))):
            remaining -= len(piece)
            yield piece
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    while remaining > 0 and not inflate.eof:
        packed = file.read(min(_PIECE // 4, remaining))
        if not packed:
            raise EOFError
        remaining -= len(packed)
        while packed and not inflate.eof:
            yield inflate.decompress(packed, _PIECE)
            packed = inflate.unconsumed_tail


def _seek_to_data(file: IO[bytes], entry: zipfile.ZipInfo) -> int:
    file.seek(entry.header_offset)
    header = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    if header[0] != b"PK\x03\x04":
        raise refused("damaged")
    file.seek(header[-2] + header[-1], 1)
    return entry.compress_size
