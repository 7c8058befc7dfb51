"""Saying no to a wish: its giver hears the reason of this no, not of an earlier one."""

import pytest

from polku.kernel.transitions import Step
from polku.portfolio.operations import take_step
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db


def test_a_second_no_has_its_own_reason(cast: Cast) -> None:
    by = cast.aino.actor
    wish = make("requirement", by, statement="Open on Mondays")
    for to, reason in (
        ("will_not_do", "No guard"), ("asked", "A guard came"), ("will_not_do", "No visitors"),
    ):  # fmt: skip
        take_step(wish, Step(to, reason=reason), by=by)
    wish.refresh_from_db()
    assert dict(wish.reason_rejected.texts) == {wish.reason_rejected.source_lang: "No visitors"}
