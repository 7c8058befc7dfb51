"""Settings change at once, stand in the history and delete nothing."""

import pytest
import time_machine

from polku.kernel.answers import BadInput, NotAllowed, Refused
from polku.kernel.models import AuditEvent
from polku.people.operations import (
    archive_workspace,
    change_languages,
    change_size,
    change_vocabulary,
    change_workspace,
    note_export,
    switch_feature,
)
from polku.people.queries import language_counts
from polku.tenancy.models import Workspace
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db


def test_the_first_language_is_one_of_those_used(cast: Cast) -> None:
    room = change_languages(["en", "fi", "pl", "fi"], "fi", by=cast.aino.actor)
    assert (room.default_lang, room.languages) == ("fi", ["fi", "en", "pl"])
    for languages, first in ((["en"], "fi"), ([], "en"), (["x" * 40], "x" * 40)):
        with pytest.raises(BadInput):
            change_languages(languages, first, by=cast.aino.actor)


def test_texts_of_a_language_that_is_dropped_wait(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name={"en": "Tour", "fi": "Kierros"})
    change_languages(["en"], "en", by=cast.aino.actor)
    service.refresh_from_db()
    assert service.name.text("fi") == "Kierros"
    rows, _total = language_counts(cast.aino.actor)
    finnish = next(row for row in rows if row.code == "fi")
    assert (finnish.used, finnish.written) == (False, 1)


def test_languages_are_counted_with_what_is_behind(cast: Cast) -> None:
    from polku.kernel.changes import change_object
    from polku.kernel.registry import entity

    service = make("service_product", cast.aino.actor, name={"en": "Tour", "fi": "Kierros"})
    make("service_product", cast.aino.actor, name={"en": "Guide"})
    change_object(entity("service_product"), service, {"name": {"en": "Walk"}}, by=cast.aino.actor)
    rows, total = language_counts(cast.aino.actor)
    counts = {row.code: (row.written, row.behind) for row in rows}
    assert (counts["en"], counts["fi"], counts["pl"]) == ((2, 0), (1, 1), (0, 0))
    assert total == 2
    other, none = language_counts(cast.olga.actor)
    assert none == 0
    assert all(row.written == 0 for row in other)


def test_a_size_sets_the_switches_and_one_switch_only_itself(cast: Cast) -> None:
    room = change_size("solo", by=cast.aino.actor)
    assert not room.has("relationships")
    room = switch_feature("relationships", True, by=cast.aino.actor)
    assert (room.has("relationships"), room.has("strategy"), room.size_profile) == (
        True,
        False,
        "solo",
    )
    for attempt in (lambda: change_size("huge", by=cast.aino.actor),
                    lambda: switch_feature("magic", True, by=cast.aino.actor),
                    lambda: change_vocabulary("klingon", by=cast.aino.actor)):  # fmt: skip
        with pytest.raises(BadInput):
            attempt()


def test_each_change_stands_in_the_history_once(cast: Cast) -> None:
    change_vocabulary("service_management", by=cast.aino.actor)
    change_vocabulary("service_management", by=cast.aino.actor)
    (event,) = AuditEvent.objects.filter(workspace=cast.museum, object_kind="workspace")
    assert event.changes == {"vocabulary": ["plain", "service_management"]}
    assert event.actor == cast.aino.user


def test_name_zone_and_smallest_group(cast: Cast) -> None:
    room = change_workspace(by=cast.aino.actor, name={"fi": "Satamamuseo"},
                            timezone_name="Europe/Warsaw", small_n_limit=3)  # fmt: skip
    assert room.name.text("fi") == "Satamamuseo"
    assert (room.timezone, room.small_n_limit) == ("Europe/Warsaw", 3)
    with pytest.raises(BadInput) as told:
        change_workspace(by=cast.aino.actor, name={"en": "n" * 121}, timezone_name="Mars/Base",
                         small_n_limit=2)  # fmt: skip
    assert set(told.value.fields) == {"name", "timezone", "small_n_limit"}


def test_only_those_who_look_after_settings_change_them(cast: Cast) -> None:
    for person in (cast.piotr, cast.heikki, cast.liisa, cast.tuomas):
        with pytest.raises(NotAllowed):
            switch_feature("strategy", False, by=person.actor)
    assert Workspace.objects.get(pk=cast.museum.pk).has("strategy")


def test_closing_needs_an_export_of_the_same_day(cast: Cast) -> None:
    with time_machine.travel("2026-05-01 10:00", tick=False):
        note_export(by=cast.aino.actor)
    with time_machine.travel("2026-05-02 10:01", tick=False):
        with pytest.raises(Refused):
            archive_workspace(by=cast.aino.actor)
        note_export(by=cast.aino.actor)
        assert archive_workspace(by=cast.aino.actor).state == "archived"
    assert cast.aino.client().get("/w/museum/settings/").status_code == 404


def test_two_who_switch_from_the_same_page_both_have_their_way(cast: Cast) -> None:
    first, second = cast.aino.actor, cast.aino.actor
    before = dict(first.workspace.features)
    switch_feature("people", not before.get("people", False), by=first)
    room = switch_feature("relationships", not before.get("relationships", False), by=second)
    assert room.features["people"] is not before.get("people", False)
    assert room.features["relationships"] is not before.get("relationships", False)


def test_two_who_write_the_name_in_two_languages_both_have_their_way(cast: Cast) -> None:
    first, second = cast.aino.actor, cast.aino.actor
    change_workspace(name={"fi": "Satamamuseo"}, by=first)
    room = change_workspace(name={"pl": "Muzeum portu"}, by=second)
    assert (room.name.text("fi"), room.name.text("pl")) == ("Satamamuseo", "Muzeum portu")
