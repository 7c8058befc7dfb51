"""Loose ends in the shell."""

import json

import pytest
from typer.testing import CliRunner

from polku.cli.loose_ends import loose_ends_app
from polku.kernel.answers import BadInput
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    result = CliRunner().invoke(loose_ends_app, list(words))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def tour(cast: Cast) -> object:
    return make("service_product", cast.aino.actor, name="Tour", state="live")


def test_the_list_is_a_table_or_data(cast: Cast, tour: object) -> None:
    assert "SRV-1" in run("list", "-w", "museum")
    rows = json.loads(run("list", "-w", "museum", "--json", "--severity", "urgent"))
    assert [(row["check"], row["code"]) for row in rows] == [("L38", "SRV-1")]
    assert json.loads(run("list", "-w", "norrvik", "--json")) == []


def test_a_grade_that_does_not_exist_is_refused(cast: Cast) -> None:
    with pytest.raises(BadInput):
        run("list", "-w", "museum", "--severity", "grave")


def test_looking_again_says_how_many_are_open(cast: Cast, tour: object) -> None:
    assert run("refresh", "-w", "museum").strip() == "1 open"


def test_the_checks_say_their_rules(cast: Cast, tour: object) -> None:
    run("refresh", "-w", "museum")
    rows = {row["check"]: row for row in json.loads(run("checks", "-w", "museum", "--json"))}
    assert rows["L38"]["run"]["found"] == 1
    assert "L38" in run("checks", "-w", "museum")
