"""Tables that people paste, understood as journeys; nothing of them is lost unsaid."""

from __future__ import annotations

from typing import Any

import pytest

from polku.exchange.journeys.pasted_text import text_of_file, understand
from polku.exchange.journeys.pasting import read_pasted
from polku.journeys.document_shapes import JourneyDoc
from polku.kernel.answers import BadInput
from polku.tenancy.translated import Translated

NAME = Translated.of("A way", "en")
DOWN = (
    "Stage\tStep\tCustomer does\tWe do\tTouchpoint\tFeeling\tWait\tNotes\n"
    "Explore\tHears\tsees a poster\thang it up\tposter\t4\t\tby the door\n"
    '\tBooks\t"buys, then\nargues"\tsell\tweb shop; app\t2\t5 min\t\n'
    "Come in\tEnters\twalks\tgreet\tdoor\t5\t\t\n"
)
ACROSS = (
    "\tHears\tBooks\tEnters\nPhase\tExplore\t\tCome in\nCustomer does\ta\tb\tc\n"
    "Frontstage\tx\t\tz\n"
)

pytestmark = pytest.mark.django_db


def made(cast: Any, text: str, **more: Any) -> JourneyDoc:
    return understand(text, NAME, by=cast.aino.actor, **more).doc


def told(doc: JourneyDoc) -> list[tuple[str, list[str]]]:
    return [(str(stage.name), [str(step.name or step.customer_action) for step in stage.steps])
            for stage in doc.stages]  # fmt: skip


def test_a_line_for_each_step(cast: Any) -> None:
    doc = made(cast, DOWN)
    assert told(doc) == [("Explore", ["Hears", "Books"]), ("Come in", ["Enters"])]
    second = doc.steps[1]
    assert str(second.customer_action) == "buys, then\nargues"
    assert [str(point.name) for point in second.touchpoints] == ["web shop", "app"]
    assert second.touchpoints[0].primary
    assert second.expected_wait == "PT5M"
    assert [step.emotion_assumed for step in doc.steps] == [1, -1, 2]


def test_a_column_for_each_step(cast: Any) -> None:
    doc = made(cast, ACROSS)
    assert told(doc) == [("Explore", ["Hears", "Books"]), ("Come in", ["Enters"])]
    assert [step.text_of("frontstage", "en") for step in doc.steps] == ["x", "", "z"]


def test_headings_in_other_languages(cast: Any) -> None:
    doc = made(cast, "Vaihe;Asiakas tekee;Kohtaamispiste\nEnnen;katsoo;juliste\n;ostaa;kauppa")
    assert told(doc) == [("Ennen", ["katsoo", "ostaa"])]
    assert str(doc.steps[1].touchpoints[0].name) == "kauppa"


def test_a_plain_list_is_a_journey_also_with_commas(cast: Any) -> None:
    doc = made(cast, "wakes up, slowly\r\ngoes to work\r\n\r\ncomes home, at last, tired")
    assert [str(step.customer_action) for step in doc.steps] == [
        "wakes up, slowly", "goes to work", "comes home, at last, tired",
    ]  # fmt: skip


def test_columns_that_mean_nothing_are_named_and_can_be_given_a_meaning(cast: Any) -> None:
    table = read_pasted(DOWN)
    assert [column.heading for column in table.columns if column.is_left_out] == ["Notes"]
    doc = made(cast, DOWN, lanes={7: "backstage"})
    assert doc.steps[0].text_of("backstage", "en") == "by the door"


def test_what_does_not_fit_is_named_and_the_rest_kept(cast: Any) -> None:
    text = f"Step\tCustomer does\tFeeling\tWait\nA\t{'x' * 700}\tblue\tsoonish\nB\tgoes\t-1\t\n"
    read = understand(text, NAME, by=cast.aino.actor)
    assert [(trouble.row, trouble.column) for trouble in read.troubles] == [
        (1, "customer_action"), (1, "feeling_assumed"), (1, "wait"),
    ]  # fmt: skip
    assert [str(step.name) for step in read.doc.steps] == ["A", "B"]
    assert read.doc.steps[1].emotion_assumed == -1


@pytest.mark.parametrize(("text", "words"), [
    ("", "Nothing was pasted"), ("\n \t \n", "Nothing was pasted"),
    ("a;b;c\nd;e;f", "Neither the first line nor the first column names lanes"),
    ("\n".join(str(n) for n in range(600)), "Up to 500 lines"),
    ("x" * 500_000, "more than one journey can hold"),
])  # fmt: skip
def test_what_is_no_journey_gets_a_clear_sentence(cast: Any, text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as caught:
        made(cast, text)
    assert "What you pasted is still here" in str(caught.value)


@pytest.mark.parametrize("text", [
    '"unclosed\tStep\tCustomer does\nx\tA\tgoes',
    "Step\tCustomer does\nA\t<script>alert(1)</script>",
    "=1+1\tStep\tCustomer does\n\tA\t=cmd()", "Step\tCustomer does\n\0A\tgo\0es",
    "\ufeffStep;Customer does\nA;goes",
])  # fmt: skip
def test_odd_signs_break_nothing(cast: Any, text: str) -> None:
    assert made(cast, text).steps


def test_a_sheet_of_our_own_is_known_by_its_headings(cast: Any) -> None:
    text = "stage_name\tstep_name\tlane\ttext_en\nBefore\tHears\tfrontstage\thang it up"
    doc = made(cast, text)
    assert told(doc) == [("Before", ["Hears"])]
    assert doc.steps[0].text_of("frontstage", "en") == "hang it up"


def test_a_file_is_read_as_it_would_be_pasted(cast: Any) -> None:
    text = text_of_file("Vaihe;Asiakas tekee\nEnnen;ostaa lipun\n".encode("cp1252"), "x.csv")
    assert told(made(cast, text)) == [("Ennen", ["ostaa lipun"])]
