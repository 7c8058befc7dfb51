"""What the columns are taken for: four languages, languages of a column, guesses, own columns."""

from collections.abc import Callable

import pytest

from polku.exchange.spreadsheet.headers import (
    find_header_row,
    match_header,
    normalise,
    propose,
    sheet_kind,
)
from polku.exchange.spreadsheet.reading import open_workbook
from polku.exchange.spreadsheet.shapes import SHAPES
from polku.exchange.spreadsheet.synonyms import SYNONYMS
from polku.exchange.spreadsheet.workbook import Sheet


def sheet_of(text: str, name: str = "x.csv") -> Sheet:
    return open_workbook(text.encode(), name).sheets[0]


def fields(sheet: Sheet, **options: object) -> dict[str, tuple[str | None, str | None, str]]:
    proposal = propose(sheet, **options)  # type: ignore[arg-type]
    return {
        guess.column.key: (guess.field, guess.lang, guess.confidence) for guess in proposal.columns
    }


@pytest.mark.parametrize(
    ("header", "same_as"),
    [
        ("  NAME ", "name"),
        ("Name:", "name"),
        ("Työnimi", "tyonimi"),
        ("price (€)", "price"),
        ("last_reviewed", "Last reviewed"),
        ("SLA:n nimi", "SLA nimi"),
        ("№", "no"),
        ("e-mail", "E mail"),
        ("партнёр", "ПАРТНЕР"),
        ("usługa", "Usluga"),
    ],
)
def test_headings_are_compared_without_their_dress(header: str, same_as: str) -> None:
    assert normalise(header) == normalise(same_as)


@pytest.mark.parametrize("kind", SYNONYMS)
def test_every_heading_of_the_table_is_known_and_means_one_thing(kind: str) -> None:
    meanings: dict[str, set[str]] = {}
    for field, languages in SYNONYMS[kind].items():
        assert len(languages) == 4
        assert SHAPES[kind].field(field)
        for word in (field, *(word for line in languages for word in line.split(","))):
            meanings.setdefault(normalise(word), set()).add(field)
            match = match_header(kind, word.strip())
            assert match is not None
            assert (match.field, match.confidence) == (field, "known"), word
    assert {word: found for word, found in meanings.items() if len(found) > 1} == {}
    assert [field.name for field in SHAPES[kind].fields] == list(SYNONYMS[kind])


@pytest.mark.scenario("AC08")
def test_finnish_headings_are_mapped() -> None:
    headings = (
        "Tunnus;Palvelun nimi;Vastuuhenkilö;Elinkaaren tila;Kuvaus;Kohderyhmä;Asiointikanava;"
        "Sähköposti;Verkko-osoite;Toimittaja;Kustannusluokka;Hinta (€);Aukioloajat;Kielet;"
        "Viimeksi katselmoitu;Lisätiedot;Kiinteistötunnus"
    )
    proposal = propose(sheet_of(headings + "\n" + "x;" * 16 + "17\n"))
    assert proposal.kind == "services"
    assert proposal.language == "fi"
    assert [guess.field for guess in proposal.columns] == [
        "id", "name", "owner", "state", "purpose", "for_whom", "channels", "contact", "page",
        "supplier", "cost_class", "price", "when", "languages", "last_reviewed", "notes", None,
    ]  # fmt: skip
    assert {guess.confidence for guess in proposal.columns[:-1]} == {"known"}
    assert (proposal.columns[-1].confidence, proposal.columns[-1].samples) == ("own", ("17",))


@pytest.mark.parametrize(
    ("headings", "lang"),
    [
        ("id,name,owner,state,purpose", "en"),
        ("numer,nazwa usługi,właściciel,stan,korzyść", "pl"),
        ("код,название,владелец,состояние,назначение", "ru"),
    ],
)
def test_the_same_sheet_in_other_languages(headings: str, lang: str) -> None:
    proposal = propose(sheet_of(headings + "\n1,A,B,C,D\n"))
    assert [guess.field for guess in proposal.columns] == [
        "id",
        "name",
        "owner",
        "state",
        "purpose",
    ]
    assert proposal.language == lang


@pytest.mark.parametrize(
    ("header", "field", "lang"),
    [
        ("name_en", "name", "en"),
        ("name_fr", "name", "fr"),
        ("service_name_fr", "name", "fr"),
        ("Nimi (fi)", "name", "fi"),
        ("Nimi (suomeksi)", "name", "fi"),
        ("Nazwa [po angielsku]", "name", "en"),
        ("Название (французский)", "name", "fr"),
        ("purpose_pt-BR", "purpose", "pt-BR"),
        ("name_zh_hant", "name", "zh-Hant"),
        ("price (svenska)", "price", "sv"),
    ],
)
def test_a_column_may_say_its_language(header: str, field: str, lang: str) -> None:
    match = match_header("services", header)
    assert match is not None
    assert (match.field, match.lang, match.confidence) == (field, lang, "known")


