"""The pages of loose ends: the list with its groups and line, what is looked for, what becomes."""

import csv
import datetime as dt
import io

import pytest

from polku.insight.operations import look_again, note_progress
from polku.kernel.clock import today_in
from polku.kernel.loose_ends import dismiss, loose_ends_of
from polku.kernel.models import LooseEnd, ProgressReading
from tests.cast import Cast, Person, make

LIST = "/w/museum/loose-ends/"
CHECKS = f"{LIST}checks/"


@pytest.fixture
def service(cast: Cast) -> object:
    return make("service_product", cast.aino.actor, name="Tour", state="live")


def page(person: Person, address: str = LIST) -> str:
    answer = person.client().get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def end_of(cast: Cast, obj: object) -> LooseEnd:
    return loose_ends_of(cast.aino.actor, obj)[0]


def test_every_line_says_what_hangs_whose_it_is_and_what_to_do(cast: Cast, service: object) -> None:
    html = page(cast.aino)
    for words in ("Tour", "Nobody answers for it", "Say who", "Ask", "Make of it", "Dismiss",
                  "nobody"):  # fmt: skip
        assert words in html


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?severity=urgent", True), ("?severity=note", False), ("?check=L38", True),
        ("?check=D14", False), ("?kind=service_product", True), ("?kind=segment", False),
        ("?whose=nobody", True), ("?whose=PTY-99", False), ("?state=dismissed", False),
        ("?by=owner", True), ("?by=check", True), ("?by=age", True), ("?severity=nonsense", True),
        ("?page=900", True), ("?by=%01", True),
    ],
)  # fmt: skip
def test_the_address_says_which_ends_and_how(
    cast: Cast, service: object, query: str, shown: bool
) -> None:
    assert (">Tour</a>" in page(cast.aino, LIST + query)) is shown


def test_groups_have_a_heading_and_a_count(cast: Cast, service: object) -> None:
    make("service_product", cast.aino.actor, name="Shop", state="live")
    html = page(cast.aino, f"{LIST}?by=check")
    assert "In use, and without an owner</h2>" in html
    assert '<p class="note">2</p>' in html


def test_what_is_left_open_says_why_and_can_be_opened(cast: Cast, service: object) -> None:
    end = end_of(cast, service)
    dismiss(end, by=cast.aino.actor, reason="The board decides in May")
    html = page(cast.aino, f"{LIST}?state=dismissed")
    assert "The board decides in May" in html
    assert "Open it again" in html
    assert cast.aino.client().post(f"{LIST}{end.pk}/reopen/").status_code == 302
    assert ">Tour</a>" in page(cast.aino)


def test_it_becomes_a_wish_that_the_list_links_to(cast: Cast, service: object) -> None:
    end = end_of(cast, service)
    sent = {"into": "requirement", "statement": "Find an owner"}
    answer = cast.aino.client().post(f"{LIST}{end.pk}/turn/", sent)
    assert answer.status_code == 302
    end.refresh_from_db()
    assert answer.headers["Location"].endswith(f"/requirements/{end.turned_into_code}/")
    html = page(cast.aino, f"{LIST}?state=turned")
    assert f"/requirements/{end.turned_into_code}/" in html


def test_it_becomes_a_decision(cast: Cast, service: object) -> None:
    end = end_of(cast, service)
    sent = {"into": "decision", "question": "May it wait?", "reason": "Yes", "outcome": "yes"}
    answer = cast.aino.client().post(f"{LIST}{end.pk}/turn/", sent)
    assert answer.status_code == 302
    assert "/decisions/" in answer.headers["Location"]


@pytest.mark.parametrize("into", ["requirement", "decision", "nonsense"])
def test_words_are_asked_for_where_they_are_missing(cast: Cast, service: object, into: str) -> None:
    end = end_of(cast, service)
    answer = cast.aino.client().post(f"{LIST}{end.pk}/turn/", {"into": into, "statement": ""})
    assert answer.status_code == 422
    end.refresh_from_db()
    assert end.state == "open"


def test_a_reader_reads_the_reason_instead_of_the_form(cast: Cast, service: object) -> None:
    end = end_of(cast, service)
    html = page(cast.liisa, f"{LIST}{end.pk}/turn/")
    assert "You may read here" in html
    assert "<textarea" not in html.split("<main")[1]


def test_the_file_has_the_same_ends_and_no_formula(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name="=1+1", state="live")
    answer = cast.aino.client().get(f"{LIST}file/?severity=urgent")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["check", "severity", "since"]
    assert [row[5] for row in rows[1:]] == ["'=1+1"]
    assert "loose-ends" in answer.headers["Content-Disposition"]


