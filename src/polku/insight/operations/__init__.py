"""Verbs of this room: looking for loose ends, asking about them, making something of them."""

from polku.insight.operations.asking import ask_about
from polku.insight.operations.checking import refresh, refresh_check, refresh_objects
from polku.insight.operations.limits import change_check, choices, find_check
from polku.insight.operations.progress import look_again, may_look_again, note_progress
from polku.insight.operations.turning import may_turn, turn_into_decision, turn_into_wish

__all__ = [
    "ask_about", "change_check", "choices", "find_check", "look_again", "may_look_again",
    "may_turn", "note_progress", "refresh", "refresh_check", "refresh_objects",
    "turn_into_decision", "turn_into_wish",
]  # fmt: skip
