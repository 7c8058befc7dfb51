"""What one can get, as its reader will read it: on the open page, in previews, on paper.

Everything beside the offering itself is read as that reader: a meeting point or a contact that
they may not see is not there.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.kernel.actor import Actor
from polku.kernel.clock import today_in
from polku.portfolio.models import Offering, OfferingElement, PackageMember, ServicePackage
from polku.portfolio.packages import members_of
from polku.portfolio.queries import tied_ends, visible_offerings, visible_services
from polku.tenancy.translated import Reading, Translated
from polku.web import formats
from polku.web.prices import PriceLine, price_lines

NOT_YET, OVER = "not_yet", "over"


@dataclass(frozen=True)
class Piece:
    """One thing in it: its words, how many, where one meets it, and a page of its own if any."""

    text: Reading
    much: str = ""
    where: list[Reading] = field(default_factory=list)
    terms: Reading | None = None
    code: str = ""


@dataclass(frozen=True)
class Group:
    """Pieces under one heading."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Part:
    """A text under its heading."""

    name: str
    label: str
    text: Reading


class Shown:
    """One offering (or a package that has none yet) for one reader in one language."""

    def __init__(
        self, offer: Offering | None, reader: Actor, lang: str,
        package: ServicePackage | None = None,
    ) -> None:  # fmt: skip
        self.offer, self.reader, self.lang = offer, reader, lang
        self.package = package or (offer.package if offer else None)
        self.today = today_in(reader.workspace)

    def _read(self, name: str) -> Reading:
        value: Translated = getattr(self.offer, name) if self.offer else Translated()
        return value.reading(self.lang)

    @cached_property
    def title(self) -> Reading:
        """Its name; of a package without an offering the package's."""
        if self.offer is None and self.package is not None:
            return self.package.name.reading(self.lang)
        return self._read("title")

    @cached_property
    def summary(self) -> Reading:
        """One line."""
        if self.offer is None and self.package is not None:
            return self.package.purpose.reading(self.lang)
        return self._read("summary")

    @cached_property
    def standing(self) -> str:
        """``not_yet`` before its first day, ``over`` after its last, else nothing."""
        if self.offer is None:
            return ""
        if self.offer.valid_from and self.offer.valid_from > self.today:
            return NOT_YET
        return OVER if self.offer.valid_to and self.offer.valid_to < self.today else ""

    @cached_property
    def groups(self) -> list[Group]:
        """What is in it, by what it means to the reader: get, may use, done for you."""
        words = {
            "goods": _("You get"), "access": _("You may use"), "action": _("We do for you"),
        }  # fmt: skip
        rows = list(self.offer.elements.all()) if self.offer else []
        where = self._where(rows)
        groups = [
            Group(label, [_piece(row, self.lang, where.get(row.pk, [])) for row in rows
                          if row.kind == kind])
            for kind, label in words.items()
        ]  # fmt: skip
        return [group for group in [*self._of_members(), *groups] if group.pieces]

    def _where(self, rows: Sequence[OfferingElement]) -> dict[int, list[Reading]]:
        numbers = [row.pk for row in rows]
        ends = tied_ends(self.reader, "L05", "offering_element", numbers, "touchpoint")
        return {pk: [end.name.reading(self.lang) for end in them] for pk, them in ends.items()}

    def _of_members(self) -> list[Group]:
        if self.package is None:
            return []
        told = [(row, self._member(row)) for row in self.members]
        always = [piece for row, piece in told if piece and not row.optional]
        choice = [piece for row, piece in told if piece and row.optional]
        return [Group(_("In the package"), always), Group(_("If you like"), choice)]

    @cached_property
    def members(self) -> list[PackageMember]:
        """What stands in the package, in order."""
        return members_of(self.package) if self.package else []

    @cached_property
    def untold(self) -> list[PackageMember]:
        """Members of which this reader reads nothing: no name they may see, no words of ours."""
        return [row for row in self.members if self._member(row) is None]

    def _member(self, row: PackageMember) -> Piece | None:
        """Our own words for it, else the name of what one gets, else of the service."""
        much = much_of(row)
        offer = self._offers.get(row.offering_id or 0) or self._first.get(row.product_id or 0)
        code = offer.code if offer else ""
        if row.option_label:
            return Piece(row.option_label.reading(self.lang), much, code=code)
        if offer is not None:
            return Piece(offer.title.reading(self.lang), much, code=code)
        if row.product_id in self._services and row.product is not None:
            return Piece(row.product.name.reading(self.lang), much)
        return None

    @cached_property
    def _offers(self) -> dict[int, Offering]:
        numbers = [row.offering_id for row in self.members if row.offering_id]
        return {row.pk: row for row in visible_offerings(self.reader).filter(pk__in=numbers)}

    @cached_property
    def _first(self) -> dict[int, Offering]:
        numbers = [row.product_id for row in self.members if row.product_id]
        rows = visible_offerings(self.reader).filter(product_id__in=numbers)
        found: dict[int, Offering] = {}
        for row in rows.order_by("-is_default", "id"):
            found.setdefault(row.product_id or 0, row)
        return found

    @cached_property
    def _services(self) -> set[int]:
        numbers = [row.product_id for row in self.members if row.product_id]
        rows = visible_services(self.reader).filter(pk__in=numbers)
        return set(rows.values_list("pk", flat=True))

    @cached_property
    def what_you_get(self) -> Reading:
        """The same in running text."""
        return self._read("what_you_get")

    @cached_property
    def not_included(self) -> Reading:
        """What is not included."""
        return self._read("what_is_not_included")

    @cached_property
    def prices(self) -> list[PriceLine]:
        """What it costs, row by row."""
        return price_lines(self.offer, self.lang, self.today) if self.offer else []

    @cached_property
    def price_note(self) -> Reading:
        """What it costs in words; they speak only where there are no rows."""
        return Reading("", self.lang) if self.prices else self._read("price_note")

    @cached_property
    def parts(self) -> list[Part]:
        """Where, how to get it, terms: texts under their headings."""
        labels = {
            "when": _("When"), "channels_note": _("Where to get it"),
            "how_to_get": _("How to get it"), "terms": _("Terms"),
        }  # fmt: skip
        found = [Part(name, label, self._read(name)) for name, label in labels.items()]
        return [part for part in found if part.text.text]

    @property
    def order(self) -> str:
        """How one comes in, in two or three words."""
        return self.offer.get_order_kind_display() if self.offer else ""

    @cached_property
    def places(self) -> list[str]:
        """Names of places."""
        return [str(place) for place in self.offer.places] if self.offer else []

    @cached_property
    def for_whom(self) -> list[Reading]:
        """Groups it is meant for, as far as this reader may know them."""
        found: list[Any] = []
        if self.offer:
            found += tied_ends(self.reader, "L06", "offering", [self.offer.pk], "segment").get(
                self.offer.pk, []
            )
        if self.package:
            found += tied_ends(
                self.reader, "L06", "service_package", [self.package.pk], "segment"
            ).get(self.package.pk, [])
        return [row.name.reading(self.lang) for row in dict.fromkeys(found)]

    @cached_property
    def service(self) -> Any:
        """The service behind it, if this reader may see that."""
        number = self.offer.product_id if self.offer else None
        return visible_services(self.reader).by_id(number)

    @property
    def contact(self) -> str:
        """Whom to ask."""
        return str(self.service.contact) if self.service else ""

    @property
    def web(self) -> str:
        """The service's own page elsewhere, only where it is an address of the web."""
        address = str(self.service.web) if self.service else ""
        return address if address.startswith(("https://", "http://")) else ""


