"""Each kind of news is told once, to the right person, and to nobody else."""

import datetime as dt
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from polku.insight.notices.morning import tell_morning
from polku.insight.operations import ask_about, refresh
from polku.insight.service_owners import service_owners
from polku.kernel.actor import system_actor
from polku.kernel.audit import record
from polku.kernel.changes import archive_object, change_object, create_objects
from polku.kernel.clock import today_in
from polku.kernel.decisions import take_decision
from polku.kernel.links import tie
from polku.kernel.models import (
    ImportRow,
    ImportRun,
    LooseEnd,
    Notification,
    NotificationChoice,
    Transition,
)
from polku.kernel.notices import News, notice_kinds, read_news, visible_notices
from polku.kernel.operations_notices import choose, clear_old, grown, mark_all_read
from polku.kernel.registry import entity
from polku.kernel.transitions import Step, apply_due, move
from polku.people.operations import mark_left, switch_off
from polku.tenancy.models import Membership
from tests.cast import Cast, Person, make, person

SERVICE = entity("service_product")


@pytest.fixture
def tour(cast: Cast) -> Any:
    """Heikki answers for it, and made it himself."""
    return make("service_product", cast.heikki.actor, name="Guided tour")


def told(someone: Person, kind: str = "") -> list[News]:
    actor = someone.actor
    return [news for news in read_news(actor, visible_notices(actor))
            if not kind or news.kind.code == kind]  # fmt: skip


def heard_by(cast: Cast, kind: str) -> set[str]:
    """Who was told something of a kind, in either workspace."""
    rows = Notification.objects.filter(kind=kind).select_related("user")
    return {row.user.name.split()[0] for row in rows}


def test_own_deeds_are_no_news(cast: Cast, tour: Any) -> None:
    change_object(SERVICE, tour, {"name": "Guided walk"}, by=cast.heikki.actor)
    assert Notification.objects.count() == 0


def test_an_owner_hears_what_others_changed(cast: Cast, tour: Any) -> None:
    change_object(SERVICE, tour, {"name": "Guided walk"}, by=cast.piotr.actor)
    (news,) = told(cast.heikki)
    assert (news.obj, news.words) == (tour, "Changed: name.")
    assert news.who == ("Piotr Zieliński",)
    assert heard_by(cast, "changed") == {"Heikki"}


def test_changes_of_one_day_are_one_notice_that_is_new_again(cast: Cast, tour: Any) -> None:
    change_object(SERVICE, tour, {"name": "Guided walk"}, by=cast.piotr.actor)
    mark_all_read(cast.heikki.actor)
    change_object(SERVICE, tour, {"purpose": "To see."}, by=cast.aino.actor)
    (news,) = told(cast.heikki)
    label = SERVICE.by_name["purpose"].label(SERVICE.model).lower()
    assert news.words == f"Changed: name, {label}."
    assert news.who == ("Piotr Zieliński", "Aino Salmi")
    assert news.is_new


def test_verbs_have_words(cast: Cast, tour: Any) -> None:
    goal = make("strategy_goal", cast.aino.actor, statement="More visitors")
    tie("L01", tour, goal, by=cast.piotr.actor)
    take_decision(tour, by=cast.piotr.actor, question="Shall it?", reason="Because.")
    archive_object(SERVICE, tour, by=cast.aino.actor)
    (news,) = told(cast.heikki, "changed")
    assert news.words == ("Its ties were changed. A decision was taken about it. It was put away.")


def test_a_new_owner_hears_it_and_a_change_beside_it_is_not_told_twice(cast: Cast) -> None:
    tour = make("service_product", cast.aino.actor, name="Guided tour")
    values = {"owner_party": cast.heikki.party.code, "name": "Walk"}
    change_object(SERVICE, tour, values, by=cast.piotr.actor)
    (news,) = told(cast.heikki)
    assert (news.kind.code, news.obj, news.words) == ("owner", tour, "You answer for this now.")
    assert heard_by(cast, "owner") == {"Heikki"}
    assert heard_by(cast, "changed") == set()


