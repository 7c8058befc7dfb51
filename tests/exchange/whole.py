"""Comparing two exports of whole workspaces, whose codes may differ."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from polku.exchange.operations.exports import export_all
from polku.exchange.planning.further_finding import Finder
from polku.exchange.planning.further_sheets import further_sheets
from polku.exchange.planning.here import Here
from polku.exchange.spreadsheet.reading import open_workbook
from polku.kernel.actor import Actor, actor_of
from polku.kernel.registry import entities
from polku.people.operations import open_workspace
from polku.tenancy.models import UserAccount

# Numbers of pieces are given anew, and a sheet carries no picture.
ASIDE = {"number", "stage", "step", "cell", "picture"}
OF_PIECES = re.compile(r"\b([A-Z]+-\d+)\.\d+\b")


def room_for(user: UserAccount, languages: list[str], size: str = "provider") -> Actor:
    """Another workspace of the same person, with nothing in it."""
    membership = open_workspace("Elsewhere", language=languages[0], size=size, person=user)
    membership.workspace.languages = languages
    membership.workspace.save()
    return actor_of(membership)


def export_of(by: Actor) -> bytes:
    """Everything of a workspace."""
    return export_all(by=by).content


def code_map(content: bytes, there: Actor) -> dict[str, str]:
    """Codes of a file by those of the workspace that it was brought to."""
    sheets = further_sheets(open_workbook(content, "x.xlsx"))
    finder = Finder(Here(there, "spreadsheet"), ours=False)
    found = {}
    for entity, rows in sheets.ordered():
        for row in rows:
            obj = finder.find(entity, row)
            assert obj is not None, (entity.kind, row.code)
            found[row.code] = obj.code
    return found


def rows_by_sheet(content: bytes, codes: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Each sheet as a bag of rows, with codes put into those of another workspace."""
    prefixes = "|".join(row.prefix for row in entities())
    pattern = re.compile(rf"\b(?:{prefixes})-\d+\b")

    def told(text: str) -> str:
        text = OF_PIECES.sub(r"\1.x", text)
        if codes is not None:
            text = pattern.sub(lambda found: codes.get(found[0], found[0]), text)
        if text.startswith("{"):
            return json.dumps(json.loads(text), sort_keys=True)
        return "; ".join(sorted(text.split("; ")))

    book = open_workbook(content, "x.xlsx")
    return {
        sheet.name: Counter(
            frozenset((head, told(cell)) for head, cell in zip(sheet.headers, row.cells,
                                                              strict=True)
                      if cell and head not in ASIDE)
            for row in sheet.rows()
        )
        for sheet in book.sheets
    }  # fmt: skip
