"""A workbook of a workspace that somebody broke: what is wrong is told, the rest comes."""

import io
from collections.abc import Iterator, Mapping
from typing import Any

import openpyxl
import pytest

from polku.kernel.models import ImportRow, ImportRun, Link
from polku.portfolio.models import Dependency, PackageMember, Price
from polku.tenancy.models import UserAccount
from tests.browser.examples import OLGA, olga_in_norrvik
from tests.exchange.desk import Desk
from tests.exchange.whole import export_of, room_for

pytestmark = pytest.mark.django_db

LONG = "a" * 5000


class Damaged:
    """An export under somebody's hands; ``told`` is what is expected of each place."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.told: dict[tuple[str, int], str] = {}

    def cell(self, sheet: str, row: int, header: str, value: Any, told: str) -> None:
        heads = [cell.value for cell in self.book[sheet][1]]
        column = heads.index(header) + 1 if header in heads else len(heads) + 1
        self.book[sheet].cell(1, column).value = header
        self.book[sheet].cell(row, column).value = value
        self.told[sheet, row if header in heads else 1] = told

    def row(self, sheet: str, like: int, told: str, **cells: Any) -> None:
        heads = [cell.value for cell in self.book[sheet][1]]
        values = {**dict(zip(heads, [c.value for c in self.book[sheet][like]], strict=True))}
        self.book[sheet].append([{**values, **cells}[head] for head in heads])
        self.told[sheet, self.book[sheet].max_row] = told

    def content(self) -> bytes:
        file = io.BytesIO()
        self.book.save(file)
        return file.getvalue()


@pytest.fixture
def olga() -> Desk:
    return Desk(olga_in_norrvik())


@pytest.fixture
def damaged(olga: Desk) -> Damaged:
    found = Damaged(export_of(olga.by))
    # Values that do not fit their fields, and a reference to a thing of another kind
    found.cell("goals", 2, "statement [en]", LONG, "unfit")
    found.cell("requirements in full", 2, "raised_by_party", "SRV-1", "unfit")
    found.cell("journeys", 3, "pair", "JRN-3", "nowhere")
    found.cell("package members", 2, "workspace", "1", "no_column")
    # What every other door refuses
    found.row("dependencies in full", 2, "not_stored", code="DEP-900", **{"from": "CMP-10"},
              to="SRV-1")  # fmt: skip
    found.row("dependencies in full", 2, "not_stored", code="DEP-901", to="SRV-1")
    found.row("package members", 2, "not_stored", number=90)
    found.row("prices", 2, "not_stored", number=90, period="every now and then")
    found.row("prices", 2, "twice")
    found.row("prices", 2, "unfit", number=-5)
    # Ties
    found.row("links", 2, "twice")
    found.row("links", 2, "not_stored", confidence="perhaps", valid_from="2020-01-01")
    found.row("links", 2, "not_stored", valid_from="2020-05-02", valid_to="2020-05-01")
    found.row("links", 2, "not_stored", properties='{"colour": "red"}', valid_to="2001-01-01",
              valid_from=None)  # fmt: skip
    found.row("links", 2, "unfit", valid_from="soon")
    found.row("stakeholder lines", 2, "nowhere", to="SRV-1")
    return found


def problems(run: ImportRun) -> Mapping[tuple[str, int], set[str]]:
    rows = ImportRow.objects.filter(run=run)
    return {(row.sheet, row.row_number): {problem["code"] for problem in row.problems}
            for row in rows}  # fmt: skip


def circles(run: ImportRun) -> Iterator[Any]:
    edges = Dependency.objects.filter(workspace=run.workspace, kind__in=("requires", "part_of"))
    pairs = {((e.from_kind, e.from_id), (e.to_kind, e.to_id)) for e in edges}
    return ((start, end) for start, end in pairs if (end, start) in pairs)


def test_what_is_broken_is_left_out_and_told(olga: Desk, damaged: Damaged) -> None:
    user = UserAccount.objects.get(email=OLGA)
    there = Desk(room_for(user, list(olga.by.workspace.languages)))
    run = there.bring(damaged.content(), "norrvik.xlsx")
    assert run.state == "complete"
    told = problems(run)
    missing = {place: (code, told.get(place)) for place, code in damaged.told.items()
               if code not in told.get(place, set())}  # fmt: skip
    assert missing == {}
    assert list(circles(run)) == []
    assert Price.objects.filter(workspace=run.workspace).count() == 9
    # A list of a package that breaks a rule is left out whole; the other package has its own
    packages = PackageMember.objects.filter(workspace=run.workspace)
    assert packages.values_list("package").distinct().count() == 1
    ties = Link.objects.filter(workspace=run.workspace).values_list(
        "kind", "from_kind", "from_id", "to_kind", "to_id", "valid_from", "valid_to"
    )
    assert len(set(ties)) == len(ties)
    assert not Link.objects.filter(workspace=run.workspace, confidence="perhaps").exists()


def test_the_dry_run_tells_it_already(olga: Desk, damaged: Damaged) -> None:
    _run, plan = olga.try_file(damaged.content(), "norrvik.xlsx")
    codes = {(row.sheet, row.number): {trouble.code for trouble in row.troubles}
             for row in plan.all_rows}  # fmt: skip
    assert codes["goals", 2] == {"unfit"}
    assert codes["package members", 1] == {"no_column"}
    assert codes["links", damaged.book["links"].max_row] == {"unfit"}
