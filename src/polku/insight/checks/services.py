"""Checks of services: who answers, where they stand, for whom they are, when to look again."""

from typing import Any

from django.db.models import Exists, Min, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from polku.insight.checks.check import Check, Least, Limit, Look, Numbers, Rows, Told
from polku.insight.checks.standing import (
    OFFERED,
    SELF,
    dated,
    every,
    nobody,
    owned,
    rows_of,
    tied,
    used,
)
from polku.kernel.models import Transition
from polku.portfolio.models import (
    Dependency,
    Offering,
    PackageMember,
    ProductVersion,
    ServiceProduct,
)
from polku.tenancy.models import Workspace

KIND, VERSION = "service_product", "product_version"
STALE_DAYS = 30
PARTY = {"party": owned(ServiceProduct)}


def of_offerings(workspace: Workspace, numbers: Numbers) -> list[int]:
    """The services of which these are offered."""
    rows = Offering.objects.filter(workspace=workspace, pk__in=numbers, product__isnull=False)
    return list(rows.values_list("product_id", flat=True))


def _in_needs(workspace: Workspace, numbers: Numbers) -> list[int]:
    """From dependencies to the services at their ends, also by a version."""
    rows = Dependency.objects.filter(workspace=workspace, pk__in=numbers)
    ends = rows.values_list("from_kind", "from_id", "to_kind", "to_id")
    nodes = [node for a, an, b, bn in ends for node in ((a, an), (b, bn))]
    versions = owned_versions(workspace, [n for kind, n in nodes if kind == VERSION])
    return [n for kind, n in nodes if kind == KIND] + versions


def owned_versions(workspace: Workspace, numbers: Numbers) -> list[int]:
    """The services of these versions."""
    rows = ProductVersion.objects.filter(workspace=workspace, pk__in=numbers)
    return list(rows.values_list("product_id", flat=True))


def _alive(look: Look) -> Rows:
    return rows_of(ServiceProduct, look.workspace).exclude(managed_state="ended")


def _early(look: Look) -> Rows:
    return rows_of(ServiceProduct, look.workspace).exclude(managed_state__in=[*OFFERED, "ended"])


def _unowned(look: Look, rows: Rows) -> Rows:
    return rows.filter(nobody(look))


def _stateless(_look: Look, rows: Rows) -> Rows:
    return rows.filter(managed_state="")


def _of_nobody(look: Look, rows: Rows) -> Rows:
    used_by = tied(look, "L32").values("to_id")
    offered = Offering.objects.filter(product=SELF, pk__in=used_by)
    meant = tied(look, "L06").filter(from_kind=KIND, from_id=SELF)
    return rows.exclude(Exists(offered)).exclude(Exists(meant))


def _unpublished(_look: Look, rows: Rows) -> Rows:
    """Neither an offering of their own is published, nor a package that they stand in."""
    published = Offering.objects.filter(
        product=SELF, state="published", archived=False, pending_run__isnull=True
    )
    bundled = PackageMember.objects.filter(
        Q(product=SELF) | Q(offering__product=SELF), package__state="published",
        package__archived=False, package__pending_run__isnull=True,
    )  # fmt: skip
    return rows.exclude(Exists(published)).exclude(Exists(bundled))


def _in_packages(workspace: Workspace, numbers: Numbers) -> list[int]:
    """From packages to the services that stand in them."""
    rows = PackageMember.objects.filter(workspace=workspace, package_id__in=numbers)
    pairs = rows.values_list("product_id", "offering__product_id")
    return [number for pair in pairs for number in pair if number]


def _published_ever(workspace: Workspace) -> Rows:
    return Offering.objects.filter(workspace=workspace, state="published")


def _overdue(look: Look, rows: Rows) -> Rows:
    return rows.filter(review_due__lt=look.before("days"))


def _without_day(_look: Look, rows: Rows) -> Rows:
    return rows.filter(review_due__isnull=True)


def _days_ever(workspace: Workspace) -> Rows:
    return ServiceProduct.objects.filter(workspace=workspace, review_due__isnull=False)


