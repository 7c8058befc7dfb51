"""What the organisation wants to be true, by when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.tenancy.models import CoreEntity
from polku.tenancy.models.base import core_constraints, core_indexes
from polku.tenancy.translated import TranslatedField


class StrategyGoal(CoreEntity):
    """A goal (entities.md 2.1)."""

    title_field = "statement"

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        REACHED = "reached", _("reached")
        DROPPED = "dropped", _("dropped")

    statement = TranslatedField(_("goal"), max_length=300)
    why = TranslatedField(_("why"), max_length=600)
    horizon_from = models.DateField(_("from"), null=True, blank=True)
    horizon_to = models.DateField(_("by"), null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children",
        verbose_name=_("part of"),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE)

    class Meta:
        db_table = "strategy_goal"
        constraints = [
            *core_constraints("strategy_goal"),
            models.CheckConstraint(
                condition=models.Q(horizon_from__isnull=True)
                | models.Q(horizon_to__isnull=True)
                | models.Q(horizon_to__gte=models.F("horizon_from")),
                name="strategy_goal_horizon_order",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="strategy_goal_not_its_own_parent",
                violation_error_message=_("A goal cannot be part of itself."),
            ),
        ]
        indexes = core_indexes("strategy_goal")
