"""For whom a journey is: typical customers and groups by tie L06, to read and to choose."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import prefetch_related_objects

from polku.journeys.models import Journey
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, require
from polku.kernel.audit import one_operation
from polku.kernel.links import live_links, remove_tie, tie
from polku.kernel.models import Link
from polku.kernel.policy import may_change
from polku.kernel.queries import find_many, visible_kind
from polku.kernel.registry import entity
from polku.people.models import Persona, Segment

FOR_WHOM = "L06"
KINDS = ("persona", "segment")

type Somebody = Persona | Segment


@dataclass(frozen=True)
class Meant:
    """Somebody a journey is for, and the tie that says so."""

    who: Somebody
    link: Link

    @property
    def is_guess(self) -> bool:
        """Whether nobody confirmed it yet."""
        return bool(self.link.confidence == Link.Confidence.GUESS)


def people_of(actor: Actor, journey: Journey) -> list[Meant]:
    """Whom a journey is for, typical customers first, as far as *actor* may see them.

    What to make filter chips of: the code of each is what the address carries. Three statements.
    """
    return people_of_many(actor, [journey]).get(journey.pk, [])


def people_of_many(actor: Actor, journeys: Iterable[Journey]) -> dict[int, list[Meant]]:
    """As :func:`people_of`, for a list of journeys at once, by the number of the journey."""
    numbers = {journey.pk for journey in journeys if journey.workspace_id == actor.workspace.pk}
    links = list(live_links(actor).filter(
        kind=FOR_WHOM, from_kind="journey", from_id__in=numbers, to_kind__in=KINDS
    ))  # fmt: skip
    there = find_many(actor, {(link.to_kind, link.to_id) for link in links})
    found: dict[int, list[Meant]] = defaultdict(list)
    for link in links:
        who = there.get((link.to_kind, link.to_id))
        if who is not None and not who.archived:
            found[link.from_id].append(Meant(who, link))
    return {number: sorted(few, key=_order) for number, few in found.items()}


def _order(row: Meant) -> tuple[bool, str]:
    return isinstance(row.who, Segment), row.who.sort_title


def with_faces(people: Collection[Somebody]) -> None:
    """Read the pictures of those who have one; one statement, none where nobody has."""
    pictured = [who for who in people if isinstance(who, Persona) and who.picture_id]
    prefetch_related_objects(pictured, "picture")


def journeys_for(actor: Actor, code: str) -> frozenset[int]:
    """Numbers of the journeys that are for the typical customer or group of this code; for a
    filter. One that is not there, or not seen, has none."""
    for kind in KINDS:
        row = entity(kind)
        if code.upper().startswith(f"{row.prefix}-"):
            who = visible_kind(actor, row).filter(code=code.upper()).first()
            if who is not None:
                links = live_links(actor).filter(
                    kind=FOR_WHOM, from_kind="journey", to_kind=kind, to_id=who.pk
                )
                return frozenset(links.values_list("from_id", flat=True))
    return frozenset()


def everybody(actor: Actor) -> list[Somebody]:
    """All typical customers and groups that one could choose, typical customers first."""
    return [row for kind in KINDS
            for row in visible_kind(actor, entity(kind)).order_by("sort_title", "id")]  # fmt: skip


def typical_customers(actor: Actor) -> list[Persona]:
    """All typical customers that one could name."""
    return list(visible_kind(actor, entity("persona")).order_by("sort_title", "id"))


def choose_people(journey: Journey, codes: Collection[str], *, by: Actor, why: str = "") -> None:
    """Say for whom a journey is: exactly these typical customers and groups, by code.

    New ones are tied, others untied; that they were stays in the history. Raises BadInput for a
    code that nobody has, NotAllowed or NotFound.
    """
    if journey.workspace_id != by.workspace.pk:
        raise NotFound
    require(may_change(by, journey))
    wanted = {code.strip().upper() for code in codes if code.strip()}
    known = {who.code: who for who in everybody(by)}
    if unknown := sorted(wanted - known.keys()):
        raise BadInput({"people": ", ".join(unknown)})
    with transaction.atomic(), one_operation():
        Journey.objects.select_for_update().get(pk=journey.pk)
        now = {row.who.code: row for row in people_of(by, journey)}
        for code in sorted(wanted - now.keys()):
            tie(FOR_WHOM, journey, known[code], by=by, why=why)
        for code in sorted(now.keys() - wanted):
            remove_tie(now[code].link, by=by, reason=why or str(_not_for(now[code].who)))


def _not_for(who: Somebody) -> str:
    from django.utils.translation import gettext

    return gettext("The journey is not for them: %(who)s") % {"who": who.title}
