"""What this room hears of, and what it does then."""

from django.db.models import Q

from polku.kernel import search
from polku.kernel.events import Event, on
from polku.tenancy.models import Relationship


def start() -> None:
    """Register the handlers of this room."""
    on("party.changed", _new_names)


def _new_names(event: Event) -> None:
    """A relationship is called after its two sides: another name moves and finds it too."""
    if "name" not in event.fields:
        return
    numbers = [party.pk for party in event.objects]
    rows = Relationship.objects.filter(workspace=event.by.workspace).filter(
        Q(consumer_party__in=numbers) | Q(provider_party__in=numbers)
    )
    called = list(rows.select_related("consumer_party", "provider_party"))
    for row in called:
        row.refresh_sort_title()
    Relationship.objects.bulk_update(called, ["sort_title"], batch_size=100)
    search.index(called)
