"""What was said about a journey, and which links show it: for the team alone."""

from collections import Counter

from polku.journeys.models import CellComment, Journey, JourneyShare
from polku.kernel.actor import Actor
from polku.kernel.answers import NotFound, require
from polku.kernel.policy import may_read_inside

type Place = tuple[int, str]


def comments_of(actor: Actor, journey: Journey) -> list[CellComment]:
    """Everything said about a journey, the oldest first, with who said it and through which link.

    Raises NotAllowed outside the team and NotFound across workspaces.
    """
    _hold(actor, journey)
    rows = CellComment.objects.filter(journey=journey)
    return list(rows.select_related("step", "author", "share", "resolved_by"))


def open_comments(actor: Actor, journey: Journey) -> dict[Place, int]:
    """How many comments wait at each place: (number of the step, row). One statement; nothing
    outside the team."""
    if not actor.is_internal or journey.workspace_id != actor.workspace.pk:
        return {}
    rows = CellComment.objects.filter(journey=journey, resolved_at__isnull=True)
    return dict(Counter(rows.values_list("step__number", "row")))


def find_comment(actor: Actor, journey: Journey, number: int) -> CellComment:
    """One comment of this journey, or NotFound."""
    _hold(actor, journey)
    rows = CellComment.objects.filter(journey=journey, pk=number)
    found = rows.select_related("step", "journey").first()
    if found is None:
        raise NotFound
    return found


def shares_of(actor: Actor, journey: Journey) -> list[JourneyShare]:
    """The links to a journey, the newest first. Raises NotAllowed outside the team."""
    _hold(actor, journey)
    rows = JourneyShare.objects.filter(journey=journey).select_related("link__made_by")
    return list(rows.order_by("-pk"))


def find_share(actor: Actor, journey: Journey, number: int) -> JourneyShare:
    """One link of this journey, or NotFound."""
    _hold(actor, journey)
    rows = JourneyShare.objects.filter(journey=journey, pk=number)
    found = rows.select_related("journey", "link").first()
    if found is None:
        raise NotFound
    return found


def _hold(actor: Actor, journey: Journey) -> None:
    if journey.workspace_id != actor.workspace.pk:
        raise NotFound
    require(may_read_inside(actor))
