"""Verbs about versions: releasing one puts the former one of the same market to rest."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polku.kernel import search
from polku.kernel.actor import Actor, system_actor
from polku.kernel.answers import Refused
from polku.kernel.audit import one_operation
from polku.kernel.changes import change_object, create_object
from polku.kernel.events import Event
from polku.kernel.models import Transition
from polku.kernel.transitions import Step, move
from polku.portfolio.entities import VERSION
from polku.portfolio.models import ProductVersion, Requirement, ServiceProduct
from polku.portfolio.releases import contents_of

ENDED = frozenset({"superseded", "withdrawn"})
A_DAY = dt.timedelta(days=1)


def release(version: ProductVersion, step: Step, *, by: Actor) -> Transition:
    """Release a version. The one that is live in the same market is replaced on that day.

    Raises Refused when another one went live after that day: the past of a service cannot have
    two versions at once.
    """
    day = step.effective_on
    later = _live_beside(version).filter(live_from__gt=day).first() if day else None
    if later is not None:
        words = {"label": later.label, "day": str(later.live_from)}
        raise Refused(_("Version %(label)s is live since %(day)s. Choose a later day.") % words)
    with transaction.atomic(), one_operation():
        row = move(version, step, by=by)
        if row.is_planned and version.planned_on != row.effective_on:
            change_object(VERSION, version, {"planned_on": row.effective_on}, by=by)
    return row


def bring_back(former: ProductVersion, *, label: str, by: Actor, **values: Any) -> ProductVersion:
    """A new draft that brings back a version which was replaced or withdrawn."""
    with transaction.atomic(), one_operation():
        given = {
            "product": former.product, "market": former.market, "notes": former.notes, **values,
            "label": label, "restores": former,
        }  # fmt: skip
        made: ProductVersion = create_object(VERSION, given, by=by)
    return made


def make_way(*, obj: Any, state: str, day: dt.date | None, by: Actor) -> None:
    """What happens when a version enters a state: its days, and the former live one steps back.

    Asked by :mod:`polku.kernel.transitions` before the state is stored, for steps of today and of
    the past and for planned ones whose day has come.
    """
    if not isinstance(obj, ProductVersion) or day is None:
        return
    if state == "live":
        _alone(obj, day, by)
        obj.live_from, obj.live_to = day, None
    elif state in ENDED and obj.live_from is not None and obj.live_to is None:
        obj.live_to = max(obj.live_from, day - A_DAY)
    elif state not in ENDED:
        obj.live_from, obj.live_to = None, None
    days = {"live_from": obj.live_from, "live_to": obj.live_to}
    ProductVersion.objects.filter(pk=obj.pk).update(**days)


def _alone(version: ProductVersion, day: dt.date, by: Actor) -> None:
    """At most one version is live in a market: the former is replaced, in this transaction."""
    # Releases of one service wait for each other, so that none meets a version it did not see
    ServiceProduct.objects.select_for_update(no_key=True).get(pk=version.product_id)
    for former in _live_beside(version):
        on = max(day, former.live_from or day)
        reason = _("Replaced by version %(label)s.") % {"label": version.label}
        step = Step("superseded", effective_on=on, reason=reason)
        move(former, step, by=system_actor(by.workspace, by.channel))


def _live_beside(version: ProductVersion) -> Any:
    rows = ProductVersion.objects.filter(
        product_id=version.product_id, market=version.market, release_state="live", archived=False
    )
    return rows.exclude(pk=version.pk)


def follow_the_service(event: Event) -> None:
    """The name of a service stands in the names of its versions: keep their order and words."""
    if "name" not in event.fields:
        return
    services: Sequence[ServiceProduct] = event.objects
    rows = ProductVersion.objects.filter(product__in=services).select_related("product")
    versions = list(rows)
    for version in versions:
        version.refresh_sort_title()
    ProductVersion.objects.bulk_update(versions, ["sort_title"], batch_size=500)
    search.index(versions)


def note_wishes_done(version: ProductVersion, *, by: Actor) -> list[Requirement]:
    """Note as done the wishes of a live version that somebody said yes to.

    Nothing notes them by itself: somebody says that they were looked at (docs/decisions/0031).
    """
    if version.release_state != ProductVersion.ReleaseState.LIVE:
        raise Refused(_("It is not live yet, so nothing of it is done for anybody."))
    reason = _("Live with version %(label)s.") % {"label": version.label}
    open_ = [wish for wish in contents_of(by, version) if wish.state == "will_do"]
    with transaction.atomic(), one_operation():
        for wish in open_:
            move(wish, Step("done", reason=reason), by=by)
    return open_