@pytest.mark.parametrize(
    ("header", "field"),
    [("service_id", "id"), ("service_no", "id"), ("owner_en", None), ("price (min)", "price")],
)
def test_endings_that_are_no_language(header: str, field: str | None) -> None:
    match = match_header("services", header)
    assert (match.field if match else None) == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("suplier", "supplier"),
        ("Omistja", "owner"),
        ("właścicel", "owner"),
        ("описанне", "purpose"),
    ],
)
def test_close_spelling_is_a_guess(header: str, field: str) -> None:
    match = match_header("services", header)
    assert match is not None
    assert (match.field, match.confidence) == (field, "guess")


@pytest.mark.parametrize("header", ["nmae", "ovner", "pag", "Budjettikohta", "window"])
def test_short_or_distant_spelling_is_no_guess(header: str) -> None:
    assert match_header("services", header) is None


def test_a_sure_column_wins_over_a_guess_and_the_rest_stay_own() -> None:
    found = fields(sheet_of("Suplier,Supplier,Vendor,name\na,b,c,d\n"))
    assert found["Supplier"] == ("supplier", None, "known")
    assert found["Suplier"] == found["Vendor"] == (None, None, "own")


ROOMS = "Nimi;Tila\nA;{}\nB;{}\nC;{}\n"


def test_finnish_tila_is_a_state_when_half_of_its_words_are() -> None:
    assert fields(sheet_of(ROOMS.format("käytössä", "sali 2", "Tauolla")))["Tila"][0] == "state"
    assert fields(sheet_of(ROOMS.format("käytössä", "", "sali 2")))["Tila"][0] == "state"
    assert fields(sheet_of(ROOMS.format("käytössä", "sali 2", "aula")))["Tila"][0] is None


def test_what_was_learnt_goes_first() -> None:
    learnt = {
        ("services", "kiinteistotunnus"): ("id", None),
        ("services", "kuvaus"): (None, None),
        ("services", "otsikko fr"): ("name", "fr"),
    }
    sheet = sheet_of("Kiinteistötunnus;Kuvaus;Otsikko (fr);Nimi\n1;a;b;c\n")
    found = fields(sheet, learnt=learnt, kind="services")
    assert found["Kiinteistötunnus"] == ("id", None, "learnt")
    assert found["Kuvaus"] == (None, None, "learnt")
    assert found["Otsikko (fr)"] == ("name", "fr", "learnt")
    assert found["Nimi"] == ("name", None, "known")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Palvelut", "services"),
        ("USŁUGI", "services"),
        ("Услуги", "services"),
        ("Vaatimukset/Toiveet", "requirements"),
        ("Asiakkaat", "users"),
        ("Klienci", "users"),
        ("Зависимости", "dependencies"),
        ("Budget", None),
    ],
)
def test_sheets_are_known_by_name(name: str, kind: str | None) -> None:
    assert sheet_kind(name, ["x", "y"]) == kind


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (["Toive", "Palvelu", "Keneltä"], "requirements"),
        (["Asiakas", "Palvelu", "Alkaa"], "users"),
        (["Usługa", "Zależy od", "Rodzaj"], "dependencies"),
        (["Название", "Владелец"], "services"),
        (["Month", "Sum"], None),
    ],
)
def test_sheets_are_known_by_their_headings(headings: list[str], kind: str | None) -> None:
    assert sheet_kind("Taul1", headings) == kind


def test_an_unknown_sheet_is_proposed_to_be_left_out(xlsx: Callable[..., bytes]) -> None:
    book = open_workbook(xlsx(Notes=[["Month", "Sum"], ["May", 3]]), "x.xlsx")
    proposal = propose(book.sheets[0])
    assert proposal.kind is None
    assert [guess.samples for guess in proposal.columns] == [("May",), ("3",)]


def test_the_heading_row_needs_two_known_headings_in_the_first_twenty() -> None:
    rows = [["Name of our museum", ""], [], ["Name", "Owner"], ["A", "B"]]
    assert find_header_row(rows) == 2
    assert find_header_row([["x", "y"], ["1", "2"]]) == 0
    assert find_header_row([[], ["", ""], ["x"]]) == 2
    assert find_header_row([["x"], *[["1"]] * 19, ["Name", "Owner"]]) == 0
    assert find_header_row([]) is None
