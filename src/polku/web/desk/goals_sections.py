"""The page of a goal: which services serve it, what is asked for it, and what is missing."""

from collections import defaultdict
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.insight.portfolio import is_before_opening
from polku.kernel.clock import today_in
from polku.kernel.links import live_links
from polku.kernel.models import Link
from polku.kernel.queries import find_many
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
    asked = _asked_of(page, services)
    every = {wish.pk: wish for some in [wishes, *asked.values()] for wish in some}
    context = {
        "groups": _by_state(page, ties, asked), "count": len(services),
        "wishes": [_wish(page, wish) for wish in wishes],
        "parts": [
            link_html(part, page.actor.workspace)
            for part in visible_goals(page.actor).filter(parent=goal).order_by("sort_title", "id")
        ],
        "gaps": _gaps(
            page, goal, [t.other for t in ties if t.thread != "guess"], list(every.values())
        ),
        "tie_url": f"{page.page_url('tie_create')}?way=L01-from" if page.can_edit else "",
    }  # fmt: skip
    return render_to_string("goals/section_serving.html", context)


def _asked_of(page: ObjectPage, services: list[Any]) -> dict[int, list[Any]]:
    """The wishes that hang on each service, by its inner number; guesses are left out."""
    rows = live_links(page.actor).filter(
        kind="L02", to_kind="service_product", to_id__in=[service.pk for service in services],
        confidence=Link.Confidence.CONFIRMED,
    )  # fmt: skip
    pairs = list(rows.order_by("id").values_list("to_id", "from_kind", "from_id"))
    found = find_many(page.actor, {(kind, number) for _service, kind, number in pairs})
    asked: dict[int, list[Any]] = defaultdict(list)
    for service, kind, number in pairs:
        if (kind, number) in found and not found[kind, number].archived:
            asked[service].append(found[kind, number])
    return asked


def _wish(page: ObjectPage, wish: Any) -> tuple[SafeString, SafeString]:
    return link_html(wish, page.actor.workspace), state_html(REQUIREMENT, wish.state)


def _phase(service: Any) -> tuple[SafeString | str, str]:
    """The phase of life, and why it is unknown; a service that never opened has none yet."""
    if is_before_opening(service.managed_state, service.held_from_state):
        return "", ""
    reason = str((service.dial_notes or {}).get("phase", {}).get("reason", ""))
    if service.lifespan_phase == "unknown":
        reason = reason or _("no figures yet, and nobody has said")
    return enum_html(SERVICE, SERVICE.by_name["lifespan_phase"], service.lifespan_phase), reason


def _by_state(
    page: ObjectPage, ties: list[Any], asked: dict[int, list[Any]]
) -> list[dict[str, Any]]:
    return [
        {
            "word": state_word(state),
            "services": [
                {
                    "link": link_html(tie.other, page.actor.workspace), "thread": tie.thread,
                    "phase": _phase(tie.other)[0], "reason": _phase(tie.other)[1],
                    "wishes": [_wish(page, wish) for wish in asked[tie.other.pk]],
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
