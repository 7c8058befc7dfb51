"""What happened to one thing, in sentences."""

from typing import Any

import pytest
from django.utils import translation

from polku.kernel.changes import change_object
from polku.kernel.links import tie
from polku.kernel.models import AuditEvent
from polku.kernel.registry import entity
from polku.kernel.transitions import Step, move
from polku.web import history_sentences
from polku.web.history_changes import changed_words
from polku.web.history_sentences import sentences
from tests.cast import Cast, make

SERVICE = entity("service_product")


@pytest.fixture
def service(cast: Cast) -> Any:
    return make("service_product", cast.aino.actor, name={"en": "School visit"},
                purpose={"en": "Children learn knots in the old net loft by the sea."})  # fmt: skip


def said(cast: Cast, obj: Any, *, short: bool = False) -> list[str]:
    from polku.kernel.history import events_of

    actor = cast.aino.actor
    with translation.override("en"):
        told = sentences(actor, entity(obj._meta.db_table), events_of(actor, obj), short=short)
    return [str(row.sentence) for row in told]


def test_a_change_says_who_what_before_and_after(cast: Cast, service: Any) -> None:
    values = {"criticality": "high", "owner_party": cast.piotr.party.code}
    change_object(SERVICE, service, values, by=cast.aino.actor)
    newest = said(cast, service)[0]
    assert "Aino Salmi changed this." in newest
    assert "Importance: unknown → high" in newest
    assert "Owner: – → Piotr Zieliński" in newest


def test_a_step_says_from_where_to_where_and_from_when(cast: Cast, service: Any) -> None:
    import datetime as dt

    move(service, Step("idea", effective_on=dt.date(2026, 1, 5)), by=cast.aino.actor)
    newest = next(line for line in said(cast, service) if "took a step" in line)
    assert "State: not said → idea" in newest
    assert "from 5 Jan" in newest


def test_a_tie_reads_from_both_its_ends(cast: Cast, service: Any) -> None:
    goal = make("strategy_goal", cast.aino.actor, statement={"en": "Every child"})
    tie("L01", service, goal, by=cast.aino.actor)
    assert "serves the goal" in said(cast, service)[0]
    assert "Every child" in said(cast, service)[0]
    assert "is served by" in said(cast, goal)[0]


def test_a_long_text_shows_the_words_that_went_and_came(cast: Cast, service: Any) -> None:
    values = {"purpose": {"en": "Children learn songs in the old net <b>loft</b> by the sea."}}
    change_object(SERVICE, service, values, by=cast.aino.actor)
    newest = said(cast, service)[0]
    assert "<del>knots</del> <ins>songs</ins>" in newest
    assert "<b>" not in newest


def test_a_short_line_leaves_out_unchanged_words() -> None:
    words = " ".join(f"w{n}" for n in range(30))
    line = str(changed_words(words, words.replace("w15", "new"), short=True))
    assert "<del>w15</del> <ins>new</ins>" in line
    assert "…" in line
    assert "w7 " not in line


def test_an_event_that_nobody_named_is_still_told(cast: Cast, service: Any) -> None:
    AuditEvent.objects.create(
        workspace=cast.museum, name="service_product.repainted", object_kind="service_product",
        object_id=service.pk, operation_id="00000000-0000-0000-0000-000000000001", channel="page",
        changes={"unheard_of": [1, 2]}, actor=cast.piotr.user,
    )  # fmt: skip
    assert said(cast, service)[0] == "Piotr Zieliński changed this."


def test_a_room_may_name_its_own_events(
    cast: Cast, service: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils.html import format_html

    monkeypatch.setattr(history_sentences, "_tellers", {})
    history_sentences.say(
        "service_product.created", lambda _event, who, _reader: format_html("{} sowed it.", who)
    )
    assert said(cast, service)[-1] == "Aino Salmi sowed it."


def test_the_page_filters_by_field_and_goes_on(cast: Cast, service: Any) -> None:
    for n in range(55):
        change_object(SERVICE, service, {"sector": f"sector {n}"}, by=cast.aino.actor)
    client, address = cast.aino.client(), f"/w/museum/services/{service.code}/history/"
    first = client.get(address).content.decode()
    assert "sector 54" in first
    assert "added this" not in first
    older = first.split('rel="next" href="')[1].split('"')[0]
    assert "added this" in client.get(address + older).content.decode()
    change_object(SERVICE, service, {"criticality": "low"}, by=cast.aino.actor)
    only = client.get(f"{address}?field=criticality").content.decode()
    assert "Importance: unknown → low" in only
    assert "sector 54" not in only
    assert client.get(f"{address}?before=nonsense&field=zzz").status_code == 200


def test_history_is_for_those_inside(cast: Cast, service: Any) -> None:
    address = f"/w/museum/services/{service.code}/history/"
    assert cast.liisa.client().get(address).status_code == 200
    assert cast.tuomas.client().get(address).status_code == 404
    assert cast.mallory.client().get(address).status_code == 404
    change_object(SERVICE, service, {"audience": "customers"}, by=cast.aino.actor)
    move(service, Step("live"), by=cast.aino.actor)
    assert cast.tuomas.client().get(address).status_code == 403
