"""Mappings: kept as JSON, equal after a round trip, and every fault named with its place."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polku.exchange.spreadsheet.headers import propose
from polku.exchange.spreadsheet.mapping import (
    ColumnRule,
    Mapping,
    RepeatRule,
    SheetMapping,
    from_proposals,
)
from polku.exchange.spreadsheet.mapping_json import (
    MappingError,
    dump_mapping,
    load_mapping,
    ready_made,
)
from polku.exchange.spreadsheet.reading import Options, open_workbook

texts = st.text(min_size=1, max_size=20)
rules = st.builds(
    ColumnRule,
    header=texts,
    words=st.dictionaries(texts, texts, max_size=3).map(lambda words: tuple(words.items())),
    separator=st.none() | texts,
    langs=st.lists(texts, max_size=2).map(tuple),
    date_order=st.sampled_from([None, "dmy", "mdy"]),
    period=st.sampled_from([None, "start", "end"]),
    year_ends=st.sampled_from([(12, 31), (3, 31), (6, 30)]),
    party=st.sampled_from([None, "person", "organisation", "team"]),
)
sheets = st.builds(
    SheetMapping,
    sheet=texts,
    kind=st.sampled_from(["services", "requirements", "users", "dependencies"]),
    columns=st.lists(rules, max_size=3).map(tuple),
    keys=st.lists(texts, max_size=2).map(tuple),
    repeats=st.sampled_from([RepeatRule(), RepeatRule("latest", "year")]),
    header_row=st.none() | st.integers(1, 30),
    extra_cells=st.sampled_from(["ask", "join", "columns", "shift"]),
)
mappings = st.builds(
    Mapping,
    sheets=st.lists(sheets, min_size=1, max_size=2).map(tuple),
    name=texts,
    source=texts,
    encoding=st.sampled_from([None, "utf-8", "windows-1250"]),
    delimiter=st.sampled_from([None, ",", ";", "\t"]),
    quotes=st.booleans(),
)


@given(mappings)
def test_a_mapping_comes_back_as_it_was(mapping: Mapping) -> None:
    assert load_mapping(dump_mapping(mapping)) == mapping


def written(**changes: object) -> str:
    column = {"header": "Naam", "field": "name", "lang": "nl", **changes.pop("column", {})}  # type: ignore[dict-item]
    sheet = {"kind": "services", "columns": [column], **changes.pop("sheet", {})}  # type: ignore[dict-item]
    return json.dumps({"polku_mapping": 1, "sheets": [sheet], **changes})


def test_a_short_mapping_is_enough() -> None:
    sheet = load_mapping(written()).sheets[0]
    assert (sheet.sheet, sheet.columns) == ("*", (ColumnRule("Naam", "name", "nl"),))


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("{", "mapping", "not JSON"),
        ("[" * 100_000, "mapping", "not JSON"),
        ("[]", "mapping", "braces"),
        ("{}", "polku_mapping", "1"),
        (written(sheets=[]), "sheets", "At least one"),
        (written(encodign="x"), "mapping.encodign", "Did you mean “encoding”"),
        (written(delimiter=";;"), "delimiter", "one sign"),
        (written(quotes="no"), "quotes", "true or false"),
        (written(sheet={"kind": "service"}), "sheets[0].kind", "“services”"),
        (written(sheet={"header_row": 0}), "sheets[0].header_row", "from 1"),
        (written(sheet={"keys": "id"}), "sheets[0].keys", "list"),
        (written(sheet={"repeated": {"rule": "latest"}}), "sheets[0].repeated", "by"),
        (written(sheet={"constants": {"nmae": "x"}}), "sheets[0].constants.nmae", "“name”"),
        (written(column={"field": "nmae"}), "sheets[0].columns[0].field", "“name”"),
        (written(column={"lang": "xx1"}), "sheets[0].columns[0].lang", "xx1"),
        (written(column={"field": "owner"}), "sheets[0].columns[0].lang", "owner"),
        (written(column={"header": ""}), "sheets[0].columns[0].header", "missing"),
        (written(column={"year_ends": "31.3."}), "sheets[0].columns[0].year_ends", "03-31"),
        (
            written(column={"field": "state", "lang": None, "words": {"P": "alive"}}),
            "sheets[0].columns[0].words.P",
            "alive",
        ),
        (
            written(sheet={"columns": [{"header": x, "field": "id"} for x in "ab"]}),
            "sheets[0].columns[1].field",
            "column a",
        ),
    ],
)
def test_each_fault_is_named_with_its_place(text: str, place: str, words: str) -> None:
    with pytest.raises(MappingError) as error:
        load_mapping(text)
    assert error.value.place == place
    assert words in str(error.value.message)


def test_guesses_become_a_mapping_that_opens_the_file_again() -> None:
    data = "Tunnus;Nimi;Ikkunapaikka\n1;Näyttely;A\n".encode("windows-1252")
    options = Options(encoding="windows-1252", delimiter=";")
    sheet = open_workbook(data, "palvelut.csv", options).sheets[0]
    mapping = load_mapping(dump_mapping(from_proposals([propose(sheet)], options)))
    again = open_workbook(data, "palvelut.csv", mapping.options()).sheets[0]
    found = mapping.sheet(again.name)
    assert found is not None
    assert found.keys == ("Tunnus",)
    assert [rule.field for _column, rule in found.rules(again)] == ["id", "name", None]
    assert found.missing(again) == ()


def test_guesses_about_the_only_sheet_read_next_years_file_under_another_name() -> None:
    sheet = open_workbook(b"id,name\n1,Tour\n", "services-2026.csv").sheets[0]
    mapping = from_proposals([propose(sheet)])
    again = open_workbook(b"id,name\n1,Tour\n", "services-2027.csv").sheets[0]
    found = mapping.sheet(again.name)
    assert found is not None
    assert [rule.field for _column, rule in found.rules(again)] == ["id", "name"]


def test_guesses_about_several_sheets_are_told_apart_by_name(xlsx: Callable[..., bytes]) -> None:
    data = xlsx(Services=[["name", "owner"], ["Tour", "Aino"]], Other=[["x", "y"], ["1", "2"]])
    book = open_workbook(data, "both.xlsx")
    mapping = from_proposals([propose(sheet) for sheet in book.sheets])
    assert mapping.sheet("Services") is not None
    assert mapping.sheet("A third one") is None


def test_a_mapping_finds_columns_by_normalised_heading_and_misses_none_silently() -> None:
    sheet = open_workbook(b"NAAM:,extra\nA,b\n", "x.csv").sheets[0]
    columns = (ColumnRule("naam", "name"), ColumnRule("eigenaar", "owner"))
    found = SheetMapping("*", "services", columns, keys=("code",))
    assert [rule.field for _column, rule in found.rules(sheet)] == ["name", None]
    assert found.missing(sheet) == ("eigenaar", "code")


def test_the_ready_made_mapping_is_whole() -> None:
    mapping = ready_made("government-service-inventory")
    fields = {(rule.field, rule.lang) for rule in mapping.sheets[0].columns}
    assert {("name", "en"), ("name", "fr"), ("purpose", "en"), ("owner", None)} <= fields
    assert mapping.sheets[0].repeats == RepeatRule("latest", "fiscal_yr")
