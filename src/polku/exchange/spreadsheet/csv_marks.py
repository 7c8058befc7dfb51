"""Two marks that a CSV file of ours carries, and how they are read back.

A cell that a spreadsheet program would take for a formula gets one apostrophe in front. To know
later whether an apostrophe is ours, the heading of the code column ends in the export's mark:
``id [polku-3f9a2c71]``. A heading survives being opened and saved in any program, adds neither row
nor column, and our own header match ignores what stands in brackets. XLSX and ODS need no
apostrophes; they carry the export in their document properties instead.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice

type Records = Callable[[], Iterator[list[str]]]

_MARK = re.compile(r" ?\[polku-([0-9a-z]{8,32})\]\s*$")
_MARK_SEARCH_ROWS = 50
_LOOKS_LIKE_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_QUOTED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def marked(header: str, export_id: str) -> str:
    """The heading with the mark of the export at its end."""
    return f"{header} [polku-{export_id}]"


def unmarked(records: Records) -> tuple[Records, str | None]:
    """The records with apostrophes of ours taken off, and the export they came from.

    Without a mark among the first rows the records are those of somebody else and stay as they
    are. A CSV of ours that was saved as a workbook still has its mark and its apostrophes.
    """
    for record in islice(records(), _MARK_SEARCH_ROWS):
        for header in record:
            if match := _MARK.search(header):
                return lambda: ([unquoted(cell) for cell in each] for each in records()), match[1]
    return records, None


def without_mark(header: str) -> str:
    """The heading as it was before it was marked."""
    return _MARK.sub("", header)


def quoted(text: str) -> str:
    """The text, made safe for a CSV cell. ``unquoted(quoted(text)) == text`` for every text."""
    return "'" + text if _LOOKS_LIKE_FORMULA.match(text) else text


def unquoted(text: str) -> str:
    """The text of a cell of a file that carries our mark."""
    return text[1:] if _QUOTED.match(text) else text
