"""What happens around a step, row by row, and what is said about it (entities.md 4.5)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polku.journeys.models.journeys import EvidentRow, Journey, Step
from polku.tenancy.models import Party, WorkspaceRow
from polku.tenancy.translated import TranslatedField


class BlueprintCell(EvidentRow):
    """One text in one row of the blueprint at one step; a row may hold several, in order.

    The row *customer action* has no cells: the step itself keeps that text and that picture. A cell
    holds a text, a picture or both.
    """

    class Row(models.TextChoices):
        CUSTOMER_BACKSTAGE = "customer_backstage", _("customer, unseen by us")
        FRONTSTAGE = "frontstage", _("we do")
        BACKSTAGE = "backstage", _("we do, unseen")
        SUPPORT = "support", _("what supports us")
        SYSTEM = "system", _("systems")
        SUPPLIER = "supplier", _("suppliers")

    class ActivityClass(models.TextChoices):
        PROVIDER = "provider", _("ours")
        CONSUMER = "consumer", _("the customer’s")
        JOINT = "joint", _("of both")

    title_field = "text"

    step = models.ForeignKey(Step, models.CASCADE, related_name="cells")
    row = models.CharField(_("row"), max_length=20, choices=Row)
    text = TranslatedField(_("text"), max_length=600)
    picture = models.ForeignKey(
        "kernel.Attachment", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("picture"),
    )  # fmt: skip
    component = models.ForeignKey(
        "portfolio.Component", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("part"),
    )  # fmt: skip
    actor_party = models.ForeignKey(
        Party, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    duration = models.CharField(_("how long"), max_length=20, blank=True, default="")
    activity_class = models.CharField(
        _("whose doing"), max_length=10, choices=ActivityClass, blank=True, default=""
    )

    class Meta:
        db_table = "blueprint_cell"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "number"], name="blueprint_cell_number_unique"
            )
        ]
        indexes = [models.Index(fields=["step", "row"], name="blueprint_cell_place_idx")]


class CellComment(WorkspaceRow):
    """Something said about one row at one step, by a person of ours or by a guest with a link.

    A comment changes nothing in the model. ``row`` is a row of the blueprint or the name of a lane.
    ``answer`` is what the team said to it when it was done with; a guest reads it at their link.
    """

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="comments")
    step = models.ForeignKey(Step, models.CASCADE, related_name="comments")
    row = models.CharField(max_length=20)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=80, blank=True, default="")
    share = models.ForeignKey(
        "journeys.JourneyShare", models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    text = models.TextField()
    lang = models.CharField(max_length=10, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), blank=True, default="")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        db_table = "cell_comment"
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["journey", "step"], name="cell_comment_place_idx")]

    def __str__(self) -> str:
        return self.text[:60]
