"""What Polku looks for: each check with its rule in exact words, its limits and its newest run."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from polku.insight.checks.check import Check, Limit
from polku.insight.checks.rows import BY_CODE, ROOMS
from polku.insight.ends import changes_of_checks, runs_of
from polku.insight.operations import change_check, choices, find_check, may_look_again
from polku.insight.operations.limits import IS_ON, Chosen
from polku.insight.telling import UNITS, amount, filled
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, require
from polku.kernel.finding import kinds_for
from polku.kernel.models import AuditEvent, DetectorRun, LooseEnd
from polku.kernel.policy import may_administer, may_read_inside
from polku.web import formats
from polku.web.desk.settings_saved import saved, take_saved

LATELY = 8
SEVERITIES = dict(LooseEnd.Severity.choices)


class CheckForm(forms.Form):
    """On or off, and a field for each limit."""

    is_on = forms.BooleanField(label=gettext_lazy("Look for this"), required=False)

    def __init__(self, check: Check, chosen: Chosen, data: Mapping[str, Any] | None) -> None:
        initial = {IS_ON: chosen.is_on, **chosen.limits}
        super().__init__(data, initial=initial, prefix=check.code)
        self.limits = check.limits
        for limit in check.limits:
            self.fields[limit.name] = _limit_field(limit)

    @property
    def names(self) -> list[str]:
        """The limits' fields, in order."""
        return [limit.name for limit in self.limits]


def _limit_field(limit: Limit) -> forms.IntegerField:
    unit = str(UNITS[limit.unit] % {"n": limit.usual})
    words = _("From %(least)s to %(most)s; Polku comes with %(usual)s.")
    help_text = words % {"least": limit.least, "most": limit.most, "usual": unit}
    return forms.IntegerField(
        label=str(limit.label), min_value=limit.least, max_value=limit.most, help_text=help_text
    )


@require_safe
def loose_end_checks(request: HttpRequest, workspace: str) -> HttpResponse:
    """Every check that is about something shown here."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(may_read_inside(actor))
    chosen, runs = choices(actor.workspace), runs_of(actor)
    rooms: list[dict[str, Any]] = [
        {"key": room.key, "name": room.name,
         "checks": [check_row(actor, check, chosen[check.code], runs.get(check.code))
                    for check in room.checks if _is_shown(actor, check)]}
        for room in ROOMS
    ]  # fmt: skip
    context = {
        "rooms": [room for room in rooms if room["checks"]], "room": "home",
        "may_change": may_administer(actor), "again": may_look_again(actor),
        "saved": take_saved(request), "lately": _lately(actor),
        "n": sum(len(room["checks"]) for room in rooms),
        "off": sum(not check["is_on"] for room in rooms for check in room["checks"]),
    }  # fmt: skip
    return render(request, "loose_ends/loose_end_checks.html", context)


def loose_end_check(request: HttpRequest, workspace: str, check: str) -> HttpResponse:
    """One check: its limits, on or off; kept at once and in the history."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(may_administer(actor))
    row = find_check(check)
    chosen = choices(actor.workspace)[row.code]
    form = CheckForm(row, chosen, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            change_check(row, by=actor, is_on=given.pop(IS_ON), limits=given)
        except BadInput as error:
            for name, text in error.fields.items():
                form.add_error(name if name in form.fields else None, str(text))
        else:
            words = _("Kept: %(what)s") % {"what": row.title}
            return saved(request, words, page="loose_end_checks")
    context = {
        "form": form, "limits": [form[name] for name in form.names], "room": "home",
        "check": check_row(actor, row, chosen, runs_of(actor).get(row.code)),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "loose_ends/loose_end_check.html", context, status=status)


def _is_shown(actor: Actor, check: Check) -> bool:
    on = not check.feature or actor.workspace.has(check.feature)
    return on and check.kind in {row.kind for row in kinds_for(actor)}


def check_row(
    actor: Actor, check: Check, chosen: Chosen, run: DetectorRun | None
) -> dict[str, Any]:
    """One check for a page: whom it looks at, its rule, its grade, its newest run."""
    severity = str(SEVERITIES[check.severity])
    return {
        "code": check.code, "title": check.title, "looks_at": check.looks_at, "is_on": chosen.is_on,
        "rule": filled(check, check.rule, chosen.limits),
        "severity": severity[:1].upper() + severity[1:],
        "own": [_own(limit, n) for limit in check.limits
                if (n := chosen.limits[limit.name]) != limit.usual],
        "run": run, "run_words": _run_words(check, run) if chosen.is_on else "",
        "too_little": _too_little(check, run) if chosen.is_on else "",
    }  # fmt: skip


def _own(limit: Limit, n: int) -> str:
    words = _("%(own)s instead of %(usual)s")
    return words % {"own": amount(n, limit.unit), "usual": amount(limit.usual, limit.unit)}


def _run_words(check: Check, run: DetectorRun | None) -> str:
    """When it last looked, on how many, over which days, with which coverage."""
    if run is None:
        return _("Not looked yet.")
    words = _("%(when)s: looked at %(n)s, found %(found)s.") % {
        "when": formats.how_recent(run.at), "n": formats.number(run.n),
        "found": formats.number(run.found),
    }  # fmt: skip
    when = str(words[:1].upper() + words[1:])
    if run.period_from and run.period_to:
        when += " " + _("From %(first)s to %(last)s.") % {
            "first": formats.long_day(run.period_from), "last": formats.long_day(run.period_to),
        }  # fmt: skip
    if run.period_days:
        when += " " + _("The source says something on %(covered)s of %(days)s days.") % {
            "covered": run.covered_days, "days": run.period_days,
        }  # fmt: skip
    return when


def _too_little(check: Check, run: DetectorRun | None) -> str:
    """The one grey line below the least data."""
    if run is None or run.have is None or run.need is None or run.have >= run.need:
        return ""
    what = check.least.what if check.least else _("days")
    words = _("Not enough data: have %(have)s, need %(need)s (%(what)s).")
    return words % {"have": run.have, "need": run.need, "what": what}


def _lately(actor: Actor) -> list[dict[str, Any]]:
    """The newest changes of limits, with who made them."""
    return [
        {"at": event.at, "who": str(event.actor or "Polku"), "what": " ".join(_changes(event))}
        for event in changes_of_checks(actor)[:LATELY]
    ]


def _changes(event: AuditEvent) -> list[str]:
    return [_change(key, before, after) for key, (before, after) in event.changes.items()]


def _change(key: str, before: Any, after: Any) -> str:
    code, _dot, name = key.partition(".")
    code = str(BY_CODE[code].title) if code in BY_CODE else code
    if name == IS_ON:
        words = _("“%(what)s” switched on.") if after else _("“%(what)s” switched off.")
        return words % {"what": code}
    words = _("“%(what)s”: %(after)s instead of %(before)s.")
    return words % {"what": code, "after": after, "before": before}
