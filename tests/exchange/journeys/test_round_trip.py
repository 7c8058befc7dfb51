"""Export, import: the same journey. In both kinds of files, into itself and into an empty one."""

import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from polku.exchange.journeys.applying import lay_rows
from polku.exchange.journeys.library import Library, library_in
from polku.exchange.journeys.reading import read_sheet
from polku.exchange.journeys.sheet_rows import journey_table
from polku.exchange.spreadsheet.writing import write_csv, write_xlsx
from polku.journeys.document_shapes import JourneyDoc, Named, StageDoc, StepDoc
from polku.journeys.lanes import LANES
from polku.tenancy.translated import Translated
from tests.journeys.documents_drawn import PARTS, PEOPLE, POINTS, WAYS, journeys

ALL = [lane.key for lane in LANES]
LIBRARY = Library(
    {point.code: point for point in POINTS}, {part.code: part for part in PARTS},
    {who.code: who for who in PEOPLE}, {way.code: way for way in WAYS},
)  # fmt: skip
UNHURRIED = settings(
    deadline=None, max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


def as_csv(doc: JourneyDoc, lanes: list[str] = ALL, delimiter: str = ",") -> bytes:
    target = io.BytesIO()
    write_csv(target, journey_table(doc, ["en", "fi"], lanes), "0123456789", delimiter)
    return target.getvalue()


def as_xlsx(doc: JourneyDoc, lanes: list[str] = ALL) -> bytes:
    target = io.BytesIO()
    write_xlsx(target, [journey_table(doc, ["en", "fi"], lanes)], "0123456789")
    return target.getvalue()


def laid(base: JourneyDoc, file: bytes, name: str, *, is_new: bool = False) -> JourneyDoc:
    found = lay_rows(base, read_sheet(file, name).rows, LIBRARY, lang="en", is_new=is_new)
    assert found.troubles == ()
    return found.doc


@UNHURRIED
@given(doc=journeys())
def test_a_sheet_laid_upon_its_own_journey_changes_nothing(doc: JourneyDoc) -> None:
    assert laid(doc, as_csv(doc), "journey.csv") == doc
    assert laid(doc, as_xlsx(doc), "journey.xlsx") == doc


@UNHURRIED
@given(doc=journeys())
def test_a_sheet_makes_the_same_journey_anew(doc: JourneyDoc) -> None:
    for file, name in ((as_csv(doc), "journey.csv"), (as_xlsx(doc), "journey.xlsx")):
        assert bare(laid(JourneyDoc(), file, name, is_new=True)) == bare(doc)


@UNHURRIED
@given(doc=journeys())
def test_lanes_that_stay_at_home_are_not_lost(doc: JourneyDoc) -> None:
    few = ["customer_action", "touchpoint"]
    assert laid(doc, as_csv(doc, few), "journey.csv") == doc


def test_a_text_that_reads_like_an_order_to_clear_stays() -> None:
    doc = JourneyDoc(Translated.of("A way", "en"), "JRN-3", scenario=Translated.of("[clear]", "en"))
    assert laid(doc, as_csv(doc), "journey.csv") == doc


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_delimiter_is_read(delimiter: str) -> None:
    doc = JourneyDoc(Translated.of("A way", "en"), "JRN-3")
    assert laid(doc, as_csv(doc, ALL, delimiter), "journey.csv") == doc


def test_the_library_of_a_document_knows_what_it_names() -> None:
    step = StepDoc(touchpoints=(POINTS[0],), sub_journey=Named("JRN-77", "Buys a ticket"))
    found = library_in(JourneyDoc(stages=(StageDoc(steps=(step,)),)))
    assert found.touchpoints == {"TP-1": POINTS[0]}
    assert found.journeys == {"JRN-77": step.sub_journey}


def bare(doc: JourneyDoc) -> JourneyDoc:
    """Without what only a stored journey has: codes, threads, and numbers of its own."""
    stages = []
    for stage in doc.stages:
        steps = [
            replace(
                step, thread="", pains=_bare(step.pains),
                cells={row: _bare(few) for row, few in step.cells.items()},
            )
            for step in stage.steps
        ]  # fmt: skip
        stages.append(replace(stage, thread="", steps=tuple(steps)))
    return replace(doc, code="", stages=tuple(stages), pains=_bare(doc.pains))


def _bare(pieces: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(replace(piece, number=0, thread="") for piece in pieces)
