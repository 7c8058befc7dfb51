"""Two journeys beside each other: two versions of one, or what is and what shall be.

Steps are paired by their ``thread``, which a copy and a later version keep.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from polku.journeys.document_shapes import (
    PICTURED_STEP,
    JourneyDoc,
    PictureDoc,
    StageDoc,
    StepDoc,
)
from polku.journeys.lanes import CELL_ROWS
from polku.tenancy.translated import Translated

type Sign = Literal["same", "changed", "moved", "added", "removed"]
type Value = Translated | int | bool | str | None

TEXTS = ("name", "customer_action", "expectation", "branch_when")
FACTS = (
    "emotion_target", "emotion_assumed", "sphere", "optional", "parallel_group", "expected_wait",
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """What stands where: ``what`` is a lane's key or a field's name; each side lists its texts or
    holds one value, and is empty where it says nothing. With ``is_picture`` the texts are the words
    of the pictures that hang there: they may be the same on both sides of another picture."""

    what: str
    before: tuple[Value, ...]
    after: tuple[Value, ...]
    is_picture: bool = False


@dataclass(frozen=True)
class StepPair:
    """A step on both sides, or on one. ``stage`` is the part of the journey it is told in."""

    before: StepDoc | None
    after: StepDoc | None
    stage: StageDoc
    is_moved: bool = False
    differences: tuple[Difference, ...] = ()

    @property
    def step(self) -> StepDoc:
        """The step as it is told last."""
        if self.after is not None:
            return self.after
        return self.before or StepDoc()

    @property
    def signs(self) -> tuple[Sign, ...]:
        """What is said of it, the strongest first."""
        if self.before is None:
            return ("added",)
        if self.after is None:
            return ("removed",)
        found: list[Sign] = []
        if self.differences:
            found.append("changed")
        if self.is_moved:
            found.append("moved")
        return tuple(found) or ("same",)


@dataclass(frozen=True)
class Comparison:
    """All pairs in one order, and what differs in the journey as a whole and in its parts."""

    before: JourneyDoc
    after: JourneyDoc
    pairs: tuple[StepPair, ...]
    whole: tuple[Difference, ...]

    def __bool__(self) -> bool:
        return bool(self.whole) or any(pair.signs != ("same",) for pair in self.pairs)

    def with_sign(self, sign: Sign) -> list[StepPair]:
        """The pairs of which this is said."""
        return [pair for pair in self.pairs if sign in pair.signs]

    @property
    def is_paired(self) -> bool:
        """Whether any step stands on both sides; else these are two different journeys."""
        return any(pair.before and pair.after for pair in self.pairs)


def compare(before: JourneyDoc, after: JourneyDoc) -> Comparison:
    """Pair the steps of two documents. Comparing a document with itself finds nothing."""
    old = {_key(step): step for step in before.steps}
    new = {_key(step): step for step in after.steps}
    moved = _moved(before, after)
    pairs = []
    for thread, stage in _in_one_order(before, after):
        both = old.get(thread), new.get(thread)
        pairs.append(_pair(both[0], both[1], stage, thread in moved, before, after))
    return Comparison(before, after, tuple(pairs), tuple(_whole(before, after)))


def _key(step: StepDoc) -> str:
    return step.thread or f"#{step.number or step.place}"


def _pair(
    old: StepDoc | None, new: StepDoc | None, stage: StageDoc, is_moved: bool,
    before: JourneyDoc, after: JourneyDoc,
) -> StepPair:  # fmt: skip
    if old is None or new is None:
        return StepPair(old, new, stage)
    return StepPair(old, new, stage, is_moved, tuple(_differences(old, new, before, after)))


def _in_one_order(before: JourneyDoc, after: JourneyDoc) -> list[tuple[str, StageDoc]]:
    """Threads in the order of *after*; what is gone stands after what it followed."""
    order = [(_key(step), stage) for stage in after.stages for step in stage.steps]
    known = {thread for thread, _stage in order}
    place = 0
    for stage in before.stages:
        for step in stage.steps:
            if _key(step) in known:
                place = next(n for n, one in enumerate(order) if one[0] == _key(step)) + 1
            else:
                order.insert(place, (_key(step), _same_stage(stage, after)))
                place += 1
    return order


def _same_stage(stage: StageDoc, after: JourneyDoc) -> StageDoc:
    return next((one for one in after.stages if one.thread == stage.thread), stage)


def _moved(before: JourneyDoc, after: JourneyDoc) -> set[str]:
    """Threads that stand in another stage, or in another order than those beside them."""
    stage_then = _stages(before)
    stage_now = _stages(after)
    both = [_key(step) for step in after.steps if _key(step) in stage_then]
    places = {_key(step): n for n, step in enumerate(before.steps)}
    stay = _longest_rise([places[thread] for thread in both])
    out_of_order = {thread for n, thread in enumerate(both) if n not in stay}
    return out_of_order | {t for t in both if stage_then[t] != stage_now[t]}


def _stages(doc: JourneyDoc) -> dict[str, str]:
    return {
        _key(step): stage.thread or str(stage.number)
        for stage in doc.stages
        for step in stage.steps
    }


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """Places of the longest run of numbers that only rise: those that kept their order."""
    tops: list[int] = []
    ends: list[int] = []
    links: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tops, number)
        tops[at : at + 1] = [number]
        ends[at : at + 1] = [place]
        links.append(ends[at - 1] if at else -1)
    found, place = set(), ends[-1] if ends else -1
    while place >= 0:
        found.add(place)
        place = links[place]
    return found


def _differences(
    old: StepDoc, new: StepDoc, before: JourneyDoc, after: JourneyDoc
) -> Iterator[Difference]:
    for what in TEXTS:
        yield from _if_other(what, _texts(getattr(old, what)), _texts(getattr(new, what)))
    for row in CELL_ROWS:
        yield from _if_other(row, _row(old, row), _row(new, row))
    for row in (PICTURED_STEP, *CELL_ROWS):
        yield from _if_other_pictures(row, old.pictures_of(row), new.pictures_of(row))
    yield from _if_other("touchpoint", _points(old), _points(new))
    yield from _if_other("pains", _pains(old), _pains(new))
    for what in FACTS:
        then, now = getattr(old, what), getattr(new, what)
        if then != now:
            yield Difference(what, (then,), (now,))
    yield from _if_other("sub_journey", _told(old), _told(new))
    yield from _if_other("branch_of", _branch(old, before), _branch(new, after))


def _if_other(
    what: str, before: tuple[Value, ...], after: tuple[Value, ...]
) -> Iterator[Difference]:
    if _plain(before) != _plain(after):
        yield Difference(what, before, after)


def _if_other_pictures(
    row: str, before: tuple[PictureDoc, ...], after: tuple[PictureDoc, ...]
) -> Iterator[Difference]:
    """Other pictures, or other words for the same; numbers differ from copy to copy."""
    then, now = ([(one.sha256, dict(one.words.texts)) for one in few] for few in (before, after))
    if then != now:
        words = [tuple(one.words for one in few) for few in (before, after)]
        yield Difference(row, words[0], words[1], is_picture=True)


def _plain(values: Iterable[Value]) -> list[object]:
    """Values that are equal where they read the same in each language."""
    return [dict(one.texts) if isinstance(one, Translated) else one for one in values]


def _texts(text: Translated) -> tuple[Value, ...]:
    return (text,) if text else ()


def _row(step: StepDoc, row: str) -> tuple[Value, ...]:
    return tuple(cell.text for cell in step.cells.get(row, ()))


def _points(step: StepDoc) -> tuple[Value, ...]:
    return tuple(point.name for point in sorted(step.touchpoints, key=lambda one: one.code))


def _pains(step: StepDoc) -> tuple[Value, ...]:
    return tuple(pain.text for pain in step.pains)


def _told(step: StepDoc) -> tuple[Value, ...]:
    return (step.sub_journey.code,) if step.sub_journey else ()


def _branch(step: StepDoc, doc: JourneyDoc) -> tuple[Value, ...]:
    """The thread of the step that the branch leaves: numbers differ from journey to journey."""
    if step.branch_of is None:
        return ()
    found = doc.step(step.branch_of)
    return (_key(found) if found else "",)


def _whole(before: JourneyDoc, after: JourneyDoc) -> Iterator[Difference]:
    """What differs beside the steps: name, story, parts, pains of the whole."""
    if before.kind == after.kind:  # what is and what shall be carry other names on purpose
        yield from _if_other("journey", _texts(before.name), _texts(after.name))
    yield from _if_other("scenario", _texts(before.scenario), _texts(after.scenario))
    yield from _if_other("stages", _stage_names(before), _stage_names(after))
    yield from _if_other("pains", _own_pains(before), _own_pains(after))


def _stage_names(doc: JourneyDoc) -> tuple[Value, ...]:
    return tuple(stage.name for stage in doc.stages)


def _own_pains(doc: JourneyDoc) -> tuple[Value, ...]:
    return tuple(pain.text for pain in doc.pains)