def test_many_new_things_of_a_day_are_one_notice(cast: Cast) -> None:
    owner = cast.heikki.party.code
    rows = [{"name": f"Walk {n}", "owner_party": owner} for n in range(40)]
    create_objects(SERVICE, rows, by=cast.piotr.actor)
    create_objects(SERVICE, [{"name": "One more", "owner_party": owner}], by=cast.piotr.actor)
    (news,) = told(cast.heikki)
    assert news.words == "You answer for 41 more things now."
    assert (len(news.things), news.more) == (3, 38)


def test_many_changes_of_a_day_are_counted(cast: Cast) -> None:
    owner = cast.heikki.party
    rows = [{"name": f"Walk {n}", "owner_party": owner.code} for n in range(30)]
    tours = create_objects(SERVICE, rows, by=cast.heikki.actor)
    for tour in tours:
        change_object(SERVICE, tour, {"tags": ["x"]}, by=cast.piotr.actor)
    news = told(cast.heikki, "changed")
    assert len(news) == 21
    assert sum(one.n for one in news if one.obj is None) == 10


def test_a_file_is_one_notice_for_each_owner(cast: Cast, tour: Any) -> None:
    by = cast.piotr.actor.through("import")
    owners = [cast.heikki.party.code, cast.liisa.party.code, cast.piotr.party.code]
    rows = [{"name": f"Walk {n}", "owner_party": owners[n % 3]} for n in range(600)]
    made = create_objects(SERVICE, rows, by=by)
    assert not Notification.objects.exists()
    run = ImportRun.objects.create(workspace=cast.museum, file_name="a.csv", file_hash="0" * 64)
    became = [(obj.pk, "new") for obj in made] + [(tour.pk, "changed")]
    ImportRow.objects.bulk_create(
        ImportRow(workspace=cast.museum, run=run, row_number=n, outcome=outcome,
                  object_kind="service_product", object_id=pk)
        for n, (pk, outcome) in enumerate(became)
    )  # fmt: skip
    record("import.completed", by=by, obj=run)
    (news,) = told(cast.liisa)
    assert news.words == "You answer for 200 more things now."
    assert {(one.kind.code, one.n) for one in told(cast.heikki)} == {("owner", 200), ("changed", 1)}
    assert heard_by(cast, "owner") == {"Heikki", "Liisa"}  # not who brought the file in
    assert [len(one.notice.parameters["items"]) for one in told(cast.liisa)] == [200]


def test_a_leaver_hands_over_in_one_notice(cast: Cast, tour: Any) -> None:
    owned = [tour, *(make("service_product", cast.heikki.actor, name=f"Walk {n}")
                     for n in range(5))]  # fmt: skip
    heirs = {obj.code: cast.liisa.party.code for obj in owned}
    mark_left(cast.heikki.party, heirs, by=cast.aino.actor)
    (news,) = told(cast.liisa)
    assert news.words == "You answer for 6 more things now."
    assert heard_by(cast, "owner") == {"Liisa"}


def test_who_planned_a_step_and_the_owner_hear_that_it_was_taken(cast: Cast, tour: Any) -> None:
    tomorrow = today_in(cast.museum) + dt.timedelta(days=1)
    move(tour, Step("idea", reason="it begins"), by=cast.aino.actor)
    move(tour, Step("being_made", effective_on=tomorrow), by=cast.aino.actor)
    Notification.objects.all().delete()
    Transition.objects.filter(applied_at=None).update(effective_on=today_in(cast.museum))
    assert apply_due(system_actor(cast.museum)) == 1
    assert heard_by(cast, "step_taken") == {"Heikki", "Aino"}
    (news,) = told(cast.heikki)
    assert news.obj == tour
    assert news.words == "The planned step was taken. It stands now at: being made."
    assert apply_due(system_actor(cast.museum)) == 0
    assert Notification.objects.count() == 2


