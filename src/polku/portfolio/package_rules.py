"""Rules of packages: no package within itself, no two members that rule each other out."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused
from polku.kernel.clock import today_in
from polku.portfolio.models import PackageMember, ServicePackage, ServiceProduct
from polku.portfolio.packages import clashes, services_in, way_down
from polku.tenancy.models import Workspace


def hold_no_circle(package: ServicePackage, members: Sequence[PackageMember]) -> None:
    """A package does not contain itself, at any depth; the way round is shown."""
    inner = {row.offering.package_id for row in members if row.offering} - {None}
    way = way_down([number for number in inner if number is not None], package.pk)
    if way:
        path = " → ".join(row.title for row in [package, *way])
        raise Refused(
            _("A package cannot contain itself: %(path)s. Nothing was saved.") % {"path": path}
        )


def hold_no_clash(members: Sequence[PackageMember], by: Actor) -> None:
    """Of two services that rule each other out only one may be chosen; the pair is named."""
    services = services_in(members)
    for need in clashes(services, today_in(by.workspace)):
        names = pair(services[need.from_id], services[need.to_id])
        raise Refused(
            _("%(one)s and %(other)s rule each other out. Choose one of them. Nothing was saved.")
            % names
        )


def pair(one: ServiceProduct, other: ServiceProduct) -> dict[str, str]:
    """Two names for a sentence."""
    return {"one": one.title, "other": other.title}


def hold_each_once(members: Sequence[PackageMember]) -> None:
    """A thing stands in a package once; how many of it is a number."""
    seen: set[tuple[int | None, int | None]] = set()
    for place, row in enumerate(members, 1):
        thing = row.product_id, row.offering_id
        if thing in seen:
            words = _("%(name)s stands in the package already. Say how many instead.")
            raise BadInput({f"members.{place}": words % {"name": str(row)}})
        seen.add(thing)


def offering_outside_its_package(obj: Any, _by: Actor, changed: frozenset[str]) -> None:
    """What one gets of a package cannot be a member of that package, at any depth."""
    if obj.pk is None or obj.package_id is None or "package" not in changed:
        return
    # The same turn as setting members takes: each could be right and both together a circle
    Workspace.objects.select_for_update(no_key=True).values_list("pk").get(pk=obj.workspace_id)
    holders = PackageMember.objects.filter(offering_id=obj.pk).values_list("package_id", flat=True)
    for holder in holders:
        if way := way_down([obj.package_id], holder):
            path = " → ".join(row.title for row in [*way, way[0]])
            raise Refused(
                _("A package cannot contain itself: %(path)s. Nothing was saved.") % {"path": path}
            )
