"""Two parties are one: whatever points at the other points at the one that stays."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from polku.journeys.models import BlueprintCell, JourneyInterview
from polku.journeys.operations.values import party_by_code
from polku.kernel.answers import BadInput, NotAllowed, NotFound, Refused
from polku.kernel.audit import kind_of
from polku.kernel.changes import archive_object, change_object, restore_object
from polku.kernel.history import events_of
from polku.kernel.listing import listing
from polku.kernel.models import (
    Decision,
    ExternalRef,
    ImportRun,
    Link,
    LooseEnd,
    MagicLink,
    Notification,
    SavedView,
)
from polku.kernel.queries import visible
from polku.kernel.registry import has_entity
from polku.kernel.transitions import Step, move
from polku.people.entities import PARTY
from polku.people.merging import plan_merge
from polku.people.operations import add_role, merge_parties
from polku.people.operations.merging import Stale
from polku.people.pointers import GROUPS, STAYS, Pointer, pointers
from polku.portfolio.models import Dependency
from polku.tenancy.models import CoreEntity, Membership, Party, PartyRole, Relationship
from polku.tenancy.translated import Translated
from tests.cast import Cast, make
from tests.journeys.ways import visit_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(cast: Cast) -> tuple[Party, Party]:
    """One with few facts, and the same under another name, with more."""
    by = cast.aino.actor
    kept = make("party", by, name="IT", web="https://it.example", aliases=["Tietohallinto"])
    gone = make("party", by, name="I.T. Department", aliases=["IT dept", "it"], is_internal=True,
                web="https://old.example", business_id="123", tags=["x"],
                contact={"phone": "112"})  # fmt: skip
    return kept, gone


# Whoever lets one more column lead to a party adds it here, with a row in _hang_on below or with a
# reason why it stays in polku.people.pointers. Owners are all alike.
COVERED = {
    "BlueprintCell.actor_party", "Decision.decider_party", "Decision.subject", "Dependency.from",
    "Dependency.to", "ExternalRef.object", "JourneyInterview.held_by", "Link.from", "Link.to",
    "LooseEnd.object", "LooseEnd.owner_party", "MagicLink.object", "Membership.party",
    "Notification.object", "Party.merged_into", "Party.parent", "PartyRole.context",
    "PartyRole.party", "Relationship.consumer_party", "Relationship.provider_party",
    "Relationship_customer_contacts.party", "Requirement.raised_by_party",
    "Requirement_also_asked_by.party", "Stakeholder.party",
}  # fmt: skip


def _owner(pointer: Pointer) -> bool:
    return pointer.name == "owner_party" and issubclass(pointer.model, CoreEntity)


def _names(rows: Iterable[Pointer]) -> set[str]:
    return {f"{row.model.__name__}.{row.name}" for row in rows if not _owner(row)}


def test_every_column_that_leads_to_a_party_moves_or_stays_with_a_reason() -> None:
    told = {(pointer.model, pointer.name) for pointer in pointers()}
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.concrete_fields:
            if column.related_model is Party:
                assert (model, column.name) in told, f"{model.__name__}.{column.name} is forgotten"
    assert set(STAYS) <= told
    assert _names(row for row in pointers() if not row.why_stays) == COVERED
    for row in pointers():
        # What is counted before a merge is a kind of thing, or has words of its own
        assert row.why_stays or has_entity(row.group) or row.group in GROUPS, row


def _hang_on(gone: Party, kept: Party, cast: Cast) -> dict[str, Any]:
    """At least one row of everything that leads to a party."""
    by, room = cast.aino.actor, cast.museum
    about = {"workspace": room, "object_kind": "party", "object_id": gone.pk}
    service = make("service_product", by, name="Tours", owner_party=gone)
    merge_parties(gone, make("party", by, name="Old IT", kind="person"), by=by)
    tie = make("relationship", by, consumer_party=room.home_party, provider_party=gone,
               customer_contacts=[cast.school.consumer_party, gone])  # fmt: skip
    make("relationship", by, consumer_party=gone, provider_party=cast.school.consumer_party)
    make("stakeholder", by, party=gone)
    decided = Decision.objects.create(
        workspace=room, code="DEC-901", question=Translated.of("Go?", "en"),
        decided_on=dt.date(2026, 1, 5), decider_party=gone, subject_kind="party",
        subject_id=gone.pk, subject_code=gone.code)  # fmt: skip
    for start, end in ((gone, service), (service, gone)):
        ends = {"from_kind": kind_of(start), "from_id": start.pk,
                "to_kind": kind_of(end), "to_id": end.pk}  # fmt: skip
        Link.objects.create(workspace=room, kind="L99", **ends)
        Dependency.objects.create(workspace=room, code=f"DEP-9{start.code[0]}", **ends,
                                  from_code=start.code, to_code=end.code)  # fmt: skip
    journey = visit_of(cast.aino)
    cell = BlueprintCell.objects.create(workspace=room, journey=journey, number=901,
                                        step=journey.steps.first(), row="frontstage",
                                        actor_party=gone)  # fmt: skip
    JourneyInterview.objects.create(workspace=room, journey=journey, number=1, who="a visitor",
                                    held_on=dt.date(2026, 1, 5), held_by=gone)  # fmt: skip
    LooseEnd.objects.create(check_code="X1", owner_party=gone, **about)
    LooseEnd.objects.create(check_code="X2", state="dismissed", **about)
    Notification.objects.create(user=cast.aino.user, kind="k", key="k1", **about)
    MagicLink.objects.create(token_hash="t", purpose="view", expires_at=timezone.now(), **about)
    ExternalRef.objects.create(workspace=room, source="list", kind="party", key="A7",
                               object_id=gone.pk)  # fmt: skip
    Membership.objects.create(workspace=room, user=cast.mallory.user, party=gone,
                              access_role="reader", state="ended")  # fmt: skip
    add_role(gone, "supplier", by=by, valid_from=dt.date(2026, 3, 1))
    add_role(kept, "supplier", by=by, valid_from=dt.date(2026, 1, 1), note="since long")
    PartyRole.objects.create(workspace=room, party=kept, role="partner", context_kind="party",
                             context_id=gone.pk)  # fmt: skip
    return {
        "service": service, "tie": tie, "decided": decided, "cell": cell,
        "child": make("party", by, name="Help desk", parent=gone),
        "wish": make("requirement", by, statement="Faster", raised_by_party=gone,
                     also_asked_by=[kept]),
        "other": make("requirement", by, statement="Slower", also_asked_by=[gone]),
    }  # fmt: skip


def test_all_that_hung_on_the_other_hangs_on_the_one_that_stays(
    cast: Cast, two: tuple[Party, Party]
) -> None:
    by, (kept, gone) = cast.aino.actor, two
    Party.objects.filter(pk__in=[kept.pk, gone.pk]).update(kind="person")
    rows = _hang_on(gone, kept, cast)
    moving = [row for row in pointers() if not row.why_stays]
    assert _names(row for row in moving if row.rows(gone).exists()) == COVERED
    merge_parties(kept, gone, by=by)
    assert not {f"{row.model.__name__}.{row.name}" for row in moving if row.rows(gone).exists()}

    for obj in rows.values():
        obj.refresh_from_db()
    assert rows["service"].owner_party == rows["child"].parent == kept
    assert rows["decided"].subject_code == kept.code
    # Nobody stands twice, and a part in days that meet is played once, all the days of both
    assert rows["wish"].raised_by_party == kept
    assert list(rows["wish"].also_asked_by.all()) == []
    assert list(rows["other"].also_asked_by.all()) == [kept]
    assert kept in rows["tie"].customer_contacts.all()
    (role,) = PartyRole.objects.filter(party=kept, role="supplier")
    assert (role.valid_from, role.valid_to, role.note) == (dt.date(2026, 1, 1), None, "since long")
    # Names of what is called after it, and history where things have one
    assert rows["tie"].sort_title.endswith("it")
    event = events_of(by, rows["service"])[0]
    assert event.changes == {"owner_party": [gone.code, kept.code]}
    assert event.note == f"{gone.code} was merged into {kept.code}."


def test_the_one_that_stays_says_what_it_did_not_know(cast: Cast, two: tuple[Party, Party]) -> None:
    by, (kept, gone) = cast.piotr.actor, two
    plan = plan_merge(kept, gone, by=by)
    assert plan.aliases == ["I.T. Department", "IT dept"]
    assert plan.differ == ["Web page"]
    revisions = {kept.code: kept.revision, gone.code: gone.revision}
    found = merge_parties(kept, gone, by=by, revisions=revisions, why="One desk.")
    assert found.aliases == ["Tietohallinto", "I.T. Department", "IT dept"]
    assert (found.web, found.business_id, found.tags, found.contact, found.is_internal) == (
        "https://it.example", "123", ["x"], {"phone": "112"}, True,
    )  # fmt: skip
    gone.refresh_from_db()
    assert (gone.state, gone.archived, gone.merged_into) == ("merged", True, kept)
    assert (gone.name, gone.web) == ("I.T. Department", "https://old.example")
    assert next(event.name for event in events_of(by, gone)) == "party.merged"
    assert {"party.took_in", "party.changed"} <= {event.name for event in events_of(by, kept)}
    assert party_by_code(by, gone.code) == kept  # as an undo in a journey names it
    # Found by the former name, and in no list under it
    assert gone not in visible(by, Party)
    assert [row.pk for row in listing(by, PARTY, {"q": "i.t. department"}).rows] == [kept.pk]
    for change in (
        lambda: change_object(PARTY, gone, {"name": "New"}, by=by),
        lambda: restore_object(PARTY, gone, by=by),
        lambda: merge_parties(kept, gone, by=by),
        lambda: merge_parties(gone, kept, by=by),
    ):
        with pytest.raises(Refused, match=f"{gone.code} was merged into {kept.code}"):
            change()


def test_what_cannot_be_one_is_refused_and_nothing_is_done(
    cast: Cast, two: tuple[Party, Party]
) -> None:
    by, (kept, gone) = cast.aino.actor, two
    home, school = cast.museum.home_party, cast.school.consumer_party
    person = make("party", by, name="Ida Tamm", kind="person")
    away = make("party", by, name="Away")
    archive_object(PARTY, away, by=by)
    for first, second, words in (
        (kept, home, "belongs to"), (kept, away, "put away"), (person, kept, "is a person"),
        (cast.aino.party, cast.piotr.party, "each have an account"),
        (school, home, "belongs to"), (home, school, "is between the two"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            merge_parties(first, second, by=by)
    with pytest.raises(BadInput, match="itself"):
        merge_parties(kept, kept, by=by)
    with pytest.raises(NotFound):
        merge_parties(kept, cast.norrvik.home_party, by=by)
    with pytest.raises(Stale):
        merge_parties(kept, gone, by=by, revisions={gone.code: 99})
    for someone in (cast.heikki, cast.liisa, cast.tuomas):
        with pytest.raises(NotAllowed):
            merge_parties(kept, gone, by=someone.actor)
    with pytest.raises(NotAllowed):  # whoever has an account is seen to by who looks after people
        merge_parties(person, cast.heikki.party, by=cast.piotr.actor)
    run = ImportRun.objects.create(workspace=cast.museum, file_name="a.csv", state="running")
    with pytest.raises(Refused, match="is being saved"):
        merge_parties(kept, gone, by=by)
    run.delete()
    below = make("party", by, name="Below", parent=gone)
    change_object(PARTY, kept, {"parent": below}, by=by)
    with pytest.raises(Refused, match="circle"):
        merge_parties(kept, gone, by=by)
    assert not Party.objects.filter(state="merged").exists()
    assert Party.objects.get(pk=below.pk).parent == gone


def test_two_customers_that_would_be_the_same_are_named(
    cast: Cast, two: tuple[Party, Party]
) -> None:
    by, (kept, _gone) = cast.aino.actor, two
    school = cast.school.consumer_party
    double = make("relationship", by, consumer_party=kept, provider_party=cast.museum.home_party)
    with pytest.raises(Refused, match=f"{cast.school.code} and {double.code}"):
        merge_parties(school, kept, by=by)
    move(double, Step("ended", reason="Twice"), by=by)
    merge_parties(school, kept, by=by)
    ended = Relationship.objects.get(pk=double.pk)
    assert (ended.consumer_party, ended.state) == (school, "ended")


def test_a_guessed_kind_gives_way_and_the_account_moves(cast: Cast) -> None:
    by = cast.aino.actor
    kept = make("party", by, name="Heikki L.", kind="organisation", kind_is_guess=True)
    heikki = cast.heikki.party
    view = SavedView.objects.create(
        workspace=cast.museum, user=cast.aino.user, kind="service_product", name="Ours",
        query=f"owner_party={kept.code},{heikki.code}&q={heikki.code}",
    )  # fmt: skip
    found = merge_parties(kept, heikki, by=by)
    assert (found.kind, found.kind_is_guess) == ("person", False)
    assert Membership.objects.get(user=cast.heikki.user).party == found
    view.refresh_from_db()
    assert view.query == f"owner_party={kept.code}&q={heikki.code}"
