"""Checks of what people get: where each piece happens, for whom, what is in a package, versions."""

from collections import defaultdict
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from polku.insight.checks.check import Check, Look, Numbers, Rows, Told
from polku.insight.checks.standing import SELF, ends_of, every, owned, rows_of, tied, used
from polku.journeys.models import Touchpoint
from polku.kernel.models import Decision, Link
from polku.people.models import Segment
from polku.portfolio.models import (
    Offering,
    OfferingElement,
    PackageMember,
    ProductVersion,
    ServicePackage,
)
from polku.tenancy.models import Workspace

OFFER, GROUP, PACKAGE, VERSION = "offering", "segment", "service_package", "product_version"
SERVICE, PIECE = "service_product", "offering_element"
SHOWN = 5
_OFFERS = ("owner_party_id", "product__owner_party_id", "package__owner_party_id")


def _in_use(look: Look) -> Rows:
    return rows_of(Offering, look.workspace).exclude(state="withdrawn").filter(
        Exists(OfferingElement.objects.filter(offering=OuterRef("pk")))
    )  # fmt: skip


def _with_goods(look: Look) -> Rows:
    return _in_use(look).filter(
        Exists(OfferingElement.objects.filter(offering=OuterRef("pk"), kind="goods"))
    )


def _placeless(look: Look, *, goods: bool) -> Rows:
    """Pieces that happen nowhere; a meeting point that was put away is nowhere."""
    there = rows_of(Touchpoint, look.workspace).exclude(state="removed").values("pk")
    met = tied(look, "L05").filter(from_kind=PIECE, from_id=OuterRef("pk"), to_id__in=there)
    rows = OfferingElement.objects.filter(workspace=look.workspace).exclude(Exists(met))
    return rows.filter(kind="goods") if goods else rows.exclude(kind="goods")


def _with_placeless(look: Look, rows: Rows) -> Rows:
    return rows.filter(Exists(_placeless(look, goods=False).filter(offering=SELF)))


def _goods_placeless(look: Look, rows: Rows) -> Rows:
    return rows.filter(Exists(_placeless(look, goods=True).filter(offering=SELF)))


def _which(look: Look, numbers: Numbers, *, goods: bool) -> Told:
    found: dict[int, list[Any]] = defaultdict(list)
    rows = _placeless(look, goods=goods).filter(offering_id__in=numbers)
    for element in rows.order_by("position", "id"):
        found[element.offering_id].append(element.text.to_json())
    return {pk: {"names": {"pieces": them[:SHOWN]}, "n": len(them)} for pk, them in found.items()}


def _which_pieces(look: Look, numbers: Numbers) -> Told:
    return _which(look, numbers, goods=False)


def _which_goods(look: Look, numbers: Numbers) -> Told:
    return _which(look, numbers, goods=True)


def _of_pieces(workspace: Workspace, numbers: Numbers) -> list[int]:
    rows = OfferingElement.objects.filter(workspace=workspace, pk__in=numbers)
    return list(rows.values_list("offering_id", flat=True))


def _at_points(workspace: Workspace, numbers: Numbers) -> list[int]:
    """From meeting points to what one gets there."""
    pieces = ends_of("L05", "from", "to", "touchpoint")(workspace, numbers)
    return _of_pieces(workspace, list(pieces))


def _unserved(look: Look, rows: Rows) -> Rows:
    """No published page is meant for them: itself, by its service or by its package."""
    published = rows_of(Offering, look.workspace).filter(state="published")
    meant = tied(look, "L06").filter(to_kind=GROUP, to_id=SELF).filter(
        Q(from_kind=OFFER, from_id__in=published.values("pk"))
        | Q(from_kind=SERVICE, from_id__in=published.filter(product__isnull=False)
            .values("product_id"))
        | Q(from_kind=PACKAGE, from_id__in=published.filter(package__isnull=False)
            .values("package_id"))
    )  # fmt: skip
    return rows.exclude(Exists(meant))


def _groups_of_offers(workspace: Workspace, numbers: Numbers) -> list[int]:
    """From offerings to the groups that they, their services or their packages are meant for."""
    rows = Offering.objects.filter(workspace=workspace, pk__in=numbers)
    ends = Q(from_kind=OFFER, from_id__in=list(numbers))
    for product, package in rows.values_list("product_id", "package_id"):
        ends |= Q(from_kind=SERVICE, from_id=product) | Q(from_kind=PACKAGE, from_id=package)
    links = Link.objects.filter(ends, workspace=workspace, kind="L06", to_kind=GROUP)
    return list(links.values_list("to_id", flat=True))


_AWAY = (
    Q(product__managed_state__in=["ending", "ended"])
    | Q(product__closed_to_new=True)
    | Q(product__archived=True)
    | Q(offering__state="withdrawn")
    | Q(offering__archived=True)
)


def _has_leaving(_look: Look, rows: Rows) -> Rows:
    return rows.filter(Exists(PackageMember.objects.filter(_AWAY, package=OuterRef("pk"))))


