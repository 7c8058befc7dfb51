"""What a target group can get, on which terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.portfolio.models.packages import ServicePackage
from polku.portfolio.models.services import ServiceProduct
from polku.tenancy.models import BusinessCalendar, CoreEntity, PieceRow
from polku.tenancy.models.base import core_constraints, core_indexes
from polku.tenancy.translated import TranslatedField


class Offering(CoreEntity):
    """A catalogue entry (entities.md 2.7, DECISIONS 39)."""

    title_field = "title"

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class OrderKind(models.TextChoices):
        OPEN = "open", _("just come")
        SIGN_IN = "sign_in", _("sign in")
        REQUEST = "request", _("ask for it")
        INVITATION = "invitation", _("by invitation")

    product = models.ForeignKey(
        ServiceProduct, models.PROTECT, null=True, blank=True, related_name="offerings",
        verbose_name=_("service"),
    )  # fmt: skip
    package = models.ForeignKey(
        ServicePackage, models.PROTECT, null=True, blank=True, related_name="offerings",
        verbose_name=_("package"),
    )  # fmt: skip
    is_default = models.BooleanField(default=False, editable=False)
    title = TranslatedField(_("title"), max_length=120)
    summary = TranslatedField(_("in one line"), max_length=300)
    what_you_get = TranslatedField(_("what you get"))
    what_is_not_included = TranslatedField(_("what is not included"))
    market = models.CharField(_("market"), max_length=80, blank=True, default="")
    places = models.JSONField(_("places"), default=list, blank=True)
    channels_note = TranslatedField(_("where to get it"))
    terms = TranslatedField(_("terms"))
    how_to_get = TranslatedField(_("how to get it"))
    order_kind = models.CharField(
        _("how one comes in"), max_length=12, choices=OrderKind, default=OrderKind.OPEN
    )
    when = TranslatedField(_("when"), max_length=300)
    calendar = models.ForeignKey(
        BusinessCalendar, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("opening hours"),
    )  # fmt: skip
    price_note = TranslatedField(_("price in words"), max_length=300)
    is_sellable_alone = models.BooleanField(_("can be had alone"), default=True)
    published_langs = models.JSONField(default=list, blank=True, editable=False)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    last_number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        db_table = "offering"
        constraints = [
            *core_constraints("offering"),
            models.CheckConstraint(
                condition=models.Q(product__isnull=False, package__isnull=True)
                | models.Q(product__isnull=True, package__isnull=False),
                name="offering_of_one_thing",
                violation_error_message=_("Say of which service or which package this is."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="offering_validity_order",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.UniqueConstraint(
                fields=["product"],
                condition=models.Q(is_default=True, archived=False),
                name="offering_one_default",
            ),
        ]
        indexes = core_indexes("offering")


class OfferingElement(PieceRow):
    """One thing the consumer receives (entities.md 2.8); lives and dies with its offering."""

    class Kind(models.TextChoices):
        GOODS = "goods", _("you get")
        ACCESS = "access", _("you may use")
        ACTION = "action", _("we do")

    parent_field = "offering"

    offering = models.ForeignKey(Offering, models.CASCADE, related_name="elements")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ACTION)
    text = TranslatedField(_("what"), max_length=300)
    resource_component = models.ForeignKey(
        "portfolio.Component", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("with what"),
    )  # fmt: skip
    quantity = models.DecimalField(
        _("how many"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True, default="")
    terms = TranslatedField(_("terms"), max_length=300)
    number = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        db_table = "offering_element"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "number"], name="offering_element_number_unique"
            )
        ]

    def __str__(self) -> str:
        return str(self.text)


class Price(PieceRow):
    """What one pays, once or again and again; lives and dies with its offering.

    The amount is in minor units of an ISO 4217 currency, never a float; empty means that it is
    told in words alone. ``period`` is an ISO 8601 duration, for what comes back.
    """

    class Kind(models.TextChoices):
        ONE_OFF = "one_off", _("once")
        RECURRING = "recurring", _("again and again")
        DISCOUNT = "discount", _("less, if")
        PENALTY = "penalty", _("more, if")
        FREE = "free", _("free")

    parent_field = "offering"
    title_field = "kind"

    offering = models.ForeignKey(Offering, models.CASCADE, related_name="prices")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ONE_OFF)
    amount = models.BigIntegerField(_("amount"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="")
    period = models.CharField(_("how often"), max_length=12, blank=True, default="")
    condition = TranslatedField(_("for whom or when"), max_length=300)
    channel = models.CharField(_("where one pays"), max_length=80, blank=True, default="")
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    number = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        db_table = "price"
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
                name="price_not_below_nothing",
                violation_error_message=_("A price cannot be below zero. Choose “less, if”."),
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | ~models.Q(currency=""),
                name="price_has_currency",
                violation_error_message=_("Say in which currency."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="price_validity_order",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.UniqueConstraint(fields=["offering", "number"], name="price_number_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.currency}"
