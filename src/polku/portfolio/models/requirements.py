"""Something somebody needs of a service."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.people.models import Segment
from polku.tenancy.models import CoreEntity, Party
from polku.tenancy.models.base import core_constraints, core_indexes
from polku.tenancy.translated import TranslatedField


class Requirement(CoreEntity):
    """A need with origin and criterion (entities.md 2.9); short states of DECISIONS 31."""

    title_field = "statement"

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        WILL_DO = "will_do", _("will do")
        DONE = "done", _("done")
        WILL_NOT_DO = "will_not_do", _("will not do")
        LATER = "later", _("later")

    class Type(models.TextChoices):
        UNKNOWN = "unknown", _("unknown")
        UTILITY = "utility", _("what it does")
        WARRANTY_AVAILABILITY = "warranty_availability", _("that it is there")
        WARRANTY_CAPACITY = "warranty_capacity", _("that there is enough")
        WARRANTY_CONTINUITY = "warranty_continuity", _("that it goes on")
        WARRANTY_SECURITY = "warranty_security", _("that it is safe")
        EXPERIENCE = "experience", _("how it feels")
        ACCESSIBILITY = "accessibility", _("that everyone can use it")
        LEGAL = "legal", _("the law")
        OTHER = "other", _("other")

    class OriginKind(models.TextChoices):
        UNKNOWN = "unknown", _("unknown")
        RESEARCH = "research", _("research")
        FEEDBACK = "feedback", _("feedback")
        EVALUATION = "evaluation", _("evaluation")
        AGREEMENT = "agreement", _("an agreement")
        LAW = "law", _("a law")
        STRATEGY = "strategy", _("a goal")
        INCIDENT = "incident", _("something that went wrong")
        CUSTOMER_REQUEST = "customer_request", _("a customer asked")
        MINING = "mining", _("what was seen to happen")
        OTHER = "other", _("other")

    class Priority(models.TextChoices):
        UNKNOWN = "unknown", _("unknown")
        MUST = "must", _("must")
        SHOULD = "should", _("should")
        COULD = "could", _("could")
        NOT_NOW = "not_now", _("not now")

    class GoesOn(models.TextChoices):
        """How a wish goes on that ended because others took its place, not because of a no."""

        PARTS = "parts", _("in its parts")
        OTHER = "other", _("in another wish")

    statement = TranslatedField(_("what is asked for"), max_length=600)
    type = models.CharField(_("about"), max_length=30, choices=Type, default=Type.UNKNOWN)
    origin_kind = models.CharField(
        _("comes from"), max_length=20, choices=OriginKind, default=OriginKind.UNKNOWN
    )
    raised_by_party = models.ForeignKey(
        Party, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("asked by"),
    )  # fmt: skip
    raised_on = models.DateField(_("asked on"), null=True, blank=True)
    also_asked_by = models.ManyToManyField(
        Party, blank=True, related_name="+", verbose_name=_("also asked by")
    )
    for_segment = models.ForeignKey(
        Segment, models.PROTECT, null=True, blank=True, related_name="requirements",
        verbose_name=_("for whom"),
    )  # fmt: skip
    acceptance_criterion = TranslatedField(_("seen as done when"), max_length=600)
    priority = models.CharField(
        _("how much it matters"), max_length=10, choices=Priority, default=Priority.UNKNOWN
    )
    reason_rejected = TranslatedField(_("why not"), max_length=600)
    giver_told_at = models.DateTimeField(_("told"), null=True, blank=True)
    verified_on = models.DateField(_("seen to be met on"), null=True, blank=True)
    verified_how = TranslatedField(_("what showed it"), max_length=600)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.ASKED)
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts",
        verbose_name=_("split from"),
    )  # fmt: skip
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged",
        verbose_name=_("merged into"),
    )  # fmt: skip
    goes_on = models.CharField(_("goes on"), max_length=10, choices=GoesOn, blank=True, default="")

    class Meta:
        db_table = "requirement"
        constraints = core_constraints("requirement")
        indexes = [
            *core_indexes("requirement"),
            models.Index(fields=["workspace", "state"], name="requirement_state_idx"),
        ]
