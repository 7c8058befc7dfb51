"""Split and merged wishes leave in a workbook and stand elsewhere as they stood."""

import pytest

from polku.kernel.links import tie
from polku.portfolio.models import Requirement
from polku.portfolio.operations import merge_wishes, split_wish
from polku.portfolio.telling import givers_of
from tests.cast import Cast, make
from tests.exchange.desk import Desk
from tests.exchange.whole import code_map, export_of, room_for, rows_by_sheet

pytestmark = pytest.mark.django_db


def test_parts_merged_ones_and_all_who_asked_come_back(cast: Cast) -> None:
    by = cast.aino.actor
    whole = make("requirement", by, statement="Warm and light", raised_by_party=cast.piotr.party)
    tie("L02", whole, make("service_product", by, name="Tours"), by=by)
    part, other = split_wish(whole, [{"statement": "Warm"}, {"statement": "Light"}], by=by)
    more = make("requirement", by, statement="Heat", raised_by_party=cast.heikki.party,
                verified_on="2026-04-05", verified_how="Measured")  # fmt: skip
    merge_wishes(part, [more], by=by, why="Same")
    first = export_of(by)
    _run, plan = Desk(by).try_file(first, "here.xlsx")
    assert (plan.counts["new"], plan.counts["changed"], plan.counts["left_out"]) == (0, 0, 0)
    there = Desk(room_for(cast.aino.user, ["en", "fi"]))
    run = there.bring(first, "here.xlsx")
    assert (run.state, run.counts["left_out"]) == ("complete", 0)
    codes = code_map(first, there.by)
    rows = {row.code: row for row in Requirement.objects.filter(workspace=there.by.workspace)}
    kept = rows[codes[part.code]]
    assert [party.name for party in givers_of(kept)] == ["Piotr Zieliński", "Heikki Laine"]
    assert {kept.part_of, rows[codes[other.code]].part_of} == {rows[codes[whole.code]]}
    gone = rows[codes[more.code]]
    assert (gone.goes_on, gone.merged_into, gone.state) == ("other", kept, "will_not_do")
    assert rows[codes[whole.code]].goes_on == "parts"
    ours, theirs = rows_by_sheet(first, codes), rows_by_sheet(export_of(there.by))
    named = [name for name in ours if name.startswith("requirement") or name == "links"]
    assert len(named) > 2
    for sheet in named:
        assert ours[sheet] == theirs[sheet], sheet
