"""What of a journey is known to be one typical customer's, or a group's; to read.

Nobody is asked to sort steps by person: it follows from what stands (decision 46). A pain point is
theirs when it rests on the same thing learnt as the picture of them does; a meeting point, when
something offered to them is got there, or when somebody like them told us of it.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from polku.journeys.documents import JourneyDoc, StepDoc
from polku.journeys.models import Journey, JourneyInterview, PainPoint, Touchpoint
from polku.journeys.people import FOR_WHOM, Somebody
from polku.kernel.actor import Actor
from polku.kernel.answers import require
from polku.kernel.links import live_links
from polku.kernel.policy import may_read_inside
from polku.kernel.queries import visible
from polku.people.models import Persona
from polku.portfolio.models import Offering, OfferingElement

BASED_ON, HAPPENS_AT = "L34", "L05"


@dataclass(frozen=True)
class Theirs:
    """Numbers of pain points, codes of meeting points where something is for them, and by code of
    a meeting point how many like them told of it; ``talks`` is with how many of them we talked."""

    who: Somebody
    pains: frozenset[int] = frozenset()
    points: frozenset[str] = frozenset()
    told: Mapping[str, int] = field(default_factory=dict)
    talks: int = 0

    def touches(self, step: StepDoc) -> bool:
        """Whether something at a step is theirs."""
        met = {point.code for point in step.touchpoints}
        return bool(met & (self.points | self.told.keys())) or any(
            pain.number in self.pains for pain in step.pains
        )

    def steps(self, doc: JourneyDoc) -> tuple[StepDoc, ...]:
        """The steps at which something is theirs."""
        return tuple(step for step in doc.steps if self.touches(step))


def theirs_of(actor: Actor, journey: Journey, who: Somebody) -> Theirs:
    """What of a journey is theirs, as it stands now; three statements. Raises NotAllowed outside
    the team: it is made of what we learnt and heard."""
    require(may_read_inside(actor))
    if isinstance(who, Persona):
        personas, groups = {who.pk}, {who.segment_id} - {None}
    else:
        rows = visible(actor, Persona).filter(segment=who)
        personas, groups = set(rows.values_list("pk", flat=True)), {who.pk}
    told = _told(journey, personas)
    return Theirs(
        who, _pains(actor, journey, personas), _points(actor, personas, groups),
        Counter(code for _talk, code in told if code), len({talk for talk, _code in told}),
    )  # fmt: skip


def _pains(actor: Actor, journey: Journey, personas: Collection[int]) -> frozenset[int]:
    learnt = live_links(actor).filter(kind=BASED_ON, to_kind="insight")
    known = learnt.filter(from_kind="persona", from_id__in=personas).values("to_id")
    shared = learnt.filter(from_kind="pain_point", to_id__in=known).values("from_id")
    rows = PainPoint.objects.filter(journey=journey, removed=False, pk__in=shared)
    return frozenset(rows.values_list("number", flat=True))


def _points(
    actor: Actor, personas: Collection[int], groups: Collection[int | None]
) -> frozenset[str]:
    meant = live_links(actor).filter(
        Q(to_kind="persona", to_id__in=personas) | Q(to_kind="segment", to_id__in=groups),
        kind=FOR_WHOM, from_kind="offering",
    )  # fmt: skip
    offered = visible(actor, Offering).filter(pk__in=meant.values("from_id"))
    parts = OfferingElement.objects.filter(offering__in=offered.values("pk"))
    met = live_links(actor).filter(
        kind=HAPPENS_AT, from_kind="offering_element", from_id__in=parts.values("pk")
    )
    rows = visible(actor, Touchpoint).filter(pk__in=met.values("to_id"))
    return frozenset(rows.values_list("code", flat=True))


def _told(journey: Journey, personas: Collection[int]) -> list[tuple[int, str | None]]:
    """Number of the talk and the meeting point told of; a talk that told of none has one row."""
    rows = JourneyInterview.objects.filter(journey=journey, consent=True, persona__in=personas)
    return list(rows.order_by().values_list("number", "answers__touchpoint__code"))
