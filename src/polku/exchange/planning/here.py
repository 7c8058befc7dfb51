"""What stands in the workspace already, by the names that a file may use for it.

An import belongs to people who see everything inside, so all rows count; those of the run itself
too, so that an interrupted run finds what it made. Other unfinished runs stay unseen.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from polku.journeys.models import Touchpoint
from polku.kernel.actor import Actor
from polku.kernel.folding import fold
from polku.kernel.models import ExternalRef, Link
from polku.people.models import Segment
from polku.people.pointers import MERGED
from polku.portfolio.models import Component, Dependency, Offering, Requirement, ServiceProduct
from polku.tenancy.models import Party, Relationship


class Here:
    """Looks things up in one workspace for one run; each kind is read once, when first asked."""

    def __init__(self, by: Actor, source: str, run_number: int | None = None) -> None:
        self.by, self.source, self.run_number = by, source, run_number

    def rows(self, model: Any) -> QuerySet[Any]:
        """All rows of a model that this run may see, put away or not."""
        unseen = Q(pending_run__isnull=True)
        if self.run_number is not None:
            unseen |= Q(pending_run=self.run_number)
        found: QuerySet[Any] = model.objects.filter(unseen, workspace=self.by.workspace)
        return found.order_by("pk")

    @cached_property
    def services(self) -> dict[int, ServiceProduct]:
        """Services by inner number."""
        rows = self.rows(ServiceProduct).select_related("owner_party")
        return {row.pk: row for row in rows}

    @cached_property
    def requirements(self) -> dict[int, Requirement]:
        """Requirements by inner number."""
        rows = self.rows(Requirement).select_related("raised_by_party")
        return {row.pk: row for row in rows}

    @cached_property
    def refs(self) -> dict[tuple[str, str], ExternalRef]:
        """Keys of this source that still hold, by kind and key."""
        rows = ExternalRef.objects.filter(
            workspace=self.by.workspace, source=self.source, withdrawn_at__isnull=True
        )
        return {(row.kind, row.key): row for row in rows}

    @cached_property
    def ref_of(self) -> dict[tuple[str, int], ExternalRef]:
        """The reference of an object in this source, by kind and inner number."""
        # A key that led to a party which was merged into this one since says less of it
        refs = sorted(self.refs.values(), key=lambda ref: MERGED not in ref.last_seen)
        return {(ref.kind, ref.object_id): ref for ref in refs}

    @cached_property
    def elsewhere(self) -> set[tuple[str, int]]:
        """Objects, by kind and inner number, that came with other lists and not with this one."""
        rows = ExternalRef.objects.filter(
            workspace=self.by.workspace, withdrawn_at__isnull=True
        ).exclude(source=self.source)
        return set(rows.values_list("kind", "object_id")) - set(self.ref_of)

    @cached_property
    def parties(self) -> dict[str, Party]:
        """Parties by folded name, then by what they are also called."""
        rows = [row for row in self.rows(Party) if row.state == Party.State.ACTIVE]
        return _named(rows, lambda row: [row.name], lambda row: row.aliases)

    @cached_property
    def segments(self) -> dict[str, Segment]:
        """Groups by folded name in any language."""
        return _named(self._alive(Segment), lambda row: row.name.texts.values())

    @cached_property
    def touchpoints(self) -> dict[str, Touchpoint]:
        """Meeting points by folded name in any language."""
        return _named(self._alive(Touchpoint), lambda row: row.name.texts.values())

    @cached_property
    def components(self) -> dict[str, Component]:
        """Parts by folded name, then by what they are also called."""
        rows = self._alive(Component)
        return _named(rows, lambda row: [row.name], lambda row: row.aliases)

    def _alive(self, model: Any) -> list[Any]:
        return list(self.rows(model).filter(archived=False))

    @cached_property
    def offerings(self) -> dict[int, Offering]:
        """The default offering of each service that has one."""
        rows = self.rows(Offering).filter(is_default=True, archived=False)
        return {row.product_id: row for row in rows}

    @cached_property
    def relationships(self) -> dict[tuple[int, int], Relationship]:
        """Relationships that go on, by consumer and provider."""
        rows = self.rows(Relationship).filter(archived=False).exclude(state="ended")
        return {(row.consumer_party_id, row.provider_party_id): row for row in rows}

    @cached_property
    def ever_related(self) -> dict[tuple[int, int | None], list[int]]:
        """Numbers of relationships by consumer and provider, also of those that ended."""
        found: dict[tuple[int, int | None], list[int]] = defaultdict(list)
        rows = self.rows(Relationship).filter(archived=False)
        for row in rows.values_list("consumer_party_id", "provider_party_id", "pk"):
            found[row[0], row[1]].append(row[2])
        return found

    @cached_property
    def links(self) -> dict[tuple[str, str, int, str, int], Link]:
        """Live ties by kind and ends."""
        unseen = Q(pending_run__isnull=True) | Q(pending_run=self.run_number)
        rows = Link.objects.filter(unseen, workspace=self.by.workspace, state=Link.State.LIVE)
        rows = rows.filter(kind__in=["L02", "L06", "L32"])
        return {(r.kind, r.from_kind, r.from_id, r.to_kind, r.to_id): r for r in rows}

    @cached_property
    def meant_for(self) -> dict[int, dict[int, Link]]:
        """Services to the groups they are meant for."""
        found: dict[int, dict[int, Link]] = defaultdict(dict)
        for (kind, from_kind, start, to_kind, end), link in self.links.items():
            if (kind, from_kind, to_kind) == ("L06", "service_product", "segment"):
                found[start][end] = link
        return found

    @cached_property
    def channels(self) -> dict[int, set[int]]:
        """Services to the meeting points where they are met."""
        found: dict[int, set[int]] = defaultdict(set)
        pairs = Touchpoint.services.through.objects.filter(
            touchpoint__workspace=self.by.workspace, touchpoint__archived=False
        )
        for touchpoint, service in pairs.values_list("touchpoint_id", "serviceproduct_id"):
            found[service].add(touchpoint)
        return found

    @cached_property
    def dependencies(self) -> list[Dependency]:
        """Needs that are written down."""
        return list(self.rows(Dependency).filter(archived=False))


def _named(rows: Iterable[Any], *ways: Any) -> dict[str, Any]:
    """The first row that bears each name; the second way only where the first names nobody."""
    listed = list(rows)
    found: dict[str, Any] = {}
    for names_of in ways:
        for row in listed:
            for name in names_of(row):
                found.setdefault(fold(str(name)), row)
    return found