def test_a_question_is_news_and_a_mail(
    cast: Cast, tour: Any, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    refresh(cast.museum)
    end = LooseEnd.objects.filter(object_kind="service_product", object_id=tour.pk).first()
    asked = cast.liisa.membership
    with django_capture_on_commit_callbacks(execute=True):
        ask_about(end, asked, by=cast.piotr.actor, words="Where is it?", address="http://x/")
    (news,) = told(cast.liisa)
    assert news.obj == tour
    assert "“Where is it?”" in news.words
    assert [mail.to for mail in mailoutbox] == [["liisa@example.org"]]
    assert Notification.objects.get().mailed_at is not None
    choose(cast.liisa.actor, {"asked": {"mail": "never"}})
    with django_capture_on_commit_callbacks(execute=True):
        ask_about(end, asked, by=cast.piotr.actor, words="Well?", address="http://x/")
    assert (len(mailoutbox), len(told(cast.liisa))) == (1, 2)


# What is worked out in the morning


def test_new_loose_ends_are_one_notice_a_day(cast: Cast) -> None:
    for n in range(7):
        make("service_product", cast.heikki.actor, name=f"Walk {n}")
    refresh(cast.museum)
    n = LooseEnd.objects.filter(owner_party=cast.heikki.party, state="open").count()
    assert n >= 7
    tell_morning(cast.museum)
    (news,) = told(cast.heikki)
    assert news.words == f"{n} new loose ends wait for you."
    assert all(str(news.kind.thing_words(rest)) for _thing, rest in news.things)
    assert len(news.things) == 3
    # Another day: only what is new since then
    before = timezone.now() - dt.timedelta(days=1)
    Notification.objects.update(at=before, key="loose_ends:before")
    tell_morning(cast.museum)
    assert len(told(cast.heikki)) == 1
    make("service_product", cast.heikki.actor, name="One more")
    refresh(cast.museum)
    tell_morning(cast.museum)
    newest = told(cast.heikki)[0]
    assert 1 <= newest.n < n


def test_ties_go_to_the_owner_of_the_other_end(cast: Cast, tour: Any) -> None:
    goal = make("strategy_goal", cast.aino.actor, statement="More visitors",
                owner_party=cast.liisa.party.code)  # fmt: skip
    link = tie("L01", tour, goal, by=cast.piotr.actor)
    Notification.objects.all().delete()
    link.suspect_since, link.suspect_ends = timezone.now(), ["from"]
    link.save()
    tell_morning(cast.museum)
    (news,) = told(cast.liisa)
    assert news.words == "1 tie of yours needs a look: its other end changed."
    assert news.obj == tour
    assert heard_by(cast, "ties") == {"Liisa"}


def test_a_tie_of_nobody_goes_to_its_maker_and_then_to_the_owner_of_the_service(
    cast: Cast, tour: Any
) -> None:
    goal = make("strategy_goal", cast.aino.actor, statement="More visitors")
    link = tie("L01", tour, goal, by=cast.piotr.actor)
    Notification.objects.all().delete()
    link.suspect_since, link.suspect_ends = timezone.now(), ["from"]
    link.save()
    tell_morning(cast.museum)
    assert heard_by(cast, "ties") == {"Piotr"}
    Notification.objects.all().delete()
    switch_off(cast.piotr.membership, by=cast.aino.actor)
    tell_morning(cast.museum)
    assert heard_by(cast, "ties") == {"Heikki"}


def test_a_service_answers_for_what_belongs_to_it(cast: Cast, tour: Any) -> None:
    by = system_actor(cast.museum)
    offering = make("offering", by, product=tour.code, title="A walk")
    goal = make("strategy_goal", by, statement="More visitors")
    ends = {("offering", offering.pk), ("service_product", tour.pk), ("strategy_goal", goal.pk)}
    heikki = cast.heikki.party.pk
    assert service_owners(by, ends) == {
        ("offering", offering.pk): heikki, ("service_product", tour.pk): heikki,
    }  # fmt: skip
    assert service_owners(system_actor(cast.norrvik), ends) == {}


def test_what_is_due_is_told_on_its_day_and_once(cast: Cast, tour: Any) -> None:
    today = today_in(cast.museum)
    change_object(SERVICE, tour, {"review_due": str(today)}, by=cast.heikki.actor)
    goal = make("strategy_goal", cast.aino.actor, statement="More visitors",
                owner_party=cast.liisa.party.code)  # fmt: skip
    take_decision(goal, by=cast.aino.actor, question="Shall it?", reason="Because.",
                  look_again_on=today)  # fmt: skip
    make("service_product", cast.heikki.actor, name="Later",
         review_due=str(today + dt.timedelta(days=1)))  # fmt: skip
    Notification.objects.all().delete()
    tell_morning(cast.museum)
    (news,) = told(cast.heikki, "due")
    assert news.obj == tour
    assert news.words.startswith("Look at it again: is it still true? Due on")
    (looked,) = told(cast.liisa, "due")
    assert looked.obj == goal
    assert heard_by(cast, "due") == {"Heikki", "Liisa"}
    Notification.objects.filter(kind="due").update(key="due:before")
    tell_morning(cast.museum)
    assert len(told(cast.heikki, "due")) == 1


def test_a_hundred_overdue_days_are_one_notice(cast: Cast) -> None:
    day = str(today_in(cast.museum) - dt.timedelta(days=9))
    rows = [{"name": f"Walk {n}", "review_due": day} for n in range(100)]
    create_objects(SERVICE, rows, by=cast.heikki.actor)
    tell_morning(cast.museum)
    (news,) = told(cast.heikki, "due")
    assert news.words == "100 things are due."
    assert news.more == 97


def test_who_works_alone_hears_of_what_nobody_owns(cast: Cast) -> None:
    cast.museum.size_profile = "solo"
    cast.museum.save()
    by = system_actor(cast.museum)
    make("service_product", by, name="Walk", review_due=str(today_in(cast.museum)))
    tell_morning(cast.museum)
    assert [news.obj.title for news in told(cast.aino, "due")] == ["Walk"]


# Who hears nothing


def test_nobody_outside_hears_anything(cast: Cast) -> None:
    tour = make("service_product", cast.aino.actor, name="Tour", audience="customers")
    owner = {"owner_party": cast.tuomas.party}
    tour = change_object(SERVICE, tour, owner, by=system_actor(cast.museum, "page"))
    change_object(SERVICE, tour, {"tags": ["x"]}, by=cast.piotr.actor)
    tell_morning(cast.museum)
    assert heard_by(cast, "changed") | heard_by(cast, "owner") == set()
    assert not Notification.objects.filter(user=cast.tuomas.user).exists()


def test_the_same_person_elsewhere_reads_only_what_belongs_there(cast: Cast, tour: Any) -> None:
    there = person(cast.norrvik, "Heikki Laine", "member")
    change_object(SERVICE, tour, {"name": "Walk"}, by=cast.piotr.actor)
    assert len(told(cast.heikki)) == 1
    assert told(there) == []
    assert not Notification.objects.filter(workspace=cast.norrvik).exists()


def test_whose_access_ended_hears_nothing_more(cast: Cast, tour: Any) -> None:
    switch_off(cast.heikki.membership, by=cast.aino.actor)
    change_object(SERVICE, tour, {"name": "Walk"}, by=cast.piotr.actor)
    tell_morning(cast.museum)
    assert not Notification.objects.filter(user=cast.heikki.user).exists()


def test_a_switched_off_account_hears_nothing(cast: Cast, tour: Any) -> None:
    cast.heikki.user.state = "disabled"
    cast.heikki.user.save()
    change_object(SERVICE, tour, {"name": "Walk"}, by=cast.piotr.actor)
    assert not Notification.objects.exists()


def test_what_is_not_seen_any_more_is_not_read(cast: Cast, tour: Any) -> None:
    change_object(SERVICE, tour, {"name": "Walk"}, by=cast.piotr.actor)
    assert len(told(cast.heikki)) == 1
    type(tour).objects.filter(pk=tour.pk).update(pending_run=1)
    assert told(cast.heikki) == []


def test_a_silenced_kind_is_not_told(cast: Cast, tour: Any) -> None:
    choose(cast.heikki.actor, {"changed": {"in_app": False, "mail": "never"}})
    change_object(SERVICE, tour, {"name": "Walk"}, by=cast.piotr.actor)
    assert not Notification.objects.exists()


def test_silencing_a_kind_takes_its_news_out_of_sight(cast: Cast, tour: Any) -> None:
    change_object(SERVICE, tour, {"name": "Walk"}, by=cast.piotr.actor)
    choose(cast.heikki.actor, {"changed": {"in_app": False}})
    assert told(cast.heikki) == []
    assert not Notification.objects.filter(read_at=None).exists()


# Cost and care


def test_a_write_of_ones_own_costs_no_statement_more(cast: Cast, tour: Any) -> None:
    from django.db import connection

    with CaptureQueriesContext(connection) as seen:
        change_object(SERVICE, tour, {"name": "Walk"}, by=cast.heikki.actor)
    assert not [q["sql"] for q in seen.captured_queries if "notification" in q["sql"]]


def test_a_thousand_rows_in_one_go_cost_a_handful(cast: Cast) -> None:
    from django.db import connection

    owner = cast.heikki.party.code
    rows = [{"name": f"Walk {n}", "owner_party": owner} for n in range(300)]
    with CaptureQueriesContext(connection) as seen:
        create_objects(SERVICE, rows, by=cast.piotr.actor)
    assert len([q for q in seen.captured_queries if "notification" in q["sql"]]) <= 4


@pytest.mark.parametrize("days", [1, 89, 91, 366])
def test_old_news_goes(cast: Cast, tour: Any, days: int) -> None:
    change_object(SERVICE, tour, {"name": "Walk"}, by=cast.piotr.actor)
    now = timezone.now()
    Notification.objects.update(at=now - dt.timedelta(days=days))
    clear_old(cast.museum, now)
    assert Notification.objects.exists() == (days < 366)
    if Notification.objects.exists():
        mark_all_read(cast.heikki.actor)
        clear_old(cast.museum, now)
        assert Notification.objects.exists() == (days < 90)


def test_every_kind_has_words_in_every_place(cast: Cast) -> None:
    codes = [kind.code for kind in notice_kinds()]
    assert len(codes) == len(set(codes)) == 7
    for kind in notice_kinds():
        assert kind.usual_mail(cast.museum) in kind.mails
        assert str(kind.label)
        assert str(kind.about)
        assert str(kind.brief % {"n": 2})


def test_choices_are_of_this_workspace_alone(cast: Cast) -> None:
    there = person(cast.norrvik, "Heikki Laine", "member")
    choose(cast.heikki.actor, {"changed": {"mail": "never"}})
    assert NotificationChoice.objects.filter(workspace=cast.norrvik).count() == 0
    assert there.membership is not None
    assert Membership.objects.filter(user=there.user).count() == 2


ITEMS = st.lists(st.tuples(st.sampled_from(["a", "b"]), st.integers(1, 6)), max_size=6, unique=True)


def said(items: list[tuple[str, int]]) -> dict[str, Any]:
    return {"n": len(items), "items": [list(item) for item in items]}


@given(ITEMS, ITEMS)
def test_growing_counts_each_thing_once_in_any_order(
    one: list[tuple[str, int]], two: list[tuple[str, int]]
) -> None:
    both, turned = grown(said(one), said(two)), grown(said(two), said(one))
    assert both["n"] == turned["n"] == len({*one, *two}) == len(both["items"])
    assert grown(both, said(two)) == both
