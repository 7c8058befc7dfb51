"""Checks of journeys: where people meet us, for whom each is, on what it rests, whether it is true.

Most edits of a journey are of one text; ``rests_on`` keeps what cannot depend on it from looking.
"""

from collections import defaultdict
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from polku.insight.checks.check import Check, Least, Look, Numbers, Rows, Told
from polku.insight.checks.standing import SELF, ends_of, nobody, owned, rows_of, tied, used
from polku.journeys.models import Journey, PainPoint, Step, Touchpoint
from polku.people.models import Persona, Segment
from polku.portfolio.models import ProductVersion
from polku.tenancy.models import Workspace

JOURNEY, POINT, STEP, PAIN = "journey", "touchpoint", "step", "pain_point"
SHOWN = 5
GRAVE = 4


def _journeys(look: Look) -> Rows:
    return rows_of(Journey, look.workspace).exclude(state="outdated").exclude(kind="mined")


def _settled(look: Look) -> Rows:
    return _journeys(look).filter(state__in=["agreed", "in_use"])


def _with_actions(look: Look) -> Rows:
    return _journeys(look).filter(Exists(_acting(look).filter(journey=OuterRef("pk"))))


def _acting(look: Look) -> Rows:
    """Steps at which the customer does something."""
    rows = Step.objects.filter(workspace=look.workspace, removed=False)
    return rows.exclude(customer_action={}, picture__isnull=True)


def _pointless(look: Look) -> Rows:
    there = rows_of(Touchpoint, look.workspace).exclude(state="removed").values("pk")
    met = tied(look, "L07").filter(from_kind=STEP, from_id=OuterRef("pk"), to_id__in=there)
    return _acting(look).exclude(Exists(met))


def _has_pointless(look: Look, rows: Rows) -> Rows:
    return rows.filter(Exists(_pointless(look).filter(journey=SELF)))


def _which_steps(look: Look, numbers: Numbers) -> Told:
    found: dict[int, list[Any]] = defaultdict(list)
    rows = _pointless(look).filter(journey__in=numbers)
    for step in rows.order_by("stage__position", "position", "id"):
        found[step.journey_id].append([STEP, step.pk])
    return {pk: {"things": {"steps": them[:SHOWN]}, "n": len(them)} for pk, them in found.items()}


def _at_points(workspace: Workspace, numbers: Numbers) -> list[int]:
    """From meeting points to the journeys in which people come there."""
    steps = list(ends_of("L07", "from", "to", POINT)(workspace, numbers))
    rows = Step.objects.filter(workspace=workspace, pk__in=steps)
    return list(rows.values_list("journey_id", flat=True).distinct())


def _points_of(workspace: Workspace, numbers: Numbers) -> list[int]:
    """From journeys to the meeting points at their steps, those taken out included."""
    steps = list(Step.objects.filter(journey__in=numbers).values_list("pk", flat=True))
    return list(ends_of("L07", "to", "from", STEP)(workspace, steps))


def _live_points(look: Look) -> Rows:
    return rows_of(Touchpoint, look.workspace).filter(state="live")


def _unmet(look: Look, rows: Rows) -> Rows:
    """In no step of a journey that was not put away."""
    steps = Step.objects.filter(
        workspace=look.workspace, removed=False, journey__archived=False
    ).values("pk")
    met = tied(look, "L07").filter(to_kind=POINT, to_id=SELF, from_id__in=steps)
    return rows.exclude(Exists(met))


def _for_nobody(look: Look, rows: Rows) -> Rows:
    links = tied(look, "L06").filter(from_kind=JOURNEY, from_id=SELF)
    return rows.exclude(Exists(links))


def _groups(workspace: Workspace) -> Rows:
    return rows_of(Persona, workspace)


def _chosen(workspace: Workspace) -> Rows:
    return rows_of(Segment, workspace)


