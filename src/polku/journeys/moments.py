"""The moments of a journey that want mending first, from what is written down.

Each step gathers its reasons, each reason weighs; the heaviest steps come first. The weights are
judgements, kept in one place: what people were seen to suffer weighs more than what we assume, and
a decisive moment makes everything at it heavier.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.journeys.curve import CurvePoint, Observed, curve_points, signed
from polku.journeys.document_shapes import JourneyDoc, PainDoc, StepDoc

type What = Literal["pain", "under_target", "no_recovery", "no_latitude", "no_meeting_point"]

# How much a pain of severity 1 weighs, by what it rests on; one without a number counts as 2
PAIN = {"assumed": 6, "observed": 8, "measured": 9}
UNSAID_SEVERITY = 2
UNDER_TARGET, UNDER_TARGET_SEEN = 10, 13  # for each degree of feeling
NO_RECOVERY, NO_LATITUDE = 16, 12
NO_MEETING_POINT = 5
DECISIVE = 1.5
OPEN = frozenset({"open", "mend"})


@dataclass(frozen=True)
class Reason:
    """Why a step wants mending. ``pain`` or ``point`` say more for their kinds."""

    what: What
    weight: float
    pain: PainDoc | None = None
    point: CurvePoint | None = None

    def sentence(self, lang: str) -> str:
        """For a reader of *lang*, who is also the one whose language is active."""
        if self.pain is not None:
            return _pain_sentence(self.pain, lang)
        if self.point is not None:
            return _under_sentence(self.point)
        return {
            "no_recovery": _("Decisive, and nobody wrote how we put it right."),
            "no_latitude": _("Decisive, and staff do not know what they may decide alone."),
            "no_meeting_point": _("No meeting point: we do not know where it happens."),
        }[self.what]


@dataclass(frozen=True)
class Moment:
    """A step that wants mending, its reasons from the heaviest down."""

    step: StepDoc
    reasons: tuple[Reason, ...]
    weight: float


def moments_to_fix(
    doc: JourneyDoc, most: int = 3, observed: Mapping[int, Observed] | None = None
) -> list[Moment]:
    """The heaviest steps, at most so many; steps without a reason are left out."""
    found = [_moment(point) for point in curve_points(doc.steps, observed)]
    heavy = [moment for moment in found if moment.reasons]
    return sorted(heavy, key=lambda moment: (-moment.weight, moment.step.place))[:most]


def _moment(point: CurvePoint) -> Moment:
    step = point.step
    reasons = sorted(_reasons(point), key=lambda reason: -reason.weight)
    # The heaviest counts in full, the others by half: ten small things are not one great one
    weight = sum(reason.weight / (1 if n == 0 else 2) for n, reason in enumerate(reasons))
    return Moment(step, tuple(reasons), weight * (DECISIVE if step.decisive else 1))


def _reasons(point: CurvePoint) -> Iterator[Reason]:
    step = point.step
    for pain in step.pains:
        if pain.decision in OPEN:
            yield Reason("pain", PAIN[pain.evidence] * (pain.severity or UNSAID_SEVERITY), pain)
    if point.is_under:
        yield Reason("under_target", _degrees(point), point=point)
    decisive = [one for one in step.touchpoints if one.decisive]
    if any(not one.has_recovery for one in decisive):
        yield Reason("no_recovery", NO_RECOVERY)
    if any(not one.has_latitude for one in decisive):
        yield Reason("no_latitude", NO_LATITUDE)
    if (
        not step.touchpoints
        and step.sphere != "customer"
        and (step.customer_action or step.picture)
    ):
        yield Reason("no_meeting_point", NO_MEETING_POINT)


def _degrees(point: CurvePoint) -> float:
    felt, target = point.felt, point.target
    if felt is None or target is None:
        return 0
    return (target - felt) * (UNDER_TARGET_SEEN if point.observed else UNDER_TARGET)


def _pain_sentence(pain: PainDoc, lang: str) -> str:
    text = pain.text.reading(lang).text.rstrip(".")
    if pain.severity is None:
        return _("“%(text)s”, how bad is not said.") % {"text": text}
    words = _("“%(text)s”, %(severity)s of 5 bad") % {"text": text, "severity": pain.severity}
    if pain.evidence == "assumed":
        return _("%(words)s; we assume it.") % {"words": words}
    if pain.evidence_n:
        seen = ngettext("seen %(n)d time", "seen %(n)d times", pain.evidence_n)
        return f"{words}; {seen % {'n': pain.evidence_n}}."
    return _("%(words)s; we saw it.") % {"words": words}


def _under_sentence(point: CurvePoint) -> str:
    facts = {"felt": signed(point.felt or 0), "target": signed(point.target or 0)}
    if point.observed:
        words = _("Feels like %(felt)s, shall feel like %(target)s; %(n)s asked.")
        return words % {**facts, "n": point.observed.n}
    return _("We think it feels like %(felt)s; it shall feel like %(target)s.") % facts
