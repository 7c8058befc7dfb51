"""Settings of a workspace. Each change stands at once and in the history; none deletes anything."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused, require
from polku.kernel.audit import one_operation, record
from polku.kernel.fields import plain
from polku.kernel.models import AuditEvent
from polku.kernel.policy import may_administer
from polku.kernel.profiles import FEATURES, SIZES, features_of
from polku.tenancy.models import Workspace
from polku.tenancy.models.workspace import Vocabulary

LANGUAGE_TAG_LENGTH = 35
FRESH_EXPORT = dt.timedelta(days=1)


def change_workspace(
    *, by: Actor, name: Mapping[str, str] | None = None, timezone_name: str | None = None,
    small_n_limit: int | None = None,
) -> Workspace:  # fmt: skip
    """Change name (texts by language), zone and the smallest group shown. Raises BadInput."""
    problems: dict[str, Any] = {}
    values: dict[str, Any] = {}
    texts = name or {}
    too_long = any(len(text) > 120 for text in texts.values())
    if too_long or not by.workspace.name.merged(texts):
        problems["name"] = _("Write the name that people know you by; 120 characters fit.")
    if timezone_name is not None:
        values["timezone"] = timezone_name
        if timezone_name not in available_timezones():
            problems["timezone"] = _("Choose a zone from the list, such as Europe/Helsinki.")
    if small_n_limit is not None:
        values["small_n_limit"] = small_n_limit
        if not 3 <= small_n_limit <= 100:
            problems["small_n_limit"] = _(
                "Groups smaller than 3 must stay hidden; 100 is the most."
            )
    if problems:
        raise BadInput(problems)
    return _change(lambda now: {"name": now.name.merged(texts), **values}, by=by)


def change_languages(languages: Sequence[str], default: str, *, by: Actor) -> Workspace:
    """Say which languages are written here and which comes first; texts in others are kept."""
    chosen = list(dict.fromkeys(tag.strip() for tag in languages if tag.strip()))
    if default not in chosen:
        words = _("The first language is one of those used here. Make another the first one first.")
        raise BadInput({"default_lang": words})
    if any(len(tag) > LANGUAGE_TAG_LENGTH for tag in chosen):
        raise BadInput({"languages": _("A language is a short tag such as fi or pt-BR.")})
    chosen.sort(key=lambda tag: tag != default)
    return _change(lambda _now: {"languages": chosen, "default_lang": default}, by=by)


def change_size(size: str, *, by: Actor) -> Workspace:
    """Choose another size; it sets every switch anew (``profiles.switch_changes`` shows which)."""
    if size not in SIZES:
        raise BadInput({"size": _("Choose one of the three.")})
    switches = features_of(size)
    return _change(
        lambda now: {"size_profile": size, "features": {**now.features, **switches}}, by=by
    )


def switch_feature(code: str, on: bool, *, by: Actor) -> Workspace:
    """Show or hide one part of Polku; what is hidden waits."""
    if code not in {feature.code for feature in FEATURES}:
        raise BadInput({"feature": _("There is no such switch.")})
    return _change(lambda now: {"features": {**now.features, code: on}}, by=by)


def change_vocabulary(vocabulary: str, *, by: Actor) -> Workspace:
    """Choose the words on screen; codes stay."""
    if vocabulary not in Vocabulary.values:
        raise BadInput({"vocabulary": _("Choose one of the two.")})
    return _change(lambda _now: {"vocabulary": vocabulary}, by=by)


def note_export(*, by: Actor) -> None:
    """Remember that everything was taken out of the workspace into a file."""
    record("workspace.exported", by=by, obj=by.workspace)


def archive_workspace(*, by: Actor) -> Workspace:
    """Close a workspace: nobody opens it any more, nothing is deleted. Needs a fresh export."""
    require(may_administer(by))
    since = timezone.now() - FRESH_EXPORT
    exported = AuditEvent.objects.filter(
        workspace_id=by.workspace.pk, name="workspace.exported", at__gte=since
    )
    if not exported.exists():
        raise Refused(_("Take an export first: nobody can open this workspace afterwards."))
    archived = {"state": Workspace.State.ARCHIVED}
    return _change(lambda _now: archived, by=by, name="workspace.archived")


def _change(
    wanted: Callable[[Workspace], Mapping[str, Any]], *, by: Actor, name: str = "workspace.changed"
) -> Workspace:
    """Set what *wanted* makes of the stored workspace: never of the copy the actor came with."""
    require(may_administer(by))
    with transaction.atomic(), one_operation():
        workspace = Workspace.objects.select_for_update().get(pk=by.workspace.pk)
        values = wanted(workspace)
        changes = {
            field: [plain(getattr(workspace, field)), plain(value)]
            for field, value in values.items()
            if getattr(workspace, field) != value
        }
        if not changes:
            return workspace
        for field in changes:
            setattr(workspace, field, values[field])
        workspace.revision += 1
        workspace.save()
        record(name, by=by, obj=workspace, changes=changes)
    return workspace
