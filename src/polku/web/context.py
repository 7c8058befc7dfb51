"""What every template may count on: the frame around the page and who reads it."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from polku.kernel.actor import memberships_of
from polku.web import navigation
from polku.web.navigation import Entry, LanguageChoice, Place


@dataclass(frozen=True)
class Frame:
    """Addresses and entries that stand around a page; empty ones are not shown."""

    rail: list[Entry] = field(default_factory=list)
    rail_last: list[Entry] = field(default_factory=list)
    home_url: str = ""
    search_url: str = ""
    news_url: str = ""
    unread: int = 0
    language_url: str = ""
    sign_out_url: str = ""
    languages: list[LanguageChoice] = field(default_factory=list)
    person_places: list[Place] = field(default_factory=list)
    other_workspaces: list[Place] = field(default_factory=list)
    single_keys: bool = True

    @property
    def language(self) -> LanguageChoice:
        """The language the page is in."""
        return next((choice for choice in self.languages if choice.current), self.languages[0])


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``frame``, ``actor`` and ``workspace``, worked out when first used."""
    actor = getattr(request, "actor", None)
    return {
        "frame": SimpleLazyObject(lambda: frame_for(request, actor)),
        "actor": actor,
        "workspace": actor.workspace if actor else None,
    }


def frame_for(request: HttpRequest, actor: Any) -> Frame:
    """The frame for one reader of one page."""
    rooms, last = navigation.split_rail(navigation.rail(actor, navigation.current_page(request)))
    workspace = actor.workspace if actor else None
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return Frame(
        rail=rooms,
        rail_last=last,
        home_url=_home_url(workspace, signed_in),
        search_url=navigation.url_or_none("search", workspace) if actor else "",
        news_url=_news_url(actor),
        unread=unread_of(request, actor),
        language_url=navigation.url_or_none("set_language"),
        sign_out_url=navigation.url_or_none("account_logout") if signed_in else "",
        languages=navigation.languages(),
        person_places=navigation.person_places() if signed_in else [],
        other_workspaces=_elsewhere(request, actor) if actor and signed_in else [],
        single_keys=getattr(user, "single_keys", True),
    )


def _home_url(workspace: Any, signed_in: bool) -> str:
    if workspace is not None:
        return navigation.url_or_none("home", workspace)
    return navigation.url_or_none("door" if signed_in else "account_login")


def _news_url(actor: Any) -> str:
    """News is the team's own."""
    inside = actor is not None and actor.is_internal and actor.user_id is not None
    return navigation.url_or_none("notice_list", actor.workspace) if inside else ""


def unread_of(request: HttpRequest, actor: Any) -> int:
    """How much is new, as it was read together with the person's places."""
    mine = getattr(request, "memberships", None) or []
    own = (row for row in mine if actor is not None and row.pk == actor.membership_id)
    return next((getattr(row, "unread", 0) for row in own), 0)


def _elsewhere(request: HttpRequest, actor: Any) -> list[Place]:
    mine = getattr(request, "memberships", None)
    if mine is None:
        mine = memberships_of(request.user)  # type: ignore[arg-type]
    return navigation.other_workspaces(actor, mine)
