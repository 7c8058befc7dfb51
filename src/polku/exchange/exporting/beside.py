"""What stands beside services, read once for a whole export: groups, meeting points, parts."""

from collections import defaultdict
from functools import cached_property
from typing import Any

from polku.journeys.models import Touchpoint
from polku.kernel.actor import Actor
from polku.kernel.folding import fold
from polku.kernel.link_rows import visible_links
from polku.kernel.models import Link
from polku.kernel.queries import visible
from polku.people.models import Segment
from polku.portfolio.models import Component, Dependency, Offering, ServiceProduct
from polku.tenancy.models import Relationship


class Beside:
    """Looks up what belongs to services and requirements; each kind in one statement."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @cached_property
    def links(self) -> list[Link]:
        """All ties in sight, also those that ended."""
        kinds = ("L02", "L06", "L32")
        rows = Link.objects.filter(pk__in=visible_links(self.actor).values("pk"))
        ended = Link.objects.filter(
            workspace=self.actor.workspace, state=Link.State.LIVE, pending_run__isnull=True
        )
        return list((rows | ended).filter(kind__in=kinds).distinct().order_by("id"))

    @cached_property
    def segments(self) -> dict[int, Segment]:
        """Groups by inner number."""
        return {row.pk: row for row in visible(self.actor, Segment)}

    @cached_property
    def services(self) -> dict[int, ServiceProduct]:
        """Services by inner number."""
        return {row.pk: row for row in visible(self.actor, ServiceProduct)}

    @cached_property
    def components(self) -> dict[int, Component]:
        """Parts by inner number."""
        return {row.pk: row for row in visible(self.actor, Component)}

    @cached_property
    def relationships(self) -> dict[int, Relationship]:
        """Relationships by inner number, with their sides."""
        rows = visible(self.actor, Relationship).select_related("consumer_party", "provider_party")
        return {row.pk: row for row in rows}

    @cached_property
    def dependencies(self) -> list[Dependency]:
        """Needs, in the order they were written down."""
        return list(visible(self.actor, Dependency).order_by("id"))

    @cached_property
    def offerings(self) -> dict[int, Offering]:
        """The default offering of each service that has one."""
        rows = visible(self.actor, Offering).filter(is_default=True)
        return {row.product_id: row for row in rows if row.product_id is not None}

    @cached_property
    def service_of_offering(self) -> dict[int, int]:
        """Default offerings to their services."""
        return {offering.pk: product for product, offering in self.offerings.items()}

    @cached_property
    def groups_of(self) -> dict[int, list[Segment]]:
        """Services to the groups they are meant for."""
        found: dict[int, list[Segment]] = defaultdict(list)
        for link in self.links:
            ends = (link.kind, link.from_kind, link.to_kind)
            of_service = ends == ("L06", "service_product", "segment")  # not a typical customer
            if of_service and link.to_id in self.segments:
                found[link.from_id].append(self.segments[link.to_id])
        return found

    @cached_property
    def channels_of(self) -> dict[int, list[Touchpoint]]:
        """Services to their meeting points."""
        points = {row.pk: row for row in visible(self.actor, Touchpoint)}
        found: dict[int, list[Touchpoint]] = defaultdict(list)
        pairs = Touchpoint.services.through.objects.filter(touchpoint_id__in=points)
        for point, service in pairs.order_by("id").values_list(
            "touchpoint_id", "serviceproduct_id"
        ):
            found[service].append(points[point])
        return found

    @cached_property
    def supplier_of(self) -> dict[int, str]:
        """Services to the supplier whose part they need.

        Only parts that are called as their supplier, as the column ``supplier`` makes them: others
        stand on the sheets of needs and parts, and would come in again as suppliers of their own.
        """
        found: dict[int, str] = {}
        for row in self.dependencies:
            part = self.components.get(row.to_id) if row.to_kind == "component" else None
            if row.from_kind != "service_product" or part is None:
                continue
            if part.kind == "supplier_service" and fold(part.name) == fold(part.supplier_name):
                found.setdefault(row.from_id, part.name)
        return found

    @cached_property
    def asked_of(self) -> dict[int, int]:
        """Requirements to the first service that they ask something of."""
        found: dict[int, int] = {}
        for link in self.links:
            if link.kind == "L02" and link.to_kind == "service_product":
                found.setdefault(link.from_id, link.to_id)
        return found

    @cached_property
    def service_names(self) -> dict[int, str]:
        """How a sheet names each service: its title, or its code where titles repeat."""
        titles: dict[str, list[int]] = defaultdict(list)
        for number, service in self.services.items():
            titles[service.sort_title].append(number)
        return {
            number: service.title if len(titles[service.sort_title]) == 1 else service.code
            for number, service in self.services.items()
        }

    def user_name(self, link: Link) -> tuple[Any, str]:
        """The relationship or group at the beginning of a tie L32, and its name on the sheet."""
        if link.from_kind == "segment":
            group = self.segments.get(link.from_id)
            return group, group.title if group else ""
        found = self.relationships.get(link.from_id)
        return found, found.consumer_party.name if found else ""