def _resting_on_nothing(look: Look, rows: Rows) -> Rows:
    needs = rows_of(Dependency, look.workspace).filter(dated(look.day))
    mine = needs.filter(from_kind=KIND, from_id=SELF)
    supported = needs.filter(to_kind=KIND, to_id=SELF, kind__in=["part_of", "supports"])
    by_version = ProductVersion.objects.filter(
        product=OuterRef("pk"), archived=False,
        pk__in=needs.filter(from_kind=VERSION).values("from_id"),
    )  # fmt: skip
    return rows.exclude(Exists(mine)).exclude(Exists(supported)).exclude(Exists(by_version))


def _needs_ever(workspace: Workspace) -> Rows:
    return rows_of(Dependency, workspace)


def _without_successor(look: Look, rows: Rows) -> Rows:
    """No tie *replaces*, and no words at the step say what does, or that nothing does."""
    replaced = tied(look, "L35").filter(to_kind=KIND, to_id=SELF)
    said = Transition.objects.filter(
        workspace=look.workspace, object_kind=KIND, object_id=SELF, to_state="ending",
        cancelled_at__isnull=True,
        gate_answers__replacement_named__answer__in=["yes", "not_applicable"],
    ).exclude(gate_answers__replacement_named__words="")  # fmt: skip
    return rows.exclude(Exists(replaced)).exclude(Exists(said))


def _answers_ever(workspace: Workspace) -> Rows:
    return Transition.objects.filter(
        workspace=workspace, object_kind=KIND, gate_answers__has_key="replacement_named"
    )


def _undated_users(look: Look) -> Any:
    """Ties of users to what one can get that hold today and have no last day."""
    return tied(look, "L32").filter(to_kind="offering", valid_to__isnull=True)


def _still_used(look: Look, rows: Rows) -> Rows:
    users = _undated_users(look).values("to_id")
    return rows.filter(Exists(Offering.objects.filter(product=OuterRef("pk"), pk__in=users)))


def _who_still_uses(look: Look, numbers: Numbers) -> Told:
    offered = Offering.objects.filter(workspace=look.workspace, product_id__in=numbers)
    product = dict(offered.values_list("pk", "product_id"))
    users: dict[int, list[list[Any]]] = {}
    ties = _undated_users(look).filter(to_id__in=product)
    for kind, number, offering in ties.order_by("pk").values_list("from_kind", "from_id", "to_id"):
        mine = users.setdefault(product[offering], [])
        if [kind, number] not in mine:
            mine.append([kind, number])
    ends = _last_days(look, numbers)
    return {
        pk: {"things": {"users": them[:5]}, "n": len(them), "on": ends.get(pk, "")}
        for pk, them in users.items()
    }


def _last_days(look: Look, numbers: Numbers) -> dict[int, str]:
    """The planned days of the end, by service."""
    steps = Transition.objects.filter(
        workspace=look.workspace, object_kind=KIND, object_id__in=numbers, to_state="ended",
        cancelled_at__isnull=True, applied_at__isnull=True, pending_run__isnull=True,
    ).values("object_id").annotate(on=Min("effective_on")).order_by()  # fmt: skip
    return {number: str(day) for number, day in steps.values_list("object_id", "on")}


_SERVICE = every(ServiceProduct)
_LIVE = every(ServiceProduct, managed_state="live")
_MET = every(ServiceProduct, managed_state="live", kind="customer_facing")
_OFFERED = every(ServiceProduct, managed_state__in=OFFERED)
_ENDING = every(ServiceProduct, managed_state="ending")
_DAYS = Limit("days", STALE_DAYS, "days", 0, 366, _("How long after its day it may wait"))