def _unheard(look: Look, rows: Rows) -> Rows:
    """Nothing that people do and no pain was seen or measured, and no tie leads to what was
    heard."""
    seen = Q(evidence__in=["observed", "measured"])
    steps = Step.objects.filter(seen, journey=SELF, removed=False)
    pains = PainPoint.objects.filter(seen, journey=SELF, removed=False)
    links = tied(look, "L34").filter(from_kind=JOURNEY, from_id=SELF)
    for proof in (steps, pains, links):
        rows = rows.exclude(Exists(proof))
    return rows


def _guessed(look: Look) -> Rows:
    """Grave pain points that nobody saw, and that no tie leads from to what was heard."""
    heard = tied(look, "L34").filter(from_kind=PAIN, from_id=OuterRef("pk"))
    rows = PainPoint.objects.filter(
        Q(step__isnull=True) | Q(step__removed=False), workspace=look.workspace, removed=False,
        severity__gte=GRAVE, evidence="assumed",
    )  # fmt: skip
    return rows.exclude(decision="mended").exclude(Exists(heard))


def _with_grave(look: Look) -> Rows:
    grave = PainPoint.objects.filter(journey=OuterRef("pk"), removed=False, severity__gte=GRAVE)
    return _journeys(look).filter(Exists(grave))


def _has_guessed(look: Look, rows: Rows) -> Rows:
    return rows.filter(Exists(_guessed(look).filter(journey=SELF)))


def _which_pains(look: Look, numbers: Numbers) -> Told:
    found: dict[int, list[Any]] = defaultdict(list)
    for pain in _guessed(look).filter(journey__in=numbers).order_by("-severity", "id"):
        found[pain.journey_id].append([PAIN, pain.pk])
    return {pk: {"things": {"pains": them[:SHOWN]}, "n": len(them)} for pk, them in found.items()}


def _unowned(look: Look, rows: Rows) -> Rows:
    return rows.filter(nobody(look))


def _decisive(look: Look) -> Rows:
    rows = rows_of(Touchpoint, look.workspace).filter(moment_of_truth=True)
    return rows.exclude(state="removed")


def _helpless(_look: Look, rows: Rows) -> Rows:
    return rows.filter(Q(latitude={}) | Q(recovery={}))


def _overtaken(_look: Look, rows: Rows) -> Rows:
    """A version of one of its services went live after somebody looked at it."""
    looked = Coalesce(F("looked_on"), TruncDate("created_at"))
    later = ProductVersion.objects.filter(
        product__journeys=OuterRef("pk"), archived=False, live_from__gt=OuterRef("looked_day")
    )
    return rows.annotate(looked_day=looked).filter(Exists(later))


def _with_versions(look: Look) -> Rows:
    lived = ProductVersion.objects.filter(
        product__journeys=OuterRef("pk"), archived=False, live_from__lte=look.day
    )
    return _settled(look).filter(Exists(lived))


def _of_versions(workspace: Workspace, numbers: Numbers) -> list[int]:
    rows = ProductVersion.objects.filter(workspace=workspace, pk__in=numbers)
    services = rows.values_list("product_id", flat=True)
    found = Journey.objects.filter(workspace=workspace, services__in=list(services))
    return list(found.values_list("pk", flat=True).distinct())


LEAST_L07 = used("L07", _("ties between steps and meeting points"))
LEAST_GROUPS = Least(
    (_groups, _chosen), _("typical customers or groups"),
    wakes_on=("persona.created", "segment.created"),
)  # fmt: skip
# As an edit names what it changed: a text counts when it was written first or taken out
TAKEN_OUT = frozenset({"step.removed", "stage.removed", "archived", "state"})
ORDER = frozenset({"step.position", "step.stage_id", "stage.position"})
SHAPE = TAKEN_OUT | ORDER | {"step.customer_action", "step.picture_id", "touchpoints", "L07"}
PROOF = TAKEN_OUT | {"step.evidence", "pain_point.evidence", "pain_point.removed", "L34"}
PAINS = PROOF | {"pain_point.severity", "pain_point.decision", "pain_point.step_id"}
OWN = frozenset({"archived", "state", "owner_party", "kind"})

