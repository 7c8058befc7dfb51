"""Which character set a CSV file is written in. Source: handbook, portfolio 7.9.

UTF-8 and UTF-16 prove themselves. Among the three Windows sets every byte is legal in all, so the
bytes above 127 are weighed: letters that people of Europe write inside words speak for a set,
signs inside words (such as a superscript 3 between letters) against it.
"""

import codecs
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO

from polku.exchange.spreadsheet.refusals import refused

_WINDOWS = ("windows-1250", "windows-1251", "windows-1252")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", *_WINDOWS)

_PIECE = 256 * 1024
_SAMPLE_LENGTH = 160
_WORD_WITH_HIGH_BYTES = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_COMMON = {
    "windows-1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻčšžřěůýáíéúďťňČŠŽŘŮÁÍÉőűöüäôßăâîșț",
    "windows-1252": "äöåéèêëàâçîïôœûùüßñóíáúæøãõÄÖÅÉÈÊËÀÂÇÎÏÔŒÛÙÜÑÓÍÁÚÆØÃÕšžŠŽ",
}
_RUSSIAN = set("абвгдежзийклмнопрстуфхцчшщъыьэюяёАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁ")


@dataclass(frozen=True, slots=True)
class Bytes:
    """What one pass over the bytes showed: size, SHA-256, NUL count, the encoding guessed."""

    size: int
    file_hash: str
    nuls: int
    encoding: str
    is_guess: bool


def examine(file: IO[bytes]) -> Bytes:
    """Read the file once, in pieces, and say what it is. The file ends rewound to its start."""
    digest, words = hashlib.sha256(), Counter[bytes]()
    utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
    size = nuls = 0
    head = b""
    for piece in _pieces(file):
        head = head or piece[:4096]
        size += len(piece)
        digest.update(piece)
        nuls += piece.count(0)
        utf8 = _still_utf8(utf8, piece)
        if utf8 is None and len(words) < 20_000:
            words.update(_WORD_WITH_HIGH_BYTES.findall(piece))
    file.seek(0)
    encoding, is_guess = _decide(head, utf8 is not None and _ends_whole(utf8), words)
    return Bytes(size, digest.hexdigest(), nuls, encoding, is_guess)


def text_of(file: IO[bytes], encoding: str) -> io.TextIOWrapper:
    """The file as text from its start. Line ends stay as written, since a cell may hold them."""
    file.seek(0)
    return io.TextIOWrapper(file, encoding=_codec(encoding), errors="strict", newline="")


def check_encoding(file: IO[bytes], encoding: str) -> None:
    """Refuse a character set that can't read the whole file."""
    if encoding not in ENCODINGS:
        raise refused("wrong-encoding", encoding=encoding)
    decoder = codecs.getincrementaldecoder(_codec(encoding))()
    try:
        for piece in _pieces(file):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise refused("wrong-encoding", encoding=encoding) from error
    finally:
        file.seek(0)


def samples(lines: Iterator[str], wanted: int = 3) -> tuple[str, ...]:
    """The first different lines with letters outside ASCII, cut to a readable length."""
    found: dict[str, None] = {}
    for line in lines:
        place = next((at for at, sign in enumerate(line) if sign > "\x7f" and sign.isalpha()), None)
        if place is not None:
            start = max(0, place - _SAMPLE_LENGTH // 2)
            found[line[start : start + _SAMPLE_LENGTH].strip()] = None
            if len(found) == wanted:
                break
    return tuple(found)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


def _codec(encoding: str) -> str:
    return {"utf-8": "utf-8-sig"}.get(encoding, encoding)


def _still_utf8(
    decoder: codecs.IncrementalDecoder | None, piece: bytes
) -> codecs.IncrementalDecoder | None:
    if decoder is None:
        return None
    try:
        decoder.decode(piece)
    except UnicodeDecodeError:
        return None
    return decoder


def _ends_whole(decoder: codecs.IncrementalDecoder) -> bool:
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decide(head: bytes, is_utf8: bool, words: Counter[bytes]) -> tuple[str, bool]:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", False
    if head.startswith(codecs.BOM_UTF8) and is_utf8:
        return "utf-8-sig", False
    half = max(1, len(head) // 2)
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if max(even, odd) > 0.3 and min(even, odd) < 0.05:
        return "utf-16-le" if odd > even else "utf-16-be", True
    if is_utf8:
        return "utf-8", False
    if not words:
        # Bytes outside UTF-8 were in no word that was counted; Windows-1252 is the commonest.
        return "windows-1252", True
    return max(_WINDOWS, key=lambda encoding: _weight(words, encoding)), True


def _weight(words: Counter[bytes], encoding: str) -> tuple[float, int]:
    """How well the words read in this set; equal weights go to the set met most often."""
    rank = ("windows-1251", "windows-1250", "windows-1252").index(encoding)
    total = 0.0
    for word, times in islice(words.items(), 20_000):
        total += min(times, 20) * _weight_of_word(word, encoding)
    return total, rank


def _weight_of_word(word: bytes, encoding: str) -> float:
    try:
        text = word.decode(encoding)
    except UnicodeDecodeError:
        return -5.0
    high = [letter for letter in text if letter > "\x7f"]
    if encoding == "windows-1251":
        mixed = any(letter.isascii() for letter in text)
        russian = sum(letter in _RUSSIAN for letter in high)
        odd_case = text[1:] != text[1:].lower() and text != text.upper()
        return -3.0 if mixed or odd_case else 1.2 * russian if len(high) > 1 else 0.1 * russian
    common = _COMMON[encoding]
    weight = sum(_weight_of_letter(letter, common) for letter in high)
    # Real words of these languages are not made of accented letters only.
    crowded = len(high) > 3 and len(high) > 0.7 * len(text)
    # A capital inside a small word is a letter of another set.
    odd_case = any(letter.isupper() for letter in text[1:]) and any(x.islower() for x in text)
    return weight - (3.0 * len(high) if crowded else 0) - (1.0 if odd_case else 0)


def _weight_of_letter(letter: str, common: str) -> float:
    if letter in common:
        return 1.0
    if letter.isalpha():
        return -0.5
    # Dashes, quotation marks and the euro sign stand between words in every set.
    return 0.0 if letter in "–—…„”“’‘€§°«»\xa0©®•" else -2.0
