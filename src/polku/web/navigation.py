"""What stands around every page: rooms at the side, search, languages, workspace and person.

Everything is data. A room that is built later adds one line to ``RAIL``; an entry whose page
does not exist, or whose feature switch is off, is not there at all (decision 41).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Room:
    """One entry of the rail: where it leads, which switches show it, which pages lie in it.

    ``features``: shown when any of them is on (none: always). ``pages``: beginnings of the URL
    names that belong here. ``roles``: shown to these roles only (none: to all).
    """

    key: str
    label: Any
    url_name: str
    pages: tuple[str, ...]
    features: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()
    last: bool = False


@dataclass(frozen=True)
class Entry:
    """A room as one reader sees it on one page."""

    key: str
    label: str
    url: str
    current: bool
    last: bool


@dataclass(frozen=True)
class LanguageChoice:
    """A language under its own name."""

    code: str
    name: str
    current: bool


@dataclass(frozen=True)
class Place:
    """A link with a name: another workspace, a page of the person's own."""

    name: str
    url: str


RAIL: tuple[Room, ...] = (
    Room("home", pgettext_lazy("room", "Home"), "home", ("home", "loose_end", "review")),
    Room(
        "services",
        pgettext_lazy("room", "Services"),
        "service_board",
        (
            "service",
            "offering",
            "package",
            "requirement",
            "goal",
            "touchpoint",
            "component",
            "dependency",
            "version",
            "decision",
            "import",
            "export",
            "wall",
            "persona",
            "insight",
        ),
    ),
    Room(
        "customers",
        pgettext_lazy("room", "Customers"),
        "relationship_list",
        ("relationship", "segment", "persona", "stakeholder", "insight", "party"),
        features=("relationships", "people"),
    ),
    Room(
        "journeys",
        pgettext_lazy("room", "Journeys"),
        "journey_list",
        ("journey", "touchpoint"),
        features=("journeys",),
    ),
    Room(
        "settings",
        pgettext_lazy("room", "Settings"),
        "settings",
        ("settings", "person", "invitation", "token"),
        roles=frozenset({"admin"}),
        last=True,
    ),
)

PERSON_PAGES: tuple[tuple[str, Any], ...] = (
    ("person_settings", _("My language and words")),
    ("account_change_password", _("Change my password")),
    ("mfa_index", _("Second step at sign-in")),
)


def rail(actor: Any, current: str = "") -> list[Entry]:
    """The entries for *actor*; *current* is the URL name of the page, or the key of a room."""
    if actor is None:
        return []
    here = room_of(actor, current)
    shown = (room for room in RAIL if _open_to(actor, room))
    entries = ((room, url_or_none(room.url_name, actor.workspace)) for room in shown)
    return [
        Entry(room.key, str(room.label), url, room is here, room.last)
        for room, url in entries
        if url
    ]


def languages() -> list[LanguageChoice]:
    """The four languages, each in its own name."""
    used = (get_language() or "en").split("-")[0]
    return [LanguageChoice(code, str(name), code == used) for code, name in settings.LANGUAGES]


def person_places() -> list[Place]:
    """The pages of a person about themselves that exist."""
    places = ((label, url_or_none(name)) for name, label in PERSON_PAGES)
    return [Place(str(label), url) for label, url in places if url]


def other_workspaces(actor: Any, memberships: Iterable[Any]) -> list[Place]:
    """Where else this person works, by name."""
    rooms = [m.workspace for m in memberships if m.workspace != actor.workspace]
    places = ((room, url_or_none("home", room)) for room in rooms)
    return sorted(
        (Place(str(room), url) for room, url in places if url), key=lambda place: place.name
    )


def url_or_none(name: str, workspace: Any = None, **more: Any) -> str:
    """The address of a page, or nothing where no such page exists (yet)."""
    kwargs = {"workspace": workspace.slug, **more} if workspace is not None else more
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""


def current_page(request: HttpRequest) -> str:
    """The URL name of the page being shown."""
    match = getattr(request, "resolver_match", None)
    return (match.url_name or "") if match else ""


def split_rail(entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The rooms, and what stands apart below them."""
    return [e for e in entries if not e.last], [e for e in entries if e.last]


def _open_to(actor: Any, room: Room) -> bool:
    if room.roles and actor.role not in room.roles:
        return False
    return not room.features or any(actor.workspace.has(name) for name in room.features)


def room_of(actor: Any, current: str) -> Room | None:
    """The room in which a page lies for this reader.

    What two rooms name lies in the later one, as long as that is open: typical customers stand
    among the customers, and among the services where one keeps no customers by name.
    """
    found = [room for room in RAIL if _open_to(actor, room) and lies_in(room, current)]
    return found[-1] if found else None


def lies_in(room: Room, current: str) -> bool:
    """Whether a room names this page."""
    return current == room.key or any(
        current == page or current.startswith(f"{page}_") for page in room.pages
    )
