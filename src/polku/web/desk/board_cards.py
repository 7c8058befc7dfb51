"""Columns and cards of the board as a reader meets them."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from polku.insight.portfolio import Due
from polku.insight.portfolio_board import Board, Card
from polku.kernel.actor import Actor
from polku.kernel.answers import Answer
from polku.kernel.transitions import offered_moves
from polku.portfolio.entities import SERVICE
from polku.portfolio.models import ServiceProduct
from polku.web import formats, signs
from polku.web.desk.addresses import list_url, object_url
from polku.web.desk.services_dials import Remark, Shown, remarks, shown, state_word

SHOWN_AT_ONCE = 8
IN_THE_FOLD = 16
AT_MOST = 400

# Columns that stand on the board even when nothing is in them
ALWAYS = frozenset({"idea", "being_made", "live", "ending"})


@dataclass(frozen=True)
class PlaceToGo:
    """One line of a card's Move menu."""

    column: str
    label: str
    url: str
    answer: Answer


@dataclass(frozen=True)
class CardShown:
    """A card with everything its template needs, worked out."""

    card: Card
    url: str
    dials: list[Shown]
    remarks: list[Remark]
    phase: str
    next_words: str
    overdue: bool
    places: list[PlaceToGo] = field(default_factory=list)

    @property
    def service(self) -> ServiceProduct:
        """The service of the card."""
        return self.card.service

    @property
    def foot(self) -> bool:
        """Whether anything stands in the last line."""
        return bool(self.phase or self.card.loose or self.places)

    @property
    def may_move(self) -> bool:
        """Whether dragging it could lead anywhere."""
        return any(place.answer.ok for place in self.places)


@dataclass(frozen=True)
class Column:
    """One state with its cards: some at once, more in a fold, the rest behind a link."""

    state: str
    word: str
    sign: str
    total: int
    cards: list[CardShown]
    folded: list[CardShown]
    rest: int = 0
    rest_url: str = ""
    ended: bool = False

    @property
    def is_crowded(self) -> bool:
        """Whether it deserves the room of two on a wide screen."""
        return len(self.cards) == SHOWN_AT_ONCE


def columns(actor: Actor, board: Board, query: dict[str, str]) -> list[Column]:
    """Not said first, then the states in their order; what ended is folded and stands last."""
    by_state: dict[str, list[Card]] = {}
    for card in board.cards:
        by_state.setdefault(card.state, []).append(card)
    known = SERVICE.machine.codes if SERVICE.machine else []
    unlisted = [state for state in by_state if state and state not in known]
    order = ["", *known, *unlisted]
    return [
        _column(actor, board, state, by_state.get(state, []), query)
        for state in order
        if state in ALWAYS or state in by_state
    ]


def _column(
    actor: Actor, board: Board, state: str, cards: list[Card], query: dict[str, str]
) -> Column:
    ended = state == "ended"
    whole = query.get("all") == (state or "none")
    at_once = 0 if ended else SHOWN_AT_ONCE
    limit = AT_MOST if whole else at_once + IN_THE_FOLD
    made = [_card(actor, board, card) for card in cards[:limit]]
    rest = max(len(cards) - limit, 0)
    return Column(
        state, state_word(state), signs.life_sign(state), len(cards),
        made if whole else made[:at_once], [] if whole else made[at_once:], rest,
        _rest_url(actor, board, state, query) if rest else "", ended,
    )  # fmt: skip


def _rest_url(actor: Actor, board: Board, state: str, query: dict[str, str]) -> str:
    if board.is_today:
        wanted = {"managed_state": state or "none"}
        if query.get("owner"):
            wanted["owner_party"] = query["owner"]
        return f"{list_url(actor.workspace, SERVICE)}?{urlencode(wanted)}"
    return "?" + urlencode({**query, "all": state or "none"})


def _card(actor: Actor, board: Board, card: Card) -> CardShown:
    ended = card.state == "ended"
    words, overdue = _next_words(board, card)
    url = object_url(actor.workspace, SERVICE, card.service.code)
    internal = actor.is_internal and not ended
    return CardShown(
        card, url, shown(card.dials) if internal else [],
        remarks(card.dials) if internal else [], _phase_words(card) if internal else "",
        words, overdue, _places(actor, card, url) if board.is_today else [],
    )  # fmt: skip


def _places(actor: Actor, card: Card, url: str) -> list[PlaceToGo]:
    if not actor.is_internal:
        return []
    return [
        PlaceToGo(found.to, str(found.verb), f"{url}move/{found.to}/", answer)
        for found, answer in offered_moves(card.service, actor)
    ]


def _phase_words(card: Card) -> str:
    if card.phase == "unknown":
        return ""
    return str(dict(ServiceProduct.Phase.choices).get(card.phase, card.phase))


def _next_words(board: Board, card: Card) -> tuple[str, bool]:
    if card.planned and card.since:
        return _("Planned from %(day)s") % {"day": formats.long_day(card.since)}, False
    if not board.is_today or card.state == "ended":
        since = card.since
        return (_("Since %(day)s") % {"day": formats.long_day(since)} if since else ""), False
    return due_words(card.due, board) if card.due else ("", False)


def due_words(due: Due, board: Any) -> tuple[str, bool]:
    """What is to be decided and by when; whether that day has passed."""
    day = {"day": formats.short_day(due.on, board.today), "state": state_word(due.state)}
    if due.kind == "planned":
        return _("Planned: %(state)s from %(day)s") % day, False
    if due.on < board.today:
        return _("Was to be looked at by %(day)s") % day, True
    if due.kind == "look_again":
        return _("Look again %(day)s") % day, False
    return _("Review by %(day)s") % day, False
