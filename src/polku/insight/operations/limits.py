"""What a workspace set for its checks: a limit of its own, or that a check sleeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from polku.insight.checks.check import Check, Limit
from polku.insight.checks.rows import BY_CODE, CHECKS
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, require
from polku.kernel.audit import one_operation, record
from polku.kernel.models import DetectorSetting
from polku.kernel.policy import may_administer
from polku.tenancy.models import Workspace

IS_ON = "is_on"
CHANGED = "workspace_check.changed"


@dataclass(frozen=True)
class Chosen:
    """A check as a workspace has it."""

    is_on: bool
    limits: dict[str, int]


def choices(workspace: Workspace) -> dict[str, Chosen]:
    """Every check by its code, with the limits in force; one statement."""
    rows = DetectorSetting.objects.filter(workspace=workspace)
    own = {(code, name): value for code, name, value in rows.values_list(
        "check_code", "name", "value")}  # fmt: skip
    return {check.code: _chosen(check, own) for check in CHECKS}


def _chosen(check: Check, own: Mapping[tuple[str, str], Any]) -> Chosen:
    limits = {
        limit.name: own.get((check.code, limit.name), {}).get("value", limit.usual)
        for limit in check.limits
    }
    return Chosen(own.get((check.code, IS_ON), {}).get("value", True), limits)


def find_check(code: str) -> Check:
    """The check of this code, or NotFound."""
    if code not in BY_CODE:
        raise NotFound
    return BY_CODE[code]


def change_check(
    check: Check, *, by: Actor, is_on: bool | None = None, limits: Mapping[str, Any] | None = None
) -> Chosen:
    """Switch a check on or off and set its limits; what is not given stays.

    What it finds now is brought in step at once. Raises BadInput for a number out of bounds.
    """
    from polku.insight.operations.checking import refresh_check

    require(may_administer(by))
    wanted = _wanted(check, limits or {})
    if is_on is not None:
        wanted[IS_ON] = is_on
    with transaction.atomic(), one_operation():
        Workspace.objects.select_for_update().get(pk=by.workspace.pk)
        now = choices(by.workspace)[check.code]
        before = {IS_ON: now.is_on, **now.limits}
        changes = {
            f"{check.code}.{name}": [before[name], value]
            for name, value in wanted.items()
            if before[name] != value
        }
        if changes:
            for name, value in wanted.items():
                _keep(by.workspace, check, name, value)
            record(CHANGED, by=by, obj=by.workspace, changes=changes)
            refresh_check(by.workspace, check.code)
    return choices(by.workspace)[check.code]


def _wanted(check: Check, limits: Mapping[str, Any]) -> dict[str, Any]:
    by_name = {limit.name: limit for limit in check.limits}
    problems: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for name, value in limits.items():
        if name not in by_name:
            problems[name] = _("This check has no such limit.")
        elif not _fits(by_name[name], value):
            words = _("A whole number from %(least)d to %(most)d is needed here.")
            problems[name] = words % {"least": by_name[name].least, "most": by_name[name].most}
        else:
            found[name] = int(value)
    if problems:
        raise BadInput(problems)
    return found


def _fits(limit: Limit, value: Any) -> bool:
    """A whole number within bounds, as a number or in digits; yes and no are none."""
    text = "" if isinstance(value, bool) else str(value)
    short = text.isascii() and text.isdigit() and len(text) <= 9
    return short and limit.least <= int(text) <= limit.most


def _keep(workspace: Workspace, check: Check, name: str, value: Any) -> None:
    usual = {IS_ON: True, **check.usual}[name]
    mine = DetectorSetting.objects.filter(
        workspace=workspace, check_code=check.code, name=name
    )  # fmt: skip
    if value == usual:
        mine.delete()
    elif not mine.update(value={"value": value}):
        DetectorSetting.objects.create(
            workspace=workspace, check_code=check.code, name=name, value={"value": value}
        )
