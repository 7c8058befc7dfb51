"""Mails with news: in the morning, once, in the words of who reads them, and easy to stop."""

import datetime as dt
import re
from smtplib import SMTPRecipientsRefused
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polku.insight.notices.digest import compose, joined
from polku.insight.notices.places import membership_of_token, stop_address
from polku.insight.notices.sending import latest, mail_due, send_news
from polku.kernel.actor import system_actor
from polku.kernel.changes import change_object
from polku.kernel.models import Notification, ScheduledRun
from polku.kernel.notices import News, notice_kinds
from polku.kernel.operations_notices import Telling, choose, mark_all_read, stop_mails, tell
from polku.kernel.registry import entity
from polku.people.operations import change_person, switch_off
from polku.tenancy.translated import Translated
from tests.cast import Cast, Person, make, person

SERVICE = entity("service_product")
ZONE = ZoneInfo("Europe/Helsinki")
TUESDAY = dt.datetime(2026, 5, 12, 9, tzinfo=ZONE)
MONDAY = dt.datetime(2026, 5, 18, 9, tzinfo=ZONE)


def note(cast: Cast, someone: Person, kind: str, at: dt.datetime, **said: Any) -> Notification:
    """One notice about a thing of its own, written down at a moment."""
    room = someone.actor.workspace
    obj = make("service_product", system_actor(room), name=f"Walk of {kind}")
    parameters = {"n": 1, "items": [["service_product", obj.pk, *said.pop("rest", [])]], **said}
    telling = Telling(someone.user.pk, kind, f"{kind}:{obj.pk}", parameters=parameters, at=at)
    tell(room, [telling])
    return Notification.objects.get(key=telling.key, user=someone.user)


def owner_news(cast: Cast, someone: Person, at: dt.datetime) -> Notification:
    return note(cast, someone, "owner", at)


def yesterday(moment: dt.datetime) -> dt.datetime:
    return moment - dt.timedelta(days=1)


def test_a_mail_tells_of_the_days_before_its_morning(cast: Cast, mailoutbox: list[Any]) -> None:
    owner_news(cast, cast.heikki, yesterday(TUESDAY))
    assert mail_due(cast.museum, TUESDAY).mailed == 1
    (mail,) = mailoutbox
    assert mail.to == ["heikki@example.org"]
    assert mail.subject == "Harbour Museum: 1 thing is yours now"
    assert "Walk of owner: You answer for this now.\nhttp://" in mail.body
    assert "/w/museum/services/SRV-" in mail.body


def test_what_came_after_the_morning_waits_for_the_next(cast: Cast, mailoutbox: list[Any]) -> None:
    note(cast, cast.heikki, "due", TUESDAY, rest=["2026-05-12", "review"])
    assert mail_due(cast.museum, TUESDAY + dt.timedelta(hours=8)).mailed == 0
    assert mail_due(cast.museum, TUESDAY + dt.timedelta(days=1)).mailed == 1
    assert "Due on 12 May 2026" in mailoutbox[0].body


def test_a_kind_that_grows_waits_until_its_day_is_over(cast: Cast) -> None:
    early = TUESDAY.replace(hour=5)
    owner_news(cast, cast.heikki, early)
    note(cast, cast.heikki, "due", early, rest=["2026-05-12", "review"])
    assert mail_due(cast.museum, TUESDAY).mailed == 1
    assert Notification.objects.get(kind="due").mailed_at is not None
    assert Notification.objects.get(kind="owner").mailed_at is None


def test_weekly_news_comes_on_monday_and_is_caught_up_later(
    cast: Cast, mailoutbox: list[Any]
) -> None:
    choose(cast.heikki.actor, {"owner": {"mail": "weekly"}})
    owner_news(cast, cast.heikki, TUESDAY)
    for days in range(1, 6):
        assert mail_due(cast.museum, TUESDAY + dt.timedelta(days=days)).mailed == 0
    assert mail_due(cast.museum, MONDAY + dt.timedelta(days=2)).mailed == 1
    assert mail_due(cast.museum, MONDAY + dt.timedelta(days=3)).mailed == 0
    assert len(mailoutbox) == 1


