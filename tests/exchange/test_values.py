"""Cells of each kind of column, with the words people use and the ones nobody knows."""

import datetime
from decimal import Decimal

import pytest

from polku.exchange.spreadsheet.cells import Cell
from polku.exchange.spreadsheet.mapping import ColumnRule
from polku.exchange.spreadsheet.parties import guess_kind
from polku.exchange.spreadsheet.shapes import SHAPES
from polku.exchange.spreadsheet.state_words import StateWord
from polku.exchange.spreadsheet.values import Contact, read_cell, read_decimal, split_list


def read(field: str, text: str, sheet: str = "services", **rule: object) -> Cell:
    shape = SHAPES[sheet].field(field)
    assert shape is not None
    return read_cell(shape, text, ColumnRule(field, field, **rule), sheet)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_empty_cell_says_nothing(text: str) -> None:
    assert read("name", text).outcome == "empty"


@pytest.mark.parametrize("text", ["[clear]", "-clear-", " [CLEAR] "])
def test_a_field_is_cleared_only_by_word(text: str) -> None:
    assert read("purpose", text).outcome == "clear"
    assert read("last_reviewed", text).outcome == "clear"


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("idea idea pomysł идея assessed", "idea"),
        (
            "planned suunnitteilla kehitteillä planowana планируется in_design being_made",
            "being_made",
        ),
        ("pilot pilotti kokeilu pilotaż пилот in_test", "in_test"),
        ("live Active KÄYTÖSSÄ tuotannossa działa aktywna действует активна", "live"),
        ("ending retiring poistumassa wygaszana выводится", "ending"),
        ("ended retired dropped päättynyt poistettu zakończona завершена", "ended"),
        ("tauolla wstrzymana приостановлена on_hold", "on_hold"),
    ],
)
def test_states_in_four_languages_reach_the_short_set(words: str, state: str) -> None:
    for word in words.split():
        assert read("state", word).value == StateWord(state), word


@pytest.mark.parametrize("text", ["in development", "w przygotowaniu", "в разработке"])
def test_states_of_several_words(text: str) -> None:
    assert read("state", text).value == StateWord("being_made")


@pytest.mark.parametrize(
    "text", ["closed to new", "ei uusille", "zamknięta dla nowych", "закрыта для новых", "limited"]
)
def test_closed_to_new_is_live_with_a_mark(text: str) -> None:
    assert read("state", text).value == StateWord("live", closed_to_new=True)


def test_an_unknown_word_leaves_the_field_empty_and_is_kept() -> None:
    cell = read("state", "half asleep")
    assert (cell.outcome, cell.value, cell.raw) == ("kept", None, "half asleep")
    assert "half asleep" in str(cell.message)


def test_the_sender_may_have_words_of_their_own() -> None:
    words = (("PROD", "live"), ("n/a", ""))
    assert read("state", "prod", words=words).value == StateWord("live")
    assert read("state", "N/A", words=words).outcome == "empty"
    assert read("state", "idea", words=words).value == StateWord("idea")


def test_requirements_have_states_and_priorities_of_their_own() -> None:
    assert read("state", "hylätty", "requirements").value == "will_not_do"
    assert read("state", "live", "requirements").outcome == "kept"
    assert read("priority", "Pakollinen", "requirements").value == "must"
    assert read("priority", "not_now", "requirements").value == "not_now"
    assert read("criticality", "pysäyttää", "dependencies").value == "stops"
    assert read("kind", "part_of", "dependencies").value == "part_of"
    assert read("cost_class", "korkea").value == "high"
    assert read("cost_class", "12 000 €").outcome == "kept"


@pytest.mark.scenario("AC36", part="bad date")
def test_a_bad_date_keeps_its_text() -> None:
    cell = read("last_reviewed", "31.02.2026")
    assert (cell.outcome, cell.code, cell.raw) == ("problem", "no_such_day", "31.02.2026")
    assert "31.02.2026" in str(cell.message)


