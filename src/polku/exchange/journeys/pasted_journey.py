"""From a pasted table to the document of a journey, with every text that did not fit."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from polku.exchange.journeys.applying import Trouble
from polku.exchange.journeys.pasting import Pasted
from polku.exchange.journeys.pieces import limit_of
from polku.journeys.document_shapes import (
    CellDoc,
    JourneyDoc,
    PainDoc,
    StageDoc,
    StepDoc,
    TouchpointDoc,
)
from polku.journeys.lanes import CELL_ROWS
from polku.journeys.models import BlueprintCell, PainPoint, Stage, Step, Touchpoint
from polku.kernel.durations import NotADuration, read_duration
from polku.tenancy.translated import Translated

FACES: Mapping[str, int] = {
    "++": 2, "+": 1, "0": 0, "-": -1, "--": -2, "−": -1, "−−": -2, "–": -1,
    "😀": 2, "😃": 2, "😄": 2, "😍": 2, "🙂": 1, "😊": 1, "😐": 0, "😕": -1, "🙁": -1, "😟": -1,
    "☹": -2, "😞": -2, "😠": -2, "😡": -2, ":)": 1, ":|": 0, ":(": -1,
}  # fmt: skip
_FEELINGS = ("feeling_assumed", "feeling_target")
_SEVERAL = re.compile(r"[\n;]")


@dataclass(frozen=True)
class PastedJourney:
    """The document, and texts of the table that it does not hold, with the reason."""

    doc: JourneyDoc
    troubles: tuple[Trouble, ...]
    notes: tuple[str, ...]


def pasted_journey(pasted: Pasted, name: Translated, lang: str) -> PastedJourney:
    """A journey of the steps of a table; texts are in *lang*."""
    made = _Making(pasted, lang)
    stages: list[StageDoc] = []
    for line in range(pasted.lines):
        step = made.step(line)
        stage = made.text_at("stage", line)
        if step is None and not stage:
            continue
        if not stages or (stage and stage != made.last_stage):
            stages.append(made.stage(stage, line, len(stages) + 1))
        if step is not None:
            stages[-1] = replace(stages[-1], steps=(*stages[-1].steps, step))
    return PastedJourney(
        JourneyDoc(name=name, stages=tuple(stages)), tuple(made.troubles), tuple(made.notes)
    )


@dataclass
class _Making:
    """One table on its way into one journey."""

    pasted: Pasted
    lang: str
    troubles: list[Trouble] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    last_stage: str = ""
    place: int = 0
    shifts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for lane in _FEELINGS:
            column = self.pasted.of(lane)
            if column is not None and _is_of_five(column.entries):
                self.shifts[lane] = -3
                self.notes.append(_("Feelings from 1 to 5 were read as −2 to +2."))

    def text_at(self, lane: str, line: int) -> str:
        """What the first column of a lane says in one line."""
        column = self.pasted.of(lane)
        return column.entries[line] if column is not None else ""

    def stage(self, name: str, line: int, number: int) -> StageDoc:
        """A new stage; one without a name begins the journey."""
        self.last_stage = name
        words = self._fit(name or _("Beginning"), Stage, "name", "stage", line)
        goal = self._fit(self.text_at("goal", line), Stage, "goal_of_customer", "goal", line)
        return StageDoc(name=words, number=number, goal_of_customer=goal)

    def step(self, line: int) -> StepDoc | None:
        """The step of one line, or None where it says nothing of one."""
        texts = [
            (c.lane, c.entries[line]) for c in self.pasted.columns if c.lane and c.entries[line]
        ]
        if all(lane in {"stage", "goal"} for lane, _text in texts):
            return None
        self.place += 1
        name, action = self._name(line)
        return StepDoc(
            customer_action=action, name=name, number=self.place, place=self.place,
            expectation=self._fit(self._joined(texts, "expectation"), Step, "expectation",
                                  "expectation", line),
            emotion_assumed=self._feeling("feeling_assumed", line),
            emotion_target=self._feeling("feeling_target", line),
            expected_wait=self._wait(line), cells=self._cells(texts, line),
            touchpoints=self._points(texts, line), pains=self._pains(texts, line),
        )  # fmt: skip

    def _name(self, line: int) -> tuple[Translated, Translated]:
        """The short name and what the customer does; a name too long for one is what they do."""
        name, action = self.text_at("step", line), self.text_at("customer_action", line)
        if name and not action and len(name) > (limit_of(Step, "name") or 0):
            name, action = "", name
        return (self._fit(name, Step, "name", "step", line),
                self._fit(action, Step, "customer_action", "customer_action", line))  # fmt: skip

    def _cells(self, texts: list[tuple[str, str]], line: int) -> Mapping[str, tuple[CellDoc, ...]]:
        found: dict[str, tuple[CellDoc, ...]] = {}
        for lane, text in texts:
            if lane in CELL_ROWS and (kept := self._fit(text, BlueprintCell, "text", lane, line)):
                found[lane] = (*found.get(lane, ()), CellDoc(lane, kept))
        return found

    def _points(self, texts: list[tuple[str, str]], line: int) -> tuple[TouchpointDoc, ...]:
        names = [part.strip() for lane, text in texts if lane == "touchpoint"
                 for part in _SEVERAL.split(text) if part.strip()]  # fmt: skip
        kept = [self._fit(name, Touchpoint, "name", "touchpoint", line)
                for name in dict.fromkeys(names)]  # fmt: skip
        return tuple(
            TouchpointDoc(name, primary=n == 0) for n, name in enumerate(filter(None, kept))
        )

    def _pains(self, texts: list[tuple[str, str]], line: int) -> tuple[PainDoc, ...]:
        found = [self._fit(text, PainPoint, "text", "pain", line)
                 for lane, text in texts if lane == "pain"]  # fmt: skip
        return tuple(PainDoc(text) for text in found if text)

    def _feeling(self, lane: str, line: int) -> int | None:
        text = self.text_at(lane, line)
        if not text:
            return None
        shift = self.shifts.get(lane, 0)
        found = FACES.get(text.replace("\ufe0f", "")) if not shift else None
        number = _whole(text)
        if found is None and number is not None and -2 <= number + shift <= 2:
            found = number + shift
        if found is None:
            self._left(line, lane, _("“%(text)s” is no feeling from −2 to +2.")
                       % {"text": text[:40]})  # fmt: skip
        return found

    def _wait(self, line: int) -> str:
        text = self.text_at("wait", line)
        try:
            return read_duration(text)
        except NotADuration as error:
            self._left(line, "wait", str(error))
            return ""

    def _fit(self, text: str, model: Any, name: str, lane: str, line: int) -> Translated:
        limit = limit_of(model, name)
        if limit and len(text) > limit:
            words = _("The text has %(n)d characters; %(limit)d fit. It was left out: shorten it.")
            self._left(line, lane, words % {"n": len(text), "limit": limit})
            return Translated()
        return Translated.of(text, self.lang)

    def _left(self, line: int, lane: str, message: str) -> None:
        self.troubles.append(Trouble(line + 1, lane, message))

    @staticmethod
    def _joined(texts: Iterable[tuple[str, str]], lane: str) -> str:
        return "\n".join(text for key, text in texts if key == lane)


def _is_of_five(texts: Iterable[str]) -> bool:
    """Whether all numbers of a column go from 1 to 5 and one is beyond our scale."""
    numbers = [number for text in texts if (number := _whole(text)) is not None]
    return bool(numbers) and min(numbers) >= 1 and 2 < max(numbers) <= 5


def _whole(text: str) -> int | None:
    clean = text.replace("−", "-").removeprefix("+").strip()
    return int(clean) if re.fullmatch(r"-?\d{1,3}", clean) else None
