"""AC17: a requirement tied to a goal, a component and a service is edited: each tie needs a look
until somebody has looked."""

from typing import Any

import pytest

from polku.kernel.links import tie
from polku.kernel.models import AuditEvent, Link
from tests.api.callers import Caller, token_of
from tests.cast import Cast, make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.scenario("AC17", part="requirement-goal-component"),
]


@pytest.fixture
def wish(cast: Cast) -> Any:
    cast.museum.features["components"] = True
    cast.museum.save()
    by = cast.aino.actor
    made = make("requirement", by, statement="A dry place for lunch", owner_party=cast.aino.party)
    heikki = cast.heikki.party.code
    tie("L03", made, make("strategy_goal", by, statement="Every child visits", owner_party=heikki),
        by=by)  # fmt: skip
    tie("L02", made, make("component", by, name="Lunch room", owner_party=heikki), by=by)
    tie("L02", made, make("service_product", by, name="School visit", owner_party=heikki), by=by)
    return made


def page(wish: Any, rest: str = "") -> str:
    return f"/w/museum/requirements/{wish.code}/{rest}"


def write(cast: Cast, wish: Any, text: str, **more: str) -> None:
    response = cast.piotr.client().post(
        page(wish, "fields/statement/"), {"statement-en": text, **more}
    )
    assert response.status_code == 302, response.content.decode()[:2000]


def waiting() -> int:
    return Link.objects.filter(suspect_since__isnull=False).count()


def test_each_tie_needs_a_look_until_its_owner_has_looked(cast: Cast, wish: Any) -> None:
    write(cast, wish, "A dry, warm place for lunch")
    assert waiting() == 3
    heikki = cast.heikki.client()
    home = heikki.get("/w/museum/").content.decode()
    assert "3 ties need a look" in home
    review = f"/w/museum/reviews/{wish.code}/"
    assert review in heikki.get("/w/museum/reviews/").content.decode()
    html = heikki.get(review).content.decode()
    assert "<ins>dry, warm</ins>" in html or "<ins>warm" in html or "warm</ins>" in html
    assert "A <del>dry</del>" in html
    for url in ("goals/GOAL-1/", "components/CMP-1/", "services/SRV-1/"):
        assert "#thread-suspect" in heikki.get(f"/w/museum/{url}").content.decode(), url
    first, *others = Link.objects.order_by("pk")
    heikki.post(review, {f"verdict-{first.pk}-from": "still_right"})
    assert waiting() == 2
    heikki.post(review, {f"verdict-{row.pk}-from": "still_right" for row in others})
    assert waiting() == 0
    told = AuditEvent.objects.filter(name="link.looked_at", object_kind="requirement")
    assert {row.actor_id for row in told} == {cast.heikki.user.pk}


def test_the_old_words_clear_it(cast: Cast, wish: Any) -> None:
    write(cast, wish, "A dry, warm place for lunch")
    write(cast, wish, "A dry place for lunch")
    assert waiting() == 0
    assert "need a look" not in cast.heikki.client().get("/w/museum/").content.decode()


def test_wording_only_carries_the_ties_over_with_a_line_in_the_log(cast: Cast, wish: Any) -> None:
    form = cast.piotr.client().get(page(wish, "fields/statement/")).content.decode()
    assert 'name="wording_only"' in form
    write(cast, wish, "Somewhere dry to have lunch", wording_only="yes")
    assert waiting() == 0
    history = cast.piotr.client().get(page(wish, "history/")).content.decode()
    assert "Piotr Zieliński changed the wording, not the meaning" in history
    other = cast.piotr.client().get(page(wish, "fields/priority/")).content.decode()
    assert 'name="wording_only"' not in other


def test_a_program_sees_and_answers_the_same(cast: Cast, wish: Any) -> None:
    piotr: Caller = token_of(cast.piotr)
    path = f"requirements/{wish.code}"
    refused = piotr.patch(path, {"priority": "must", "wording_only": True})
    assert list(refused.json()["errors"]) == ["priority"]
    assert piotr.patch(path, {"statement": "Dry lunch", "wording_only": True}).status_code == 200
    assert piotr.get("links?needs_a_look=true").json()["count"] == 0
    assert piotr.patch(path, {"statement": "Warm lunch"}).status_code == 200
    assert piotr.get("links?needs_a_look=true").json()["count"] == 3
    (review,) = piotr.get("reviews").json()["items"]
    assert (review["object"], review["changes"]) == (
        wish.code, {"statement": ["A dry place for lunch", "Warm lunch"]},
    )  # fmt: skip
    assert {row["asked"] for row in review["links"]} == {cast.heikki.party.code}
    assert piotr.get("reviews?mine=true").json()["count"] == 0
    number = review["links"][0]["id"]
    missing = piotr.post(f"links/{number}/verdict", {"verdict": "removed"})
    assert list(missing.json()["errors"]) == ["reason"]
    told = piotr.post(f"links/{number}/verdict", {"verdict": "still_right"}).json()
    assert (told["needs_a_look"], told["verdict"]) == (False, "still_right")
    again = piotr.post(f"links/{number}/verdict", {"verdict": "still_right"})
    assert again.status_code == 409
