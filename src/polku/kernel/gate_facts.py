"""What Polku knows already about the questions of a gate: said beside them, never in their place.

A room answers ``gate_facts`` for the kinds that it knows::

    answers("gate_facts", provider)    # provider(actor=, obj=, codes=) -> {question code: Fact}
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from polku.kernel.actor import Actor
from polku.kernel.answers import Sentence
from polku.kernel.events import ask
from polku.kernel.machines import Move
from polku.kernel.policy import may_read_inside


@dataclass(frozen=True)
class Fact:
    """What the data say about one question: *answer* is yes, no, not_applicable, or nothing."""

    words: Sentence
    answer: str = ""


type Facts = Mapping[str, Fact]


def facts_for(actor: Actor, obj: Any, found: Move) -> dict[str, Fact]:
    """The facts beside the questions that this step asks of *obj*, by question."""
    if not may_read_inside(actor):
        return {}
    codes: Collection[str] = {q.code for q in found.questions(actor.workspace.size_profile, obj)}
    known: dict[str, Fact] = {}
    if codes:
        for told in ask("gate_facts", actor=actor, obj=obj, codes=codes):
            known |= told
    return {code: fact for code, fact in known.items() if code in codes}
