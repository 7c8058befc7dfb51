"""The page of a goal: which services serve it, what is asked for it, and what is missing."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.kernel.clock import today_in
from polku.portfolio.entities import REQUIREMENT, SERVICE
from polku.portfolio.models import StrategyGoal
from polku.portfolio.queries import visible_goals
from polku.web.desk.objects import ObjectPage, section
from polku.web.desk.services_dials import state_word
from polku.web.desk.ties_sections import tied
from polku.web.desk.values import enum_html, link_html, state_html

STAGES = ("", "idea", "being_made", "in_test", "live", "ending", "on_hold", "ended")
COUNTING = frozenset({"idea", "being_made", "in_test", "live"})


def serving(page: ObjectPage) -> str:
    """Services by state with their phase, wishes that hang on it, parts, and the gap in words."""
    goal: StrategyGoal = page.obj
    ties = tied(page, "L01", forward=False)
    services = [tie.other for tie in ties]
    wishes: list[Any] = [tie.other for tie in tied(page, "L03", forward=False)]
    context = {
        "groups": _by_state(page, ties), "count": len(services),
        "wishes": [
            (link_html(wish, page.actor.workspace), state_html(REQUIREMENT, wish.state))
            for wish in wishes
        ],
        "parts": [
            link_html(part, page.actor.workspace)
            for part in visible_goals(page.actor).filter(parent=goal).order_by("sort_title", "id")
        ],
        "gaps": _gaps(page, goal, [t.other for t in ties if t.thread != "guess"], wishes),
        "tie_url": f"{page.page_url('tie_create')}?way=L01-from" if page.can_edit else "",
    }  # fmt: skip
    return render_to_string("goals/section_serving.html", context)


def _by_state(page: ObjectPage, ties: list[Any]) -> list[dict[str, Any]]:
    phase = SERVICE.by_name["lifespan_phase"]
    return [
        {
            "word": state_word(state),
            "services": [
                {
                    "link": link_html(tie.other, page.actor.workspace), "thread": tie.thread,
                    "phase": enum_html(SERVICE, phase, tie.other.lifespan_phase)
                    if state == "live" and tie.other.lifespan_phase != "unknown" else "",
                }
                for tie in ties
                if tie.other.managed_state == state
            ],
        }
        for state in STAGES
        if any(tie.other.managed_state == state for tie in ties)
    ]  # fmt: skip


def _gaps(
    page: ObjectPage, goal: StrategyGoal, services: list[Any], wishes: list[Any]
) -> list[str]:
    """What keeps the goal from being believable, in words."""
    if goal.state != StrategyGoal.State.ACTIVE:
        return []
    gaps = []
    serving_now = [row for row in services if row.managed_state in COUNTING]
    if not serving_now:
        gaps.append(_("No service that is being made or live serves it."))
    elif not any(row.managed_state == "live" for row in serving_now):
        gaps.append(_("Nothing that people can use today serves it."))
    fading = [row for row in serving_now if row.lifespan_phase == "decline"]
    if fading and len(fading) == len(serving_now):
        gaps.append(_("Every service that serves it is fading."))
    open_wishes = sum(wish.state in {"asked", "later"} for wish in wishes)
    if open_wishes:
        words = ngettext(
            "%(n)d wish that hangs on it is not decided.",
            "%(n)d wishes that hang on it are not decided.", open_wishes,
        )  # fmt: skip
        gaps.append(words % {"n": open_wishes})
    if goal.horizon_to is None:
        gaps.append(_("Nobody has said by when."))
    elif goal.horizon_to < today_in(page.actor.workspace):
        gaps.append(_("Its day has passed, and nobody has said whether it was reached."))
    return gaps


section("strategy_goal", "body", serving, order=10)
