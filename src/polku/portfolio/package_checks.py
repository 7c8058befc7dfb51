"""Does a package hold? What the builder looks at beside it (tool T13), as data."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Q

from polku.kernel.actor import Actor
from polku.kernel.clock import today_in
from polku.portfolio.models import (
    Component,
    Dependency,
    Offering,
    PackageMember,
    ServicePackage,
    ServiceProduct,
)
from polku.portfolio.packages import (
    clashes,
    is_going,
    members_of,
    pieces_nowhere,
    published_of,
    services_in,
)

type Sign = Literal["bad", "watch", "unknown"]

DEPTH = 8  # as every walk over needs (links.md 3)


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold: which check, how grave, and the objects it is about."""

    code: str
    sign: Sign
    about: tuple[Any, ...]


# Every check in the order in which it is shown, with its sign when it finds something
SIGNS: dict[str, Sign] = {
    "empty": "watch", "member_going": "bad", "clash": "bad", "missing_need": "watch",
    "member_not_offered": "watch", "no_price": "watch", "no_offering": "watch",
    "nowhere": "watch", "part_not_in_use": "bad", "capacity_unknown": "unknown",
}  # fmt: skip


def findings(package: ServicePackage, *, by: Actor) -> list[Finding]:
    """What does not hold now, in the order of :data:`SIGNS`; *by* is one of the team."""
    look = _Look(package, members_of(package), today_in(by.workspace))
    found = {
        "empty": [] if look.members else [(package,)],
        "member_going": [_with_service(row) for row in look.members if is_going(row)],
        "clash": [look.ends(need) for need in look.clashes],
        "missing_need": look.missing_needs(),
        "member_not_offered": look.not_offered(),
        "no_price": [(offer,) for offer in look.offers_of_members if not has_price(offer)],
        "no_offering": [] if look.own_offers else [(package,)],
        "nowhere": [(row.offering, row) for row in look.nowhere()],
        "part_not_in_use": [(part, s) for part, s in look.parts() if part.state != "in_use"],
        "capacity_unknown": [
            (part, s) for part, s in look.parts() if part.state == "in_use" and not _capacity(part)
        ],
    }  # fmt: skip
    return [Finding(code, sign, about) for code, sign in SIGNS.items() for about in found[code]]


def has_price(offer: Offering) -> bool:
    """Whether anything says what it costs, in rows or in words."""
    return bool(offer.price_note) or offer.prices.exists()


def _capacity(part: Component) -> bool:
    """Only what can run out has a capacity to know."""
    return part.capacity is not None or part.kind in {"document", "data", "goods", "process"}


def _with_service(row: PackageMember) -> tuple[Any, ...]:
    return (row.product or row.offering,)


class _Look:
    """One look at a package; each kind of thing is read once."""

    def __init__(
        self, package: ServicePackage, members: Sequence[PackageMember], today: dt.date
    ) -> None:
        self.package, self.members, self.today = package, members, today
        self.services = services_in(members)
        self.clashes = clashes(self.services, today)
        self.own_offers = list(
            Offering.objects.filter(package=package, archived=False).exclude(state="withdrawn")
        )
        self._parts: list[tuple[Component, ServiceProduct]] | None = None

    def ends(self, need: Dependency) -> tuple[ServiceProduct, ServiceProduct]:
        return self.services[need.from_id], self.services[need.to_id]

    @property
    def offers_of_members(self) -> list[Offering]:
        """What one gets by each member: the offering chosen, or the service's first published."""
        chosen = [row.offering for row in self.members if row.offering is not None]
        return [*chosen, *self._first_offers().values()]

    def _first_offers(self) -> dict[int, Offering]:
        plain = [row.product_id for row in self.members if row.product_id]
        first: dict[int, Offering] = {}
        for offer in published_of(number for number in plain if number):
            first.setdefault(offer.product_id or 0, offer)
        return first

    def not_offered(self) -> list[tuple[Any, ...]]:
        """Services in the package of which nothing is published to get."""
        offered = self._first_offers()
        return [
            (row.product,) for row in self.members
            if row.product is not None and row.product.pk not in offered
        ]  # fmt: skip

    def missing_needs(self) -> list[tuple[Any, ...]]:
        """(service in it, service it needs): not in the package and not to be had alone."""
        needs = self._needs([("service_product", n) for n in self.services], "service_product")
        missing = {n for _start, n in needs if n not in self.services}
        alone = published_of(missing).filter(is_sellable_alone=True)
        missing -= {number for number in alone.values_list("product_id", flat=True) if number}
        rows = ServiceProduct.objects.in_bulk(missing)
        return [(self.services[s], rows[n]) for s, n in needs if n in rows]

    def _needs(self, starts: Iterable[tuple[str, int]], to_kind: str) -> list[tuple[int, int]]:
        """(start, end) numbers of needs from these ends to things of one kind, today."""
        kinds: dict[str, list[int]] = {}
        for kind, number in starts:
            kinds.setdefault(kind, []).append(number)
        which = Q(pk__in=[])
        for kind, numbers in kinds.items():
            which |= Q(from_kind=kind, from_id__in=numbers)
        rows = Dependency.objects.filter(
            which, Q(valid_from__isnull=True) | Q(valid_from__lte=self.today),
            Q(valid_to__isnull=True) | Q(valid_to__gte=self.today),
            kind="requires", archived=False, pending_run__isnull=True, to_kind=to_kind,
        )  # fmt: skip
        return list(dict.fromkeys(rows.order_by("id").values_list("from_id", "to_id")))

    def nowhere(self) -> list[Any]:
        """Pieces of what one gets here that happen nowhere known."""
        numbers = {offer.pk for offer in [*self.own_offers, *self.offers_of_members]}
        return pieces_nowhere(sorted(numbers), self.package.workspace, self.today)

    def parts(self) -> list[tuple[Component, ServiceProduct]]:
        """Parts that the services rest on, at any depth, each with the service that needs it."""
        if self._parts is None:
            self._parts = self._all_parts()
        return self._parts

    def _all_parts(self) -> list[tuple[Component, ServiceProduct]]:
        owner: dict[int, int] = {}
        waiting = [("service_product", number) for number in self.services]
        for _step in range(DEPTH):
            fresh = {}
            for start, end in self._needs(waiting, "component"):
                if end not in owner and end not in fresh:
                    is_service = waiting and waiting[0][0] == "service_product"
                    fresh[end] = start if is_service else owner[start]
            owner |= fresh
            waiting = [("component", number) for number in fresh]
            if not waiting:
                break
        rows = Component.objects.filter(pk__in=owner, archived=False).in_bulk()
        return [(rows[part], self.services[s]) for part, s in owner.items() if part in rows]
