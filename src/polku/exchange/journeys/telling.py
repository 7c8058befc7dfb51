"""What a sheet would change, piece by piece, for a reader: shown before anything is kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from polku.exchange.journeys.pieces import is_same_point
from polku.journeys.comparing import compare
from polku.journeys.document_shapes import CellDoc, JourneyDoc, Named, PainDoc, StageDoc, StepDoc
from polku.tenancy.translated import Translated

type How = Literal["new", "changed", "gone", "moved"]

# What a piece carries for itself alone, and what is told piece by piece
_SILENT = frozenset({
    "id", "number", "thread", "place", "row", "cells", "touchpoints", "pains", "steps", "stages",
    "code", "version", "state", "edits", "suspect", "link_id", "is_new",
})  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One difference. ``step`` is none for stages and the whole; ``what`` is the key of a lane or
    the name of a field; texts are in the reader's language, or in the first that differs."""

    how: How
    step: StepDoc | None
    stage: StageDoc | None
    what: str
    before: str = ""
    after: str = ""
    lang: str = ""


def told_changes(before: JourneyDoc, after: JourneyDoc, lang: str) -> list[Told]:
    """All that differs between two documents of one journey."""
    return list(_told(before, after, lang))


def _told(before: JourneyDoc, after: JourneyDoc, lang: str) -> Iterator[Told]:
    yield from _fields(before, after, None, None, "", lang)
    yield from _pieces(before.pains, after.pains, None, "pains", lang)
    yield from _stages(before, after, lang)
    found = compare(before, after)
    for pair in found.pairs:
        if pair.before is None and pair.after is not None:
            yield Told("new", pair.after, pair.stage, "step", after=pair.after.title(lang))
        elif pair.after is None and pair.before is not None:
            yield Told("gone", pair.before, pair.stage, "step", before=pair.before.title(lang))
        elif pair.before is not None and pair.after is not None:
            if pair.is_moved:
                yield Told("moved", pair.after, pair.stage, "step", str(pair.before.place),
                           str(pair.after.place))  # fmt: skip
            yield from _step(pair.before, pair.after, lang)


def _stages(before: JourneyDoc, after: JourneyDoc, lang: str) -> Iterator[Told]:
    then = {stage.number: stage for stage in before.stages}
    now = {stage.number for stage in after.stages}
    for stage in after.stages:
        if stage.number not in then or not stage.number:
            yield Told("new", None, stage, "stage", after=stage.name.reading(lang).text)
        else:
            yield from _fields(then[stage.number], stage, None, stage, "stage", lang)
    for number, stage in then.items():
        if number not in now:
            yield Told("gone", None, stage, "stage", before=stage.name.reading(lang).text)
    stay = [stage.number for stage in before.stages if stage.number in now]
    ordered = [stage.number for stage in after.stages if stage.number in then]
    if stay != ordered:
        yield Told("moved", None, None, "stages")


def _step(old: StepDoc, new: StepDoc, lang: str) -> Iterator[Told]:
    yield from _fields(old, new, new, None, "", lang)
    for row in dict.fromkeys((*old.cells, *new.cells)):
        yield from _pieces(old.cells.get(row, ()), new.cells.get(row, ()), new, row, lang)
    yield from _points(old, new, lang)
    yield from _pieces(old.pains, new.pains, new, "pains", lang)


def _points(old: StepDoc, new: StepDoc, lang: str) -> Iterator[Told]:
    for point in new.touchpoints:
        if not any(is_same_point(point, one) for one in old.touchpoints):
            yield Told("new", new, None, "touchpoint", after=point.name.reading(lang).text)
    for point in old.touchpoints:
        if not any(is_same_point(point, one) for one in new.touchpoints):
            yield Told("gone", new, None, "touchpoint", before=point.name.reading(lang).text)
    first = [[p.name.reading(lang).text for p in step.touchpoints if p.primary]
             for step in (old, new)]  # fmt: skip
    if first[0] != first[1] and {p.code for p in old.touchpoints} == {
        p.code for p in new.touchpoints
    }:
        yield Told("changed", new, None, "touchpoint", "".join(first[0]), "".join(first[1]))


def _pieces(
    old: tuple[Any, ...], new: tuple[Any, ...], step: StepDoc | None, what: str, lang: str
) -> Iterator[Told]:
    then = {piece.number: piece for piece in old}
    now = {piece.number for piece in new}
    for piece in new:
        if not piece.number or piece.number not in then:
            yield Told("new", step, None, what, after=piece.text.reading(lang).text)
        else:
            yield from _fields(then[piece.number], piece, step, None, what, lang)
    for piece in old:
        if piece.number not in now:
            yield Told("gone", step, None, what, before=_words(piece, lang))


def _words(piece: CellDoc | PainDoc, lang: str) -> str:
    """What it says, else what is to be seen in it."""
    picture = piece.picture if isinstance(piece, CellDoc) else None
    return (piece.text or (picture.words if picture else piece.text)).reading(lang).text


def _fields(
    old: Any, new: Any, step: StepDoc | None, stage: StageDoc | None, what: str, lang: str
) -> Iterator[Told]:
    for part in fields(old):
        was, now = getattr(old, part.name), getattr(new, part.name)
        if part.name in _SILENT or was == now:
            continue
        name = what if part.name in {"text", "name"} and what else part.name
        if isinstance(was, Translated):
            yield from _texts(was, now, step, stage, name, lang)
        else:
            yield Told("changed", step, stage, name, _plain(was), _plain(now))


def _texts(
    was: Translated, now: Translated, step: StepDoc | None, stage: StageDoc | None, what: str,
    lang: str,
) -> Iterator[Told]:  # fmt: skip
    texts: Mapping[str, str] = {**was.texts, **now.texts}
    for tag in sorted(texts, key=lambda tag: (tag != lang, tag)):
        before, after = was.text(tag), now.text(tag)
        if before != after:
            how: How = "changed" if before and after else "new" if after else "gone"
            yield Told(how, step, stage, what, before, after, tag)


def _plain(value: Any) -> str:
    if isinstance(value, Named):
        return f"{value.name} ({value.code})"
    return "" if value is None else str(value)
