"""What the checks are told to look for, what they saw, and how it goes on over time."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polku.tenancy.models import WorkspaceRow


class DetectorSetting(WorkspaceRow):
    """A limit of one check that a workspace set for itself, or that it sleeps (links.md 4).

    ``name`` is the limit's name in the check's table; ``is_on`` switches the whole check off.
    """

    check_code = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    value = models.JSONField(default=dict)

    class Meta:
        db_table = "detector_setting"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "check_code", "name"],
                name="detector_setting_one",
                violation_error_message=_("This limit is set already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.check_code} {self.name}"


class DetectorRun(WorkspaceRow):
    """The newest run of one check: on how much it looked, and what it may say (links.md 4).

    ``n`` objects were looked at in the period; the coverage is the exact fraction
    ``covered_days / period_days`` and is empty where no days are counted; below the least data
    ``have`` stays under ``need`` and nothing is raised.
    """

    check_code = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    n = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    covered_days = models.PositiveIntegerField(null=True, blank=True)
    period_days = models.PositiveIntegerField(null=True, blank=True)
    have = models.PositiveIntegerField(null=True, blank=True)
    need = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        db_table = "detector_run"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "check_code"], name="detector_run_one")
        ]

    def __str__(self) -> str:
        return f"{self.check_code} {self.at:%Y-%m-%d}"


class ProgressReading(WorkspaceRow):
    """One number of one day: open ends of a grade, unknown dials; the first measure of progress.

    ``n`` of ``out_of`` where the whole is known; *measure* is a dotted name, for example
    ``loose_ends.urgent`` or ``dials.unknown``.
    """

    measure = models.CharField(max_length=60)
    day = models.DateField()
    n = models.PositiveIntegerField()
    out_of = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        db_table = "progress_reading"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "measure", "day"], name="progress_reading_one_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.day} {self.n}"


class Notification(WorkspaceRow):
    """Something one person is told once, in the application and by mail (entities.md 10.4).

    The sentence is made when it is read, in the reader's language, from ``kind``, the object and
    ``parameters``. ``key`` keeps the same news from being told twice.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    object_kind = models.CharField(max_length=40, blank=True, default="")
    object_id = models.BigIntegerField(null=True, blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "notification"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user", "key"], name="notification_once")
        ]
        indexes = [
            models.Index(fields=["workspace", "user", "-at"], name="notification_newest_idx"),
            models.Index(
                fields=["workspace", "user"], condition=models.Q(read_at__isnull=True),
                name="notification_unread_idx",
            ),
            models.Index(
                fields=["workspace", "user"], condition=models.Q(mailed_at__isnull=True),
                name="notification_unmailed_idx",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class NotificationChoice(WorkspaceRow):
    """What one person wants to hear of, and how; no row means the default of the kind."""

    class Mail(models.TextChoices):
        NEVER = "never", _("never")
        DAILY = "daily", _("once a day")
        WEEKLY = "weekly", _("once a week")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    in_app = models.BooleanField(_("here"), default=True)
    mail = models.CharField(_("by mail"), max_length=10, choices=Mail, default=Mail.DAILY)

    class Meta:
        db_table = "notification_choice"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "user", "kind"], name="notification_choice_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.mail}"
