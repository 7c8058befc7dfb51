"""Wishes to share more with a customer."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polku.tenancy.models import Relationship, WorkspaceRow
from polku.tenancy.models.parties import RelationshipType


class SharingRequest(WorkspaceRow):
    """A wish to share more with a customer, which waits for the other side's yes (1.5)."""

    class Answer(models.TextChoices):
        PENDING = "pending", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("taken back")

    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="sharing_requests")
    from_type = models.CharField(max_length=20, choices=RelationshipType)
    to_type = models.CharField(max_length=20, choices=RelationshipType)
    decision = models.ForeignKey("kernel.Decision", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.PENDING)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    told_by = models.CharField(_("who said so, and how"), max_length=200, blank=True, default="")

    class Meta:
        db_table = "sharing_request"
        constraints = [
            models.UniqueConstraint(
                fields=["relationship"], condition=models.Q(answer="pending"),
                name="sharing_request_one_pending",
                violation_error_message=_("This customer was already asked."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.from_type} → {self.to_type}"
