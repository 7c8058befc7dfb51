"""The shapes a service takes: planned, released, replaced."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.portfolio.models.services import ServiceProduct
from polku.tenancy.models import CoreEntity
from polku.tenancy.models.base import core_constraints, core_indexes
from polku.tenancy.translated import Translated, TranslatedField


class ProductVersion(CoreEntity):
    """One released or planned shape of a service (entities.md 2.3)."""

    title_field = "title_words"

    class ReleaseState(models.TextChoices):
        DRAFT = "draft", _("draft")
        CANDIDATE = "candidate", _("candidate")
        LIVE = "live", _("live")
        SUPERSEDED = "superseded", _("replaced")
        WITHDRAWN = "withdrawn", _("withdrawn")

    product = models.ForeignKey(
        ServiceProduct, models.PROTECT, related_name="versions", verbose_name=_("service")
    )
    label = models.CharField(_("name of the version"), max_length=40)
    market = models.CharField(_("market"), max_length=80, blank=True, default="")
    release_state = models.CharField(
        _("state"), max_length=12, choices=ReleaseState, default=ReleaseState.DRAFT
    )
    is_mvp = models.BooleanField(_("made to learn"), default=False)
    hypothesis = TranslatedField(_("what we believe"), max_length=600)
    learning_measure = TranslatedField(_("by what we will see it"), max_length=300)
    decide_by = models.DateField(_("decide by"), null=True, blank=True)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    live_from = models.DateField(_("live from"), null=True, blank=True)
    live_to = models.DateField(_("live until"), null=True, blank=True)
    notes = TranslatedField(_("what is new"))
    restores = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="restored_by",
        verbose_name=_("brings back"),
    )  # fmt: skip

    class Meta:
        db_table = "product_version"
        constraints = [
            *core_constraints("product_version"),
            models.UniqueConstraint(
                fields=["product", "label"],
                name="product_version_label_unique",
                violation_error_message=_("This service has a version of that name already."),
            ),
            models.UniqueConstraint(
                fields=["product", "market"],
                condition=models.Q(release_state="live", archived=False),
                name="product_version_one_live",
                violation_error_message=_("Another version is live in this market."),
            ),
        ]
        indexes = core_indexes("product_version")

    @property
    def title_words(self) -> Translated:
        """The service with the version's name, such as "Mail 2.1", in the service's languages.

        The name alone where the service was not fetched: a title asks nothing of the database.
        """
        product: ServiceProduct | None = self._state.fields_cache.get("product")
        if product is None or not product.name:
            return Translated.of(self.label, "en")
        texts = {lang: f"{text} {self.label}" for lang, text in product.name.texts.items()}
        return Translated.from_mapping(texts, product.name.source_lang)
