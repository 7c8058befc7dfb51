"""What a plan is made of: one record for each row of the file, and what is beside the rows."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from polku.exchange.planning.troubles import Trouble
from polku.exchange.spreadsheet.mapping import Mapping as FileMapping
from polku.exchange.spreadsheet.parties import PartyName
from polku.exchange.spreadsheet.workbook import Workbook

type Outcome = Literal["new", "same", "changed", "left_out"]
# A row elsewhere in the plan: sheet and row number; or an object here: kind and inner number.
type Target = tuple[str, int]


@dataclass(slots=True)
class PlanRow:
    """What one row becomes.

    ``values`` are outside values of the entity; ``own`` are columns of the sender's, None to clear;
    ``state`` is where it is to stand; ``wants`` are things beside it, by name. ``changes`` are
    ``{field: [before, after]}`` in words, for showing. ``ref`` is the key kept in ``ExternalRef``.
    """

    sheet: str
    number: int
    kind: str
    title: str
    outcome: Outcome = "new"
    obj: Any = None
    ref: str = ""
    raw: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    own: dict[str, str | None] = field(default_factory=dict)
    state: str | None = None
    changes: dict[str, list[Any]] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    wants: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> Target:
        """Where it stands in the file."""
        return self.sheet, self.number

    def forget(self) -> None:
        """Drop what was stored by now: a long file is not held in memory to its end."""
        self.raw, self.values, self.own, self.changes = {}, {}, {}, {}
        self.troubles = []

    def problems(self) -> list[dict[str, Any]]:
        """What is to be looked at, as it is stored."""
        return [trouble.plain() for trouble in self.troubles if trouble.look]

    def notes(self) -> list[dict[str, Any]]:
        """What is only told, as it is stored beside the dry run."""
        return [trouble.plain() for trouble in self.troubles if not trouble.look]


def left_out(plan: PlanRow, code: str, column: str = "", **facts: Any) -> PlanRow:
    """A row of which nothing can be made."""
    plan.outcome = "left_out"
    plan.troubles = [Trouble(code, column, facts)]
    return plan


def refused(plan: PlanRow, error: Exception) -> PlanRow:
    """A row that could not be stored, with the reason."""
    words = getattr(error, "messages", None)
    fields = getattr(error, "fields", None) or {}
    told = " ".join(str(text) for text in words or fields.values()) or str(error)
    return left_out(plan, "not_stored", message=told[:200])


@dataclass(slots=True)
class Stub:
    """A meeting point that a list of channels asks for."""

    name: str
    lang: str
    use: str = ""


@dataclass(slots=True)
class Plan:
    """The whole dry run. ``parties``, ``segments``, ``stubs`` and ``parts`` are what the rows ask
    for and is not here, by folded name; ``supplied`` are services with the part that their supplier
    brings; ``further`` is what the sheets beside the four ask for
    (:class:`~polku.exchange.planning.further.Further`); ``missing`` are codes and titles that the
    file left out."""

    workbook: Workbook
    mapping: FileMapping
    rows: list[PlanRow] = field(default_factory=list)
    parties: dict[str, PartyName] = field(default_factory=dict)
    segments: dict[str, dict[str, str]] = field(default_factory=dict)
    stubs: dict[str, Stub] = field(default_factory=dict)
    parts: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    supplied: set[tuple[Target, str]] = field(default_factory=set)
    missing: list[tuple[str, str]] = field(default_factory=list)
    missing_count: int = 0
    here: Any = None
    switches: tuple[str, ...] = ()
    further: Any = None

    @property
    def all_rows(self) -> list[PlanRow]:
        """The rows of the four sheets, then those of the sheets beside them."""
        return [*self.rows, *(self.further.rows if self.further is not None else ())]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by outcome, and ``look``: those with something to look at."""
        rows = self.all_rows
        found = Counter[str](row.outcome for row in rows)
        look = sum(any(t.look for t in row.troubles) for row in rows)
        names = ("new", "changed", "same", "left_out")
        return {**{name: found[name] for name in names}, "look": look, "rows": len(rows)}
