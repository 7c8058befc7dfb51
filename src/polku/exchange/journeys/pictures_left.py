"""Pictures that a sheet names and cannot bring: it holds their words alone."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import ngettext

from polku.exchange.journeys.columns import SheetRow
from polku.exchange.journeys.lane_words import lane_named
from polku.journeys.document_shapes import PICTURED_STEP, JourneyDoc


def pictures_left(rows: Iterable[SheetRow], doc: JourneyDoc) -> int:
    """How many pictures that the rows name do not hang at their step and lane in *doc*; what the
    rows take out, or the step of which they take out, is not missed."""
    hung = Counter(
        (str(step.number), lane)
        for step in doc.steps
        for lane in (PICTURED_STEP, *step.cells)
        for _one in step.pictures_of(lane)
    )
    steps = {"", *(str(step.number) for step in doc.steps)}
    named = Counter(
        (at, lane_named(row["lane"]))
        for row in rows
        if row["picture"] and not row.is_taken_out
        and (at := row["step"].removesuffix(".0")) in steps
    )  # fmt: skip
    return (named - hung).total()


def told_left(n: int) -> tuple[str, ...]:
    """What a person is told of them, and what they can do; nothing where there are none."""
    words = ngettext(
        "%(n)d picture stays behind: a sheet holds only its words. Hang it anew; to move a whole "
        "place with its pictures, restore a backup.",
        "%(n)d pictures stay behind: a sheet holds only their words. Hang them anew; to move a "
        "whole place with its pictures, restore a backup.",
        n,
    )
    return (words % {"n": n},) if n else ()
