"""Codes given, words to find, views kept, and jobs that ran."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from polku.tenancy.models import WorkspaceRow


class CodeSequence(WorkspaceRow):
    """The last number given for a code prefix; numbers are never given twice."""

    prefix = models.CharField(max_length=8)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "code_sequence"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "prefix"], name="code_sequence_once")
        ]


class SearchText(WorkspaceRow):
    """The folded words of one object in one language (DECISIONS 22)."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    language = models.CharField(max_length=35)
    folded = models.TextField()

    class Meta:
        db_table = "search_text"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "kind", "object_id", "language"], name="search_text_once"
            )
        ]


class SavedView(WorkspaceRow):
    """A list with its filters, kept under a name by one person."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        db_table = "saved_view"

    def __str__(self) -> str:
        return self.name


class ScheduledRun(models.Model):
    """A job that ran for a day; unique, so that two tickers cannot run it twice."""

    job = models.CharField(max_length=60)
    day = models.DateField()
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True, default="")

    class Meta:
        db_table = "scheduled_run"
        constraints = [models.UniqueConstraint(fields=["job", "day"], name="scheduled_run_once")]

    def __str__(self) -> str:
        return f"{self.job} {self.day}"
