"""Two parties turn out to be one: what points at the other points at the one that stays."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import Conflict, NotFound, Refused, require
from polku.kernel.audit import Changes, one_operation, record
from polku.kernel.changes import change_object, stamp
from polku.kernel.circles import path_back
from polku.people.entities import PARTY
from polku.people.merging import hold_mergeable, values_from
from polku.people.operations.moving import Moving
from polku.people.operations.names import rename_relationships
from polku.people.operations.stakeholders import rename_stakeholders
from polku.people.policy import may_merge
from polku.tenancy.models import Party, Workspace


class Stale(Conflict):
    """A party changed since it was read; ``fields`` tells both revisions by its code."""

    def __init__(self, code: str, read: int, now: int) -> None:
        super().__init__({code: {"base": read, "theirs": now, "mine": read}}, now)
        words = _(
            "%(code)s was changed since you opened it. Nothing was merged: look at it as it is "
            "now, then send this again."
        )
        self._message = words % {"code": code}


def merge_parties(
    kept: Party, gone: Party, *, by: Actor, revisions: Mapping[str, int] | None = None,
    why: str = "",
) -> Party:  # fmt: skip
    """Let *kept* stand for *gone* too; returns it as it stands then.

    Whatever points at *gone* points at *kept*: what it owns, its customers, parts, account, keys of
    files. Its names find *kept* from now on, and say what *kept* says nothing of; its own words and
    its history stay on its page, which leads on. *revisions* are those that were read, by code. All
    or nothing. Raises NotFound for one of another workspace, BadInput, Refused, Stale, NotAllowed.
    """
    if by.workspace.pk != kept.workspace_id or by.workspace.pk != gone.workspace_id:
        raise NotFound
    with transaction.atomic(), one_operation():
        Workspace.objects.select_for_update().get(pk=by.workspace.pk)
        kept, gone = _held(kept, gone, revisions or {}, by)
        require(may_merge(by, kept, gone))
        hold_mergeable(kept, gone)
        return _merge(kept, gone, by, why.strip()[:300])


def _held(
    kept: Party, gone: Party, revisions: Mapping[str, int], by: Actor
) -> tuple[Party, Party]:  # fmt: skip
    """Both as they stand now, until the transaction ends."""
    rows = Party.objects.filter(workspace=by.workspace, pk__in=[kept.pk, gone.pk])
    rows = rows.filter(pending_run__isnull=True).order_by("pk").select_for_update()
    held = {party.pk: party for party in rows}
    if kept.pk not in held or gone.pk not in held:
        raise NotFound
    for party in held.values():
        party.workspace = by.workspace
        read = revisions.get(party.code)
        if read is not None and read != party.revision:
            raise Stale(party.code, read, party.revision)
    return held[kept.pk], held[gone.pk]


def _merge(kept: Party, gone: Party, by: Actor, why: str) -> Party:
    reason = _("%(gone)s was merged into %(kept)s.") % {"gone": gone.code, "kept": kept.code}
    note = f"{reason} {why}".strip()
    values = values_from(kept, gone)
    Moving(kept, gone, reason, by).move_all()
    found: Party = change_object(PARTY, kept, values, by=by, note=note)
    if path := path_back(found, "parent"):
        raise Refused(_("This would go round in a circle: %(path)s.") % {"path": path})
    rename_relationships(by.workspace, [kept.pk])
    rename_stakeholders(by.workspace, [kept.pk])
    changes: Changes = {
        "state": [gone.state, Party.State.MERGED], "archived": [False, True],
        "merged_into": [None, kept.code],
    }  # fmt: skip
    gone.state, gone.merged_into, gone.archived = Party.State.MERGED, found, True
    stamp(gone, by)
    gone.save()
    record("party.merged", by=by, obj=gone, changes=changes, note=note)
    record("party.took_in", by=by, obj=found, changes={"merged": [None, [gone.code]]}, note=note)
    return found