def test_looking_again_is_a_button_and_nothing_for_readers(cast: Cast, service: object) -> None:
    assert "Look again now" in page(cast.heikki)
    assert "Look again now" not in page(cast.liisa)
    assert cast.aino.client().post(f"{LIST}again/").status_code == 302
    assert cast.liisa.client().post(f"{LIST}again/").status_code == 403
    assert cast.aino.client().get(f"{LIST}again/").status_code == 405


def test_the_line_of_progress_has_a_picture_and_a_table(cast: Cast, service: object) -> None:
    today = today_in(cast.museum)
    note_progress(cast.museum, today - dt.timedelta(days=35))
    look_again(by=cast.aino.actor)
    html = page(cast.aino)
    assert "<polyline" in html
    assert "The same as a table" in html
    assert "a month ago" in html
    assert "style=" not in html.split("<main")[1]


def test_one_reading_a_day_and_the_newest_stands(cast: Cast, service: object) -> None:
    note_progress(cast.museum)
    make("service_product", cast.aino.actor, name="Shop", state="live")
    note_progress(cast.museum)
    rows = ProgressReading.objects.filter(workspace=cast.museum, measure="loose_ends.urgent")
    assert [row.n for row in rows] == [2]


def test_before_the_second_day_it_says_that_the_line_begins(cast: Cast, service: object) -> None:
    look_again(by=cast.aino.actor)
    assert "begins today" in page(cast.aino)


def test_unknown_dials_are_counted_as_the_board_counts_them(cast: Cast, service: object) -> None:
    from polku.insight.portfolio_board import board

    note_progress(cast.museum)
    row = ProgressReading.objects.get(workspace=cast.museum, measure="dials.unknown")
    sums = board(cast.aino.actor).sums
    assert (row.n, row.out_of) == (sums.dials.unknown, sums.dials.total)


# What is looked for


def test_each_check_says_its_rule_and_its_newest_run(cast: Cast, service: object) -> None:
    look_again(by=cast.aino.actor)
    html = page(cast.liisa, CHECKS)
    for words in ("In use, and without an owner", "Nobody is named as owner",
                  "Services that are live or ending", "looked at 1, found 1",
                  "more than 30 days ago", "Not enough data: have 0, need 1"):  # fmt: skip
        assert words in html
    assert 'href="/w/museum/loose-ends/checks/L38/"' not in html


def test_hidden_parts_have_no_checks_on_the_page(cast: Cast) -> None:
    assert "One part on which services hang" not in page(cast.aino, CHECKS)


def test_a_limit_is_set_on_its_page_and_told_with_who_did_it(cast: Cast) -> None:
    sent = {"D14-is_on": "on", "D14-days": "60"}
    assert cast.aino.client().post(f"{CHECKS}D14/", sent).status_code == 302
    html = page(cast.aino, CHECKS)
    assert "more than 60 days ago" in html
    assert "60 days instead of 30 days" in html
    assert "“Services to look at again”: 60 instead of 30." in html


@pytest.mark.parametrize("days", ["-1", "many", "9999", ""])
def test_a_limit_out_of_bounds_is_told_at_its_field(cast: Cast, days: str) -> None:
    sent = {"D14-is_on": "on", "D14-days": days}
    assert cast.aino.client().post(f"{CHECKS}D14/", sent).status_code == 422
    assert "more than 30 days ago" in page(cast.aino, CHECKS)


def test_a_check_that_is_off_says_so(cast: Cast, service: object) -> None:
    assert cast.aino.client().post(f"{CHECKS}L38/", {}).status_code == 302
    assert "switched off" in page(cast.aino, CHECKS)
    assert ">Tour</a>" not in page(cast.aino)


def test_only_admins_change_checks_and_strangers_see_none(cast: Cast) -> None:
    assert cast.piotr.client().get(f"{CHECKS}D14/").status_code == 403
    assert cast.piotr.client().post(f"{CHECKS}D14/", {}).status_code == 403
    assert cast.tuomas.client().get(CHECKS).status_code == 403
    assert cast.mallory.client().get(CHECKS).status_code == 404
    assert cast.aino.client().get(f"{CHECKS}D99/").status_code == 404


def test_the_settings_lead_to_what_is_looked_for(cast: Cast) -> None:
    assert f'href="{CHECKS}"' in page(cast.aino, "/w/museum/settings/")