def test_one_mail_a_morning_even_when_more_waits(cast: Cast, mailoutbox: list[Any]) -> None:
    owner_news(cast, cast.heikki, yesterday(TUESDAY))
    assert mail_due(cast.museum, TUESDAY).mailed == 1
    note(cast, cast.heikki, "step_taken", yesterday(TUESDAY), rest=["live"])
    assert mail_due(cast.museum, TUESDAY).mailed == 0
    assert mail_due(cast.museum, TUESDAY + dt.timedelta(days=1)).mailed == 1
    assert "stands now at: live" in mailoutbox[1].body


def test_who_read_it_here_needs_no_mail(cast: Cast, mailoutbox: list[Any]) -> None:
    owner_news(cast, cast.heikki, yesterday(TUESDAY))
    mark_all_read(cast.heikki.actor)
    assert mail_due(cast.museum, TUESDAY).mailed == 0
    assert not Notification.objects.filter(mailed_at=None).exists()


def test_who_wants_it_by_mail_alone_gets_it_by_mail(cast: Cast, mailoutbox: list[Any]) -> None:
    choose(cast.heikki.actor, {"owner": {"in_app": False, "mail": "daily"}})
    owner_news(cast, cast.heikki, yesterday(TUESDAY))
    assert mail_due(cast.museum, TUESDAY).mailed == 1


def test_each_workspace_sends_its_own_mail(cast: Cast, mailoutbox: list[Any]) -> None:
    there = person(cast.norrvik, "Heikki Laine", "member")
    owner_news(cast, cast.heikki, yesterday(TUESDAY))
    owner_news(cast, there, yesterday(TUESDAY))
    mail_due(cast.museum, TUESDAY)
    mail_due(cast.norrvik, TUESDAY)
    assert sorted(mail.subject.split(":")[0] for mail in mailoutbox) == [
        "Harbour Museum", "Norrvik IT",
    ]  # fmt: skip
    for mail in mailoutbox:
        assert ("/w/museum/" in mail.body) != ("/w/norrvik/" in mail.body)


def test_who_left_or_may_not_see_it_gets_nothing(cast: Cast, mailoutbox: list[Any]) -> None:
    owner_news(cast, cast.heikki, yesterday(TUESDAY))
    hidden = owner_news(cast, cast.liisa, yesterday(TUESDAY))
    number = hidden.parameters["items"][0][1]
    SERVICE.model.objects.filter(pk=number).update(pending_run=1)
    switch_off(cast.heikki.membership, by=cast.aino.actor)
    assert mail_due(cast.museum, TUESDAY).mailed == 0
    assert mailoutbox == []
    assert not Notification.objects.filter(mailed_at=None).exists()


def test_a_member_who_became_a_guest_of_the_other_side_gets_nothing(
    cast: Cast, mailoutbox: list[Any]
) -> None:
    owner_news(cast, cast.heikki, yesterday(TUESDAY))
    cast.heikki.membership.access_role = "co_creator"
    cast.heikki.membership.save()
    mail_due(cast.museum, TUESDAY)
    assert mailoutbox == []


