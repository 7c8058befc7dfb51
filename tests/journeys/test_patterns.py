"""Ready-made journeys: whole in four languages, within the limits of the tables."""

from typing import Any

import pytest
from django.db.models import Model

from polku.exchange.journeys.sheet_rows import texts_of
from polku.journeys.models import BlueprintCell, Stage, Step, Touchpoint
from polku.journeys.patterns import PATTERNS, Pattern, pattern
from polku.journeys.patterns.making import pattern_document
from polku.journeys.patterns.pattern import LANGUAGES
from polku.tenancy.translated import Translated

KEYS = {"seven-steps", "museum-visit", "service-desk", "course", "blank"}
# Words that a lone maker must never meet (glossary: the list of IT words)
NOT_PLAIN = ("touchpoint", "stakeholder", "onboard", "ticket system", "incident", "backstage")


def test_there_are_five_ways_to_begin() -> None:
    assert {one.key for one in PATTERNS} == KEYS
    assert pattern("course") in PATTERNS
    assert pattern("none-such") is None


@pytest.mark.parametrize("one", PATTERNS, ids=lambda one: one.key)
def test_every_text_stands_in_four_languages(one: Pattern) -> None:
    texts = [text for text in texts_of(one) if text]
    assert texts
    for text in texts:
        assert set(text.texts) == set(LANGUAGES), text
        assert not any(text.is_stale(lang) for lang in LANGUAGES)
        assert not any(word in text.text("en").casefold() for word in NOT_PLAIN)


@pytest.mark.parametrize("one", PATTERNS, ids=lambda one: one.key)
def test_every_text_fits_its_column(one: Pattern) -> None:
    doc = pattern_document(one)
    for stage in doc.stages:
        fits(stage.name, Stage, "name")
        for step in stage.steps:
            fits(step.name, Step, "name")
            fits(step.customer_action, Step, "customer_action")
            assert step.customer_action
            for cell in step.all_cells:
                fits(cell.text, BlueprintCell, "text")
            for point in step.touchpoints:
                fits(point.name, Touchpoint, "name")
                assert point.channel_kind in Touchpoint.ChannelKind.values


def fits(text: Translated, model: type[Model], name: str) -> None:
    field: Any = model._meta.get_field(name)
    field.validate(text, None)


def test_the_seven_steps_are_the_seven() -> None:
    doc = pattern_document(pattern("seven-steps"))  # type: ignore[arg-type]
    assert [stage.dsv_step for stage in doc.stages] == list(Stage.DsvStep.values)
    assert [step.place for step in doc.steps] == [1, 2, 3, 4, 5, 6, 7]
    assert sum(bool(step.touchpoints) for step in doc.steps) == 7


def test_meeting_points_can_be_left_out() -> None:
    doc = pattern_document(pattern("course"), meeting_points=False)  # type: ignore[arg-type]
    assert not any(step.touchpoints for step in doc.steps)
