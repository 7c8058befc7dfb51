"""A step between states with what belongs to it for that kind of object."""

from collections.abc import Callable
from typing import Any

from polku.kernel.actor import Actor
from polku.kernel.audit import kind_of
from polku.kernel.models import Transition
from polku.kernel.transitions import Step, move
from polku.portfolio.operations.offerings import publish
from polku.portfolio.operations.packages import publish_package
from polku.portfolio.operations.requirements import ask_again, decline
from polku.portfolio.operations.versions import release

STEP_VERBS: dict[tuple[str, str], Callable[..., Transition]] = {
    ("offering", "published"): publish,
    ("requirement", "asked"): ask_again,
    ("requirement", "will_not_do"): decline,
    ("product_version", "live"): release,
    ("service_package", "published"): publish_package,
}


def take_step(obj: Any, step: Step, *, by: Actor) -> Transition:
    """Take a step with what belongs to it for this kind of object; others simply move."""
    verb = STEP_VERBS.get((kind_of(obj), step.to))
    return verb(obj, step, by=by) if verb else move(obj, step, by=by)
