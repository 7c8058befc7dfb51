"""What this room answers when a room below asks; the contract stands in the package."""

import datetime as dt
from typing import Any

from polku.insight.impact.asking import ImpactResult, impact
from polku.kernel.actor import Actor
from polku.kernel.events import answers


def start() -> None:
    """Answer from now on."""
    answers("what_falls", what_falls)
    answers("retirement", retirement)


def what_falls(*, actor: Actor, obj: Any, as_of: dt.date | None = None) -> ImpactResult:
    """What falls if this part, service, version or supplier stops."""
    return impact(actor, obj, "I1", as_of=as_of)


def retirement(*, actor: Actor, obj: Any, as_of: dt.date | None = None) -> ImpactResult:
    """What retiring this service, package or offering breaks."""
    return impact(actor, obj, "I2", as_of=as_of)
