"""Groups we may choose to serve."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.tenancy.models import CoreEntity
from polku.tenancy.models.base import core_constraints, core_indexes
from polku.tenancy.translated import TranslatedField


class Segment(CoreEntity):
    """A group we may choose to serve (entities.md 3.2)."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", _("a candidate")
        TARGETED = "targeted", _("chosen")
        DROPPED = "dropped", _("dropped")

    class Basis(models.TextChoices):
        NEED = "need", _("need")
        BEHAVIOUR = "behaviour", _("behaviour")
        DEMOGRAPHIC = "demographic", _("age and background")
        GEOGRAPHIC = "geographic", _("place")
        ORGANISATION_TYPE = "organisation_type", _("kind of organisation")
        OTHER = "other", _("other")

    class SizeQuality(models.TextChoices):
        MEASURED = "measured", _("measured")
        ESTIMATED = "estimated", _("estimated")
        UNKNOWN = "unknown", _("unknown")

    name = TranslatedField(_("name"), max_length=120)
    criterion = TranslatedField(_("who belongs to it"), max_length=300)
    basis = models.CharField(_("told apart by"), max_length=20, choices=Basis, default=Basis.OTHER)
    size = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    size_as_of = models.DateField(_("counted on"), null=True, blank=True)
    size_quality = models.CharField(
        _("how we know the number"), max_length=10, choices=SizeQuality, default=SizeQuality.UNKNOWN
    )
    attractiveness = models.PositiveSmallIntegerField(
        _("how much it matters to us, 1 to 5"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )  # fmt: skip
    why_targeted = TranslatedField(_("why them"), max_length=600)
    alternatives = TranslatedField(_("what they would do otherwise"), max_length=600)
    market = models.CharField(_("market"), max_length=80, blank=True, default="")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.CANDIDATE)

    class Meta:
        db_table = "segment"
        constraints = [
            *core_constraints("segment"),
            models.CheckConstraint(
                condition=models.Q(attractiveness__isnull=True)
                | models.Q(attractiveness__range=(1, 5)),
                name="segment_attractiveness_1_to_5",
                violation_error_message=_("Choose a number from 1 to 5."),
            ),
        ]
        indexes = core_indexes("segment")
