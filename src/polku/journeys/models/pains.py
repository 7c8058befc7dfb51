"""Where a journey hurts (decision 39)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.journeys.models.journeys import EvidentRow, Step
from polku.journeys.models.touchpoints import Touchpoint
from polku.tenancy.translated import TranslatedField


class PainPoint(EvidentRow):
    """Something that goes wrong or costs effort, at a step or in the whole journey.

    ``severity`` goes from 1, a nuisance, to 5, people leave. What becomes of it is a decision:
    looked at, to be mended, or accepted as it is, with the reason.
    """

    class Decision(models.TextChoices):
        OPEN = "open", _("not decided")
        MEND = "mend", _("we mend it")
        ACCEPTED = "accepted", _("accepted as it is")
        MENDED = "mended", _("mended")

    title_field = "text"

    step = models.ForeignKey(Step, models.CASCADE, null=True, blank=True, related_name="pains")
    touchpoint = models.ForeignKey(
        Touchpoint, models.SET_NULL, null=True, blank=True, related_name="pains",
        verbose_name=_("meeting point"),
    )  # fmt: skip
    text = TranslatedField(_("what hurts"), max_length=400)
    severity = models.PositiveSmallIntegerField(_("how bad, 1 to 5"), null=True, blank=True)
    decision = models.CharField(
        _("what becomes of it"), max_length=10, choices=Decision, default=Decision.OPEN
    )
    decision_reason = models.CharField(_("why"), max_length=400, blank=True, default="")

    class Meta:
        db_table = "pain_point"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "number"], name="pain_point_number_unique"),
            models.CheckConstraint(
                condition=models.Q(severity__isnull=True) | models.Q(severity__range=(1, 5)),
                name="pain_point_severity_1_to_5",
                violation_error_message=_("Choose a number from 1 to 5."),
            ),
        ]
