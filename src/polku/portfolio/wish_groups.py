"""Wishes by what they ask something of: by service, by version (release) and by who asked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, require
from polku.kernel.links import live_links
from polku.kernel.listing import listing
from polku.kernel.models import Link
from polku.kernel.policy import may_read_inside
from polku.kernel.queries import find_many
from polku.portfolio.models import ProductVersion, Requirement

OPEN_STATES = ("asked", "will_do", "later")
SERVICE, VERSION, PARTY = "service_product", "product_version", "party"

type Pairs = Iterable[tuple[int, int]]


def _asked_of(actor: Actor, kind: str) -> Any:
    """Confirmed ties of wishes to what they ask something of; a guess does not count yet."""
    return live_links(actor).filter(
        kind="L02", from_kind="requirement", to_kind=kind,
        confidence=Link.Confidence.CONFIRMED,
    )  # fmt: skip


def asks_of_version(actor: Actor, numbers: Iterable[int] | None) -> Q:
    """Wishes that are in these versions; for None, in no version."""
    ties = _asked_of(actor, VERSION)
    if numbers is None:
        return ~Q(pk__in=ties.values("from_id"))
    return Q(pk__in=ties.filter(to_id__in=list(numbers)).values("from_id"))


def asks_of_service(actor: Actor, numbers: Iterable[int] | None) -> Q:
    """Wishes that ask something of these services or of their versions; for None, of none."""
    direct, through = _asked_of(actor, SERVICE), _asked_of(actor, VERSION)
    if numbers is None:
        return ~Q(pk__in=direct.values("from_id")) & ~Q(pk__in=through.values("from_id"))
    wanted = list(numbers)
    versions = ProductVersion.objects.filter(workspace=actor.workspace, product_id__in=wanted)
    direct = direct.filter(to_id__in=wanted)
    through = through.filter(to_id__in=versions.values("pk"))
    return Q(pk__in=direct.values("from_id")) | Q(pk__in=through.values("from_id"))


def _by_service(actor: Actor, rows: Any) -> Pairs:
    direct = _asked_of(actor, SERVICE).filter(from_id__in=rows.values("pk"))
    through = list(_by_version(actor, rows))
    versions = ProductVersion.objects.filter(pk__in={version for _wish, version in through})
    services = dict(versions.values_list("pk", "product_id"))
    pairs = ((wish, services[version]) for wish, version in through if version in services)
    return [*direct.values_list("from_id", "to_id"), *pairs]


def _by_version(actor: Actor, rows: Any) -> Pairs:
    ties = _asked_of(actor, VERSION).filter(from_id__in=rows.values("pk"))
    return list(ties.values_list("from_id", "to_id"))


def _by_giver(_actor: Actor, rows: Any) -> Pairs:
    first = rows.filter(raised_by_party__isnull=False).values_list("pk", "raised_by_party_id")
    more = Requirement.also_asked_by.through.objects.filter(requirement_id__in=rows.values("pk"))
    return [*first, *more.values_list("requirement_id", "party_id")]


@dataclass(frozen=True)
class Way:
    """One way to group: the kind that groups are made of, and the filter that shows one group."""

    name: str
    kind: str
    filter: str
    pairs: Callable[[Actor, Any], Pairs]


WAYS: Mapping[str, Way] = {
    "service": Way("service", SERVICE, "service", _by_service),
    "release": Way("release", VERSION, "version", _by_version),
    "giver": Way("giver", PARTY, "raised_by_party", _by_giver),
}


@dataclass(frozen=True)
class Group:
    """Wishes that hang on one thing; on nothing, where ``of`` is None."""

    of: Any | None
    wishes: list[Any]

    @property
    def count(self) -> int:
        """All of them."""
        return len(self.wishes)

    @property
    def open(self) -> int:
        """Those that are neither done nor refused."""
        return sum(state in OPEN_STATES for _number, state in self.wishes)

    @property
    def numbers(self) -> list[int]:
        """Their inner numbers, the open ones and the oldest first."""
        return [number for number, _state in self.wishes]


def groups_of(
    reader: Actor, by: str, query: Mapping[str, str], *, strict: bool = False
) -> list[Group]:
    """The wishes that *query* asks for (see :func:`polku.kernel.listing.listing`), in groups.

    A wish that hangs on two things stands in both groups; those that hang on none come last.
    Raises BadInput for a way that is not known, NotAllowed for people of the other side.
    """
    from polku.portfolio.entities import REQUIREMENT

    require(may_read_inside(reader))
    way = WAYS.get(by)
    if way is None:
        raise BadInput({"by": _("Choose one of: %(codes)s.") % {"codes": ", ".join(WAYS)}})
    rows = listing(reader, REQUIREMENT, query, strict=strict).rows
    order = {state: n for n, state in enumerate(("asked", "will_do", "later"))}
    facts = list(rows.order_by("id").values_list("pk", "state", "raised_on"))
    facts.sort(key=lambda row: (order.get(row[1], 9), row[2] is None, str(row[2]), row[0]))
    ends: dict[int, set[int]] = {}
    for wish, end in way.pairs(reader, rows.order_by()):
        ends.setdefault(wish, set()).add(end)
    seen = find_many(reader, {(way.kind, end) for those in ends.values() for end in those})
    found: dict[int | None, list[tuple[int, str]]] = {}
    for number, state, _day in facts:
        mine = [end for end in ends.get(number, ()) if (way.kind, end) in seen]
        for place in [*mine] if mine else [None]:
            found.setdefault(place, []).append((number, state))
    named = [Group(seen[way.kind, end], those) for end, those in found.items() if end is not None]
    named.sort(key=lambda group: (group.of.sort_title, group.of.pk))  # type: ignore[union-attr]
    return [*named, *([Group(None, found[None])] if None in found else [])]


__all__ = ["OPEN_STATES", "WAYS", "Group", "asks_of_service", "asks_of_version", "groups_of"]
