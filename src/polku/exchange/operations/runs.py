"""From a tried import to a saved one. Source: decision 3.

Rows are stored in short steps and stay unseen; the last step shows them all at once. An interrupted
run goes on where it stopped, or is withdrawn.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.exchange.operations.changing import Changer
from polku.exchange.operations.claiming import (
    PASSING,
    Taken,
    claim,
    hold,
    is_interrupted,
    locked,
    now_said,
    refuse_beside_another,
    stop,
    without,
)
from polku.exchange.operations.further import make_further
from polku.exchange.operations.further_journeys import fill_journeys
from polku.exchange.operations.learning import learn
from polku.exchange.operations.making import Maker
from polku.exchange.operations.noting import counts_of_rows
from polku.exchange.operations.uploads import mapping_of, open_upload
from polku.exchange.planning.plan import plan as make_plan
from polku.exchange.planning.rows import Plan
from polku.exchange.planning.troubles import Trouble
from polku.journeys.models import Touchpoint
from polku.kernel.actor import Actor, actor_for, system_actor
from polku.kernel.answers import Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.models import ImportRow, ImportRun, Link, Transition
from polku.kernel.policy import may_import
from polku.kernel.registry import entities
from polku.people.operations.settings import switch_feature
from polku.tenancy.models import UserAccount

log = logging.getLogger(__name__)

# Above this a run goes to the background; below, the person waits for it.
AT_ONCE = 300

_listeners: list[Callable[[int], None]] = []


@contextmanager
def listening(told: Callable[[int], None]) -> Iterator[None]:
    """Inside, *told* hears after each step how many rows are done; for the shell."""
    _listeners.append(told)
    try:
        yield
    finally:
        _listeners.remove(told)


def start_import(run: ImportRun, *, by: Actor) -> ImportRun:
    """Say that a tried import is to be saved; :func:`run_import` does it. Remembers the mapping.

    Refused while another import of the workspace is being saved.
    """
    require(may_import(by))
    mapping = mapping_of(run)
    with transaction.atomic():
        refuse_beside_another(run)
        ready = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.TRIED)
        if mapping is None or not ready.update(state=ImportRun.State.RUNNING):
            raise Refused(_("This import is not ready to be saved: try the file first."))
        run.refresh_from_db()
        run.done, run.message = 0, ""
        run.report = {**without(run.report, *PASSING), "beat": now_said(), "alike": _alike(run)}
        run.save()
        ImportRow.objects.filter(run=run).delete()
        learn(mapping, run.report.get("layout", []), by=by)
    return run


def _alike(run: ImportRun) -> list[list[Any]]:
    """Likely twins as the dry run found them: looking for them again would take as long."""
    rows = ImportRow.objects.filter(run=run, outcome=ImportRow.Outcome.NEW).exclude(problems=[])
    return [
        [row.sheet, row.row_number, problem]
        for row in rows
        for problem in row.problems
        if str(problem["code"]).startswith("alike_")
    ]


def resume_import(run: ImportRun, *, by: Actor) -> ImportRun:
    """Let an interrupted run go on; :func:`run_import` does it."""
    require(may_import(by))
    with transaction.atomic():
        refuse_beside_another(run)
        now = locked(run)
        if not is_interrupted(now):
            raise Taken
        if now.report.get("withdrawing"):
            raise Refused(_("This import is being withdrawn, and cannot go on."))
        now.state = ImportRun.State.RUNNING
        now.report = {**without(now.report, "claim", "queued"), "beat": now_said()}
        now.save(update_fields=["state", "report"])
    run.refresh_from_db()
    return run


def actor_of_run(run: ImportRun) -> Actor:
    """Who imports: the person who sent the file, else the system itself."""
    if run.made_by_id is None:
        return system_actor(run.workspace, "import")
    user = UserAccount.objects.filter(pk=run.made_by_id).first()
    actor = actor_for(user, run.workspace, "import") if user else None
    if actor is None:
        raise Refused(_("The person who began this import is no longer here."))
    return actor


def run_import(run: ImportRun, *, by: Actor | None = None) -> ImportRun:
    """Store the rows, then show them. After an error the run is interrupted, and says why.

    Raises :class:`Taken`, and leaves the run alone, when another saves it or it is finished.
    """
    claim(run)
    try:
        actor = (by or actor_of_run(run)).through("import")
        require(may_import(actor))
        _store(run, actor)
    except Taken:
        raise
    except Exception as error:
        log.exception("Import %s stopped.", run.pk)
        message = str(error) if hasattr(error, "message") else _("Something broke half-way.")
        stop(run, message)
        raise
    run.refresh_from_db()
    return run


def _store(run: ImportRun, by: Actor) -> None:
    mapping = mapping_of(run)
    if mapping is None:
        raise Refused(_("This import is not ready to be saved: try the file first."))
    run.done = ImportRow.objects.filter(run=run).count()
    wins = bool(run.mapping.get("file_wins"))
    book = open_upload(run, mapping.options())
    plan = make_plan(book, mapping, by, file_wins=wins, run_number=run.pk)
    _tell_alike(plan, run)
    maker, total = Maker(plan, plan.here, run, by, _listeners), len(plan.all_rows)
    with one_operation(run.operation_id) as number:
        if run.operation_id is None:
            ImportRun.objects.filter(pk=run.pk).update(operation_id=number, total=total)
            run.operation_id, run.total = number, total
        maker.make_beside()
        maker.make_services()
        maker.make_requirements()
        maker.make_users()
        maker.make_dependencies()
        maker.note_untouched()
        changer = Changer(maker)
        changer.change_services()
        changer.change_requirements()
        make_further(maker)
        _complete(run, plan, maker, by)
        fill_journeys(maker)


def _tell_alike(plan: Plan, run: ImportRun) -> None:
    rows = {(row.sheet[:120], row.number): row for row in plan.rows}
    for sheet, number, problem in run.report.get("alike", ()):
        row = rows.get((sheet, number))
        if row is not None:
            facts = {key: value for key, value in problem.items() if key not in ("code", "column")}
            row.troubles.append(Trouble(problem["code"], facts=facts))


def _complete(run: ImportRun, plan: Plan, maker: Maker, by: Actor) -> None:
    """Show everything in one step, and let the rooms above look at it."""
    with transaction.atomic():
        hold(run)
        before = run.report
        made = _merged(before.get("made", {}), _show(run))
        points = [*before.get("points", ()), *_tie_meeting_points(plan, maker)]
        _switch_on(plan, by)
        run.report = {**without(before, *PASSING), "made": made, "points": points}
        run.counts = counts_of_rows(run)
        run.state, run.finished_at = ImportRun.State.COMPLETE, timezone.now()
        run.save()
        record("import.completed", by=by, obj=run, changes={"counts": [None, run.counts]})


def _show(run: ImportRun) -> dict[str, list[int]]:
    made: dict[str, list[int]] = {}
    for entity in entities():
        rows = entity.model.objects.filter(workspace=run.workspace_id, pending_run=run.pk)
        numbers = list(rows.order_by("pk").values_list("pk", flat=True))
        if numbers:
            made[entity.kind] = numbers
            rows.update(pending_run=None)
    Transition.objects.filter(workspace=run.workspace_id, pending_run=run.pk).update(
        pending_run=None
    )  # fmt: skip
    links = Link.objects.filter(workspace=run.workspace_id, pending_run=run.pk)
    made["link"] = list(links.order_by("pk").values_list("pk", flat=True))
    links.update(pending_run=None)
    return made


def _merged(before: dict[str, list[int]], more: dict[str, list[int]]) -> dict[str, list[int]]:
    """What was made before stays listed: it is the way back."""
    kinds = dict.fromkeys((*before, *more))
    return {kind: sorted({*before.get(kind, ()), *more.get(kind, ())}) for kind in kinds}


def _tie_meeting_points(plan: Plan, maker: Maker) -> list[list[int]]:
    """Meeting points that were here before are tied to services only now, when all are in sight."""
    through = Touchpoint.services.through
    wanted: set[tuple[int, int]] = set()
    for row in plan.rows:
        service = row.obj.pk if row.obj is not None else maker.made.get(row.place)
        if row.kind == "service_product" and service is not None:
            points = (maker.here.touchpoints[key].pk for key in row.wants.get("channels", ()))
            wanted |= {(point, service) for point in points}
    known = set(
        through.objects.filter(touchpoint_id__in={point for point, _service in wanted})
        .values_list("touchpoint_id", "serviceproduct_id")
    )  # fmt: skip
    new = sorted(wanted - known)
    rows = [through(touchpoint_id=point, serviceproduct_id=service) for point, service in new]
    through.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    return [list(pair) for pair in new]


def _switch_on(plan: Plan, by: Actor) -> None:
    """Parts that a sheet brings are of no use while their room is hidden (decision 39)."""
    for feature in plan.switches:
        if not by.workspace.features.get(feature, True):
            workspace = switch_feature(feature, True, by=system_actor(by.workspace, "import"))
            by.workspace.features = workspace.features


def counts_of_kinds(run: ImportRun) -> dict[str, int]:
    """How many things of each kind the run made."""
    made: dict[str, Any] = run.report.get("made", {})
    return {kind: len(numbers) for kind, numbers in made.items() if numbers}
