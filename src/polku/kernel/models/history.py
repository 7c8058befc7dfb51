"""What happened: events, dated transitions, decisions. Rows are only ever added."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polku.tenancy.models import CoreEntity, Party, WorkspaceRow
from polku.tenancy.models.base import core_constraints, core_indexes
from polku.tenancy.translated import TranslatedField


class ObjectRow(WorkspaceRow):
    """A row about some object, named by its kind and number."""

    object_kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()

    class Meta:
        abstract = True


class AuditEvent(ObjectRow):
    """One operation on one object (DECISIONS 15).

    ``changes`` is ``{field: [before, after]}`` in machine form; sealed values stand as ``***``.
    """

    name = models.CharField(max_length=80)
    object_code = models.CharField(max_length=20, blank=True, default="")
    object_revision = models.PositiveIntegerField(default=0)
    changes = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True, default="")
    operation_id = models.UUIDField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    actor_party = models.ForeignKey(Party, models.SET_NULL, null=True, related_name="+")
    channel = models.CharField(max_length=10)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "audit_event"
        indexes = [
            models.Index(fields=["workspace", "object_kind", "object_id", "at"]),
            models.Index(fields=["workspace", "at"]),
            models.Index(fields=["operation_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.object_code}"


class Decision(CoreEntity):
    """Who decided what, on which evidence (entities.md 2.10); revised by a later row."""

    title_field = "question"

    class Kind(models.TextChoices):
        GATE = "gate", _("step to the next state")
        JUDGEMENT = "judgement", _("judgement")
        EXCEPTION = "exception", _("exception")
        OVERRIDE = "override", _("set by hand")

    class Outcome(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        YES_WITH_CONDITIONS = "yes_with_conditions", _("yes, with conditions")
        DEFERRED = "deferred", _("later")

    subject_kind = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.BigIntegerField(null=True, blank=True)
    subject_code = models.CharField(_("about"), max_length=20, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.JUDGEMENT)
    question = TranslatedField(_("question"), max_length=300)
    outcome = models.CharField(_("outcome"), max_length=30, choices=Outcome, default=Outcome.YES)
    conditions = TranslatedField(_("conditions"), max_length=600)
    reason = TranslatedField(_("reason"), max_length=1200)
    decided_on = models.DateField(_("decided on"))
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    decider_party = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    same_person = models.BooleanField(_("proposed and decided by the same person"), default=False)
    unknowns = models.PositiveSmallIntegerField(_("signed for unknown"), default=0)
    skipped_gates = models.JSONField(default=list, blank=True)
    dissent = models.JSONField(_("other views"), default=list, blank=True)
    evidence = models.JSONField(_("evidence"), default=list, blank=True)
    look_again_on = models.DateField(_("look again on"), null=True, blank=True)
    revises = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="revised_by",
        verbose_name=_("revises"),
    )  # fmt: skip

    class Meta:
        db_table = "decision"
        constraints = core_constraints("decision")
        indexes = [
            *core_indexes("decision"),
            models.Index(fields=["workspace", "subject_kind", "subject_id"]),
            models.Index(fields=["workspace", "look_again_on"]),
        ]


class Transition(ObjectRow):
    """A dated move from one state to another; may lie in the future, is never overwritten."""

    machine = models.CharField(max_length=40)
    from_state = models.CharField(max_length=30, blank=True, default="")
    to_state = models.CharField(max_length=30)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_party = models.ForeignKey(Party, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True, default="")
    gate_answers = models.JSONField(default=dict, blank=True)
    properties = models.JSONField(default=dict, blank=True)
    decision = models.ForeignKey(
        Decision, models.SET_NULL, null=True, blank=True, related_name="transitions"
    )
    applied_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    pending_run = models.BigIntegerField(null=True, blank=True)

    class Meta:
        db_table = "transition"
        indexes = [
            models.Index(fields=["workspace", "object_kind", "object_id", "effective_on"]),
            models.Index(fields=["workspace", "object_kind", "effective_on"]),
            models.Index(
                fields=["effective_on"],
                condition=models.Q(applied_at__isnull=True, cancelled_at__isnull=True),
                name="transition_planned_idx",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_state or '–'} → {self.to_state} {self.effective_on}"

    @property
    def is_planned(self) -> bool:
        """Not yet applied and not cancelled."""
        return self.applied_at is None and self.cancelled_at is None
