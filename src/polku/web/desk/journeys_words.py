"""The words of journeys that several pages share."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from polku.journeys.documents import StepDoc
from polku.journeys.models import PainPoint, Step

EVIDENCE = {
    "assumed": gettext_lazy("assumed"), "observed": gettext_lazy("observed"),
    "measured": gettext_lazy("measured"),
}  # fmt: skip
DECISIONS = dict(PainPoint.Decision.choices)
DECISION_SIGNS = {"mend": "planned", "accepted": "same", "mended": "good", "open": "unknown"}
SPHERES = dict(Step.Sphere.choices)


def step_title(step: StepDoc, lang: str) -> str:
    """The name of a step, never empty."""
    return step.title(lang) or _("(no name)")


def numbered(step: StepDoc, lang: str) -> str:
    """``5 Enters``."""
    return f"{step.place} {step_title(step, lang)}"


def steps_words(n: int) -> str:
    """How many steps."""
    return ngettext("%(n)d step", "%(n)d steps", n) % {"n": n}
