"""Loose ends as a list: which are asked for, in which order and groups, and how many of each."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.insight.checks.rows import BY_CODE, CHECKS
from polku.insight.home import my_loose_ends
from polku.insight.operations.limits import CHANGED
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, require
from polku.kernel.loose_ends import visible_loose_ends
from polku.kernel.models import AuditEvent, DetectorRun, LooseEnd
from polku.kernel.policy import may_read_inside
from polku.kernel.registry import has_entity
from polku.tenancy.models import Party

MINE, NOBODY = "mine", "nobody"
TURNED = "turned"
STATES = ("open", "dismissed", TURNED)
GROUPS = ("severity", "owner", "check", "age")
KEYS = ("whose", "severity", "check", "kind", "state")
AGES: tuple[tuple[str, int], ...] = (("week", 7), ("month", 30), ("quarter", 91))
OLDER = "older"


@dataclass(frozen=True)
class Asked:
    """Which loose ends: *whose* is ``mine``, ``nobody`` or the code of a person; empty is any."""

    whose: str = ""
    severity: str = ""
    check: str = ""
    kind: str = ""
    state: str = "open"

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the open ones of everybody is asked for."""
        return self != Asked()


def asked_of(query: Mapping[str, str], *, strict: bool = False) -> Asked:
    """What an address asks for; *strict* refuses values that do not exist, else they are any."""
    given = {name: str(query.get(name, "")).strip() for name in KEYS}
    if given["whose"] == "all":
        given["whose"] = ""
    known = {
        "severity": given["severity"] in {"", *LooseEnd.Severity.values},
        "check": given["check"] in {"", *BY_CODE},
        "kind": not given["kind"] or has_entity(given["kind"]),
        "state": given["state"] in {"", *STATES},
    }
    wrong = [name for name, fits in known.items() if not fits]
    if strict and wrong:
        raise BadInput(dict.fromkeys(wrong, _("There is no such value.")))
    rest = {name: value for name, value in given.items() if name not in wrong and value}
    return Asked(**rest)


def ends_asked(actor: Actor, asked: Asked) -> QuerySet[LooseEnd]:
    """The loose ends that are asked for, the most urgent and oldest first."""
    rows = visible_loose_ends(actor, "open" if asked.state == "open" else "dismissed")
    if asked.state != "open":
        rows = rows.select_related("owner_party", "dismissed_by")
        turned = Q(turned_into_code="")
        rows = rows.filter(~turned if asked.state == TURNED else turned)
    if asked.whose == MINE:
        rows = rows.filter(pk__in=my_loose_ends(actor, asked_state(asked)).values("pk"))
    elif asked.whose == NOBODY:
        rows = rows.filter(owner_party__isnull=True)
    elif asked.whose:
        rows = rows.filter(owner_party__code=asked.whose.upper())
    narrow = {"severity": asked.severity, "check_code": asked.check, "object_kind": asked.kind}
    return rows.filter(**{name: value for name, value in narrow.items() if value})


def asked_state(asked: Asked) -> str:
    """The stored state behind what is asked for."""
    return LooseEnd.State.OPEN if asked.state == "open" else LooseEnd.State.DISMISSED


def grouped(rows: Any, by: str, now: dt.datetime | None = None) -> Any:
    """The same ends in the order of their groups, each with its key as ``group``."""
    moment = now or timezone.now()
    if by == "owner":
        return rows.annotate(group=F("owner_party_id")).order_by(
            F("owner_party__sort_title").asc(nulls_first=True), "group", "rank", "since", "id"
        )
    if by == "check":
        places = Case(
            *(When(check_code=check.code, then=Value(n)) for n, check in enumerate(CHECKS)),
            default=Value(len(CHECKS)), output_field=IntegerField(),
        )  # fmt: skip
        ordered = rows.annotate(group=F("check_code"), place=places)
        return ordered.order_by("place", "group", "since", "id")
    if by == "age":
        ages = Case(
            *(When(since__gt=moment - dt.timedelta(days=days), then=Value(key))
              for key, days in AGES),
            default=Value(OLDER),
        )  # fmt: skip
        return rows.annotate(group=ages).order_by("since", "rank", "id")
    return rows.annotate(group=F("severity"))


def group_counts(rows: Any) -> dict[Any, int]:
    """How many there are in each group of grouped ends."""
    counted = rows.order_by().values("group").annotate(n=Count("pk"))
    return {row["group"]: row["n"] for row in counted}


def owners_of(actor: Actor) -> list[tuple[Party, int]]:
    """People with open ends and how many, by name."""
    counted = visible_loose_ends(actor).filter(owner_party__isnull=False).order_by()
    pairs: Any = counted.values("owner_party").annotate(k=Count("pk"))
    numbers: dict[int, int] = {row["owner_party"]: row["k"] for row in pairs}
    people = Party.objects.filter(workspace=actor.workspace, pk__in=numbers)
    return [(party, numbers[party.pk]) for party in people.order_by("sort_title")]


def severity_counts(rows: QuerySet[LooseEnd]) -> dict[str, int]:
    """How many of each grade."""
    counted = rows.order_by().values("severity").annotate(k=Count("pk"))
    found = dict(counted.values_list("severity", "k"))
    return {grade: found.get(grade, 0) for grade in LooseEnd.Severity.values[::-1]}


def changes_of_checks(actor: Actor) -> QuerySet[AuditEvent]:
    """Changes of limits and switches, the newest first, with who made them; the team's own."""
    require(may_read_inside(actor))
    rows = AuditEvent.objects.filter(workspace=actor.workspace, name=CHANGED)
    return rows.select_related("actor").order_by("-id")


def runs_of(actor: Actor) -> dict[str, DetectorRun]:
    """The newest run of each check, by its code."""
    rows = DetectorRun.objects.filter(workspace=actor.workspace)
    return {run.check_code: run for run in rows}