SERVICES: tuple[Check, ...] = (
    Check("L38", KIND, "urgent", _OFFERED, _unowned,
          _("In use, and without an owner"),
          _("Services that are live or ending"),
          _("Nobody is named as owner, or the owner has left."),
          _("Nobody answers for it, and people use it today."),
          _("Without an owner nobody hears what goes wrong."), "field:owner_party", hears=PARTY,
          after_import=True, import_sentence=ngettext_lazy(
              "%(n)d service in use has no owner.",
              "%(n)d services in use have no owner.", "n")),
    Check("L38-early", KIND, "attention", _early, _unowned,
          _("Not in use yet, and without an owner"),
          _("Services that are not live yet, on hold, or of which no state is said"),
          _("Nobody is named as owner, or the owner has left."),
          _("Nobody answers for it."), _("Somebody has to take the next step."),
          "field:owner_party", hears=PARTY, after_import=True,
          import_sentence=ngettext_lazy(
              "%(n)d service not in use yet has no owner.",
              "%(n)d services not in use yet have no owner.", "n")),
    Check("no-state", KIND, "note", _SERVICE, _stateless,
          _("Without a state"),
          _("All services"), _("No state is said."),
          _("Nobody said where it stands: an idea, live, ending?"),
          _("It stands in the first column of the board until somebody says."), "step",
          after_import=True, import_sentence=ngettext_lazy(
              "%(n)d service says nothing of its state.",
              "%(n)d services say nothing of their state.", "n")),
    Check("L32", KIND, "attention", _MET, _of_nobody,
          _("Live, and used by nobody known"),
          _("Live services that customers meet"),
          _("No customer or group is tied to what one gets of it, and no group to the service."),
          _("It is live, and we know nobody who uses it."),
          _("Tie it to the customers or groups it is for."), "tie:L06-to",
          hears={"offering": of_offerings}, after_import=True, import_sentence=ngettext_lazy(
              "%(n)d live service is tied to nobody who uses it.",
              "%(n)d live services are tied to nobody who uses them.", "n"),
          least=used("L32 L06", _("ties to customers or groups"))),
    Check("L32-ending", KIND, "urgent", _ENDING, _still_used,
          _("Ending, and still used"),
          _("Services that are ending"),
          _("A customer or group is tied to what one gets of it, and the tie has no last day."),
          _("It is ending, and some still use it with no last day set (%(n)s)."),
          _("Agree with each when they leave, and write the day on the tie."), "page",
          feature="relationships", hears={"offering": of_offerings}, tells=_who_still_uses,
          labels={"users": _("Still use it"), "on": _("Planned end")}),
    Check("L04", KIND, "attention", _MET, _unpublished,
          _("Live, and nothing published to get"),
          _("Live services that customers meet"),
          _("Nothing published says what people can get of it."),
          _("It is live, and nothing says what people can get."),
          _("Write what one gets, when and for what price, and publish it."), "offering",
          hears={"offering": of_offerings, "service_package": _in_packages},
          least=Least((_published_ever,), _("published pages of what one can get"))),
    Check("L26", KIND, "note", _LIVE, _resting_on_nothing,
          _("Live, and resting on nothing known"),
          _("Live services"), _("Nothing is written down that it needs or that supports it."),
          _("It is live, and nothing says what it rests on."),
          _("Say which parts and services it needs: then Polku can say what falls with them."),
          "tie:requires-to", feature="components",
          hears={"dependency": _in_needs, VERSION: owned_versions},
          least=Least((_needs_ever,), _("things of which it is said what they need"),
                      wakes_on=("dependency.created",))),
    Check("L35", KIND, "attention", _ENDING, _without_successor,
          _("Ending, and nothing said of what replaces it"),
          _("Services that are ending"),
          _("No tie says what replaces it, and the question at the step was not answered in "
            "words: what does, or that nothing does."),
          _("It is ending, and nobody said what replaces it, or that nothing does."),
          _("Tie it to what replaces it, or leave this open on purpose with the word “none”."),
          "tie:L35-from", least=used("L35", _("ties to what replaces something"), _answers_ever)),
    Check("D14", KIND, "attention", _alive, _overdue,
          _("Services to look at again"),
          _("Services that have not ended and have a day to look again"),
          _("The day to look again passed more than %(days)s ago."),
          _("Its day to look again passed more than %(days)s ago."),
          _("Press “still true”, or change what is not."), "review", limits=(_DAYS,),
          window="days"),
    Check("D14-unset", KIND, "note", _OFFERED, _without_day,
          _("Services without a day to look again"),
          _("Services that are live or ending"), _("No day is set to look at it again."),
          _("No day is set to look at it again."), _("What nobody looks at goes stale."),
          "field:review_due", least=Least((_days_ever,), _("services with a day to look again"))),
)  # fmt: skip
