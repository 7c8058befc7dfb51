"""The map of who has a stake, moving one of them, lines, and the page of one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polku.kernel.links import tie
from polku.people.models import Stakeholder, StakeholderTie
from polku.people.operations import draw_line
from polku.web.desk.stakeholders_layout import BADGE, picture_of, threads_of, wrapped
from tests.cast import Cast, make

ROOM = "/w/museum/stakeholders"


def group(cast: Cast, name: str = "Neighbours", **more: object) -> Stakeholder:
    found: Stakeholder = make("stakeholder", cast.aino.actor, group_name=name, **more)
    return found


class Somebody:
    """A place on the map without a row behind it."""

    def __init__(self, pk: int, interest: int | None, influence: int | None) -> None:
        self.pk, self.interest, self.influence = pk, interest, influence


LEVEL = st.none() | st.integers(1, 5)
CROWD = st.lists(st.tuples(LEVEL, LEVEL), max_size=60).map(
    lambda places: [Somebody(pk, *place) for pk, place in enumerate(places)]
)


@given(people=CROWD)
def test_no_card_lies_on_another_and_none_leaves_the_picture(people: list[Somebody]) -> None:
    picture = picture_of(people)
    boxes = list(picture.cards.values())
    assert len(boxes) == len(people)
    for number, one in enumerate(boxes):
        assert one.x >= 0
        assert one.y >= 0
        assert one.x + one.width <= picture.width
        assert one.y + one.height <= picture.height
        for other in boxes[number + 1 :]:
            apart = (
                one.x + one.width <= other.x or other.x + other.width <= one.x
                or one.y + one.height <= other.y or other.y + other.height <= one.y
            )  # fmt: skip
            assert apart


@given(people=CROWD)
def test_each_card_stands_in_its_cell_and_the_unknown_on_the_shelf(people: list[Somebody]) -> None:
    picture = picture_of(people)
    cells = {(cell.interest, cell.influence): cell.box for cell in picture.cells}
    assert len(cells) == 25
    for one in people:
        known = one.interest is not None and one.influence is not None
        home = cells[one.interest, one.influence] if known else picture.shelf
        assert home is not None
        assert home.holds(*picture.cards[one.pk].middle)
    assert (picture.shelf is not None) == any(
        one.interest is None or one.influence is None for one in people
    )


@given(people=CROWD, chosen=st.lists(st.integers(0, 59), max_size=12))
def test_numbers_of_lines_stay_inside_the_picture(
    people: list[Somebody], chosen: list[int]
) -> None:
    ends = [n for n in chosen if n < len(people)]
    pairs = [(a, b) for a, b in pairwise(ends) if a != b]
    picture = picture_of(people)
    found = threads_of(picture, pairs)
    assert [thread.number for thread in found] == list(range(1, len(pairs) + 1))
    for thread in found:
        assert 0 <= thread.x <= picture.width + BADGE
        assert 0 <= thread.y <= picture.height


@given(st.text(min_size=1, max_size=200))
def test_a_name_takes_two_lines_at_most(name: str) -> None:
    found = wrapped(name)
    assert 1 <= len(found) <= 2
    assert all(len(line) <= 20 for line in found)


@pytest.mark.django_db
def test_the_map_shows_picture_cards_and_table(cast: Cast) -> None:
    by = cast.aino.actor
    one = group(cast, interest=4, influence=2, attitude="against", role="community",
                expects_from_us="Quiet after nine", we_expect="A word before a letter")  # fmt: skip
    other = make("stakeholder", by, party=cast.school.consumer_party)
    draw_line(one, other, "complain to it", by=by)
    html = cast.liisa.client().get(f"{ROOM}/map/").content.decode()
    assert html.count('class="map-card"') == 2
    assert html.count('class="map-thread"') == 1
    assert "Neighbours → Rantakylä School: complain to it" in html
    for words in ("Quiet after nine", "A word before a letter", "against it", "Not placed yet",
                  "1 not placed yet", "interest 4", "influence unknown",
                  "Of 1 nobody wrote what they expect of us."):  # fmt: skip
        assert words in html, words
    table = html.split("The same as a table")[1]
    assert "Neighbours" in table
    assert "Rantakylä School" in table
    assert "Move…" not in html, "a reader moves nobody"
    assert "Move…" in cast.piotr.client().get(f"{ROOM}/map/").content.decode()


@pytest.mark.django_db
def test_the_map_of_one_service(cast: Cast) -> None:
    by = cast.aino.actor
    service = make("service_product", by, name="Night at the museum")
    one = group(cast)
    group(cast, "The city")
    tie("L39", one, service, by=by)
    html = cast.aino.client().get(f"{ROOM}/map/?service={service.code}").content.decode()
    assert html.count('class="map-card"') == 1
    assert "Night at the museum" in html
    assert "The city" not in html
    other = make("service_product", by, name="Empty")
    html = cast.aino.client().get(f"{ROOM}/map/?service={other.code}").content.decode()
    assert "Nobody on the map has a stake in this service yet." in html
    assert cast.aino.client().get(f"{ROOM}/map/?service=SRV-999").status_code == 200


@pytest.mark.django_db
def test_one_is_moved_by_its_form(cast: Cast) -> None:
    one = group(cast)
    path = f"{ROOM}/{one.code}/place/"
    given_ = {"interest": "5", "influence": "", "revision": str(one.revision)}
    response = cast.piotr.client().post(path, given_)
    assert response["Location"] == f"{ROOM}/map/#who-{one.code}"
    one.refresh_from_db()
    assert (one.interest, one.influence) == (5, None)
    assert cast.piotr.client().post(path, {**given_, "interest": "6"}).status_code == 422
    late = cast.aino.client().post(path, {**given_, "interest": "1"})
    assert late.status_code == 409
    for person in (cast.liisa, cast.heikki):
        assert person.client().post(path, given_).status_code == 403
    assert cast.tuomas.client().post(path, given_).status_code == 404
    assert cast.mallory.client().post(path, given_).status_code == 404


@pytest.mark.django_db
def test_lines_are_drawn_and_taken_away_on_the_page(cast: Cast) -> None:
    one, other = group(cast), group(cast, "The city")
    client, page = cast.piotr.client(), f"{ROOM}/{one.code}/"
    given_ = {"other": other.code, "words": "listens to"}
    assert client.post(f"{page}lines/", given_).status_code == 302
    assert client.post(f"{page}lines/", given_).status_code == 409
    assert client.post(f"{page}lines/", {"other": "STK-999", "words": "x"}).status_code == 422
    assert client.post(f"{page}lines/", {"other": other.code, "words": ""}).status_code == 422
    html = client.get(page).content.decode()
    assert "listens to" in html
    assert "drew a line:" in html
    line = StakeholderTie.objects.get()
    away = f"{page}lines/{line.pk}/take-away/"
    assert cast.liisa.client().post(away).status_code == 403
    assert client.post(f"{page}lines/999999/take-away/").status_code == 404
    assert client.get(away).status_code == 405
    assert client.post(away).status_code == 302
    assert not StakeholderTie.objects.exists()
    assert "took a line away:" in client.get(page).content.decode()


@pytest.mark.django_db
def test_evidence_stands_under_a_stakeholder_too(cast: Cast) -> None:
    one = group(cast)
    page = f"{ROOM}/{one.code}/"
    given_ = {"statement": "They wrote to the paper", "method": "desk_record"}
    assert cast.aino.client().post(f"{page}evidence/", given_).status_code == 302
    html = cast.aino.client().get(page).content.decode()
    assert "They wrote to the paper" in html
    assert "papers and figures" in html
    assert cast.tuomas.client().post(f"{page}evidence/", given_).status_code == 404


@pytest.mark.django_db
def test_with_nobody_the_first_step_is_said(cast: Cast) -> None:
    html = cast.aino.client().get(f"{ROOM}/map/").content.decode()
    assert "Who gains, who pays, who could stop it?" in html
    assert f"{ROOM}/new/" in html


@pytest.mark.django_db
def test_both_an_organisation_and_a_group_are_refused_in_the_form(cast: Cast) -> None:
    given_ = {"party": cast.school.consumer_party.code, "group_name": "Schools", "seen": "1"}
    response = cast.aino.client().post(f"{ROOM}/new/", given_)
    assert response.status_code == 422
    assert "Not both." in response.content.decode()
    assert not Stakeholder.objects.exists()
