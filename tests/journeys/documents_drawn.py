"""Whole journeys, drawn by chance: for laws that hold of every journey."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from polku.journeys.document_shapes import (
    CellDoc,
    JourneyDoc,
    Named,
    PainDoc,
    StageDoc,
    StepDoc,
    TouchpointDoc,
)
from polku.journeys.lanes import CELL_ROWS
from polku.tenancy.translated import Translated

LANGUAGES = ("en", "fi", "pl", "ru")
POINTS = tuple(
    TouchpointDoc(Translated.of(name, "en"), f"TP-{n}", n, decisive=n == 2)
    for n, name in enumerate(("web shop", "front door", "=mail", "kiosk"), 1)
)
PARTS = (Named("CMP-1", "Ticket shop"), Named("CMP-2", "+ramp"))
PEOPLE = (Named("PTY-1", "Piotr"),)
WAYS = (Named("JRN-77", "Buys a ticket"),)

words = st.one_of(
    st.sampled_from(["buys", "=1+1", "'quoted", "-2", "a;b,c\td", "two\nlines", "Ääkköset", "ёлка",
                     "007", "1.0", "2026-05-14", '"', "@x", "yes", "x"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=12),
)  # fmt: skip


@st.composite
def texts(draw: st.DrawFn, least: int = 0) -> Translated:
    """A text in some languages, translations up to date."""
    chosen = draw(st.lists(st.sampled_from(LANGUAGES), min_size=least, max_size=3, unique=True))
    found = {lang: draw(words) for lang in chosen}
    source = chosen[0] if chosen else "en"
    return Translated.from_mapping(found, source)


evidence = st.fixed_dictionaries({
    "evidence": st.sampled_from(["assumed", "observed", "measured"]),
    "evidence_n": st.none() | st.integers(0, 5000),
    "evidence_on": st.none() | st.dates(dt.date(1950, 1, 1), dt.date(2035, 1, 1)),
})  # fmt: skip
feelings = st.none() | st.integers(-2, 2)
waits = st.sampled_from(["", "P2D", "PT10M", "PT1H30M"])


@st.composite
def cells(draw: st.DrawFn, row: str) -> CellDoc:
    return CellDoc(
        row, draw(texts(1).filter(bool)), component=draw(st.none() | st.sampled_from(PARTS)),
        actor=draw(st.none() | st.sampled_from(PEOPLE)), duration=draw(waits),
        activity_class=draw(st.sampled_from(["", "provider", "joint"])), **draw(evidence),
    )  # fmt: skip


@st.composite
def pains(draw: st.DrawFn) -> PainDoc:
    point = draw(st.none() | st.sampled_from(POINTS))
    return PainDoc(
        draw(texts(1).filter(bool)), severity=draw(st.none() | st.integers(1, 5)),
        decision=draw(st.sampled_from(["open", "mend", "accepted", "mended"])),
        decision_reason=draw(st.sampled_from(["", "Too dear", "=no"])),
        touchpoint=Named(point.code, str(point.name)) if point else None, **draw(evidence),
    )  # fmt: skip


@st.composite
def steps(draw: st.DrawFn) -> StepDoc:
    rows = draw(st.lists(st.sampled_from(CELL_ROWS), max_size=3, unique=True))
    points = draw(st.lists(st.sampled_from(POINTS), max_size=3, unique_by=lambda p: p.code))
    met = tuple(replace(point, primary=n == 0) for n, point in enumerate(points))
    return StepDoc(
        draw(texts()), draw(texts()), draw(texts()), thread=str(uuid.UUID(int=draw(_NUMBERS))),
        emotion_target=draw(feelings), emotion_assumed=draw(feelings),
        sphere=draw(st.sampled_from(["unknown", "joint", "customer", "provider"])),
        optional=draw(st.booleans()), parallel_group=draw(st.none() | st.integers(0, 9)),
        branch_when=draw(texts()), sub_journey=draw(st.none() | st.sampled_from(WAYS)),
        expected_wait=draw(waits), touchpoints=met,
        cells={row: tuple(draw(st.lists(cells(row), min_size=1, max_size=2))) for row in rows},
        pains=tuple(draw(st.lists(pains(), max_size=2))), **draw(evidence),
    )  # fmt: skip


_NUMBERS = st.integers(1, 2**100)


@st.composite
def journeys(draw: st.DrawFn) -> JourneyDoc:
    """A journey with numbers, places and threads as a stored one has them."""
    stages = draw(st.lists(
        st.builds(
            StageDoc, name=texts(1).filter(bool), goal_of_customer=texts(),
            dsv_step=st.sampled_from(["", "explore", "co_create"]),
            steps=st.lists(steps(), max_size=3).map(tuple),
        ), max_size=3,
    ))  # fmt: skip
    doc = JourneyDoc(
        draw(texts(1).filter(bool)), "JRN-3", draw(st.sampled_from(["current", "designed"])),
        draw(texts()), happy_path=draw(st.booleans()), stages=tuple(stages),
        pains=tuple(draw(st.lists(pains(), max_size=2))),
    )  # fmt: skip
    return numbered(doc)


def numbered(doc: JourneyDoc) -> JourneyDoc:
    """With numbers that differ from places, as they do after a move."""
    numbers = iter(range(900, 0, -7))
    many = len(doc.steps)
    place = 0
    stages = []
    for stage in doc.stages:
        inside = []
        for step in stage.steps:
            place += 1
            inside.append(_numbered_step(step, place, many, numbers))
        stages.append(replace(stage, number=next(numbers), thread=str(uuid.uuid4()),
                              steps=tuple(inside)))  # fmt: skip
    doc = replace(doc, stages=tuple(stages), pains=_numbered(doc.pains, numbers))
    known = [step.number for step in doc.steps]
    return _with_branches(doc, known)


def _numbered_step(step: StepDoc, place: int, many: int, numbers: Iterator[int]) -> StepDoc:
    return replace(
        step, number=1000 + many - place, place=place, thread=str(uuid.uuid4()),
        cells={row: _numbered(few, numbers) for row, few in step.cells.items()},
        pains=_numbered(step.pains, numbers),
    )  # fmt: skip


def _numbered(pieces: tuple[Any, ...], numbers: Iterator[int]) -> tuple[Any, ...]:
    return tuple(replace(piece, number=next(numbers)) for piece in pieces)


def _with_branches(doc: JourneyDoc, known: list[int]) -> JourneyDoc:
    """Every third step that has a text for it begins another way after the first step."""

    def branch(step: StepDoc) -> StepDoc:
        return replace(step, branch_of=known[0]) if step.place % 3 == 0 else step

    return replace(doc, stages=tuple(
        replace(stage, steps=tuple(branch(step) for step in stage.steps)) for stage in doc.stages
    ))  # fmt: skip