def test_a_mail_that_fails_is_tried_again_and_tells_the_log_no_address(
    cast: Cast,
    mailoutbox: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    owner_news(cast, cast.heikki, yesterday(TUESDAY))
    owner_news(cast, cast.liisa, yesterday(TUESDAY))
    send = EmailMultiAlternatives.send

    def fails(mail: Any, *rest: Any, **more: Any) -> int:
        if mail.to == ["heikki@example.org"]:
            raise ConnectionRefusedError("heikki@example.org cannot be reached")
        return send(mail, *rest, **more)

    with monkeypatch.context() as patched:
        patched.setattr(EmailMultiAlternatives, "send", fails)
        sent = mail_due(cast.museum, TUESDAY)
    assert (sent.mailed, sent.failed) == (1, 1)
    assert "ConnectionRefusedError" in caplog.text
    assert "heikki" not in caplog.text
    assert mail_due(cast.museum, TUESDAY).mailed == 1
    assert sorted(mail.to[0] for mail in mailoutbox) == ["heikki@example.org", "liisa@example.org"]


def test_a_refused_address_is_left_alone_for_a_while(
    cast: Cast, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    owner_news(cast, cast.heikki, yesterday(TUESDAY))

    def refused(*_rest: Any, **_more: Any) -> int:
        raise SMTPRecipientsRefused({"heikki@example.org": (550, b"no")})

    with monkeypatch.context() as patched:
        patched.setattr(EmailMultiAlternatives, "send", refused)
        assert mail_due(cast.museum, TUESDAY).failed == 1
        assert mail_due(cast.museum, TUESDAY).failed == 0
    ScheduledRun.objects.update(started_at=timezone.now() - dt.timedelta(hours=3))
    assert mail_due(cast.museum, TUESDAY).mailed == 1


def test_another_round_that_sends_now_is_not_doubled(cast: Cast, mailoutbox: list[Any]) -> None:
    owner_news(cast, cast.heikki, yesterday(TUESDAY))
    name = f"news-mail:{cast.heikki.membership.pk}"
    ScheduledRun.objects.create(job=name, day=TUESDAY.date())
    assert mail_due(cast.museum, TUESDAY).mailed == 0


def mail_of(someone: Person) -> Any:
    rows = Notification.objects.filter(user=someone.user)
    assert someone.membership is not None
    someone.membership.user.refresh_from_db()
    return compose(someone.membership, rows)


def test_the_words_are_the_readers(cast: Cast) -> None:
    """What is translated already comes in the reader's language, whoever caused it."""
    tour = make("service_product", cast.heikki.actor, name={"en": "Walk", "fi": "Kävely"})
    change_person(cast.heikki.user, lang="fi")
    with translation.override("pl"):
        change_object(SERVICE, tour, {"purpose": "To see."}, by=cast.piotr.actor)
        mail = mail_of(cast.heikki)
    with translation.override("fi"):
        label = SERVICE.by_name["purpose"].label(SERVICE.model)
    assert "Kävely: " in mail.body
    assert label[1:] in mail.body
    html = mail.alternatives[0][0]
    assert '<html lang="fi">' in html
    assert "Kävely</a>" in html


def test_a_name_is_text_in_the_html(cast: Cast) -> None:
    tour = make("service_product", cast.heikki.actor, name="<b>Walk</b> & more")
    change_object(SERVICE, tour, {"tags": ["x"]}, by=cast.piotr.actor)
    mail = mail_of(cast.heikki)
    assert "<b>Walk</b> & more" in mail.body
    assert "&lt;b&gt;Walk&lt;/b&gt; &amp; more" in mail.alternatives[0][0]


def test_a_line_break_in_a_name_breaks_no_subject(cast: Cast) -> None:
    cast.museum.name = Translated.of("Harbour\nBcc: x@example.org", "en")
    cast.museum.save()
    owner_news(cast, cast.heikki, TUESDAY)
    assert "\n" not in mail_of(cast.heikki).subject


def test_every_mail_says_how_to_stop_it(cast: Cast) -> None:
    owner_news(cast, cast.heikki, TUESDAY)
    mail = mail_of(cast.heikki)
    address = stop_address(cast.heikki.membership)
    assert mail.extra_headers["List-Unsubscribe"] == f"<{address}>"
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in mail.body
    assert f'href="{address}"' in mail.alternatives[0][0]
    assert "/w/museum/news/choices/" in mail.body
    found = membership_of_token(address.rstrip("/").rsplit("/", 1)[1])
    assert found == cast.heikki.membership


@pytest.mark.parametrize("token", ["", "1", "1:abc", "eyJhIjoxfQ:abc", "x" * 500])
def test_a_made_up_address_stops_nothing(db: None, token: str) -> None:
    assert membership_of_token(token) is None


def test_stopping_settles_what_waits_and_keeps_the_news(cast: Cast, mailoutbox: list[Any]) -> None:
    owner_news(cast, cast.heikki, yesterday(TUESDAY))
    stop_mails(cast.heikki.membership)
    assert mail_due(cast.museum, TUESDAY).mailed == 0
    owner_news(cast, cast.heikki, TUESDAY)
    assert mail_due(cast.museum, MONDAY).mailed == 0
    assert Notification.objects.filter(user=cast.heikki.user, read_at=None).count() == 2


def test_counts_of_a_week_are_one_line(cast: Cast) -> None:
    for day in (1, 2, 3):
        at = TUESDAY + dt.timedelta(days=day)
        tell(cast.museum, [Telling(cast.heikki.user.pk, "loose_ends", f"loose_ends:{day}",
                                   parameters={"n": day, "items": []}, at=at)])  # fmt: skip
    mail = mail_of(cast.heikki)
    assert mail.subject == "Harbour Museum: 6 new loose ends"
    assert len(re.findall("6 new loose ends wait for you", mail.body)) == 1


def test_the_round_of_the_clock_tells_once_a_morning(cast: Cast, mailoutbox: list[Any]) -> None:
    now = timezone.now()
    for room in (cast.museum, cast.norrvik):
        type(room).objects.filter(pk=room.pk).update(created_at=now - dt.timedelta(days=30))
    day = latest(cast.museum, dt.time(6), now).date()
    make("service_product", cast.heikki.actor, name="Walk", review_due=str(day))
    send_news(now)
    first = Notification.objects.count()
    assert first >= 1
    sent = len(mailoutbox)
    send_news(now)
    send_news(now + dt.timedelta(minutes=1))
    assert Notification.objects.count() == first
    assert len(mailoutbox) == sent


def test_the_morning_is_that_of_the_workspace(cast: Cast) -> None:
    noon = dt.datetime(2026, 5, 12, 5, tzinfo=dt.UTC)
    assert latest(cast.museum, dt.time(7), noon).isoformat() == "2026-05-12T07:00:00+03:00"
    cast.museum.timezone = "America/Los_Angeles"
    assert latest(cast.museum, dt.time(7), noon).isoformat() == "2026-05-11T07:00:00-07:00"


@settings(max_examples=8, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(hours=st.lists(st.integers(0, 24 * 14), min_size=1, max_size=6),
       again=st.integers(1, 2), how=st.sampled_from(["daily", "weekly"]))  # fmt: skip
def test_however_often_the_round_runs_each_notice_is_mailed_once(
    cast: Cast, mailoutbox: list[Any], hours: list[int], again: int, how: str
) -> None:
    for table in (Notification, ScheduledRun):
        table.objects.all().delete()
    mailoutbox.clear()
    choose(cast.heikki.actor, {"changed": {"mail": how}})
    for place, hour in enumerate(hours):
        obj = make("service_product", cast.heikki.actor, name=f"Walk number {place}")
        at = TUESDAY + dt.timedelta(hours=hour)
        tell(cast.museum, [Telling(cast.heikki.user.pk, "changed", f"changed:{obj.pk}",
                                   "service_product", obj.pk, at=at)])  # fmt: skip
    for day in range(24):
        for _time in range(again):
            mail_due(cast.museum, TUESDAY + dt.timedelta(days=day))
    for place in range(len(hours)):
        told = [mail for mail in mailoutbox if f"Walk number {place}:" in mail.body]
        assert len(told) == 1
    assert not Notification.objects.filter(mailed_at=None).exists()


def test_things_of_two_kinds_with_one_number_are_both_told() -> None:
    """Numbers are counted for each kind apart."""
    kind = next(kind for kind in notice_kinds() if kind.code == "owner")
    things = [entity(name).model(pk=7) for name in ("service_product", "strategy_goal")]
    news = [
        News(
            Notification(kind=kind.code, at=yesterday(TUESDAY),
                         parameters={"n": 1, "items": [[thing._meta.db_table, 7]]}),
            kind, things=((thing, ()),),
        )
        for thing in things
    ]  # fmt: skip
    (both,) = joined(news)
    assert [thing for thing, _rest in both.things] == things
    assert (both.n, both.more) == (2, 0)
