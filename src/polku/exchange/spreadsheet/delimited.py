"""CSV and TSV: the records of a text file, one at a time."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from polku.exchange.spreadsheet.refusals import refused

DELIMITERS = (",", ";", "\t", "|")
# The csv module's own default, said here because a test relies on it.
CELL_LENGTH = 131_072

_PROBE_RECORDS = 200


class Lines:
    """Lines without NUL, remembering those of the record being read."""

    def __init__(self, text: io.TextIOBase, skip_separator_line: bool) -> None:
        self._text = text
        self._skip = skip_separator_line
        self.of_record: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for number, line in enumerate(self._text):
            if number == 0 and self._skip:
                continue
            clean = line.replace("\0", "")
            self.of_record.append(clean)
            yield clean

    def may_be_unclosed(self) -> bool:
        """A record over several lines, or the last one of the file: others need no second look."""
        return len(self.of_record) > 1 or not self.of_record[-1].endswith(("\n", "\r"))


def separator_line(first_line: str) -> str | None:
    """The delimiter that a first line ``sep=;`` names, as Excel writes it."""
    line = first_line.strip("\ufeff\r\n\0")
    return line[4] if line.lower().startswith("sep=") and len(line) == 5 else None


def records(
    text: io.TextIOBase, delimiter: str, *, quotes: bool = True, skip_separator_line: bool = False
) -> Iterator[list[str]]:
    """The records in file order, blank ones as ``[]``.

    Raises ``FileRefused`` where a quotation mark is opened and never closed, since everything
    after it would be lost inside one cell.
    """
    lines = Lines(text, skip_separator_line)
    number = 1
    try:
        for record in _reader(iter(lines), delimiter, quotes):
            if quotes and lines.may_be_unclosed() and _is_unclosed(lines, delimiter):
                raise refused("cell-too-long", row=number)
            lines.of_record.clear()
            number += 1
            yield record
    except csv.Error as error:
        raise refused("cell-too-long", row=number) from error


def guess_delimiter(text: str, file_name: str = "") -> str:
    """The delimiter under which most of the first records are equally wide, widest first."""
    named = separator_line(text.partition("\n")[0])
    if named:
        return named
    scores = {delimiter: _score(text, delimiter) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    if scores[best][1] <= 1:
        return "\t" if file_name.lower().endswith((".tsv", ".tab")) else ","
    return best


def _reader(lines: Iterator[str], delimiter: str, quotes: bool) -> Iterator[list[str]]:
    if quotes:
        return csv.reader(lines, delimiter=delimiter)
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _is_unclosed(lines: Lines, delimiter: str) -> bool:
    """Whether the record reaches over several lines and still waits for its closing mark."""
    try:
        list(csv.reader(lines.of_record, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def _score(text: str, delimiter: str) -> tuple[float, int]:
    widths = [len(record) for record in _probe(text, delimiter) if record]
    if not widths:
        return 0.0, 0
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    if usual == 1:
        return 0.0, 1
    agreeing = widths.count(usual) / len(widths)
    heading = 1.0 if widths[0] == usual else 0.5 if widths[0] > 1 else 0.0
    return agreeing * (1 + heading) * min(usual, 6) ** 0.5, usual


def _probe(text: str, delimiter: str) -> list[list[str]]:
    try:
        found = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 200))
    except csv.Error:
        return []
    # The text was cut at some byte, so its last record may be half a record.
    return found[:-1] if len(found) > 1 and len(found) < _PROBE_RECORDS else found