JOURNEYS: tuple[Check, ...] = (
    Check("L07", JOURNEY, "note", _with_actions, _has_pointless,
          _("Steps at which nobody knows where people meet us"),
          _("Journeys in which the customer does something"),
          _("The customer does something at a step, and no meeting point stands at it."),
          _("Steps where nobody says how people meet us: %(n)s."),
          _("Where do they do it: at a door, on a page, by phone?"), "page",
          feature="journeys", least=LEAST_L07, tells=_which_steps, labels={"steps": _("Steps")},
          rests_on=SHAPE, hears={POINT: _at_points},
          hears_of={POINT: frozenset({"state", "archived"})}),
    Check("L07-touchpoint", POINT, "note", _live_points, _unmet,
          _("Live meeting points in no journey"),
          _("Live meeting points"),
          _("It stands at no step of any journey."),
          _("No journey says when people come here."),
          _("Put it into the journey in which people come there, or say that it is gone."),
          "page", feature="journeys", least=LEAST_L07,
          hears={JOURNEY: _points_of}, hears_of={JOURNEY: TAKEN_OUT | {"touchpoints"}}),
    Check("L06-journey", JOURNEY, "note", _settled, _for_nobody,
          _("Journeys of nobody in particular"),
          _("Journeys that are agreed or in use"),
          _("It is tied to no group and to no typical customer."),
          _("It does not say whose way this is."),
          _("Somebody with a wheelchair, or in a hurry, goes another way."), "tie:L06-to",
          feature="people", least=LEAST_GROUPS, rests_on=OWN | {"L06"}),
    Check("L34-journey", JOURNEY, "note", _settled, _unheard,
          _("Journeys that nobody walked along"),
          _("Journeys that are agreed or in use"),
          _("All of it is assumed, and nothing that was heard is tied to it."),
          _("All of it is assumed: nobody was asked, and nobody looked."),
          _("Talk with three people who walk this way."), "page",
          feature="journeys", rests_on=PROOF),
    Check("L34-pain", JOURNEY, "note", _with_grave, _has_guessed,
          _("Grave pain points that nobody saw"),
          _("Journeys with pain points of 4 or 5"),
          _("It is graded 4 or 5, assumed, and nothing that was heard is tied to it."),
          _("Pain points that we only assume: %(n)s."),
          _("Ask, or look, before mending."), "page", feature="journeys",
          tells=_which_pains, labels={"pains": _("Where it hurts")},
          rests_on=PAINS),
    Check("L38-journey", JOURNEY, "attention", _settled, _unowned,
          _("Journeys without an owner"),
          _("Journeys that are agreed or in use"),
          _("Nobody is named as owner, or the owner has left."),
          _("Nobody answers for it."),
          _("Without an owner nobody sees when it is not true any more."), "field:owner_party",
          feature="journeys", hears={"party": owned(Journey)}, rests_on=OWN),
    Check("D14-overtaken", JOURNEY, "attention", _with_versions, _overtaken,
          _("Journeys older than their service"),
          _("Journeys that are agreed or in use, of services with versions"),
          _("A version of its service went live after somebody looked at it last."),
          _("Its service has a newer version, and nobody looked since."),
          _("Look whether it is still true; press “still true” or change it."), "page",
          feature="journeys", rests_on=OWN | {"looked_on", "services"},
          hears={"product_version": _of_versions}),
    Check("L07-decisive", POINT, "attention", _decisive, _helpless,
          _("Decisive moments for which nobody is prepared"),
          _("Meeting points that are a decisive moment"),
          _("Nobody wrote what staff may decide alone, or how we put it right."),
          _("It is decisive, and staff do not know what they may decide or how to put it right."),
          _("A moment that goes wrong is put right at once or remembered for years."),
          "page", feature="meeting_points"),
)  # fmt: skip