def _who_leaves(look: Look, numbers: Numbers) -> Told:
    found: dict[int, list[list[Any]]] = defaultdict(list)
    rows = PackageMember.objects.filter(_AWAY, workspace=look.workspace, package_id__in=numbers)
    for package, product, offering in rows.order_by("position", "id").values_list(
        "package_id", "product_id", "offering_id"
    ):
        found[package].append([SERVICE, product] if product else [OFFER, offering])
    return {pk: {"things": {"members": them[:SHOWN]}, "n": len(them)} for pk, them in found.items()}


def _with_member(field: str) -> Any:
    def hear(workspace: Workspace, numbers: Numbers) -> list[int]:
        rows = PackageMember.objects.filter(workspace=workspace, **{f"{field}__in": numbers})
        return list(rows.values_list("package_id", flat=True))

    return hear


def _undecided(look: Look, rows: Rows) -> Rows:
    """The day passed, and nothing but steps was decided about it since it was made."""
    decided = Decision.objects.filter(
        workspace=look.workspace, subject_kind=VERSION, subject_id=SELF
    ).exclude(kind=Decision.Kind.GATE)
    return rows.filter(decide_by__lt=look.day).exclude(Exists(decided))


def _about_versions(workspace: Workspace, numbers: Numbers) -> list[int]:
    rows = Decision.objects.filter(workspace=workspace, pk__in=numbers, subject_kind=VERSION)
    return [pk for pk in rows.values_list("subject_id", flat=True) if pk is not None]


def _days_of_learning(look: Look, numbers: Numbers) -> Told:
    rows = ProductVersion.objects.filter(workspace=look.workspace, pk__in=numbers)
    return {pk: {"on": str(day)} for pk, day in rows.values_list("pk", "decide_by")}


def _to_learn(look: Look) -> Rows:
    rows = rows_of(ProductVersion, look.workspace).filter(is_mvp=True, decide_by__isnull=False)
    return rows.exclude(release_state__in=["superseded", "withdrawn"])


_POINTS = used("L05", _("ties from pieces of what one gets to meeting points"))
_HEAR_PIECES = {
    PIECE: _of_pieces, "touchpoint": _at_points,
    SERVICE: owned(Offering, "product_id"), PACKAGE: owned(Offering, "package_id"),
}  # fmt: skip

OFFERS: tuple[Check, ...] = (
    Check("L05", OFFER, "note", _in_use, _with_placeless,
          _("Pieces that happen nowhere"),
          _("What people can get, drafts and published, with its pieces"),
          _("A piece that is not goods happens at no meeting point."),
          _("Some of what one gets happens nowhere that we know of (%(n)s)."),
          _("Tie each piece to the meeting point where people get it."), "pieces",
          least=_POINTS, owners=_OFFERS, tells=_which_pieces, hears=_HEAR_PIECES,
          feature="meeting_points", labels={"pieces": _("Which")}),
    Check("L05-goods", OFFER, "attention", _with_goods, _goods_placeless,
          _("Goods handed over nowhere"),
          _("What people can get with goods in it, drafts and published"),
          _("Goods are handed over at no meeting point."),
          _("Goods are in it, and nobody knows where they are handed over."),
          _("Tie each piece to the meeting point where people get it."), "pieces",
          least=_POINTS, owners=_OFFERS, tells=_which_goods, hears=_HEAR_PIECES,
          feature="meeting_points", labels={"pieces": _("Which")}),
    Check("L06", GROUP, "attention", every(Segment, state="targeted"), _unserved,
          _("Groups with nothing published for them"),
          _("Groups that we chose to serve"),
          _("No published page of what one can get is meant for them: neither by a tie of its "
            "own nor by one of its service or package."),
          _("We chose to serve them, and nothing published is meant for them."),
          _("Tie what they can get to them, or publish it."), "tie:L06-from", feature="people",
          least=used("L06", _("ties to groups")),
          hears={OFFER: _groups_of_offers, SERVICE: ends_of("L06", "to", "from", SERVICE),
                 PACKAGE: ends_of("L06", "to", "from", PACKAGE)}),
    Check("package-ending", PACKAGE, "attention",
          lambda look: rows_of(ServicePackage, look.workspace).exclude(state="withdrawn"),
          _has_leaving, _("Packages with something that goes away"),
          _("Packages, drafts and published"),
          _("Something in it is ending, has ended, was withdrawn or is closed to new customers."),
          _("Something in it is going away or closed to new customers."),
          _("Put something else in its place, or say that it leaves the package."), "page",
          feature="packages", tells=_who_leaves, labels={"members": _("Which")},
          hears={SERVICE: _with_member("product_id"), OFFER: _with_member("offering_id")}),
    Check("mvp-late", VERSION, "attention", _to_learn, _undecided,
          _("Made to learn, and not decided"),
          _("Versions made to learn, with a day to decide by"),
          _("The day to decide by has passed, and no decision about it is written down."),
          _("It was made to learn, and the day to decide has passed."),
          _("Write down what you learnt and what you do: go on, change or stop."), "decide",
          feature="releases", owners=("owner_party_id", "product__owner_party_id"),
          tells=_days_of_learning, labels={"on": _("Decide by")},
          hears={"decision": _about_versions, SERVICE: owned(ProductVersion, "product_id")}),
)  # fmt: skip
