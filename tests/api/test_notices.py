"""News over the API: one's own, read off, and what to hear of."""

from typing import Any

import pytest

from polku.kernel.changes import change_object
from polku.kernel.models import Notification
from polku.kernel.registry import entity
from tests.api.callers import Caller, problem, token_of
from tests.cast import Cast, make


@pytest.fixture
def heikki(cast: Cast) -> Caller:
    tour = make("service_product", cast.heikki.actor, name="Guided tour")
    change_object(entity("service_product"), tour, {"name": "Walk"}, by=cast.piotr.actor)
    return token_of(cast.heikki)


def items(response: Any) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.content
    found: list[dict[str, Any]] = response.json()["items"]
    return found


def test_own_news(heikki: Caller) -> None:
    (news,) = items(heikki.get("notices"))
    assert (news["kind"], news["title"], news["words"]) == ("changed", "Walk", "Changed: name.")
    assert news["by"] == ["Piotr Zieliński"]
    assert news["code"].startswith("SRV-")
    assert news["url"].endswith(f"/services/{news['code']}/")
    assert news["read_at"] is None


def test_reading_one_and_all(heikki: Caller) -> None:
    number = Notification.objects.get().pk
    assert heikki.post(f"notices/{number}/read").json()["read_at"]
    assert items(heikki.get("notices?unread=true")) == []
    assert len(items(heikki.get("notices?unread=false"))) == 1
    assert heikki.post("notices/read").json() == {"read": 0}


def test_anothers_news_is_not_there(heikki: Caller, aino: Caller, tuomas: Caller) -> None:
    number = Notification.objects.get().pk
    assert items(aino.get("notices")) == []
    problem(aino.post(f"notices/{number}/read"), 404, "not-found")
    problem(heikki.post("notices/x/read"), 404, "not-found")
    problem(tuomas.get("notices"), 403, "not-allowed")
    problem(tuomas.get("notice-choices"), 403, "not-allowed")


def test_unknown_keys_are_refused(heikki: Caller) -> None:
    problem(heikki.get("notices?unread=maybe"), 422, "bad-input")
    problem(heikki.get("notices?read=1"), 422, "bad-input")


def test_choices(heikki: Caller) -> None:
    before = {row["kind"]: row for row in items(heikki.get("notice-choices"))}
    assert before["asked"]["mails"] == ["never", "daily"]
    sent = {"items": [{"kind": "changed", "mail": "never"}, {"kind": "due", "in_app": False}]}
    after = {row["kind"]: row for row in items(heikki.send("PUT", "notice-choices", sent))}
    assert (after["changed"]["mail"], after["changed"]["in_app"]) == ("never", True)
    assert (after["due"]["mail"], after["due"]["in_app"]) == (before["due"]["mail"], False)
    assert after["ties"] == before["ties"]


@pytest.mark.parametrize(
    "row", [{"kind": "weather", "mail": "never"}, {"kind": "asked", "mail": "weekly"},
            {"kind": "due", "mail": "hourly"}, {"kind": "due", "colour": "red"}],
)  # fmt: skip
def test_choices_that_are_none_are_refused(heikki: Caller, row: dict[str, Any]) -> None:
    problem(heikki.send("PUT", "notice-choices", {"items": [row]}), 422, "bad-input")
