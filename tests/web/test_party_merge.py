"""Two parties are made one on a page."""

import pytest

from polku.tenancy.models import Party
from tests.cast import Cast, make

pytestmark = pytest.mark.django_db
ROOM = "/w/museum/parties"


@pytest.fixture
def two(cast: Cast) -> tuple[Party, Party]:
    by = cast.aino.actor
    kept, gone = make("party", by, name="IT department"), make("party", by, name="IT departmen")
    make("service_product", by, name="Tours", owner_party=gone)
    make("party", by, name="Help desk", parent=gone)
    return kept, gone


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_choose_look_and_merge(cast: Cast, two: tuple[Party, Party]) -> None:
    client, (kept, gone) = cast.piotr.client(), two
    at = f"{ROOM}/{kept.code}/merge/"
    assert at in text_of(client.get(f"{ROOM}/{kept.code}/"))
    offered = text_of(client.get(at))
    assert offered.index(f'value="{gone.code}"') < offered.index('value="PTY-2"')
    assert f'value="{kept.code}"' not in offered
    assert "Nobody else is called so" in text_of(client.get(f"{at}?q=nothing+like+it&look=1"))
    shown = text_of(client.get(f"{at}?other={gone.code}"))
    assert "“IT departmen” ends and leads here" in shown
    assert '<span>Our services</span><span class="note">1</span>' in shown
    assert f"/{gone.code}/merge/?other={kept.code}" in shown
    assert client.post(at, {"other": "PTY-4711"}).status_code == 422
    assert client.post(at, {}).status_code == 422
    late = client.post(at, {"other": gone.code, f"revision-{gone.code}": "99"})
    assert late.status_code == 409
    assert "was changed since you opened it" in text_of(late)
    done = text_of(client.post(at, {"other": gone.code, "why": "One desk"}, follow=True))
    assert "are one now" in done
    assert "Merged into this:" in done
    page = text_of(client.get(f"{ROOM}/{gone.code}/"))
    assert "This was merged into “IT department”" in page
    assert f'href="{ROOM}/{kept.code}/"' in page
    assert "/restore/" not in page
    assert "/roles/" not in page
    assert gone.code not in text_of(client.get(f"{ROOM}/"))
    told = text_of(client.get(f"{ROOM}/{gone.code}/history/"))
    assert "merged this into another" in told


def test_what_cannot_be_is_told_before(cast: Cast, two: tuple[Party, Party]) -> None:
    client, home = cast.aino.client(), cast.museum.home_party
    answer = client.get(f"{ROOM}/{two[0].code}/merge/?other={home.code}")
    assert "belongs to “Harbour Museum”, so it stays" in text_of(answer)
    assert f"/{home.code}/merge/?other={two[0].code}" in text_of(answer)
    assert "Merge them" not in text_of(answer)
    person = f"{ROOM}/{cast.heikki.party.code}/merge/?other={cast.liisa.party.code}"
    assert "each have an account here" in text_of(client.get(person))
    refused = client.post(f"{ROOM}/{two[0].code}/merge/", {"other": home.code})
    assert refused.status_code == 409


def test_only_who_may_change_everything_merges(cast: Cast, two: tuple[Party, Party]) -> None:
    at = f"{ROOM}/{two[0].code}/merge/"
    for person in (cast.heikki, cast.liisa):
        assert person.client().get(at).status_code == 403
        assert "/merge/" not in text_of(person.client().get(f"{ROOM}/{two[0].code}/"))
    for person in (cast.tuomas, cast.olga):
        assert person.client().get(at).status_code == 404
