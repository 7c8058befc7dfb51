"""Writers who edit one journey at once, each from what it saw some time ago."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from polku.journeys.documents import JourneyDoc, StepDoc, read_document
from polku.journeys.models import Journey
from polku.journeys.operations import (
    add_step,
    copy_step,
    meet_at,
    move_step,
    remove_step,
    undo,
    write_step,
    write_text,
)
from polku.kernel.actor import Actor
from polku.kernel.answers import Conflict, NotFound, PolkuError

ROWS = ("customer_action", "expectation", "frontstage", "backstage", "support")
LOOKS_EVERY = 7  # edits; in between a writer works from what it saw


@dataclass
class Outcome:
    """One try: what was written, from what, and what came of it. Accepted are also tries to set
    what stands already; each text is one of its own."""

    verb: str
    text: str = ""
    base: str = ""
    row: str = ""
    lang: str = ""
    accepted: bool = False
    conflict: dict[str, Any] = field(default_factory=dict)
    refused: str = ""


class Writer:
    """One tab of one person."""

    def __init__(self, name: str, by: Actor, journey: int, seed: int) -> None:
        self.name, self.by, self.number = name, by, journey
        self.dice = random.Random(seed)
        self.outcomes: list[Outcome] = []
        self.doc: JourneyDoc | None = None

    def work(self, n: int) -> None:
        """Try *n* edits."""
        for turn in range(n):
            journey = Journey.objects.select_related("workspace").get(pk=self.number)
            if self.doc is None or turn % LOOKS_EVERY == 0:
                self.doc = read_document(self.by, journey)
            self.outcomes.append(self._try(journey, turn))

    def _try(self, journey: Journey, turn: int) -> Outcome:
        verb, do = self.dice.choices(self._verbs(), weights=[14, 2, 2, 1, 1, 1, 2, 2])[0]
        outcome = Outcome(verb)
        try:
            do(journey, turn, outcome)
        except Conflict as error:
            outcome.conflict = error.fields
            self.doc = None
        except NotFound:
            outcome.refused = "not-found"
            self.doc = None
        except PolkuError as error:
            outcome.refused = error.code
        else:
            outcome.accepted = True
        return outcome

    def _verbs(self) -> list[tuple[str, Callable[[Journey, int, Outcome], object]]]:
        return [
            ("text", self._text), ("feeling", self._feeling), ("move", self._move),
            ("add", self._add), ("remove", self._remove), ("copy", self._copy),
            ("undo", self._undo), ("meet", self._meet),
        ]  # fmt: skip

    def _step(self) -> StepDoc:
        assert self.doc is not None
        return self.dice.choice(self.doc.steps)

    def _text(self, journey: Journey, turn: int, outcome: Outcome) -> None:
        step, row = self._step(), self.dice.choice(ROWS)
        lang = self.dice.choice(("en", "en", "fi"))
        outcome.row, outcome.lang, outcome.base = row, lang, step.text_of(row, lang)
        outcome.text = f"{self.name} {turn}"
        write_text(journey, step.id, row, outcome.text, by=self.by, lang=lang, base=outcome.base)

    def _feeling(self, journey: Journey, _turn: int, _outcome: Outcome) -> None:
        step = self._step()
        base = {"emotion_target": step.emotion_target}
        values = {"emotion_target": self.dice.randint(-2, 2)}
        write_step(journey, step.id, values, by=self.by, base=base)

    def _move(self, journey: Journey, _turn: int, _outcome: Outcome) -> None:
        assert self.doc is not None
        stage = self.dice.choice(self.doc.stages)
        after = self.dice.choice([None, 0, *(step.id for step in stage.steps)])
        step = self._step()
        move_step(journey, step.id, stage_id=stage.id, after=after, by=self.by)

    def _add(self, journey: Journey, turn: int, _outcome: Outcome) -> None:
        assert self.doc is not None
        stage = self.dice.choice(self.doc.stages)
        values = {"name": f"{self.name} {turn}"}
        add_step(journey, stage.id, values=values, by=self.by)

    def _copy(self, journey: Journey, _turn: int, _outcome: Outcome) -> None:
        copy_step(journey, self._step().id, by=self.by)

    def _remove(self, journey: Journey, _turn: int, _outcome: Outcome) -> None:
        assert self.doc is not None
        if len(self.doc.steps) > 3:
            remove_step(journey, self._step().id, by=self.by)

    def _undo(self, journey: Journey, _turn: int, _outcome: Outcome) -> None:
        undo(journey, by=self.by)

    def _meet(self, journey: Journey, _turn: int, _outcome: Outcome) -> None:
        codes = self.dice.sample(["TP-1", "TP-2", "TP-3"], self.dice.randint(0, 3))
        meet_at(journey, self._step().id, codes, by=self.by)
