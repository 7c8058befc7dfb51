"""The rail is data: a room without a page, or switched off, is not there."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from django.urls import path

from polku.web import navigation


def page(request: object) -> None:
    """A page that is never opened here."""


urlpatterns = [
    path("w/<slug:workspace>/", page, name="home"),
    path("w/<slug:workspace>/services/", page, name="service_board"),
    path("w/<slug:workspace>/customers/", page, name="relationship_list"),
]


@dataclass
class House:
    slug: str = "museum"
    off: set[str] = field(default_factory=set)

    def has(self, feature: str) -> bool:
        return feature not in self.off


def actor(**off: bool) -> SimpleNamespace:
    return SimpleNamespace(workspace=House(off=set(off)), role="editor")


@pytest.mark.urls(__name__)
def test_rooms_without_a_page_are_not_there() -> None:
    assert [entry.key for entry in navigation.rail(actor())] == ["home", "services", "customers"]


@pytest.mark.urls(__name__)
def test_a_room_goes_when_all_its_switches_are_off() -> None:
    some = navigation.rail(actor(relationships=True))
    none = navigation.rail(actor(relationships=True, people=True))
    assert "customers" in [entry.key for entry in some]
    assert "customers" not in [entry.key for entry in none]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("url_name", "room"),
    [
        ("home", "home"),
        ("service_detail", "services"),
        ("import_start", "services"),
        ("segment_list", "customers"),
        ("search", ""),
    ],
)
def test_a_page_lies_in_its_room(url_name: str, room: str) -> None:
    current = [e.key for e in navigation.rail(actor(), url_name) if e.current]
    assert current == ([room] if room else [])


def test_nobody_has_no_rail() -> None:
    assert navigation.rail(None) == []
