"""Creating and changing through the one door: codes, history, locking, rights."""

import pytest

from polku.kernel.answers import BadInput, Conflict, NotAllowed, Refused
from polku.kernel.changes import archive_object, change_object, create_objects, restore_object
from polku.kernel.history import events_of
from polku.kernel.models import AuditEvent
from polku.kernel.queries import visible
from polku.kernel.registry import entities, entity
from polku.portfolio.models import ServiceProduct
from tests.cast import Cast, make

SERVICE = entity("service_product")


def test_codes_count_on_and_are_never_given_twice(cast: Cast) -> None:
    by = cast.aino.actor
    first = make("service_product", by, name="One")
    archive_object(SERVICE, first, by=by)
    second = make("service_product", by, name="Two")
    assert (first.code, second.code) == ("SRV-1", "SRV-2")


def test_history_tells_who_changed_what_from_what(cast: Cast) -> None:
    by = cast.piotr.actor
    service = make("service_product", by, name="Guided tour")
    change_object(SERVICE, service, {"purpose": "For families", "tags": ["summer"]}, by=by)
    newest = events_of(by, service)[0]
    assert newest.name == "service_product.changed"
    assert newest.actor == cast.piotr.user
    assert newest.changes == {"purpose": [{}, {"en": "For families"}], "tags": [[], ["summer"]]}


def test_saving_the_same_values_writes_nothing(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="Guided tour")
    before = AuditEvent.objects.count()
    fresh = change_object(SERVICE, service, {"name": "Guided tour", "tags": ""}, by=by)
    assert AuditEvent.objects.count() == before
    assert fresh.revision == service.revision


def test_two_people_on_one_field_the_second_sees_both_texts(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name="Tour", purpose="Old")
    opened = service.revision
    change_object(SERVICE, service, {"purpose": "Piotr's"}, by=cast.piotr.actor, revision=opened)
    with pytest.raises(Conflict) as caught:
        change_object(SERVICE, service, {"purpose": "Aino's"}, by=cast.aino.actor, revision=opened)
    assert caught.value.fields["purpose"] == {
        "base": {"en": "Old"}, "theirs": {"en": "Piotr's"}, "mine": {"en": "Aino's"},
    }  # fmt: skip
    service.refresh_from_db()
    assert str(service.purpose) == "Piotr's"


def test_two_people_on_different_fields_both_are_kept(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name="Tour", purpose="Old")
    opened = service.revision
    change_object(SERVICE, service, {"purpose": "New"}, by=cast.piotr.actor, revision=opened)
    merged = change_object(SERVICE, service, {"sector": "art"}, by=cast.aino.actor, revision=opened)
    assert (str(merged.purpose), merged.sector) == ("New", "art")


def test_many_are_created_all_or_none(cast: Cast) -> None:
    rows = [{"name": "Good"}, {"name": ""}]
    with pytest.raises(BadInput) as caught:
        create_objects(SERVICE, rows, by=cast.aino.actor)
    assert list(caught.value.fields) == ["1.name"]
    assert not visible(cast.aino.actor, ServiceProduct).exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "x", "nonsense": 1}, "nonsense"),
        ({"name": "x", "kind": "sideways"}, "kind"),
        ({"name": "x", "review_due": "31.2.2026"}, "review_due"),
        ({"name": "x", "owner_party": "PTY-999"}, "owner_party"),
        ({"name": "x", "name_fi": "y"}, "name_fi"),
        ({"name": "x" * 121}, "name"),
        ({"name": ["list"]}, "name"),
        ({"name": {"en": 5}}, "name"),
        ({"purpose": "no name"}, "name"),
    ],
)
def test_bad_input_names_the_field_and_saves_nothing(
    cast: Cast, values: dict[str, object], field: str
) -> None:
    with pytest.raises(BadInput) as caught:
        make("service_product", cast.aino.actor, **values)
    assert field in caught.value.fields
    assert not visible(cast.aino.actor, ServiceProduct).exists()


def test_a_reader_is_told_why_not(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name="Tour")
    with pytest.raises(NotAllowed) as caught:
        change_object(SERVICE, service, {"purpose": "x"}, by=cast.liisa.actor)
    assert "read" in str(caught.value)


def test_a_member_changes_what_is_theirs_only(cast: Cast) -> None:
    mine = make("service_product", cast.heikki.actor, name="Mine")
    theirs = make("service_product", cast.aino.actor, name="Theirs")
    assert mine.owner_party == cast.heikki.party
    change_object(SERVICE, mine, {"purpose": "x"}, by=cast.heikki.actor)
    with pytest.raises(NotAllowed):
        change_object(SERVICE, theirs, {"purpose": "x"}, by=cast.heikki.actor)


def test_a_reference_into_another_workspace_is_like_a_missing_one(cast: Cast) -> None:
    stranger = cast.olga.party
    messages = set()
    for owner in (stranger, "PTY-999"):
        with pytest.raises(BadInput) as caught:
            make("service_product", cast.aino.actor, name="x", owner_party=owner)
        messages.add(str(caught.value.fields["owner_party"]).replace(stranger.code, "PTY-999"))
    assert len(messages) == 1


def test_archived_rows_leave_the_lists_and_come_back(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="Tour")
    archive_object(SERVICE, service, by=by, reason="double")
    assert not visible(by, ServiceProduct).exists()
    restore_object(SERVICE, service, by=by)
    assert visible(by, ServiceProduct).get_or_404("srv-1") == service
    assert [e.name for e in events_of(by, service)][:2] == [
        "service_product.restored", "service_product.archived",
    ]  # fmt: skip


def test_rows_of_an_unfinished_import_are_seen_by_nobody(cast: Cast) -> None:
    create_objects(SERVICE, [{"name": "Half"}], by=cast.aino.actor, pending_run=7)
    for person in [*cast.insiders, cast.tuomas]:
        assert not visible(person.actor, ServiceProduct, archived=True).exists()


def test_a_circle_of_needs_is_refused_with_its_path(cast: Cast) -> None:
    by = cast.aino.actor
    a, b, c = (make("component", by, name=name) for name in "ABC")
    make("dependency", by, **{"from": a, "to": b})
    make("dependency", by, **{"from": b, "to": c})
    with pytest.raises(Refused) as caught:
        make("dependency", by, **{"from": c, "to": a})
    assert "C → A → B → C" in str(caught.value) or "A → B → C → A" in str(caught.value)


def test_every_registered_field_has_a_column_and_a_label() -> None:
    for row in entities():
        for field in row.fields:
            assert field.label(row.model)
        for name in (*row.list_columns, *row.filters):
            assert name in row.by_name or name == "code", (row.kind, name)


def test_what_many_references_a_thing_began_with_stands_in_its_history(cast: Cast) -> None:
    by = cast.aino.actor
    people = [make("party", by, name="Pia Salo"), make("party", by, name="Ossi Ranta")]
    other = make("party", by, name="Another school")
    row = make(
        "relationship", by, consumer_party=other.code, type="basic",
        provider_party=cast.museum.home_party.code,
        customer_contacts=[party.code for party in people],
    )  # fmt: skip
    event = AuditEvent.objects.get(name="relationship.created", object_code=row.code)
    assert event.changes["customer_contacts"] == [None, sorted(party.code for party in people)]
