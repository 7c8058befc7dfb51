"""Results as plain data, ready for JSON: every answer with n, period, facts and rows."""

from collections.abc import Mapping
from typing import Any

from polku_mining.answers import Answer
from polku_mining.log import Log


def results(log: Log, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """What was read, and each answer as ``name`` (facts) and ``name_rows``."""
    problems = log.problems
    head = {
        "events": log.n_events, "cases": log.n_cases, "activities": log.n_activities,
        "period": str(log.period), "rows": problems.rows, "left_out": problems.left_out,
        "problems": dict(problems.counts), "remarks": [str(r) for r in problems.remarks],
        "guessed": problems.guessed, "looks_personal": problems.personal,
        "examples": [str(problem) for problem in problems.examples],
    }  # fmt: skip
    facts = {name: answer.facts for name, answer in answers.items() if answer.facts}
    return head | facts | {f"{k}_rows": answer.to_pylist() for k, answer in answers.items()}
