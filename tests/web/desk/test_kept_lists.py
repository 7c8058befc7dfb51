"""Lists kept under a name, each person's own."""

from polku.kernel.models import SavedView
from tests.cast import Cast

ADDRESS = "/w/museum/services/kept/"


def test_a_list_is_kept_found_again_and_forgotten(cast: Cast) -> None:
    client = cast.liisa.client()
    page = client.get(f"{ADDRESS}?managed_state=live&sort=-code").content.decode()
    assert 'value="managed_state=live&amp;sort=-code"' in page
    response = client.post(ADDRESS, {"name": " Live  ones ", "query": "managed_state=live"})
    assert response.url == "/w/museum/services/?managed_state=live"
    assert "Live ones" in client.get(ADDRESS).content.decode()
    view = SavedView.objects.get()
    client.post(f"{ADDRESS}delete/", {"view": view.pk})
    assert not SavedView.objects.exists()


def test_the_same_name_takes_the_place_of_the_former(cast: Cast) -> None:
    client = cast.liisa.client()
    for query in ("managed_state=live", "managed_state=idea"):
        client.post(ADDRESS, {"name": "Mine", "query": query})
    assert SavedView.objects.get().query == "managed_state=idea"


def test_a_list_needs_a_name(cast: Cast) -> None:
    response = cast.liisa.client().post(ADDRESS, {"name": "  ", "query": "q=<b>"})
    assert response.status_code == 422
    assert 'value="q=&lt;b&gt;"' in response.content.decode()
    assert not SavedView.objects.exists()


def test_nobody_sees_or_deletes_the_lists_of_others(cast: Cast) -> None:
    cast.liisa.client().post(ADDRESS, {"name": "Liisa's own", "query": "q=a"})
    view = SavedView.objects.get()
    other = cast.aino.client()
    assert "own</a>" not in other.get(ADDRESS).content.decode()
    assert other.post(f"{ADDRESS}delete/", {"view": view.pk}).status_code == 404
    assert other.post(f"{ADDRESS}delete/", {"view": "x"}).status_code == 404
    assert cast.mallory.client().get(ADDRESS).status_code == 404
    assert SavedView.objects.exists()
