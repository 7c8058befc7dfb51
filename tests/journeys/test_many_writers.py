"""Five hundred edits by several writers at once: none is lost, on SQLite and on PostgreSQL."""

import os
import random
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from polku.journeys.documents import read_document
from polku.journeys.models import Journey, JourneyEdit
from polku.journeys.operations.editing import MODELS, plain_column
from tests.cast import Cast, gather, make
from tests.journeys.many_writers import Outcome, Writer
from tests.journeys.ways import visit_of

WRITERS, EACH = 4, 125

type Change = dict[str, Any]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return gather()


@pytest.fixture
def elsewhere(cast: Cast, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """From now on new connections lead to where several can write at once.

    The former place is told again before the test's rows go: a database in memory whose connection
    does not know that it is one would be closed, and be gone for all tests after this.
    """

    def go() -> None:
        if connection.vendor == "sqlite":
            file = tmp_path / "writers.sqlite3"
            with sqlite3.connect(file) as copy:
                connection.connection.backup(copy)
            patch.setitem(connections.settings["default"], "NAME", str(file))

    with pytest.MonkeyPatch.context() as patch:
        yield go


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Each in a thread with a connection of its own; what they give back. Errors are raised."""
    given: list[Any] = [None] * len(works)
    errors: list[BaseException] = []

    def run(place: int) -> None:
        try:
            given[place] = works[place]()
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return given


def test_none_of_five_hundred_edits_is_lost(cast: Cast, elsewhere: Callable[[], None]) -> None:
    seed = 4 if os.environ.get("CI") else random.randrange(10**6)
    print(f"seed {seed}")  # shown when it fails
    journey = visit_of(cast.aino)
    for name in ("Door", "Desk", "Web page"):
        make("touchpoint", cast.aino.actor, name=name)
    people = (cast.aino.actor, cast.piotr.actor)
    writers = [
        Writer(f"w{n}", people[n % len(people)], journey.pk, seed + n) for n in range(WRITERS)
    ]
    elsewhere()
    at_once(*((lambda one=one: one.work(EACH)) for one in writers))
    outcomes = [outcome for writer in writers for outcome in writer.outcomes]
    assert len(outcomes) == WRITERS * EACH
    at_once(lambda: hold_all(cast, journey.pk, outcomes))


def hold_all(cast: Cast, number: int, outcomes: list[Outcome]) -> None:
    journey = Journey.objects.get(pk=number)
    log = list(JourneyEdit.objects.filter(journey=journey).order_by("number"))
    assert [entry.number for entry in log] == list(range(1, journey.edits + 1))
    assert sum(outcome.accepted for outcome in outcomes) > len(outcomes) // 2
    assert any(outcome.conflict for outcome in outcomes)  # they did meet
    _every_change_follows_from_the_one_before(log)
    _every_text_is_kept_or_handed_back(log, outcomes)
    doc = read_document(cast.aino.actor, journey)
    numbers = [step.number for step in doc.steps]
    assert len(numbers) == len(set(numbers)) == len(doc.steps)


def _every_change_follows_from_the_one_before(log: list[JourneyEdit]) -> None:
    """Each edit began from what the one before it left, and the rows say what the last one left."""
    last: dict[tuple[str, int, str], Any] = {}
    for entry in log:
        for change in entry.changes:
            for name, (before, after) in change["fields"].items():
                key = change["kind"], change["id"], name
                if key in last:
                    assert last[key] == before, (entry.number, key)
                last[key] = after
    for (kind, number, name), value in last.items():
        if name != "touchpoints":
            row = MODELS[kind].objects.get(pk=number)
            assert plain_column(getattr(row, name)) == value


def _every_text_is_kept_or_handed_back(log: list[JourneyEdit], outcomes: list[Outcome]) -> None:
    written = defaultdict(list)
    for entry in log:
        if entry.verb == "text_written":
            written[entry.label["text"]].append(entry)
    for outcome in outcomes:
        if outcome.verb != "text":
            continue
        if outcome.accepted:
            (entry,) = written[outcome.text]
            assert _texts(entry, outcome.lang) == (outcome.base, outcome.text)
        else:
            assert outcome.conflict or outcome.refused == "not-found", outcome
        for both in outcome.conflict.values():
            assert both["mine"] == outcome.text
            assert both["theirs"] != both["base"] or both.get("removed")


def _texts(entry: JourneyEdit, lang: str) -> tuple[str, str]:
    """What stood there before the edit and after it: nobody's text was written over unseen."""
    (change,) = entry.changes
    if change["fields"].get("removed") == [True, False]:  # a cell that was not there
        return "", entry.label["text"]
    ((_name, (before, after)),) = change["fields"].items()
    return before.get(lang, ""), after.get(lang, "")
