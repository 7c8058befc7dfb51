"""The yarn: ties between objects, and the ends that hang loose."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polku.kernel.models.history import ObjectRow
from polku.tenancy.models import Party, WorkspaceRow


class Link(WorkspaceRow):
    """One tie between two objects (entities.md 10.1, links.md)."""

    class Confidence(models.TextChoices):
        GUESS = "guess", _("guess")
        CONFIRMED = "confirmed", _("confirmed")

    class Origin(models.TextChoices):
        PERSON = "person", _("a person")
        IMPORT = "import", _("an import")
        SUGGESTION = "suggestion", _("a suggestion")
        RULE = "rule", _("a rule")

    class State(models.TextChoices):
        LIVE = "live", _("live")
        REMOVED = "removed", _("removed")

    kind = models.CharField(max_length=5)
    from_kind = models.CharField(max_length=40)
    from_id = models.BigIntegerField()
    to_kind = models.CharField(max_length=40)
    to_id = models.BigIntegerField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence, default=Confidence.CONFIRMED)
    why = models.CharField(max_length=400, blank=True, default="")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PERSON)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    from_fingerprint = models.CharField(max_length=64, blank=True, default="")
    to_fingerprint = models.CharField(max_length=64, blank=True, default="")
    suspect_since = models.DateTimeField(null=True, blank=True)
    suspect_ends = models.JSONField(default=list, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    verdict = models.CharField(max_length=20, blank=True, default="")
    properties = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.LIVE)
    removed_reason = models.CharField(max_length=400, blank=True, default="")
    pending_run = models.BigIntegerField(null=True, blank=True)

    class Meta:
        db_table = "link"
        indexes = [
            models.Index(fields=["workspace", "from_kind", "from_id", "kind"]),
            models.Index(fields=["workspace", "to_kind", "to_id", "kind"]),
            models.Index(fields=["workspace", "kind", "state"]),
            models.Index(
                fields=["workspace", "suspect_since"],
                condition=models.Q(suspect_since__isnull=False), name="link_suspect_idx",
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="link_validity_order",
                violation_error_message=_("A tie cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_kind}:{self.from_id} → {self.to_kind}:{self.to_id}"


class LooseEnd(ObjectRow):
    """A tie or fact that is missing; found again under the same identity (entities.md 10.2).

    ``period`` is empty for what is true now; a finding about a stretch of time names it, since the
    same thing seen in the next one is another finding (links.md 4). ``turned_into_code`` names the
    wish or decision that was made of it.
    """

    class Severity(models.TextChoices):
        NOTE = "note", _("note")
        ATTENTION = "attention", _("attention")
        URGENT = "urgent", _("urgent")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DISMISSED = "dismissed", _("dismissed")
        FIXED = "fixed", _("fixed")

    check_code = models.CharField(max_length=20)
    owner_party = models.ForeignKey(Party, models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    severity = models.CharField(max_length=10, choices=Severity, default=Severity.ATTENTION)
    parameters = models.JSONField(default=dict, blank=True)
    period = models.CharField(max_length=25, blank=True, default="")
    turned_into_code = models.CharField(max_length=20, blank=True, default="")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    dismissed_reason = models.CharField(max_length=400, blank=True, default="")
    dismissed_until = models.DateField(null=True, blank=True)
    dismissed_fingerprint = models.CharField(max_length=64, blank=True, default="")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "loose_end"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "check_code", "object_kind", "object_id", "period"],
                name="loose_end_identity",
            )
        ]
        indexes = [
            models.Index(fields=["workspace", "state", "severity", "since"]),
            models.Index(fields=["workspace", "object_kind", "object_id", "state"]),
            models.Index(fields=["workspace", "owner_party", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.check_code} {self.object_kind}:{self.object_id}"
