"""What all journeys say, on one sheet: a row a cell, as each leaves by itself.

The earlier versions that were agreed, talks and comments stay: they have files of their own.
"""

from collections.abc import Iterable, Sequence

from polku.exchange.journeys.columns import headings
from polku.exchange.journeys.sheet_rows import journey_table
from polku.exchange.spreadsheet.writing import Table, Value
from polku.journeys.document_shapes import JourneyDoc
from polku.journeys.documents import document_for
from polku.journeys.lanes import LANES
from polku.journeys.models import Journey
from polku.kernel.actor import Actor
from polku.kernel.queries import visible

NAME = "journey cells"
_LANES = tuple(lane.key for lane in LANES)


def journey_cells(actor: Actor, *, archived: bool = False) -> Table:
    """The cells of all journeys that the actor may see."""
    rows = visible(actor, Journey, archived=archived).order_by("id")
    return cells_of([document_for(actor, row) for row in rows], actor.workspace.languages)


def cells_of(docs: Sequence[JourneyDoc], languages: Iterable[str]) -> Table:
    """The cells of these journeys; a column for each language that one of them is written in."""
    tables = [journey_table(doc, languages, _LANES) for doc in docs]
    tags = [head for table in tables for head in table.headers if head.startswith("text_")]
    langs = list(dict.fromkeys([*languages, *(tag.removeprefix("text_") for tag in tags)]))
    headers = headings(langs)
    lines: list[Sequence[Value]] = []
    for table in tables:
        for row in table.rows:
            cells = dict(zip(table.headers, row, strict=True))
            lines.append([cells.get(name) for name in headers])
    return Table(NAME, headers, lines)
