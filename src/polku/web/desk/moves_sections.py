"""What comes next, on every page of a thing with states; and the steps it took."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from polku.kernel.answers import Answer
from polku.kernel.machines import Move
from polku.kernel.models import Transition
from polku.kernel.transitions import offered_moves
from polku.web.desk.moves_steps import steps_shown
from polku.web.desk.objects import EVERY_KIND, ObjectPage, section
from polku.web.desk.objects_head import steps_of

LAST = 1

# The natural next step of each state; where none is named, nothing is pressed upon the reader
NATURAL: dict[str, dict[str, str]] = {
    "service": {
        "idea": "being_made", "being_made": "in_test", "in_test": "live", "ending": "ended",
    },
    "requirement": {"asked": "will_do", "will_do": "done", "later": "will_do"},
    "offering": {"draft": "published"},
    "strategy_goal": {"active": "reached"},
    "touchpoint": {"planned": "live", "paused": "live"},
    "component": {"planned": "in_use"},
    "relationship": {"prospect": "active", "dormant": "active"},
    "segment": {"candidate": "targeted"},
}  # fmt: skip


@dataclass(frozen=True)
class Way:
    """One step as a button: where it leads, whether it may be taken, how much it stands out."""

    to: str
    label: str
    url: str
    answer: Answer
    primary: bool
    unknown: int


def next_step(page: ObjectPage) -> str:
    """The natural step first, the others quiet; a refused one stays with its reason."""
    if page.entity.machine is None or page.obj.archived or not page.actor.is_internal:
        return ""
    ways = ways_of(page)
    if not ways:
        return ""
    first = next((way for way in ways if way.primary), None)
    reasons = {str(way.answer.reason) for way in ways if not way.answer.ok}
    context = {
        "first": first, "others": [way for way in ways if way is not first],
        "reason": reasons.pop() if len(reasons) == 1 else "",
    }  # fmt: skip
    return render_to_string("moves/section_next_step.html", context)


def ways_of(page: ObjectPage) -> list[Way]:
    """Every step that the state allows, each with the policy's answer."""
    machine = page.entity.machine
    state = getattr(page.obj, page.entity.state_field)
    natural = NATURAL.get(machine.code if machine else "", {}).get(state, "")
    return [
        _way(page, found, answer, natural) for found, answer in offered_moves(page.obj, page.actor)
    ]


def _way(page: ObjectPage, found: Move, answer: Any, natural: str) -> Way:
    size = page.actor.workspace.size_profile
    url = page.page_url("move", to=found.to)
    primary = found.to == natural and bool(answer)
    questions = found.questions(size, page.obj)
    return Way(found.to, str(found.verb), url, answer, primary, len(questions))


def steps(page: ObjectPage) -> str:
    """Planned steps with the way back, and the last ones taken."""
    if page.entity.machine is None or not page.actor.is_internal:
        return ""
    rows: list[Transition] = steps_of(page)
    if not rows:
        return ""
    shown = steps_shown(page.actor, page.entity, page.obj, rows)
    planned = [step for step in shown if step["mark"] == "planned"]
    taken = [step for step in shown if step["mark"] != "planned"]
    context = {
        "planned": planned, "taken": taken[:LAST], "more": len(taken) > LAST, "page": page,
        "workspace": page.actor.workspace, "more_url": page.page_url("step_list"),
    }  # fmt: skip
    return render_to_string("moves/section_steps.html", context)


section(EVERY_KIND, "next_step", next_step)
section(EVERY_KIND, "history", steps, order=40)
