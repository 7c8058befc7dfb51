"""Impact for programs: rows with paths, pages, bad input, and who may ask."""

from typing import Any

import pytest
from typer.testing import CliRunner

from polku.cli.main import app
from polku.kernel.answers import BadInput, NotFound
from polku.portfolio.entities import SERVICE
from tests.api.callers import problem, token_of
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine(cast: Cast) -> Any:
    """A part that three services need, each in another way."""
    by = cast.aino.actor
    part = make("component", by, name="Ticket machine")
    for name, effect in (("Mail", "unknown"), ("Sale", "stops"), ("Visit", "degrades")):
        service = make("service_product", by, name=name, state="live", owner_party=cast.aino.party)
        make("dependency", by, **{"from": service}, to=part, criticality=effect)
    return part


def test_rows_with_their_paths(cast: Cast, machine: Any) -> None:
    answer = token_of(cast.liisa).get(f"impact/I1/{machine.code}").json()
    assert (answer["question"], answer["start"], answer["count"]) == ("I1", machine.code, 3)
    assert [row["title"] for row in answer["items"]] == ["Sale", "Visit", "Mail"]
    assert answer["effects"] == {"stops": 1, "degrades": 1, "unknown": 1}
    first = answer["items"][0]
    assert first["sentence"] == "Ticket machine → needed by Sale"
    assert first["path"] == [
        {"way": "needed_by", "words": "needed by", "code": "SRV-2", "guess": False}
    ]
    assert (first["owner_name"], first["steps"], first["perhaps"]) == ("Aino Salmi", 1, False)
    assert answer["not_told"]


def test_pages_and_filters(cast: Cast, machine: Any) -> None:
    caller = token_of(cast.aino)
    page = caller.get(f"impact/I1/{machine.code}?limit=2").json()
    assert (len(page["items"]), page["count"]) == (2, 3)
    assert [row["title"] for row in caller.get(page["next"]).json()["items"]] == ["Mail"]
    none = caller.get(f"impact/I1/{machine.code}?of_kind=offering&far=1").json()
    assert (none["count"], none["counts"]) == (0, {"service_product": 3})
    assert caller.get(f"impact/I1/{machine.code}?as_of=2020-01-01").json()["as_of"] == "2020-01-01"


@pytest.mark.parametrize(
    "query", ["as_of=31.5.2026", "far=0", "far=9", "of_kind=ghost", "misspelt=1", "known_on=x"]
)
def test_bad_input_says_which(cast: Cast, machine: Any, query: str) -> None:
    answer = token_of(cast.aino).get(f"impact/I1/{machine.code}?{query}")
    assert problem(answer, 422, "bad-input")["errors"]


def test_questions_that_cannot_be_asked(cast: Cast, machine: Any) -> None:
    caller = token_of(cast.aino)
    told = problem(caller.get(f"impact/I6/{machine.code}"), 422, "bad-input")
    assert "I1" in told["errors"]["question"]
    problem(caller.get("impact/I1/CMP-999"), 404, "not-found")
    problem(caller.get("impact/I1/XYZ-1"), 404, "not-found")
    problem(token_of(cast.tuomas).get(f"impact/I1/{machine.code}"), 403, "not-allowed")
    problem(token_of(cast.tuomas).get("impact/I1/CMP-999"), 403, "not-allowed")


def run(*words: str) -> Any:
    result = CliRunner().invoke(app, ["impact", *words, "-w", "museum"])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_the_shell_says_the_same(cast: Cast, machine: Any) -> None:
    told = run(machine.code).output
    assert "Aino Salmi" in told
    assert "stops" in told
    told = run(machine.code, "--json", "--far", "2").output
    assert '"sentence": "Ticket machine → needed by Sale"' in told
    sale = SERVICE.model.objects.get(sort_title="sale")
    assert "Nothing that we know of hangs on it." in run(sale.code, "-q", "i2").output


def test_the_shell_refuses_with_a_sentence(cast: Cast, machine: Any) -> None:
    with pytest.raises(BadInput, match="not a day"):
        run(machine.code, "--as-of", "soon")
    with pytest.raises(BadInput, match="What can be asked: I1"):
        run(machine.code, "-q", "I5")
    with pytest.raises(NotFound):
        run("CMP-999")
    assert run(machine.code, "--far", "9").exit_code == 2
