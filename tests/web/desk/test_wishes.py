"""Wishes on their pages: six ways to look, splitting, merging, and what they tell afterwards."""

import pytest

from polku.kernel.links import tie
from polku.kernel.transitions import Step
from polku.portfolio.models import Requirement
from polku.portfolio.operations import merge_wishes, split_wish, take_step
from tests.cast import Cast, make

ROOM = "/w/museum/requirements"


@pytest.fixture
def wish(cast: Cast) -> Requirement:
    by = cast.aino.actor
    found: Requirement = make(
        "requirement", by, statement="Warm and light", raised_by_party=cast.piotr.party,
        raised_on="2026-02-03", priority="must",
    )  # fmt: skip
    tie("L02", found, make("service_product", by, name="Exhibitions"), by=by)
    return found


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def test_the_six_ways_stand_on_the_list_by_name(cast: Cast, wish: Requirement) -> None:
    cast.museum.features = {**cast.museum.features, "releases": True}
    cast.museum.save()
    client = cast.liisa.client()
    page = text_of(client.get(f"{ROOM}/"))
    for words in ("By service", "By version", "By who asked", "Oldest unanswered",
                  "Must, in no version", "Never seen to be met"):  # fmt: skip
        assert words in page
    waiting = f"{ROOM}/?state=asked%2Cwill_do%2Clater&priority=must&version=none"
    assert waiting.replace("&", "&amp;") in page
    found = text_of(client.get(waiting))
    assert wish.code in found
    assert 'aria-current="page">Must, in no version' in found
    assert "Asked, Will do, Later" in found or "Asked, will do, later" in found
    assert wish.code not in text_of(client.get(f"{ROOM}/?state=done&without=verified_on"))
    outside = text_of(cast.tuomas.client().get(f"{ROOM}/"))
    assert "Oldest unanswered" not in outside


@pytest.mark.parametrize(
    ("by", "head"), [("service", "Exhibitions"), ("release", "In no version"), ("giver", "Piotr")]
)
def test_groups_are_counted_and_lead_to_their_list(
    cast: Cast, wish: Requirement, by: str, head: str
) -> None:
    client = cast.liisa.client()
    page = text_of(client.get(f"{ROOM}/by/{by}/"))
    assert head in page
    assert wish.code in page or "Warm and light" in page
    assert "1 still waits" in page
    take_step(wish, Step("will_not_do", reason="No"), by=cast.aino.actor)
    open_ = text_of(client.get(f"{ROOM}/by/{by}/?state=asked,will_do,later"))
    assert "Warm and light" not in open_
    assert client.get(f"{ROOM}/by/colour/").status_code == 404
    assert cast.tuomas.client().get(f"{ROOM}/by/{by}/").status_code == 403


def test_split_on_the_page(cast: Cast, wish: Requirement) -> None:
    client, at = cast.aino.client(), f"{ROOM}/{wish.code}/split/"
    assert f"{ROOM}/{wish.code}/split/" in text_of(client.get(f"{ROOM}/{wish.code}/"))
    sent = {"revision": wish.revision, "statement": ["Warm"], "priority": [""],
            "acceptance_criterion": [""]}  # fmt: skip
    more = client.post(at, {**sent, "more": "1"})
    assert more.status_code == 200
    assert text_of(more).count('name="statement"') == 2
    few = client.post(at, sent)
    assert few.status_code == 422
    assert "2 to 20 parts" in text_of(few)
    late = client.post(at, {**sent, "statement": ["Warm", "Light"], "revision": 77})
    assert late.status_code == 409
    assert ">Light</textarea>" in text_of(late)
    both = {**sent, "statement": ["Warm", "", "Light"], "priority": ["", "", "could"]}
    done = client.post(at, both, follow=True)
    parts = list(Requirement.objects.filter(part_of=wish).order_by("pk"))
    assert [part.priority for part in parts] == ["must", "could"]
    page = text_of(done)
    assert all(f"{ROOM}/{part.code}/" in page for part in parts)
    assert "Where it goes on" in page
    again = client.get(at)
    assert "is closed" in text_of(again)
    assert ">split<" in text_of(client.get(f"{ROOM}/")).replace("\n", "")


def test_merge_on_the_page(cast: Cast, wish: Requirement) -> None:
    by, client, at = cast.aino.actor, cast.aino.client(), f"{ROOM}/{wish.code}/merge/"
    other = make("requirement", by, statement="Heat", priority="could",
                 raised_by_party=cast.heikki.party)  # fmt: skip
    assert other.code in text_of(client.get(at))
    assert "has these words" in text_of(client.get(f"{at}?q=nothing+like+it"))
    asked = text_of(client.get(f"{at}?other={other.code}"))
    assert 'name="answer-priority"' in asked
    assert "Heikki Laine" in asked
    assert f'name="revision-{other.code}"' in asked
    missing = client.post(at, {"other": other.code})
    assert missing.status_code == 422
    assert "Say which holds." in text_of(missing)
    assert client.post(at, {"other": "REQ-4711"}).status_code == 422
    late = client.post(at, {"other": other.code, "answer-priority": other.code,
                            f"revision-{other.code}": "99"})  # fmt: skip
    assert late.status_code == 409
    done = client.post(at, {"other": other.code, "answer-priority": other.code}, follow=True)
    assert "Merged into this:" in text_of(done)
    assert "Heikki Laine" in text_of(done)
    gone = text_of(client.get(f"{ROOM}/{other.code}/"))
    assert "Merged into:" in gone
    assert "Others asked for much the same" in gone
    tell = client.get(f"{ROOM}/{wish.code}/tell/")
    assert "All who asked have been told" in text_of(tell)


def test_only_those_who_may_change_split_and_merge(cast: Cast, wish: Requirement) -> None:
    reader = cast.liisa.client()
    for verb in ("split", "merge"):
        refused = reader.get(f"{ROOM}/{wish.code}/{verb}/")
        assert refused.status_code == 403
        assert "You may read here, not change" in text_of(refused)
        assert (
            cast.olga.client().get(f"/w/norrvik/requirements/{wish.code}/{verb}/").status_code
            == 404
        )
    assert f"/{wish.code}/split/" not in text_of(reader.get(f"{ROOM}/{wish.code}/"))


def test_a_giver_of_the_other_side_reads_how_it_stands(cast: Cast) -> None:
    by = cast.aino.actor
    mine = make("requirement", by, statement="Tours on Mondays", relationship=cast.school,
                audience="relationship")  # fmt: skip
    kept = make("requirement", by, statement="A secret of another")
    merge_wishes(kept, [mine], by=by,
                 answers={"audience": kept.code})  # fmt: skip
    take_step(kept, Step("will_do"), by=by)
    page = text_of(cast.tuomas.client().get(f"{ROOM}/{mine.code}/"))
    assert "We will do it." in page
    assert "secret" not in page
    assert kept.code not in page
    parts = split_wish(
        make("requirement", by, statement="Both", relationship=cast.school,
             audience="relationship"),
        [{"statement": "One"}, {"statement": "Two"}], by=by,
    )  # fmt: skip
    for part in parts:
        assert cast.tuomas.client().get(f"{ROOM}/{part.code}/").status_code == 200
