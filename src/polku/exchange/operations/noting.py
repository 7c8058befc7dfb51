"""What is told of rows after they were noted, and how many came to what."""

from typing import Any

from polku.exchange.planning.rows import PlanRow
from polku.exchange.planning.troubles import Trouble
from polku.kernel.models import ImportRow, ImportRun


def tell_late(run: ImportRun, plan: PlanRow, trouble: Trouble, outcome: str = "") -> None:
    """A remark on a row that is noted already; with *outcome*, what became of it instead."""
    rows = ImportRow.objects.filter(run=run, sheet=plan.sheet[:120], row_number=plan.number)
    for row in rows:
        row.problems = [*row.problems, trouble.plain()]
        row.outcome = outcome or row.outcome
        row.save(update_fields=["problems", "outcome"])


def counts_of_rows(run: ImportRun) -> dict[str, int]:
    """Rows by outcome, and ``look``: those with something to look at."""
    found: dict[str, Any] = dict.fromkeys(("new", "changed", "same", "left_out", "look", "rows"), 0)
    rows = ImportRow.objects.filter(run=run).values_list("outcome", "problems")
    for outcome, problems in rows.iterator():
        found[outcome] += 1
        found["rows"] += 1
        found["look"] += bool(problems)
    return found
