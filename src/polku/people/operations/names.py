"""Keeping the names of relationships in step with the names of their sides."""

from collections.abc import Collection

from django.db.models import Q

from polku.kernel import search
from polku.tenancy.models import Relationship, Workspace


def rename_relationships(workspace: Workspace, parties: Collection[int]) -> None:
    """After these parties got other names: order and search words of their relationships."""
    rows = Relationship.objects.filter(workspace=workspace).filter(
        Q(consumer_party__in=parties) | Q(provider_party__in=parties)
    )
    called = list(rows.select_related("consumer_party", "provider_party"))
    for row in called:
        row.refresh_sort_title()
    Relationship.objects.bulk_update(called, ["sort_title"], batch_size=100)
    search.index(called)