def test_dates_follow_the_column() -> None:
    assert read("last_reviewed", "3/4/2026").code == "two_readings"
    asked = read("last_reviewed", "3/4/2026", date_order="mdy")
    assert asked.value == datetime.date(2026, 3, 4)
    year = read("last_reviewed", "2022-2023", period="end", year_ends=(3, 31))
    assert (year.value, year.precision, year.raw) == (
        datetime.date(2023, 3, 31),
        "year",
        "2022-2023",
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a, b,a", ("a", "b")),
        ("Kiosk, east; web", ("Kiosk, east", "web")),
        ("one\ntwo, three\n", ("one", "two, three")),
        (" ;, ;", (",",)),
    ],
)
def test_lists(text: str, parts: tuple[str, ...]) -> None:
    assert split_list(text) == parts


def test_words_of_a_list_are_translated_one_by_one() -> None:
    words = (("EML", "E-mail"), ("NON", ""))
    assert read("channels", "EML,TEL", words=words).value == ("E-mail", "TEL")
    assert read("channels", "NON", words=words).outcome == "empty"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("fi, sv; en", None),
        ("fi; sv; en", ("fi", "sv", "en")),
        ("suomi, englanti", ("fi", "en")),
        ("polski/rosyjski", ("pl", "ru")),
        ("русский, Finnish", ("ru", "fi")),
        ("pt-br", ("pt-BR",)),
        ("Klingonese", None),
    ],
)
def test_languages(text: str, tags: tuple[str, ...] | None) -> None:
    assert read("languages", text).value == tags


def test_contacts() -> None:
    cell = read("contact", "Aino <aino@example.org>, +358 40 123 4567 (9-15)")
    assert isinstance(cell.value, Contact)
    assert cell.value.emails == ("aino@example.org",)
    assert cell.value.phones == ("+358 40 123 4567",)
    assert cell.value.text.startswith("Aino")
    assert read("contact", "ask at the desk").value == Contact("ask at the desk")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://museo.example/näyttely?x=1", "https://museo.example/näyttely?x=1"),
        ("www.museo.example", "https://www.museo.example"),
        ("javascript:alert(1)", None),
        ("ftp://museo.example", None),
        ("see the leaflet", None),
        ("http://[::", None),
        ("https://", None),
    ],
)
def test_pages(text: str, address: str | None) -> None:
    cell = read("page", text)
    assert (cell.value, cell.outcome) == (address, "value" if address else "problem")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Aino Virtanen", "person"),
        ("Paweł Żak", "person"),
        ("Иванова Анна Петровна", "person"),
        ("Anna-Liisa O'Neill", "person"),
        ("Mäkelä Oy", "organisation"),
        ("Firma Budowlana Sp. z o.o.", "organisation"),
        ("Helsingin kaupunki", "organisation"),
        ("City Museum", "organisation"),
        ("ООО Ромашка", "organisation"),
        ("Service Desk", "team"),
        ("Asiakaspalvelun tiimi", "team"),
        ("museum", "organisation"),
        ("IT Support", "organisation"),
    ],
)
def test_the_kind_of_a_party_is_guessed(name: str, kind: str) -> None:
    assert guess_kind(name) == kind


def test_a_party_with_address_or_two_names() -> None:
    party = read("owner", "Aino Virtanen <aino@example.org>").value
    assert (party.name, party.kind, party.email) == (  # type: ignore[attr-defined]
        "Aino Virtanen",
        "person",
        "aino@example.org",
    )
    two = read("owner", "Parks | Parcs", separator=" | ", langs=("en", "fr"), party="organisation")
    assert two.value.name == "Parks"  # type: ignore[attr-defined]
    assert two.value.others == {"en": "Parks", "fr": "Parcs"}  # type: ignore[attr-defined]
    assert read("owner", ";").outcome == "problem"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,5", "12.5"),
        ("1 234,50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("-0,5", "-0.5"),
        ("1.234.567", "1234567"),
        ("1,234", None),
        ("12 €", None),
        ("1e9", None),
        ("", None),
    ],
)
def test_numbers_with_comma_or_point(text: str, number: str | None) -> None:
    assert read_decimal(text) == (Decimal(number) if number else None)
