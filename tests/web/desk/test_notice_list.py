"""The page of news: mine alone, day by day, read off one by one or all at once."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from polku.kernel.changes import change_object
from polku.kernel.models import Notification
from polku.kernel.registry import entity
from tests.cast import Cast, make

SERVICE = entity("service_product")
NEWS = "/w/museum/news/"


@pytest.fixture
def tour(cast: Cast) -> Any:
    tour = make("service_product", cast.heikki.actor, name="Guided tour")
    change_object(SERVICE, tour, {"name": "Guided walk"}, by=cast.piotr.actor)
    return tour


def test_it_tells_what_happened_and_leads_there(cast: Cast, tour: Any) -> None:
    page = cast.heikki.client().get(NEWS).content.decode()
    assert f'<a href="/w/museum/services/{tour.code}/">Guided walk</a>: Changed: name.' in page
    assert "Piotr Zieliński" in page
    assert "1 is new to you." in page


def test_the_bar_counts_what_is_new_without_a_statement(
    cast: Cast, tour: Any, django_assert_max_num_queries: Any
) -> None:
    client = cast.heikki.client()
    assert ", 1 new</span>" in client.get("/w/museum/services/").content.decode()
    client.post(f"{NEWS}read/")
    with django_assert_max_num_queries(60) as seen:
        page = client.get("/w/museum/services/").content.decode()
    assert "news-count" not in page
    counting = [q["sql"] for q in seen.captured_queries if '"notification"' in q["sql"]]
    assert len(counting) == 1
    assert '"membership"' in counting[0]


def test_one_is_read(cast: Cast, tour: Any) -> None:
    client, notice = cast.heikki.client(), Notification.objects.get()
    response = client.post(f"{NEWS}{notice.pk}/read/", {"show": "new"})
    assert response["Location"] == f"{NEWS}?show=new"
    notice.refresh_from_db()
    assert notice.read_at is not None
    page = client.get(f"{NEWS}?show=new").content.decode()
    assert "Nothing is new" in page
    assert "Guided walk" in client.get(NEWS).content.decode()


def test_following_a_link_reads_quietly(cast: Cast, tour: Any) -> None:
    notice = Notification.objects.get()
    path = f"{NEWS}{notice.pk}/read/"
    response = cast.heikki.client().post(path, headers={"X-Polku-Quiet": "1"})
    assert response.status_code == 204


def test_looking_reads_nothing(cast: Cast, tour: Any) -> None:
    client = cast.heikki.client()
    client.get(NEWS)
    assert client.get(f"{NEWS}read/").status_code == 405
    assert Notification.objects.filter(read_at=None).count() == 1


def test_nobody_reads_or_marks_anothers(cast: Cast, tour: Any) -> None:
    number = Notification.objects.get().pk
    for other in (cast.aino, cast.piotr, cast.liisa):
        assert "Guided walk" not in other.client().get(NEWS).content.decode()
        assert other.client().post(f"{NEWS}{number}/read/").status_code == 404
    assert cast.tuomas.client().get(NEWS).status_code == 403
    assert cast.mallory.client().get(NEWS).status_code == 404
    assert cast.olga.client().get(NEWS).status_code == 404
    assert Notification.objects.filter(read_at=None).count() == 1


def test_the_customers_side_has_no_bell(cast: Cast, tour: Any) -> None:
    assert "news-entry" not in cast.tuomas.client().get("/w/museum/").content.decode()


def test_days_are_headings_the_newest_first(cast: Cast, tour: Any) -> None:
    other = make("service_product", cast.heikki.actor, name="Audio guide")
    Notification.objects.update(at=timezone.now() - dt.timedelta(days=3))
    change_object(SERVICE, other, {"tags": ["x"]}, by=cast.piotr.actor)
    page = cast.heikki.client().get(NEWS).content.decode()
    assert page.count('class="news-day"') == 2
    assert page.index("Audio guide") < page.index("Guided walk")


def test_an_empty_page_says_what_will_stand_there(cast: Cast) -> None:
    page = cast.liisa.client().get(NEWS).content.decode()
    assert "No news yet" in page
    assert "/w/museum/news/choices/" in page


def test_home_shows_what_is_new(cast: Cast, tour: Any) -> None:
    page = cast.heikki.client().get("/w/museum/").content.decode()
    assert "New for you" in page
    assert "Changed: name." in page
    cast.heikki.client().post(f"{NEWS}read/")
    assert "New for you" not in cast.heikki.client().get("/w/museum/").content.decode()


# What I hear of


CHOICES = f"{NEWS}choices/"


def test_choices_are_a_table_of_kinds(cast: Cast) -> None:
    page = cast.liisa.client().get(CHOICES).content.decode()
    assert page.count("<tr>") == 8
    assert "liisa@example.org" in page
    assert 'name="changed-here" checked' in page


def test_choices_are_kept(cast: Cast) -> None:
    client = cast.liisa.client()
    response = client.post(
        CHOICES, {"changed-mail": "daily", "due-here": "on", "due-mail": "never"}
    )
    assert response.status_code == 302
    page = client.get(CHOICES).content.decode()
    assert 'name="changed-here">' in page
    assert 'name="due-here" checked' in page
    assert 'id="changed-mail" name="changed-mail"><option value="never">' in page
    assert '<option value="daily" selected>' in page


def test_a_choice_that_is_none_is_refused(cast: Cast) -> None:
    response = cast.liisa.client().post(CHOICES, {"changed-mail": "hourly"})
    assert response.status_code == 422
    assert "weekly" in response.content.decode()
    assert cast.liisa.client().post(CHOICES, {"asked-mail": "weekly"}).status_code == 422


def test_choices_are_the_teams(cast: Cast) -> None:
    assert cast.tuomas.client().get(CHOICES).status_code == 403
    assert cast.mallory.client().post(CHOICES).status_code == 404


def test_who_works_alone_hears_once_a_week(cast: Cast) -> None:
    cast.museum.size_profile = "solo"
    cast.museum.save()
    page = cast.aino.client().get(CHOICES).content.decode()
    assert page.count('<option value="weekly" selected>') == 6


def test_my_own_settings_lead_there(cast: Cast) -> None:
    assert CHOICES in cast.liisa.client().get("/me/").content.decode()
    assert CHOICES not in cast.tuomas.client().get("/me/").content.decode()
