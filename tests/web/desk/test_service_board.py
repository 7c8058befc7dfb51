"""The board: columns of states, dials, sums, days past and planned, ways to move."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from polku.insight.portfolio_board import board
from polku.kernel.transitions import Step, cancel_planned, move
from polku.portfolio.operations import close_to_new, set_dial
from tests.cast import Cast, gather, make

pytestmark = pytest.mark.django_db
URL = "/w/museum/services/board/"


def today() -> dt.date:
    """The day where the museum is."""
    return dt.datetime.now(ZoneInfo("Europe/Helsinki")).date()


@pytest.fixture
def cast() -> Cast:
    return gather()


def text_of(client: object, url: str = URL, status: int = 200, **query: str) -> str:
    response = client.get(url, query)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def column(html: str, state: str) -> str:
    """The markup of one column."""
    return html.split(f'data-column="{state}"')[1].split("</section>")[0]


def test_each_card_stands_in_the_column_of_its_state(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name="School visit", managed_state="live")
    make("service_product", cast.aino.actor, name="Audio guide", managed_state="idea")
    make("service_product", cast.aino.actor, name="Mystery")
    html = text_of(cast.aino.client())
    assert "School visit" in column(html, "live")
    assert "Audio guide" in column(html, "idea")
    assert "Mystery" in column(html, "")
    assert html.index('data-column=""') < html.index('data-column="idea"')
    assert reverse("service_board", kwargs={"workspace": "museum"}) == URL


def test_what_ended_is_folded_and_shows_no_dials(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name="Pagers", managed_state="ended")
    ended = column(text_of(cast.aino.client()), "ended")
    assert "<details><summary" in ended
    assert "Pagers" in ended
    assert 'class="dials"' not in ended


def test_dials_say_unknown_and_not_yet_in_words(cast: Cast) -> None:
    live = make("service_product", cast.aino.actor, name="School visit", managed_state="live")
    make("service_product", cast.aino.actor, name="Audio guide", managed_state="idea")
    set_dial(live, "cost", "over", reason="Invoices of May", by=cast.aino.actor)
    html = text_of(cast.aino.client())
    assert "cost: over plan" in column(html, "live")
    assert "3 unknown" in column(html, "live")
    assert "agreement: not yet" in column(html, "idea")
    assert "4 not yet" in column(html, "idea")
    assert "3 of 6" in html  # the idea counts with its life only
    assert "4 not yet" in html.split("Dials unknown")[1].split("</div>")[0]


def test_how_many_dials_were_unknown_a_month_ago(cast: Cast) -> None:
    live = make("service_product", cast.aino.actor, name="School visit", managed_state="live")
    type(live).objects.update(created_at=live.created_at - dt.timedelta(days=90))
    live.refresh_from_db()
    assert board(cast.aino.actor).sums.unknown_before == 5  # nothing was said of its state then
    set_dial(live, "cost", "on", reason="Invoices", by=cast.aino.actor)
    assert board(cast.aino.actor).sums.dials.unknown == 3
    assert "5 a month ago" in text_of(cast.aino.client())


def test_without_an_owner_the_card_and_the_sum_say_so(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name="Cloakroom", managed_state="live")
    assert service.owner_party is None
    html = text_of(cast.aino.client())
    assert "no owner" in column(html, "live")
    assert "Cloakroom" in html.split("Live without an owner")[1].split("</div>")[0]


def test_the_owner_filter_keeps_what_is_theirs(cast: Cast) -> None:
    mine = make("service_product", cast.aino.actor, name="School visit", managed_state="live",
                owner_party=cast.aino.party.code)  # fmt: skip
    make("service_product", cast.aino.actor, name="Cloakroom", managed_state="live")
    client = cast.aino.client()
    html = text_of(client, owner=mine.owner_party.code)
    assert "School visit" in html
    assert "Cloakroom" not in column(html, "live")
    assert "Cloakroom" in column(text_of(client, owner="none"), "live")


def test_a_past_day_shows_where_it_stood_with_its_dials_of_then(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="School visit")
    now = today()
    for state, days in (("idea", 300), ("being_made", 200), ("live", 100)):
        move(service, Step(state, effective_on=now - dt.timedelta(days=days)), by=by)
    set_dial(service, "cost", "over", reason="Invoices", by=by)
    html = text_of(cast.aino.client(), as_of=str(now - dt.timedelta(days=150)))
    assert "School visit" in column(html, "being_made")
    assert "cost: over plan" not in html
    assert "as they stood on" in html
    assert "School visit" in column(text_of(cast.aino.client()), "live")


def test_a_planned_step_is_marked_with_its_day(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="School visit", managed_state="live")
    day = today() + dt.timedelta(days=20)
    row = move(service, Step("ending", effective_on=day, reason="Rebuilt"), by=by)
    client = cast.aino.client()
    html = text_of(client, as_of=str(day + dt.timedelta(days=2)))
    assert "board-card-planned" in column(html, "ending")
    assert "Planned from" in column(html, "ending")
    assert "Planned: ending from" in column(text_of(client), "live")
    cancel_planned(row, by=by, obj=service)
    assert "School visit" in column(text_of(client, as_of=str(day)), "live")


def test_as_we_knew_it_then_keeps_a_plan_that_was_taken_back_later(cast: Cast) -> None:
    by, now = cast.aino.actor, today()
    service = make("service_product", by, name="School visit", managed_state="live")
    row = move(service, Step("ending", effective_on=now + dt.timedelta(days=9), reason="x"),
               by=by)  # fmt: skip
    ago = row.recorded_at - dt.timedelta(days=30)
    row.__class__.objects.filter(object_id=service.pk).update(recorded_at=ago)
    type(service).objects.update(created_at=ago)
    cancel_planned(row, by=by, obj=service)
    then = board(by, day=now + dt.timedelta(days=10), known_on=now - dt.timedelta(days=2))
    now = board(by, day=now + dt.timedelta(days=10))
    assert [(c.state, c.planned) for c in then.cards] == [("ending", True)]
    assert [(c.state, c.planned) for c in now.cards] == [("live", False)]


def test_a_service_put_away_since_still_stands_on_former_days(cast: Cast) -> None:
    from polku.kernel.changes import archive_object
    from polku.portfolio.entities import SERVICE

    by, now = cast.aino.actor, today()
    service = make("service_product", by, name="Slide shows")
    move(service, Step("live", effective_on=now - dt.timedelta(days=50)), by=by)
    type(service).objects.update(created_at=service.created_at - dt.timedelta(days=60))
    archive_object(SERVICE, service, by=by)
    assert board(by).cards == []
    assert [c.state for c in board(by, day=now - dt.timedelta(days=40)).cards] == ["live"]


def test_closed_to_new_is_a_mark_and_no_column(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name="Old archive", managed_state="live")
    close_to_new(service, closed=True, reason="Moves in autumn", by=cast.aino.actor)
    assert "closed to new" in column(text_of(cast.aino.client()), "live")


def test_the_move_menu_leads_to_the_form_and_moves_nothing(cast: Cast) -> None:
    service = make("service_product", cast.aino.actor, name="Audio guide", managed_state="idea")
    html = text_of(cast.aino.client())
    assert f'href="/w/museum/services/{service.code}/move/live/" data-to="live"' in html
    assert 'draggable="true"' in html
    service.refresh_from_db()
    assert service.managed_state == "idea"


def test_who_may_not_move_reads_why(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name="Audio guide", managed_state="idea")
    html = text_of(cast.liisa.client())
    assert 'draggable="true"' not in html
    assert "You may read here, not change." in html
    assert "Add a service" not in html


def test_customers_see_what_is_offered_and_no_dials(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name="School visit", managed_state="live",
         audience="customers")  # fmt: skip
    make("service_product", cast.aino.actor, name="Secret plan", managed_state="idea",
         audience="customers")  # fmt: skip
    html = text_of(cast.tuomas.client(), as_of="2020-01-01")
    assert "School visit" in column(html, "live")
    assert "Secret plan" not in html
    assert 'class="dials"' not in html
    assert "no owner" not in html
    assert 'name="as_of"' not in html


def test_strangers_and_others_meet_nothing(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name="School visit", managed_state="live")
    text_of(cast.mallory.client(), status=404)
    text_of(cast.olga.client(), status=404)
    assert "School visit" not in text_of(cast.olga.client(), "/w/norrvik/services/board/")


def test_a_day_that_is_none_shows_today_and_says_so(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name="School visit", managed_state="live")
    html = text_of(cast.aino.client(), as_of="31.2.2026")
    assert "31.2.2026” is not a day, so you see today" in html
    assert "School visit" in column(html, "live")


def test_an_empty_board_says_the_first_step(cast: Cast) -> None:
    html = text_of(cast.aino.client())
    assert "No service is written down yet" in html
    assert "A list of names is enough to start" in html


def test_a_full_column_shows_some_and_leads_to_the_rest(cast: Cast) -> None:
    for number in range(30):
        make("service_product", cast.aino.actor, name=f"Service {number:03}", managed_state="live")
    live = column(text_of(cast.aino.client()), "live")
    assert live.count('<li class="board-card') == 24
    assert "Show all 30" in live
    assert "managed_state=live" in live


def test_the_number_of_statements_does_not_grow(cast: Cast) -> None:
    client = cast.aino.client()

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            text_of(client)
        return len(found)

    make("service_product", cast.aino.actor, name="One", managed_state="live")
    few = asked()
    for number in range(20):
        service = make("service_product", cast.aino.actor, name=f"S{number}", managed_state="live",
                       owner_party=cast.aino.party.code, review_due=str(today()))  # fmt: skip
        move(service, Step("ending", effective_on=today() + dt.timedelta(days=9), reason="x"),
             by=cast.aino.actor)  # fmt: skip
    assert asked() == few
    assert few <= 8
