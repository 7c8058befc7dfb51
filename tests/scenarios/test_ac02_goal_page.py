"""AC02: a goal with three services, one without readings: states, phases, wishes of each."""

import re

import pytest

from polku.kernel.links import tie
from polku.portfolio.models import ServiceProduct
from tests.cast import Cast, make

pytestmark = [pytest.mark.django_db, pytest.mark.scenario("AC02")]


def test_the_goal_page_lists_services_and_what_hangs_on_each(cast: Cast) -> None:
    by = cast.aino.actor
    goal = make("strategy_goal", by, statement="Every child visits twice")
    wishes = {
        "School visit": "A dry lunch place", "Family visit": "A quiet hour",
        "Audio guide": "In Polish too",
    }  # fmt: skip
    for name, wish in wishes.items():
        state = "being_made" if name == "Audio guide" else "live"
        service = make("service_product", by, name=name, state=state)
        tie("L01", service, goal, by=by)
        tie("L02", make("requirement", by, statement=wish), service, by=by)
    tie("L03", make("requirement", by, statement="Free on Mondays"), goal, by=by)
    phase = {"phase": {"reason": "1,204 visits, up a tenth"}}
    ServiceProduct.objects.filter(sort_title="school visit").update(
        lifespan_phase="growth", dial_notes=phase
    )
    html = cast.liisa.client().get(f"/w/museum/goals/{goal.code}/").content.decode()
    part = html[html.index('id="serving"') : html.index('id="hanging"')]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))
    assert re.search(r"Being made Audio guide In Polish too asked", text)
    assert re.search(r"Live .*School visit growing \(1,204 visits, up a tenth\) A dry lunch", text)
    assert "Family visit unknown (no figures yet, and nobody has said) A quiet hour asked" in text
    rest = html[html.index('id="hanging"') :]
    assert "Free on Mondays" in rest[:800]
    assert "4 wishes that hang on it are not decided." in html
    assert f'href="/w/museum/impact/I5/{goal.code}/"' in html
