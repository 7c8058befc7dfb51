"""Taking an import back. Source: handbook, portfolio 7.12; decision 18.

What the run made is put away, keys are withdrawn, former values come back as new history. What
somebody edited since is left, and listed; so is what something else rests on by now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.exchange.operations.changing import ALSO, BACK, SEEN
from polku.exchange.operations.claiming import PASSING, is_interrupted, is_queued, locked, without
from polku.exchange.operations.needing import needed
from polku.exchange.operations.pace import Pace
from polku.journeys.models import Touchpoint
from polku.kernel.actor import Actor
from polku.kernel.answers import Allowed, Answer, BadInput, Denied, Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.models import (
    AuditEvent,
    ExternalRef,
    ImportRow,
    ImportRun,
    Link,
    SearchText,
    Transition,
)
from polku.kernel.operations_bulk import archive_objects, change_objects, place_objects
from polku.kernel.policy import may_import
from polku.kernel.registry import Entity, entities, entity
from polku.portfolio.models import Offering, PackageMember

# What points at others goes first, so that nothing is left pointing at what was put away.
_FIRST = ("decision", "journey", "dependency", "product_version", "offering", "service_package",
          "requirement", "service_product", "touchpoint")  # fmt: skip


@dataclass
class Undone:
    """What came of it: how many were put away and given back; what was left: kind, code, title."""

    archived: int = 0
    restored: int = 0
    left: list[tuple[str, str, str]] = field(default_factory=list)


def may_undo(actor: Actor, run: ImportRun) -> Answer:
    """Whoever may import; only what is saved and not undone yet."""
    answer = may_import(actor)
    if not answer:
        return answer
    if run.state == ImportRun.State.UNDONE:
        return Denied(_("This import was undone already."))
    if run.state != ImportRun.State.COMPLETE:
        return Denied(_("Only a finished import can be undone. This one can be withdrawn."))
    later = ImportRun.objects.filter(
        workspace=actor.workspace, source=run.source, state=ImportRun.State.COMPLETE,
        finished_at__gt=run.finished_at,
    )  # fmt: skip
    if newer := later.order_by("finished_at").first():
        words = _("A later import of the same list stands on this one: undo %(name)s first.")
        return Denied(words % {"name": newer.file_name})
    return Allowed()


def undo_import(run: ImportRun, *, by: Actor) -> Undone:
    """Take a finished import back. May be called again after an interruption."""
    require(may_undo(by, run))
    actor, found = by.through("import"), Undone()
    reason = _("The import of %(name)s was undone.") % {"name": run.file_name}
    with one_operation():
        _give_back(run, found, by=actor, reason=reason)
        _untie(run)
        _put_away(run, found, by=actor, reason=reason)
        with transaction.atomic():
            ExternalRef.objects.filter(
                workspace=run.workspace_id, run=run, withdrawn_at__isnull=True
            ).exclude(_seen_before(run)).update(withdrawn_at=timezone.now())
            run.state, run.undone_at = ImportRun.State.UNDONE, timezone.now()
            run.report = {**run.report, "left": [list(each) for each in found.left]}
            run.save(update_fields=["state", "undone_at", "report"])
            record("import.undone", by=actor, obj=run, changes={"left": [None, len(found.left)]})
    return found


def _seen_before(run: ImportRun) -> Q:
    """Keys of objects that were here before the run: they go on leading there."""
    rows = ImportRow.objects.filter(run=run, outcome__in=["same", "changed"])
    return Q(object_id__in=rows.values("object_id"))


def _give_back(run: ImportRun, found: Undone, *, by: Actor, reason: str) -> None:
    """Former values of objects that nobody edited since."""
    rows = list(ImportRow.objects.filter(run=run, outcome=ImportRow.Outcome.CHANGED))
    pace = Pace()
    for part in pace.parts(rows):
        with pace.step():
            by_kind: dict[str, list[ImportRow]] = {}
            for row in part:
                by_kind.setdefault(row.object_kind, []).append(row)
            for kind, kept in by_kind.items():
                found.restored += _restore(
                    run, entity(kind), kept, found, by=by, reason=reason
                )  # fmt: skip


def _restore(
    run: ImportRun, row_of: Entity, rows: list[ImportRow], found: Undone, *, by: Actor,
    reason: str,
) -> int:  # fmt: skip
    """How many are as they were before; rows that an earlier try gave back are only counted."""
    open_rows = [row for row in rows if BACK not in row.changes]
    numbers = [row.object_id or 0 for row in open_rows]
    objects = {obj.pk: obj for obj in row_of.model.objects.filter(pk__in=numbers)}
    edited = _edited(run, row_of, numbers)
    given = [(row, objects[row.object_id]) for row in open_rows if row.object_id in objects]
    for _row, obj in given:
        if obj.pk in edited:
            found.left.append((row_of.kind, obj.code, obj.title))
    free = [(row, obj) for row, obj in given if obj.pk not in edited]
    return len(rows) - len(open_rows) + _restore_all(row_of, free, found, by=by, reason=reason)


def _restore_all(
    row_of: Entity, pairs: list[tuple[ImportRow, Any]], found: Undone, *, by: Actor, reason: str
) -> int:  # fmt: skip
    """All at once, or one by one when one of them cannot be as it was: that one is left."""
    try:
        with transaction.atomic():
            _restore_values(row_of, pairs, by=by, reason=reason)
            return len(pairs)
    except (BadInput, Refused):
        if len(pairs) > 1:
            return sum(
                _restore_all(row_of, [pair], found, by=by, reason=reason) for pair in pairs
            )  # fmt: skip
        obj = pairs[0][1]
        found.left.append((row_of.kind, obj.code, obj.title))
        return 0


def _restore_values(
    row_of: Entity, pairs: list[tuple[ImportRow, Any]], *, by: Actor, reason: str
) -> None:  # fmt: skip
    values, states = [], []
    for row, obj in pairs:
        before = {name: pair[0] for name, pair in row.changes.items() if not name.startswith("_")}
        if row_of.state_field in before:
            states.append((obj.pk, before.pop(row_of.state_field)))
        values.append((obj.pk, _languages(obj, before)))
        _restore_beside(row, by=by, reason=reason)
    change_objects(row_of, values, by=by, note=reason)
    if states:
        place_objects(row_of, states, by=by, reason=reason)
    rows = [row for row, _obj in pairs]
    for row in rows:
        row.changes = {**row.changes, BACK: True}
    ImportRow.objects.bulk_update(rows, ["changes"], batch_size=100)


def _languages(obj: Any, before: Mapping[str, Any]) -> dict[str, Any]:
    """Texts come back with the languages they had; those that came with the file go."""
    found = {}
    for name, value in before.items():
        now = getattr(obj, name, None)
        texts = getattr(now, "texts", None)
        if texts is not None and isinstance(value, dict):
            found[name] = {**dict.fromkeys(texts, ""), **value}
        else:
            found[name] = value
    return found


def _restore_beside(row: ImportRow, *, by: Actor, reason: str) -> None:
    for kind, number, changes in row.changes.get(ALSO, ()):
        other = entity(kind)
        obj = other.model.objects.filter(pk=number).first()
        if obj is not None:
            before = {name: pair[0] for name, pair in changes.items()}
            change_objects(other, [(number, _languages(obj, before))], by=by, note=reason)
    seen = row.changes.get(SEEN)
    refs = ExternalRef.objects.filter(
        workspace=row.workspace_id, kind=row.object_kind, object_id=row.object_id or 0,
        run=row.run_id,
    )  # fmt: skip
    if seen is not None:
        refs.update(last_seen=seen)
    else:
        refs.update(withdrawn_at=timezone.now())


def _untie(run: ImportRun) -> None:
    with transaction.atomic():
        Link.objects.filter(pk__in=run.report.get("made", {}).get("link", ())).update(
            state=Link.State.REMOVED, removed_reason=_("The import was undone.")
        )
        through = Touchpoint.services.through
        for point, service in run.report.get("points", ()):
            through.objects.filter(touchpoint_id=point, serviceproduct_id=service).delete()


def _put_away(run: ImportRun, found: Undone, *, by: Actor, reason: str) -> None:
    made: dict[str, list[int]] = run.report.get("made", {})
    kinds = [row for row in entities() if row.kind in made]
    ordered = _those_that_point_first(kinds)
    for place, row in enumerate(ordered):
        numbers = made[row.kind]
        edited = _kept(run, row, made, ordered[place + 1 :])
        for obj in row.model.objects.filter(pk__in=edited).order_by("pk"):
            found.left.append((row.kind, obj.code, obj.title))
        pace = Pace()
        for part in pace.parts([number for number in numbers if number not in edited]):
            with pace.step():
                found.archived += len(archive_objects(row, list(part), by=by, reason=reason))


def _edited(run: ImportRun, row: Entity, numbers: Iterable[int]) -> set[int]:
    """Objects that somebody touched since; what later imports did and undid does not count."""
    events = AuditEvent.objects.filter(
        workspace=run.workspace_id, object_kind=row.kind, object_id__in=list(numbers),
        at__gte=run.finished_at or run.made_at,
    ).exclude(channel="import")  # fmt: skip
    return set(events.values_list("object_id", flat=True))


def _those_that_point_first(kinds: Iterable[Entity]) -> list[Entity]:
    """The order in which kinds go."""
    rows = list(kinds)
    first = sorted((r for r in rows if r.kind in _FIRST), key=lambda r: _FIRST.index(r.kind))
    return [*first, *reversed([row for row in rows if row.kind not in _FIRST])]


def _kept(
    run: ImportRun, row: Entity, made: Mapping[str, list[int]], later: Iterable[Entity]
) -> set[int]:  # fmt: skip
    """Objects of one kind that stay: touched since, needed by something, or by one that stays."""
    numbers = set(made[row.kind])
    kept = _edited(run, row, numbers)
    # These are put away later; all else that the run made is away already when its turn comes.
    going = {each.kind: set(made[each.kind]) - _edited(run, each, made[each.kind])
             for each in later}  # fmt: skip
    while more := needed(row, numbers - kept, {**going, row.kind: numbers - kept}):
        kept |= more
    return kept


def withdraw_import(run: ImportRun, *, by: Actor) -> ImportRun:
    """Give up a run that did not finish: what nobody saw yet goes, what it changed comes back.

    Refused while somebody saves it; may be called again after an interruption.
    """
    require(may_import(by))
    actor = by.through("import")
    reason = _("The import of %(name)s was withdrawn.") % {"name": run.file_name}
    _take_from_whoever_saves(run)
    with one_operation():
        _give_back(run, Undone(), by=actor, reason=reason)
        with transaction.atomic():
            _drop_unseen(run)
            ImportRow.objects.filter(run=run).delete()
            run.state, run.finished_at = ImportRun.State.WITHDRAWN, timezone.now()
            run.report = without(run.report, *PASSING)
            run.save(update_fields=["state", "finished_at", "report"])
    return run


def _take_from_whoever_saves(run: ImportRun) -> None:
    """From here on no step of the run is stored, and it cannot go on."""
    with transaction.atomic():
        now = locked(run)
        if not is_interrupted(now) and not is_queued(now):
            raise Refused(_("Only an import that stopped half-way can be withdrawn."))
        now.state = ImportRun.State.INTERRUPTED
        now.report = {**without(now.report, "claim", "queued"), "withdrawing": True}
        now.save(update_fields=["state", "report"])
    run.refresh_from_db()


def _drop_unseen(run: ImportRun) -> None:
    """Rows that were never in sight leave no trace; the last made go first."""
    mine: dict[str, Any] = {"workspace": run.workspace_id, "pending_run": run.pk}
    Link.objects.filter(**mine).delete()
    Transition.objects.filter(**mine).delete()
    _let_go(mine)
    for row in _those_that_point_first(entities()):
        rows = row.model.objects.filter(**mine)
        numbers = list(rows.values_list("pk", flat=True))
        if not numbers:
            continue
        about = {"workspace": run.workspace_id, "object_id__in": numbers}
        SearchText.objects.filter(kind=row.kind, **about).delete()
        AuditEvent.objects.filter(object_kind=row.kind, **about).delete()
        ExternalRef.objects.filter(kind=row.kind, **about).delete()
        rows.delete()


def _let_go(mine: Mapping[str, Any]) -> None:
    """Rows of one kind that hold each other let go, and so do those that hold what goes first."""
    PackageMember.objects.filter(
        package__workspace=mine["workspace"], package__pending_run=mine["pending_run"]
    ).delete()
    for row in entities():
        own = [each.name for each in row.fields if each.type == "ref" and each.ref == row.kind]
        rows = row.model.objects.filter(**mine)
        if own:
            rows.update(**dict.fromkeys(own))
        rows.filter(relationship__isnull=False).update(relationship=None, audience="internal")
    Offering.objects.filter(**mine, package__isnull=False).delete()
