"""What checks ask of the rows: in use, tied for certain, tied today."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import OuterRef, Q, QuerySet

from polku.insight.checks.check import Hearing, Least, Look, Numbers, Rows
from polku.kernel.answers import Sentence
from polku.kernel.models import Link
from polku.tenancy.models import Party, Workspace

# Also one of which nobody said where it stands: it counts as being in life
IN_LIFE = ("", "idea", "being_made", "in_test", "live", "ending")
OFFERED = ("live", "ending")


def rows_of(model: type[Any], workspace: Workspace) -> QuerySet[Any]:
    """Rows that are neither put away nor still on their way in."""
    return model.objects.filter(workspace=workspace, archived=False, pending_run__isnull=True)


def every(model: type[Any], **narrow: Any) -> Callable[[Look], Rows]:
    """All rows of a model that are in use, narrowed."""
    return lambda look: rows_of(model, look.workspace).filter(**narrow)


def confirmed(workspace: Workspace, code: str) -> QuerySet[Link]:
    """Confirmed ties that were not removed; a guess counts as missing."""
    return Link.objects.filter(
        workspace=workspace, kind=code, state=Link.State.LIVE, pending_run__isnull=True,
        confidence=Link.Confidence.CONFIRMED,
    )  # fmt: skip


def holding(links: QuerySet[Link], day: dt.date) -> QuerySet[Link]:
    """Those that hold on a day."""
    return links.filter(dated(day))


def dated(day: dt.date) -> Q:
    """Rows whose validity covers a day."""
    return Q(Q(valid_from__isnull=True) | Q(valid_from__lte=day)) & Q(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    )


def tied(look: Look, code: str) -> QuerySet[Link]:
    """Confirmed ties of a kind that hold today."""
    return holding(confirmed(look.workspace, code), look.day)


def used(codes: str, what: Sentence, *other: Callable[[Workspace], Rows]) -> Least:
    """Asleep until one of these kinds of tie was used once (DECISIONS 30), or *other* rows are."""
    kinds = codes.split()

    def ever(workspace: Workspace) -> Rows:
        return Link.objects.filter(workspace=workspace, kind__in=kinds)

    return Least((ever, *other), what, wakes_on=tuple(f"link.made:{code}" for code in kinds))


def nobody(look: Look, field: str = "owner_party") -> Q:
    """No owner, or one who has left."""
    return Q(**{f"{field}__isnull": True}) | left(look, field)


def left(look: Look, field: str = "owner_party") -> Q:
    """The owner has left."""
    gone = Party.objects.filter(workspace=look.workspace).exclude(state="active").values("pk")
    return Q(**{f"{field}__in": gone})


def ends_of(code: str, mine: str, other: str, kind: str = "") -> Hearing:
    """From the numbers at one end of a kind of tie to those at the other (``from`` or ``to``)."""

    def hear(workspace: Workspace, numbers: Numbers) -> list[int]:
        rows = Link.objects.filter(workspace=workspace, kind=code, **{f"{other}_id__in": numbers})
        if kind:
            rows = rows.filter(**{f"{other}_kind": kind})
        return list(rows.values_list(f"{mine}_id", flat=True))

    return hear


def owned(model: type[Any], field: str = "owner_party_id") -> Hearing:
    """From people to what they answer for."""

    def hear(workspace: Workspace, numbers: Numbers) -> list[int]:
        rows = model.objects.filter(workspace=workspace, **{f"{field}__in": numbers})
        return list(rows.values_list("pk", flat=True))

    return hear


SELF = OuterRef("pk")
