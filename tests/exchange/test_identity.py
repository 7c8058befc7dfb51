"""Keys, repeated keys, and rows that look like one thing."""

from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from polku.exchange.spreadsheet.identity import chosen_rows, keyed_rows, row_key
from polku.exchange.spreadsheet.likeness import NamedRow, likely_duplicates
from polku.exchange.spreadsheet.mapping import RepeatRule, SheetMapping
from polku.exchange.spreadsheet.reading import open_workbook
from polku.kernel.folding import fold

FILE = b"""org,no,year,name
a,1,2022-2023,old
a,1,2024-2025,new
b,1,2023,x
,1,2023,y
,1,2023,z
a,1,,w
"""


def rows_kept(rule: RepeatRule) -> tuple[list[str], list[tuple[int, int]]]:
    sheet = open_workbook(FILE, "x.csv").sheets[0]
    mapping = SheetMapping("*", "services", (), keys=("org", "no"), repeats=rule)
    keyed = keyed_rows(sheet, mapping)
    names = [row.cells[3] for row in chosen_rows(sheet, keyed)]
    return names, [(left.row, left.kept_row) for left in keyed.left_out]


def test_the_first_of_repeated_keys_is_kept_and_the_others_are_listed() -> None:
    assert rows_kept(RepeatRule()) == (["old", "x", "y", "z"], [(3, 2), (7, 2)])


def test_the_latest_of_repeated_keys_is_kept_in_its_place() -> None:
    latest = rows_kept(RepeatRule("latest", "year"))
    assert latest == (["new", "x", "y", "z"], [(2, 3), (7, 3)])


def test_half_a_key_is_no_key() -> None:
    assert row_key(["a", ""]) == row_key([]) == ""
    assert row_key([" a  b ", "1"]) == row_key(["a b", "1"]) != row_key(["a b1", ""])
    assert row_key(["e\u0301"]) == row_key(["é"])
    assert row_key(["A"]) != row_key(["a"])


def test_two_spellings_of_one_service_are_found() -> None:
    rows = [
        NamedRow(1, ("Opastettu kierros",)),
        NamedRow(2, ("Opastetut kierrokset",)),
        NamedRow(3, ("opastettu  KIERROS",)),
        NamedRow(4, ("Opastettu kierrros",)),
        NamedRow(5, ("Kahvila",)),
    ]
    found = {frozenset(likely.refs): likely.likeness for likely in likely_duplicates(rows)}
    assert found[frozenset({1, 3})] == 1.0
    assert any(refs >= {1, 4} and 0.85 <= score < 1 for refs, score in found.items())
    assert not any(5 in refs for refs in found)


def test_equal_aliases_and_pages_are_found() -> None:
    rows = [
        NamedRow("a", ("Customer desk",), ("HELP",), "https://x.example/a/"),
        NamedRow("b", ("Help",), (), "http://www.x.example/a#top"),
        NamedRow("c", ("Something else",), ("help",)),
        NamedRow("d", ("Another",), ("", "other")),
    ]
    found = {(likely.why, frozenset(likely.refs)) for likely in likely_duplicates(rows)}
    assert found == {("alias", frozenset("abc")), ("page", frozenset("ab"))}


def test_one_row_in_two_languages_is_no_duplicate_of_itself() -> None:
    assert likely_duplicates([NamedRow(1, ("Museum", "Museum", "museum"), ("Museum",))]) == []


names = st.lists(st.text("abcd é", min_size=1, max_size=12), min_size=2, max_size=12)


@given(names)
def test_no_pair_is_reported_that_is_not_alike(found: list[str]) -> None:
    rows = [NamedRow(at, (name,)) for at, name in enumerate(found)]
    for likely in likely_duplicates(rows):
        spellings = {fold(found[int(ref)]) for ref in likely.refs}
        assert len(spellings) <= 2
        one, other = min(spellings), max(spellings)
        assert fuzz.ratio(one, other) >= 85


def test_the_quick_way_finds_what_comparing_all_finds(inventory: Path) -> None:
    sheet = open_workbook(inventory, inventory.name).sheets[0]
    place = sheet.headers.index("service_name_en")
    named = [(row.number, row.cells[place]) for row in sheet.rows()]
    spellings = sorted({fold(name) for _number, name in named})
    slow = {
        frozenset(pair)
        for pair in combinations(spellings, 2)
        if fuzz.ratio(*pair, score_cutoff=85) >= 85
    }
    by_number = dict(named)
    found = likely_duplicates((NamedRow(number, (name,)) for number, name in named), most=10_000)
    quick = {frozenset(fold(by_number[int(ref)]) for ref in likely.refs) for likely in found}
    assert slow
    assert slow <= quick
