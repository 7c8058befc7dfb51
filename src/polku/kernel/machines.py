"""State machines as tables (lifecycles.md; short sets of DECISIONS 31).

A machine never forces: a gate asks its questions, the answers are kept, unknown is an answer.
What is refused is what has no row here, with a sentence that names the way instead.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from polku.kernel.answers import Sentence

type Who = Literal["any", "own", "port", "sys"]

ANSWERS = ("yes", "no", "not_applicable", "unknown")


@dataclass(frozen=True)
class Question:
    """One question of a gate; ``when`` tells of which objects it is asked, of all if not said."""

    code: str
    text: Sentence
    sizes: frozenset[str] = frozenset({"solo", "small", "provider"})
    when: Callable[[Any], bool] | None = None


@dataclass(frozen=True)
class State:
    """One state: its word, sign, stage and what customers see."""

    code: str
    word: Sentence
    sign: str = ""
    stage: str = ""
    outside: bool = True
    ended: bool = False


@dataclass(frozen=True)
class Move:
    """A legal step. ``verb`` is the button; ``decides`` writes a Decision."""

    to: str
    verb: Sentence
    who: Who = "own"
    gate: tuple[Question, ...] = ()
    needs_reason: bool = False
    decides: bool = False

    def questions(self, size: str, obj: Any = None) -> list[Question]:
        """The questions that a workspace of this size asks, of *obj* when one is named."""
        asked = [question for question in self.gate if size in question.sizes]
        return [q for q in asked if obj is None or q.when is None or q.when(obj)]


@dataclass(frozen=True)
class StateMachine:
    """States, legal moves by state (``""`` = not said), and sentences for refusals.

    ``held`` names the state from which only the state before it may be entered again, or those
    that its moves list.
    """

    code: str
    states: tuple[State, ...]
    moves: Mapping[str, tuple[Move, ...]]
    initial: str = ""
    refusals: Mapping[tuple[str, str], Sentence] = field(default_factory=dict)
    held: str = ""

    def state(self, code: str) -> State | None:
        """The state of a code; None for not said or one that this set does not show."""
        return next((s for s in self.states if s.code == code), None)

    @property
    def codes(self) -> list[str]:
        """State codes in order."""
        return [s.code for s in self.states]

    def moves_from(self, state: str, held_from: str = "") -> list[Move]:
        """Legal moves; from the held state back to where it came from comes first."""
        moves = list(self.moves.get(state, ()))
        if self.held and state == self.held and held_from:
            moves = [m for m in moves if m.to == held_from or self._ends(m.to)]
        return moves

    def gates_between(self, before: str, to: str) -> dict[str, tuple[Question, ...]]:
        """States between two, with the questions asked on the way into each: what a jump skips.

        Nothing for a way back, from a state that nobody said, or to one that is not entered by a
        gate of its own.
        """
        codes = [code for code in self.codes if code != self.held]
        found = self.find(before, to)
        if before not in codes or to not in codes or found is None or not found.gate:
            return {}
        between = codes[codes.index(before) + 1 : codes.index(to)]
        gates = {code: self._gate_into(code) for code in between}
        return {code: gate for code, gate in gates.items() if gate}

    def _gate_into(self, code: str) -> tuple[Question, ...]:
        ways = (move for moves in self.moves.values() for move in moves if move.to == code)
        return next((move.gate for move in ways if move.gate), ())

    def _ends(self, code: str) -> bool:
        found = self.state(code)
        return bool(found and found.ended)

    def find(self, state: str, to: str, held_from: str = "") -> Move | None:
        """The move between two states, if legal."""
        return next((m for m in self.moves_from(state, held_from) if m.to == to), None)
