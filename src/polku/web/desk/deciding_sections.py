"""Decisions on the page of what they are about, and the page of a decision itself."""

from typing import Any

from django.template.loader import render_to_string

from polku.kernel import history
from polku.kernel.clock import today_in
from polku.kernel.entities import DECISION
from polku.kernel.models import Decision
from polku.kernel.policy import may_change
from polku.kernel.queries import find, visible_kind
from polku.kernel.registry import entity as entity_row
from polku.kernel.registry import has_entity
from polku.web.desk.addresses import object_url, page_url
from polku.web.desk.moves import state_of
from polku.web.desk.moves_steps import steps_shown
from polku.web.desk.objects import EVERY_KIND, ObjectPage, section
from polku.web.desk.values import link_html

LAST = 5


def decisions_about(page: ObjectPage) -> list[Decision]:
    """Decisions about the page's thing, newest first; read once a page."""
    if "decisions" not in page.shared:
        page.shared["decisions"] = history.decisions_about(page.actor, page.obj)
    found: list[Decision] = page.shared["decisions"]
    return found


def decisions(page: ObjectPage) -> str:
    """The last decisions, and the way to write one down."""
    if not page.actor.is_internal or page.entity.kind in {"decision", "party"}:
        return ""
    rows = decisions_about(page)
    may = page.may_change and not page.obj.archived
    if not rows and not may:
        return ""
    today = today_in(page.actor.workspace)
    shown = [_shown(page, row, today) for row in rows]
    context = {
        "decisions": shown[:LAST], "older": shown[LAST:], "count": len(rows),
        "add_url": page.page_url("decide") if may else "",
    }  # fmt: skip
    return render_to_string("decisions/section_decisions.html", context)


def _shown(page: ObjectPage, row: Decision, today: Any) -> dict[str, Any]:
    revised = bool(row.is_revised)  # type: ignore[attr-defined]
    return {
        "row": row, "url": object_url(page.actor.workspace, DECISION, row.code),
        "outcome": row.get_outcome_display(), "revised": revised,
        "overdue": not revised and row.look_again_on is not None and row.look_again_on < today,
    }  # fmt: skip


def decision_body(page: ObjectPage) -> str:
    """What a decision was about, what was signed for, what came before and after."""
    row: Decision = page.obj
    subject = (
        find(page.actor, row.subject_kind, row.subject_id)
        if row.subject_id and has_entity(row.subject_kind)
        else None
    )
    later = list(visible_kind(page.actor, DECISION).filter(revises=row))
    may = subject is not None and bool(may_change(page.actor, subject)) and not later
    context = {
        "row": row, "outcome": row.get_outcome_display(), "kind": row.get_kind_display(),
        "subject": link_html(subject, page.actor.workspace) if subject else _code(page, row),
        "former": _former(page, row), "decider": _decider(page, row),
        "later": [link_html(one, page.actor.workspace) for one in later],
        "steps": _steps(page, row, subject), "skipped": _skipped(row),
        "revise_url": page_url(page.actor.workspace, DECISION, "revise", code=row.code)
        if may else "", "workspace": page.actor.workspace,
    }  # fmt: skip
    return render_to_string("decisions/section_decision.html", context)


def _skipped(row: Decision) -> list[dict[str, str]]:
    """States that the step jumped over, by word and sign."""
    if not row.skipped_gates or not has_entity(row.subject_kind):
        return []
    machine = entity_row(row.subject_kind).machine
    return [state_of(machine, code) for code in row.skipped_gates] if machine else []


def _code(page: ObjectPage, row: Decision) -> str:
    """The code of what is gone; nothing for somebody who may not know of it."""
    return row.subject_code if page.actor.is_internal else ""


def _former(page: ObjectPage, row: Decision) -> str:
    hidden = row.revises_id is None or ("decision", row.revises_id) in page.unseen
    return "" if hidden else link_html(row.revises, page.actor.workspace)


def _decider(page: ObjectPage, row: Decision) -> str:
    hidden = ("party", row.decider_party_id) in page.unseen
    return "" if hidden else row.decider_party.name


def _steps(page: ObjectPage, row: Decision, subject: Any) -> list[dict[str, Any]]:
    """The step through the gate that this decision was taken for, with its answers."""
    if subject is None or not page.actor.is_internal:
        return []
    entity = entity_row(row.subject_kind)
    if entity.machine is None:
        return []
    steps = history.transitions_of(page.actor, subject)
    taken = [step for step in steps if step.decision_id == row.pk]
    return [
        {**step, "cancel_url": "", "correct_url": ""}
        for step in steps_shown(page.actor, entity, subject, taken)
    ]


section(EVERY_KIND, "history", decisions, order=30)
section("decision", "body", decision_body, instead_of="facts")
