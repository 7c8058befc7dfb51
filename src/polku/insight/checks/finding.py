"""For each check, the objects at which its end hangs loose, as a queryset of one kind."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from polku.kernel.models import Link, Transition
from polku.portfolio.models import Offering, Requirement, ServiceProduct, StrategyGoal
from polku.tenancy.models import Party, Workspace

STALE_AFTER = dt.timedelta(days=30)
UNPLANNED_AFTER = dt.timedelta(days=90)
IN_LIFE = ("", "idea", "being_made", "in_test", "live", "ending")


def _rows(model: type[Any], workspace: Workspace) -> QuerySet[Any]:
    return model.objects.filter(workspace=workspace, archived=False, pending_run__isnull=True)


def _links(workspace: Workspace, code: str) -> QuerySet[Link]:
    """Confirmed links that hold; a guess counts as missing."""
    return Link.objects.filter(
        workspace=workspace, kind=code, state=Link.State.LIVE, pending_run__isnull=True,
        confidence=Link.Confidence.CONFIRMED,
    )  # fmt: skip


def _holding(links: QuerySet[Link], today: dt.date) -> QuerySet[Link]:
    return links.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=today),
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
    )


def goal_without_service(workspace: Workspace, today: dt.date) -> QuerySet[Any]:
    """Active goals that no service in the pipeline or offered serves."""
    alive = _rows(ServiceProduct, workspace).filter(managed_state__in=IN_LIFE).values("pk")
    links = _holding(_links(workspace, "L01"), today).filter(
        to_kind="strategy_goal", to_id=OuterRef("pk"), from_id__in=alive
    )
    return _rows(StrategyGoal, workspace).filter(state="active").exclude(Exists(links))


def service_without_goal(workspace: Workspace, today: dt.date) -> QuerySet[Any]:
    """Live services that serve no goal."""
    links = _holding(_links(workspace, "L01"), today).filter(from_id=OuterRef("pk"))
    return _rows(ServiceProduct, workspace).filter(managed_state="live").exclude(Exists(links))


def wish_without_plan(workspace: Workspace, today: dt.date) -> QuerySet[Any]:
    """Wishes that were promised 90 days ago or more and are not done."""
    lately = Transition.objects.filter(
        workspace=workspace, object_kind="requirement", object_id=OuterRef("pk"),
        to_state="will_do", effective_on__gt=today - UNPLANNED_AFTER, cancelled_at__isnull=True,
    )  # fmt: skip
    return _rows(Requirement, workspace).filter(state="will_do").exclude(Exists(lately))


def wish_without_origin(workspace: Workspace, today: dt.date) -> QuerySet[Any]:
    """Wishes said yes to of which nobody knows where they come from."""
    links = _holding(_links(workspace, "L03"), today).filter(from_id=OuterRef("pk"))
    rows = _rows(Requirement, workspace).filter(
        state__in=["will_do", "done"], origin_kind="unknown", raised_by_party__isnull=True
    )
    return rows.exclude(Exists(links))


def live_without_offering(workspace: Workspace, _today: dt.date) -> QuerySet[Any]:
    """Live services that customers meet, with nothing published to get."""
    published = Offering.objects.filter(
        product=OuterRef("pk"), state="published", archived=False, pending_run__isnull=True
    )
    rows = _rows(ServiceProduct, workspace).filter(managed_state="live", kind="customer_facing")
    return rows.exclude(Exists(published))


def used_by_nobody(workspace: Workspace, today: dt.date) -> QuerySet[Any]:
    """Live services of which no user is known."""
    used = _holding(_links(workspace, "L32"), today).values("to_id")
    offered = Offering.objects.filter(product=OuterRef("pk"), pk__in=used)
    meant = _holding(_links(workspace, "L06"), today).filter(
        from_kind="service_product", from_id=OuterRef("pk")
    )
    rows = _rows(ServiceProduct, workspace).filter(managed_state="live", kind="customer_facing")
    return rows.exclude(Exists(offered)).exclude(Exists(meant))


def live_without_owner(workspace: Workspace, _today: dt.date) -> QuerySet[Any]:
    """Live services that nobody owns, or whose owner has left."""
    gone = Party.objects.filter(workspace=workspace).exclude(state="active").values("pk")
    rows = _rows(ServiceProduct, workspace).filter(managed_state__in=["live", "ending"])
    return rows.filter(Q(owner_party__isnull=True) | Q(owner_party__in=gone))


def other_without_owner(workspace: Workspace, _today: dt.date) -> QuerySet[Any]:
    """Services not live yet that nobody owns."""
    gone = Party.objects.filter(workspace=workspace).exclude(state="active").values("pk")
    rows = _rows(ServiceProduct, workspace).exclude(managed_state__in=["live", "ending", "ended"])
    return rows.filter(Q(owner_party__isnull=True) | Q(owner_party__in=gone))


def without_state(workspace: Workspace, _today: dt.date) -> QuerySet[Any]:
    """Services of which nobody said where they stand."""
    return _rows(ServiceProduct, workspace).filter(managed_state="")


def review_stale(workspace: Workspace, today: dt.date) -> QuerySet[Any]:
    """Services whose look-again day passed a month ago or more."""
    rows = _rows(ServiceProduct, workspace).exclude(managed_state="ended")
    return rows.filter(review_due__lt=today - STALE_AFTER)


def review_unset(workspace: Workspace, _today: dt.date) -> QuerySet[Any]:
    """Live services without a day to look again."""
    rows = _rows(ServiceProduct, workspace).filter(managed_state__in=["live", "ending"])
    return rows.filter(review_due__isnull=True)
