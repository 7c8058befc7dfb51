"""The page of impact: sentences by owner, guesses apart, a table twin, what was not looked at."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polku.kernel.links import tie
from tests.cast import Cast, Person, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine(cast: Cast) -> Any:
    """A part that a sale needs, what is sold of it, who uses that, and a guess."""
    by = cast.aino.actor
    part = make("component", by, name="Ticket <machine>")
    sale = make("service_product", by, name={"en": "Ticket sale", "fi": "Lipunmyynti"},
                owner_party=cast.aino.party, state="live")  # fmt: skip
    offer = make("offering", by, title="Day ticket", summary="One day", product=sale)
    need = {"from": sale, "to": part, "criticality": "stops", "valid_from": "2026-03-01"}
    make("dependency", by, **need)
    tie("L32", cast.school, offer, by=by)
    tie("L06", offer, make("segment", by, name="Families"), by=by, confidence="guess")
    return part


def page(person: Person, path: str) -> Any:
    return person.client().get(f"/w/museum/impact/{path}")


def text_of(response: Any) -> str:
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", plain)


def test_it_tells_who_must_know_and_why(cast: Cast, machine: Any) -> None:
    response = page(cast.liisa, f"I1/{machine.code}/")
    text = text_of(response)
    assert response.status_code == 200
    assert "What falls if “Ticket &lt;machine&gt;” stops?" in text
    assert "→ needed by Ticket sale → offered as Day ticket → used by Rantakylä School" in text
    assert re.search(r"Ticket sale Service (?:[^→]*?)stops", text)
    assert re.search(r"Rantakylä School [^→]*would miss it", text)
    assert "Aino Salmi" in text
    assert "3 Owners to call 1 and 1 without an owner" in re.sub(r"\s+", " ", text)
    assert "agreements are not kept here" in text
    assert "Reached through a guess alone" in text
    assert text.index("Perhaps") < text.index("Families") < text.index("The same as a table")


def test_the_table_says_the_same_with_the_days(cast: Cast, machine: Any) -> None:
    html = page(cast.aino, f"I1/{machine.code}/").content.decode()
    table = html[html.index("<table") :]
    assert table.count('<th scope="row">') == 3
    assert "Mar 2026" in table or "1 Mar" in table
    assert "Families" not in table


def test_a_day_a_distance_and_a_kind_narrow_it(cast: Cast, machine: Any) -> None:
    at = f"I1/{machine.code}/"
    before = text_of(page(cast.aino, f"{at}?as_of=2026-02-28"))
    assert "Nothing that we know of stops with it." in before
    assert "names and owners are today’s" in before
    near = text_of(page(cast.aino, f"{at}?far=1"))
    assert "More lies farther away than 1 step." in near
    assert "used by" not in near
    only = page(cast.aino, f"{at}?kind=relationship").content.decode()
    assert only[only.index("<table") :].count('<th scope="row">') == 1


@pytest.mark.parametrize("query", ["as_of=tomorrow", "far=99&kind=nothing", "page=77"])
def test_what_is_misread_is_left_out(cast: Cast, machine: Any, query: str) -> None:
    response = page(cast.aino, f"I1/{machine.code}/?{query}")
    assert response.status_code == 200
    assert ("is not a day" in text_of(response)) is query.startswith("as_of")


def test_bad_questions_get_a_sentence(cast: Cast, machine: Any) -> None:
    response = page(cast.aino, f"I5/{machine.code}/")
    assert response.status_code == 422
    assert "What can be asked: I1" in text_of(response)
    assert page(cast.aino, "I1/CMP-999/").status_code == 404


def test_the_other_side_and_strangers_get_none_of_it(cast: Cast, machine: Any) -> None:
    assert page(cast.tuomas, f"I1/{machine.code}/").status_code == 403
    assert page(cast.mallory, f"I1/{machine.code}/").status_code == 404
    assert page(cast.olga, f"I1/{machine.code}/").status_code == 404


def test_pages_of_things_lead_to_it(cast: Cast, machine: Any) -> None:
    html = cast.liisa.client().get(f"/w/museum/components/{machine.code}/").content.decode()
    assert f'href="/w/museum/impact/I1/{machine.code}/"' in html
    school = cast.aino.client().get(f"/w/museum/relationships/{cast.school.code}/")
    assert f"/w/museum/impact/I6/{cast.school.code}/" in school.content.decode()
    theirs = cast.tuomas.client().get(f"/w/museum/relationships/{cast.school.code}/")
    assert "/impact/" not in theirs.content.decode()


def test_it_asks_as_often_for_many_as_for_few(cast: Cast, machine: Any) -> None:
    def statements() -> int:
        client = cast.aino.client()
        client.get(f"/w/museum/impact/I1/{machine.code}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/w/museum/impact/I1/{machine.code}/")
        return len(asked)

    few = statements()
    for n in range(20):
        service = make("service_product", cast.aino.actor, name=f"Service {n}", state="live")
        make("dependency", cast.aino.actor, **{"from": service}, to=machine)
    assert statements() == few
