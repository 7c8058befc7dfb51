"""The first measure of progress: ends that hang loose and dials that are unknown, day by day."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from polku.insight.portfolio import DialCount, dials_of
from polku.kernel.actor import Actor
from polku.kernel.answers import Answer, Denied, require
from polku.kernel.clock import today_in
from polku.kernel.models import LooseEnd, ProgressReading
from polku.kernel.policy import may_read_inside
from polku.portfolio.models import ServiceProduct
from polku.tenancy.models import Workspace

GRADES = ("urgent", "attention", "note")
ENDS, UNOWNED, DIALS = "loose_ends", "loose_ends.nobodys", "dials.unknown"


def note_progress(workspace: Workspace, today: dt.date | None = None) -> None:
    """Write the numbers of today down; asked again on the same day, the newest stand."""
    day = today or today_in(workspace)
    numbers = {**_ends(workspace), **_dials(workspace)}
    rows = [
        ProgressReading(workspace=workspace, measure=measure, day=day, n=n, out_of=out_of)
        for measure, (n, out_of) in numbers.items()
    ]
    ProgressReading.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["workspace", "measure", "day"],
        update_fields=["n", "out_of"],
    )  # fmt: skip


def _ends(workspace: Workspace) -> dict[str, tuple[int, int | None]]:
    rows = LooseEnd.objects.filter(workspace=workspace, state=LooseEnd.State.OPEN)
    grades = list(rows.values_list("severity", "owner_party_id"))
    found: dict[str, tuple[int, int | None]] = {
        f"{ENDS}.{grade}": (sum(one == grade for one, _who in grades), None) for grade in GRADES
    }
    unowned = sum(owner is None for _grade, owner in grades)
    return {**found, UNOWNED: (unowned, len(grades))}


def _dials(workspace: Workspace) -> dict[str, tuple[int, int | None]]:
    """As the board counts them: services in use, those of ended ones too."""
    rows = ServiceProduct.objects.filter(
        workspace=workspace, archived=False, pending_run__isnull=True
    ).only("managed_state", "held_from_state", "dial_agreement", "dial_cost", "criticality",
           "dial_continuity", "lifespan_phase")  # fmt: skip
    found = DialCount.of(dials_of(service) for service in rows)
    return {DIALS: (found.unknown, found.total)}


def may_look_again(actor: Actor) -> Answer:
    """Everybody of the team but those who only read."""
    answer = may_read_inside(actor)
    if answer and actor.role == "reader":
        return Denied(_("You may read here. Somebody who may change things can look again."))
    return answer


def look_again(*, by: Actor) -> int:
    """Run every check now, not only at night; returns how many ends are open."""
    from polku.insight.operations.checking import refresh

    require(may_look_again(by))
    n = refresh(by.workspace)
    note_progress(by.workspace)
    return n
