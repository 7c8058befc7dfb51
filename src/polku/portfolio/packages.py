"""What stands in packages, at any depth, and what of it is going."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from polku.kernel.models import Link
from polku.portfolio.models import (
    Dependency,
    Offering,
    OfferingElement,
    PackageMember,
    ServicePackage,
    ServiceProduct,
)
from polku.tenancy.models import Workspace

# A member in one of these states is going, or gone, or taken by nobody new
GOING = frozenset({"ending", "ended", "on_hold"})


def members_of(package: ServicePackage) -> list[PackageMember]:
    """The members in order, each with what it is and the service behind it."""
    return list(_whole(PackageMember.objects.filter(package=package)))


def _whole(rows: QuerySet[PackageMember]) -> QuerySet[PackageMember]:
    return rows.select_related("product", "offering__product", "offering__package")


def service_of(member: PackageMember) -> ServiceProduct | None:
    """The service behind a member; None for what one gets of another package."""
    return member.product or (member.offering.product if member.offering else None)


def services_in(members: Iterable[PackageMember]) -> dict[int, ServiceProduct]:
    """Services in a package by inner number, at any depth of packages within packages."""
    found: dict[int, ServiceProduct] = {}
    seen: set[int] = set()
    waiting = list(members)
    while waiting:
        found |= {row.pk: row for row in map(service_of, waiting) if row is not None}
        inner = {row.offering.package_id for row in waiting if row.offering} - seen - {None}
        seen |= {number for number in inner if number is not None}
        waiting = list(_whole(PackageMember.objects.filter(package_id__in=inner)))
    return found


def way_down(start: Iterable[int], target: int) -> list[ServicePackage]:
    """The packages from one of *start* down to *target*, following members; empty when no way."""
    trail: dict[int, int | None] = dict.fromkeys(start)
    waiting = list(trail)
    while waiting and target not in trail:
        inner = PackageMember.objects.filter(
            package_id__in=waiting, offering__package__isnull=False
        ).values_list("package_id", "offering__package_id")
        fresh = {below: above for above, below in inner if below not in trail}
        trail |= fresh
        waiting = list(fresh)
    if target not in trail:
        return []
    numbers: list[int] = [target]
    while (above := trail[numbers[0]]) is not None:
        numbers.insert(0, above)
    rows = ServicePackage.objects.in_bulk(numbers)
    return [rows[number] for number in numbers]


def clashes(services: Iterable[int], today: dt.date) -> list[Dependency]:
    """Needs of the kind *rules out* between two of these services, in force today or later."""
    numbers = list(services)
    return list(
        Dependency.objects.filter(
            kind="excludes", archived=False, pending_run__isnull=True,
            from_kind="service_product", from_id__in=numbers,
            to_kind="service_product", to_id__in=numbers,
        ).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today)).order_by("id")
    )  # fmt: skip


def is_going(member: PackageMember) -> bool:
    """Whether a member is limited, ending, on hold, gone or withdrawn (entities.md 2.6)."""
    service, offering = service_of(member), member.offering
    if offering is not None and (offering.archived or offering.state == "withdrawn"):
        return True
    if service is None:
        package = offering.package if offering else None
        return package is not None and (package.archived or package.state == "withdrawn")
    return service.archived or service.closed_to_new or service.managed_state in GOING


def pieces_nowhere(offering_numbers: Iterable[int], workspace: Workspace, today: dt.date) -> (
    list[OfferingElement]
):  # fmt: skip
    """The pieces of these offerings that no confirmed tie leads to a meeting point."""
    met = Link.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=today),
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        workspace=workspace, kind="L05", state=Link.State.LIVE, pending_run__isnull=True,
        confidence=Link.Confidence.CONFIRMED, from_kind="offering_element", from_id=OuterRef("pk"),
    )  # fmt: skip
    rows = OfferingElement.objects.filter(offering_id__in=list(offering_numbers))
    return list(rows.exclude(Exists(met)).select_related("offering"))


def published_of(services: Iterable[int]) -> QuerySet[Offering]:
    """Published offerings of these services, the default one of each first."""
    rows = Offering.objects.filter(
        product_id__in=list(services), state="published", archived=False,
        pending_run__isnull=True,
    )  # fmt: skip
    return rows.order_by(F("is_default").desc(), "id")
