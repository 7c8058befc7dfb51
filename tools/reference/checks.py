"""The page of all checks, made from their table."""

from polku.insight.checks import ROOMS, Check
from polku.insight.telling import amount, filled
from polku.kernel.models import LooseEnd

INTRO = """# What is looked for

Each check looks each night, on request (*Look again now*, `polku loose-ends refresh`) and whenever
something that it is about changes. What it finds is a loose end. Numbers in a rule are limits that
those who look after settings set for their own workspace: *Loose ends*, *What is looked for*,
*Change*. A check whose subject is switched off in the settings is hidden with it. A check that
needs data raises nothing until there is enough; its page says what it has and needs.
"""
HEAD = """| code | check | looks at | hangs loose when | grade | needs |
|---|---|---|---|---|---|"""


def page() -> str:
    """Markdown: one table for each room."""
    parts = [INTRO]
    for room in ROOMS:
        rows = "\n".join(_row(check) for check in room.checks)
        parts.append(f"## {room.name}\n\n{HEAD}\n{rows}\n")
    parts.append(_limits())
    return "\n".join(parts)


def _row(check: Check) -> str:
    severity = dict(LooseEnd.Severity.choices)[check.severity]
    least = f"{check.least.need}: {check.least.what}" if check.least else ""
    rule = filled(check, check.rule, {})
    return f"| {check.code} | {check.title} | {check.looks_at} | {rule} | {severity} | {least} |"


def _limits() -> str:
    lines = ["## Limits", "", "| check | limit | usual | from | to |", "|---|---|--:|--:|--:|"]
    lines += [
        f"| {check.code} | {limit.label} | {amount(limit.usual, limit.unit)} | {limit.least} "
        f"| {limit.most} |"
        for room in ROOMS
        for check in room.checks
        for limit in check.limits
    ]
    return "\n".join(lines) + "\n"
