"""What is kept of a journey beside what it says: agreed versions, every edit, who is where."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from polku.journeys.models.journeys import Journey
from polku.tenancy.models import WorkspaceRow


class JourneyVersion(WorkspaceRow):
    """One version of a journey, whole, as it was agreed; nothing changes it any more.

    ``content`` is the document of ``journeys.documents``: stages, steps, cells, pain points, and
    the names of the meeting points and parts as they were then. ``pictures`` are those in it, so
    that whoever may read it is let at them.
    """

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    agreed_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    pictures = models.ManyToManyField("kernel.Attachment", blank=True, related_name="+")

    class Meta:
        db_table = "journey_version"
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "version"], name="journey_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.journey_id} v{self.version}"


class JourneyEdit(WorkspaceRow):
    """One edit: what it changed, row by row, so that it can be undone and done again.

    ``changes`` is a list of ``{"kind", "id", "fields": {name: [before, after]}}``. ``number``
    counts within the journey. An undo is an edit of its own that names the one it takes back; that
    one then has ``undone`` set.
    """

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="edit_log")
    number = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=40)
    label = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undoes = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    undone = models.BooleanField(default=False)

    class Meta:
        db_table = "journey_edit"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "number"], name="journey_edit_number_once")
        ]
        indexes = [models.Index(fields=["journey", "user", "number"], name="journey_edit_user_idx")]

    def __str__(self) -> str:
        return f"{self.journey_id} {self.number} {self.verb}"


class JourneyPlace(WorkspaceRow):
    """Where somebody is in a journey now; old places mean that nobody is there."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="places")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    step = models.PositiveBigIntegerField(null=True)
    row = models.CharField(max_length=20, blank=True, default="")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "journey_place"
        constraints = [
            models.UniqueConstraint(fields=["journey", "user"], name="journey_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.journey_id} {self.user_id}"
