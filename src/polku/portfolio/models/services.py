"""The service: the unit of portfolio decisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.tenancy.models import CoreEntity
from polku.tenancy.models.base import core_constraints, core_indexes
from polku.tenancy.translated import TranslatedField


class ServiceProduct(CoreEntity):
    """One service with an owner and a life of its own (entities.md 2.2).

    ``managed_state`` is a copy of the newest effective transition; empty means *not said*.
    """

    class Kind(models.TextChoices):
        CUSTOMER_FACING = "customer_facing", _("customers meet it")
        SUPPORTING = "supporting", _("supports other services")
        INTERNAL = "internal", _("for ourselves")

    class ManagedState(models.TextChoices):
        IDEA = "idea", _("idea")
        BEING_MADE = "being_made", _("being made")
        IN_TEST = "in_test", _("in test")
        LIVE = "live", _("live")
        ENDING = "ending", _("ending")
        ENDED = "ended", _("ended")
        ON_HOLD = "on_hold", _("on hold")

    class Phase(models.TextChoices):
        NOT_LAUNCHED = "not_launched", _("not launched")
        INTRODUCTION = "introduction", _("new")
        GROWTH = "growth", _("growing")
        MATURITY = "maturity", _("steady")
        DECLINE = "decline", _("fading")
        RENEWAL = "renewal", _("reborn")
        UNKNOWN = "unknown", _("unknown")

    class Level(models.TextChoices):
        UNKNOWN = "unknown", _("unknown")
        LOW = "low", _("low")
        MEDIUM = "medium", _("medium")
        HIGH = "high", _("high")

    class CostClass(models.TextChoices):
        UNKNOWN = "unknown", _("unknown")
        NONE = "none", _("none")
        LOW = "low", _("low")
        MEDIUM = "medium", _("medium")
        HIGH = "high", _("high")

    class AgreementDial(models.TextChoices):
        UNKNOWN = "unknown", _("unknown")
        GREEN = "green", _("met")
        YELLOW = "yellow", _("nearly missed")
        RED = "red", _("missed")

    class CostDial(models.TextChoices):
        UNKNOWN = "unknown", _("unknown")
        UNDER = "under", _("under plan")
        ON = "on", _("on plan")
        OVER = "over", _("over plan")

    class ContinuityDial(models.TextChoices):
        UNKNOWN = "unknown", _("unknown")
        MIRRORED = "mirrored", _("mirrored")
        RESTORABLE = "restorable", _("restorable")
        NONE = "none", _("none")

    name = TranslatedField(_("name"), max_length=120)
    aliases = models.JSONField(_("also known as"), default=list, blank=True)
    purpose = TranslatedField(_("what it is for"), max_length=300)
    description = TranslatedField(_("description"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.CUSTOMER_FACING)
    is_activity_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="activities",
        verbose_name=_("activity of"),
    )  # fmt: skip
    managed_state = models.CharField(
        _("state"), max_length=20, choices=ManagedState, blank=True, default=""
    )
    held_from_state = models.CharField(max_length=20, blank=True, default="", editable=False)
    closed_to_new = models.BooleanField(_("closed to new customers"), default=False)
    lifespan_phase = models.CharField(
        _("phase of life"), max_length=20, choices=Phase, default=Phase.UNKNOWN
    )
    criticality = models.CharField(
        _("importance"), max_length=10, choices=Level, default=Level.UNKNOWN
    )
    dial_agreement = models.CharField(
        _("agreement"), max_length=10, choices=AgreementDial, default=AgreementDial.UNKNOWN
    )
    dial_cost = models.CharField(
        _("cost"), max_length=10, choices=CostDial, default=CostDial.UNKNOWN
    )
    dial_continuity = models.CharField(
        _("continuity"), max_length=12, choices=ContinuityDial, default=ContinuityDial.UNKNOWN
    )
    dial_notes = models.JSONField(default=dict, blank=True)
    cost_class = models.CharField(
        _("what it costs us"), max_length=10, choices=CostClass, default=CostClass.UNKNOWN
    )
    languages = models.JSONField(_("languages of service"), default=list, blank=True)
    places = models.JSONField(_("places"), default=list, blank=True)
    sector = models.CharField(_("sector"), max_length=120, blank=True, default="")
    funding = models.JSONField(_("funding"), default=list, blank=True)
    contact = models.CharField(_("contact"), max_length=300, blank=True, default="")
    web = models.CharField(_("web page"), max_length=500, blank=True, default="")
    benefit = models.JSONField(_("benefit"), default=dict, blank=True)
    last_reviewed_on = models.DateField(_("last looked at"), null=True, blank=True)

    class Meta:
        db_table = "service_product"
        constraints = [
            *core_constraints("service_product"),
            models.CheckConstraint(
                condition=~models.Q(is_activity_of=models.F("id")),
                name="service_product_not_its_own_activity",
                violation_error_message=_("A service cannot be an activity of itself."),
            ),
        ]
        indexes = [
            *core_indexes("service_product"),
            models.Index(fields=["workspace", "managed_state"], name="service_product_state_idx"),
        ]

    @property
    def is_live(self) -> bool:
        """Whether it is offered now (ending services are still offered)."""
        return self.managed_state in {"live", "ending"}
