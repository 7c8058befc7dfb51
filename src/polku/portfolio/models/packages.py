"""Services bundled for a target group."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.portfolio.models.services import ServiceProduct
from polku.tenancy.models import CoreEntity, PieceRow
from polku.tenancy.models.base import core_constraints, core_indexes
from polku.tenancy.translated import TranslatedField


class ServicePackage(CoreEntity):
    """A bundle with options and limits (entities.md 2.6); for whom is told by ties (L06)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    name = TranslatedField(_("name"), max_length=120)
    purpose = TranslatedField(_("what it is for"), max_length=300)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    last_number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        db_table = "service_package"
        constraints = core_constraints("service_package")
        indexes = core_indexes("service_package")


class PackageMember(PieceRow):
    """One thing in a package: a service, or something to get; lives and dies with the package.

    How many: at least ``min_n``, ``default_n`` when nothing is said, at most ``max_n``.
    """

    parent_field = "package"
    title_field = "option_label"

    package = models.ForeignKey(ServicePackage, models.CASCADE, related_name="members")
    product = models.ForeignKey(
        ServiceProduct, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("service"),
    )  # fmt: skip
    offering = models.ForeignKey(
        "portfolio.Offering", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("what one gets"),
    )  # fmt: skip
    optional = models.BooleanField(_("may be left out"), default=False)
    min_n = models.PositiveIntegerField(_("at least"), default=1)
    default_n = models.PositiveIntegerField(_("usually"), default=1)
    max_n = models.PositiveIntegerField(_("at most"), default=1)
    option_label = TranslatedField(_("how the choice is called"), max_length=120)
    number = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        db_table = "package_member"
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(product__isnull=False, offering__isnull=True)
                | models.Q(product__isnull=True, offering__isnull=False),
                name="package_member_one_thing",
                violation_error_message=_("A part of a package is a service or something to get."),
            ),
            models.CheckConstraint(
                condition=models.Q(min_n__lte=models.F("default_n"))
                & models.Q(default_n__lte=models.F("max_n"))
                & models.Q(max_n__gte=1),
                name="package_member_numbers",
                violation_error_message=_(
                    "The numbers must rise: at least, usually, at most; at most is 1 or more."
                ),
            ),
            models.UniqueConstraint(
                fields=["package", "number"], name="package_member_number_unique"
            ),
        ]

    def __str__(self) -> str:
        return str(self.product or self.offering)
