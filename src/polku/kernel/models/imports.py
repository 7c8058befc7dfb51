"""What came in from files, row by row, so that it can be shown, undone and repeated."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polku.tenancy.models import WorkspaceRow


class ImportRun(WorkspaceRow):
    """One import of one file (portfolio.md 7, rule 12; DECISIONS 3, 18)."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("file received")
        TRIED = "tried", _("tried, nothing saved")
        RUNNING = "running", _("being saved")
        INTERRUPTED = "interrupted", _("interrupted")
        COMPLETE = "complete", _("saved")
        UNDONE = "undone", _("undone")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REFUSED = "refused", _("refused")

    file_name = models.CharField(max_length=255)
    file_hash = models.CharField(max_length=64)
    file_path = models.CharField(max_length=255, blank=True, default="")
    source = models.CharField(max_length=120, default="", blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.UPLOADED)
    mapping = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    report = models.JSONField(default=dict, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True, default="")
    operation_id = models.UUIDField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "import_run"
        indexes = [models.Index(fields=["workspace", "-made_at"])]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"


class ImportRow(WorkspaceRow):
    """What one row of a file became."""

    class Outcome(models.TextChoices):
        NEW = "new", _("new")
        SAME = "same", _("same")
        CHANGED = "changed", _("changed")
        LOOK = "look", _("to look at")
        LEFT_OUT = "left_out", _("left out")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=120, blank=True, default="")
    row_number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    title = models.CharField(max_length=300, blank=True, default="")
    object_kind = models.CharField(max_length=40, blank=True, default="")
    object_id = models.BigIntegerField(null=True, blank=True)
    changes = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "import_row"
        indexes = [models.Index(fields=["run", "outcome", "row_number"])]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row_number} {self.outcome}"


class LearntMapping(WorkspaceRow):
    """A person's answer to what a heading means, or a whole mapping under a name."""

    name = models.CharField(max_length=120, blank=True, default="")
    sheet = models.CharField(max_length=120, blank=True, default="")
    header = models.CharField(max_length=255, blank=True, default="")
    field = models.CharField(max_length=80, blank=True, default="")
    mapping = models.JSONField(default=dict, blank=True)
    learnt_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "learnt_mapping"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name", "sheet", "header"], name="learnt_mapping_once"
            )
        ]

    def __str__(self) -> str:
        return self.name or f"{self.header} → {self.field}"


class ExternalRef(WorkspaceRow):
    """The name of an object elsewhere (DECISIONS 13)."""

    source = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    object_id = models.BigIntegerField()
    last_seen = models.JSONField(default=dict, blank=True)
    run = models.ForeignKey(ImportRun, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "external_ref"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "source", "kind", "key"], name="external_ref_once"
            )
        ]
        indexes = [models.Index(fields=["workspace", "kind", "object_id"])]

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"
