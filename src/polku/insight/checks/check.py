"""What a check is made of: whom it looks at, what it calls loose, its limits and its least data.

A check is a row of data with two functions: ``among`` gives everything that is looked at,
``loose`` narrows it to what hangs loose. The engine (``operations/checking.py``) does the rest:
who answers for it, since when, what was dismissed, on how many it looked.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from polku.kernel.answers import Sentence
from polku.tenancy.models import Workspace

type Rows = QuerySet[Any]
type Numbers = Collection[int]
type Hearing = Callable[[Workspace, Numbers], Iterable[int]]
type Told = dict[int, dict[str, Any]]


@dataclass(frozen=True)
class Limit:
    """A number of a rule that a workspace may set for itself.

    ``unit`` is ``days``, ``months``, ``pieces`` or ``percent``; all limits are whole numbers, so
    that every comparison is exact.
    """

    name: str
    usual: int
    unit: str
    least: int
    most: int
    label: Sentence


@dataclass(frozen=True)
class Look:
    """One look: where, on which day, with which limits; *only* these objects, or all."""

    workspace: Workspace
    day: dt.date
    limits: Mapping[str, int] = field(default_factory=dict)
    only: frozenset[int] | None = None

    def before(self, name: str) -> dt.date:
        """The day that lies a limit of days or months before today."""
        return earlier(self.day, self.limits[name], "months" if name == "months" else "days")


def earlier(day: dt.date, n: int, unit: str) -> dt.date:
    """*n* days or calendar months before *day*; the 31st becomes the last day of a short month."""
    if unit != "months":
        return day - dt.timedelta(days=n)
    months = day.year * 12 + day.month - 1 - n
    year, month = divmod(months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


@dataclass(frozen=True)
class Least:
    """The least data below which a check raises nothing: *need* rows, and what they are.

    Sleeping until a kind of tie was used once is the same with a need of one (DECISIONS 30).
    ``rows`` are counted together. ``wakes_on`` are events of history, such as ``link.made:L01``,
    after which the check looks at everything when the need has just been met.
    """

    rows: tuple[Callable[[Workspace], Rows], ...]
    what: Sentence
    need: int = 1
    wakes_on: tuple[str, ...] = ()

    def have(self, workspace: Workspace, most: int | None = None) -> int:
        """How many there are; with *most*, counts no further than so many of each."""
        return sum(rows(workspace)[:most].count() for rows in self.rows)

    def is_met(self, workspace: Workspace) -> bool:
        """Whether there are enough."""
        return self.have(workspace, self.need) >= self.need

    def is_just_met(self, workspace: Workspace) -> bool:
        """Whether there are exactly enough, as after the event that brought the last one."""
        return self.have(workspace, self.need + 1) == self.need


@dataclass(frozen=True)
class Period:
    """A stretch of days; findings about it carry its name, those of the next are others."""

    name: str
    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        """Both ends count."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Coverage:
    """Days of the period of which the source says anything, and the share that is needed."""

    covered: Callable[[Look, Period], int]
    need: Fraction

    def is_met(self, covered: int, period: Period) -> bool:
        """Compared as exact fractions."""
        return Fraction(covered, period.days) >= self.need


@dataclass(frozen=True)
class Check:
    """One check, known by its ``title``.

    ``sentence`` and ``rule`` may name limits and what was found: ``%(days)s``, ``%(n)s``.
    ``owners`` are the columns of who answers, the first that is not empty; ``tells`` gives more
    about found objects: ``names`` (texts), ``things`` (pairs of kind and number), ``n`` and others,
    and ``labels`` says what stands before the names and things. ``after_import`` ones speak about
    untouched rows of a file too, counted once per import. ``mend`` names what closes it:
    ``field:owner_party``, ``tie:L01-to`` (the way, from here to there), ``step``, ``review``,
    ``offering``, ``pieces``, ``decide``, ``page``. ``hears``
    names other kinds whose change can tie or untie it, and how to come from them to its own;
    ``hears_of`` narrows that to changes of some fields, where coming from there is long;
    ``rests_on`` does so for its own kind, by the names under which history tells of changes.
    ``window`` is the limit whose stretch of days before today it looks back on; ``period`` gives a
    stretch with a name of its own.
    """

    code: str
    kind: str
    severity: str
    among: Callable[[Look], Rows]
    loose: Callable[[Look, Rows], Rows]
    title: Sentence
    looks_at: Sentence
    rule: Sentence
    sentence: Sentence
    why: Sentence
    mend: str
    feature: str = ""
    limits: tuple[Limit, ...] = ()
    least: Least | None = None
    owners: tuple[str, ...] = ("owner_party_id",)
    tells: Callable[[Look, Numbers], Told] | None = None
    labels: Mapping[str, Sentence] = field(default_factory=dict)
    after_import: bool = False
    import_sentence: Any = ""
    hears: Mapping[str, Hearing] = field(default_factory=dict)
    hears_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rests_on: frozenset[str] = frozenset()
    window: str = ""
    period: Callable[[Look], Period] | None = None
    coverage: Coverage | None = None

    @property
    def usual(self) -> dict[str, int]:
        """The limits as Polku comes with them."""
        return {limit.name: limit.usual for limit in self.limits}
