"""How the numbers of progress went: one reading a day, as series for pictures and tables."""

import datetime as dt
from dataclasses import dataclass

from polku.insight.operations.progress import DIALS, ENDS, GRADES
from polku.kernel.actor import Actor
from polku.kernel.answers import require
from polku.kernel.clock import today_in
from polku.kernel.models import ProgressReading
from polku.kernel.policy import may_read_inside

USUAL_DAYS = 91
MONTH = dt.timedelta(days=30)


@dataclass(frozen=True)
class Reading:
    """The numbers of one day: open ends by grade, unknown dials of all; None where not noted."""

    day: dt.date
    urgent: int = 0
    attention: int = 0
    note: int = 0
    unknown: int | None = None
    dials: int | None = None

    @property
    def open(self) -> int:
        """All grades."""
        return self.urgent + self.attention + self.note


def readings(actor: Actor, days: int = USUAL_DAYS) -> list[Reading]:
    """The days of the stretch before today on which the numbers were noted, oldest first."""
    require(may_read_inside(actor))
    today = today_in(actor.workspace)
    rows = ProgressReading.objects.filter(
        workspace=actor.workspace, day__gt=today - dt.timedelta(days=days), day__lte=today
    )
    by_day: dict[dt.date, dict[str, tuple[int, int | None]]] = {}
    for measure, day, n, out_of in rows.values_list("measure", "day", "n", "out_of"):
        by_day.setdefault(day, {})[measure] = (n, out_of)
    return [_reading(day, found) for day, found in sorted(by_day.items())]


def _reading(day: dt.date, found: dict[str, tuple[int, int | None]]) -> Reading:
    grades = {grade: found.get(f"{ENDS}.{grade}", (0, None))[0] for grade in GRADES}
    unknown, dials = found.get(DIALS, (None, None))
    return Reading(day, unknown=unknown, dials=dials, **grades)


def month_before(series: list[Reading]) -> Reading | None:
    """The reading of a month before the last one, or the nearest one before that day."""
    if not series:
        return None
    last = series[-1].day - MONTH
    return next((reading for reading in reversed(series) if reading.day <= last), None)