def _piece(row: OfferingElement, lang: str, where: list[Reading]) -> Piece:
    much = ""
    if row.quantity is not None:
        much = f"{formats.number(row.quantity.normalize())} {row.unit}".strip()
    terms = row.terms.reading(lang) if row.terms else None
    return Piece(row.text.reading(lang), much, where, terms)


def much_of(row: PackageMember) -> str:
    """How many of a member: nothing for one, ``2``, ``up to 30``, ``from 1 to 3``."""
    if row.min_n == row.max_n:
        return "" if row.max_n == 1 else formats.number(row.max_n)
    if row.min_n <= 1 and row.max_n == 1:
        return ""
    if row.min_n == 0:
        return ngettext("up to %(n)d", "up to %(n)d", row.max_n) % {"n": row.max_n}
    return _("from %(least)d to %(most)d") % {"least": row.min_n, "most": row.max_n}


def languages_shown(offer: Offering) -> list[str]:
    """Languages in which it was published and still has a title and one line."""
    return [
        lang for lang in offer.published_langs
        if offer.title.text(lang) and offer.summary.text(lang)
    ]  # fmt: skip


def day_of(shown: Shown) -> dt.date | None:
    """The day that :attr:`Shown.standing` is about."""
    if shown.offer is None:
        return None
    return shown.offer.valid_from if shown.standing == NOT_YET else shown.offer.valid_to
