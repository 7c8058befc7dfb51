"""A few columns of many things, by the question that is kept, and what they never show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polku.kernel.changes import archive_object
from polku.kernel.links import tie, ties_of
from polku.kernel.names import columns_of, names_of
from polku.kernel.queries import visible
from polku.kernel.registry import entity
from polku.portfolio.models import ServiceProduct
from polku.portfolio.operations import set_elements
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db
SERVICE = "service_product"


def test_names_are_those_of_the_things_and_ask_nothing_more(cast: Cast) -> None:
    by = cast.aino.actor
    made = [make(SERVICE, by, name={"en": f"Tour {n}", "fi": f"Opastus {n}"}) for n in range(3)]
    group = make("segment", by, name="Families")
    pairs = {(SERVICE, row.pk) for row in made} | {("segment", group.pk)}
    found = names_of(by, pairs, "sort_title")
    assert {pair: (obj.code, str(obj), obj.sort_title) for pair, obj in found.items()} == {
        (obj._meta.db_table, obj.pk): (obj.code, str(obj), obj.sort_title) for obj in (*made, group)
    }
    with CaptureQueriesContext(connection) as asked:
        first = found[SERVICE, made[0].pk]
        assert first.name.reading("fi").text == "Opastus 0"
        assert first.archived is False
    assert len(asked) == 0
    assert first.purpose == made[0].purpose  # another column is read when it is asked for


def test_what_another_workspace_holds_never_comes_along(cast: Cast) -> None:
    theirs = make(SERVICE, cast.olga.actor, name="Mail")
    mine = make(SERVICE, cast.aino.actor, name="Tour")
    pairs = {(SERVICE, theirs.pk), (SERVICE, mine.pk)}
    # Both ask the same question that is kept, one after the other
    assert set(names_of(cast.aino.actor, pairs)) == {(SERVICE, mine.pk)}
    assert set(names_of(cast.olga.actor, pairs)) == {(SERVICE, theirs.pk)}


def test_what_was_put_away_or_is_not_yet_in_sight_stays_away(cast: Cast) -> None:
    by = cast.aino.actor
    away, coming = (make(SERVICE, by, name=name) for name in ("Old tour", "New tour"))
    archive_object(entity(SERVICE), away, by=by)
    ServiceProduct.objects.filter(pk=coming.pk).update(pending_run=7)
    pairs = {(SERVICE, away.pk), (SERVICE, coming.pk)}
    assert set(names_of(by, pairs)) == {(SERVICE, away.pk)}
    assert names_of(by, pairs, archived=False) == {}


def test_people_outside_get_what_they_may_see_and_no_more(cast: Cast) -> None:
    by, outside = cast.aino.actor, cast.tuomas.actor
    hidden = make(SERVICE, by, name="Inner", audience="internal")
    public = make(SERVICE, by, name="Open", audience="public", state="live")
    pairs = {(SERVICE, hidden.pk), (SERVICE, public.pk)}
    assert set(names_of(by, pairs)) == pairs
    seen = set(visible(outside, ServiceProduct).values_list("pk", flat=True))
    assert {number for _kind, number in names_of(outside, pairs)} == seen == {public.pk}


def test_columns_come_as_the_fields_read_them(cast: Cast) -> None:
    by = cast.aino.actor
    row = make(SERVICE, by, name="Tour", review_due="2027-05-14")
    told = columns_of(by, entity(SERVICE), ("id", "name", "review_due", "archived"), [row.pk])
    again = ServiceProduct.objects.get(pk=row.pk)
    assert told == [(row.pk, again.name, again.review_due, False)]
    assert columns_of(by, entity(SERVICE), ("id",), []) == []


def test_a_piece_comes_along_with_its_parent(cast: Cast) -> None:
    by = cast.aino.actor
    offer = make("offering", by, title="Ticket", product=make(SERVICE, by, name="Tour").code)
    set_elements(offer, [{"kind": "access", "text": "One hour"}], by=by)
    piece = offer.elements.get()
    found = names_of(by, {("offering_element", piece.pk), ("offering", offer.pk)})
    assert found["offering_element", piece.pk].code == "OFR-1.1"
    assert str(found["offering", offer.pk]) == "Ticket"


def test_ties_by_name_are_the_same_ties(cast: Cast) -> None:
    by = cast.aino.actor
    service = make(SERVICE, by, name="Tour")
    wish = make("requirement", by, statement="A dry place for lunch")
    tie("L01", service, make("strategy_goal", by, statement="Every child comes"), by=by)
    tie("L02", wish, service, by=by)
    whole, named = ties_of(by, service), ties_of(by, service, by_name=True)
    assert [(row.link.pk, row.forward, row.other) for row in named] == [
        (row.link.pk, row.forward, row.other) for row in whole
    ]
    assert [str(row.other) for row in named] == [str(row.other) for row in whole]
