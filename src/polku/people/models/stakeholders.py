"""Who has a stake in what we do; for our own eyes alone."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.tenancy.models import CoreEntity, Party, PartyRole, WorkspaceRow
from polku.tenancy.models.base import core_constraints, core_indexes
from polku.tenancy.translated import TranslatedField


def _level(label: Any) -> Any:
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )


def _one_to_five(name: str) -> Any:
    return models.CheckConstraint(
        condition=models.Q(**{f"{name}__isnull": True}) | models.Q(**{f"{name}__range": (1, 5)}),
        name=f"stakeholder_{name}_1_to_5",
        violation_error_message=_("Choose a number from 1 to 5."),
    )


class Stakeholder(CoreEntity):
    """A party or a group with a stake in what we do (entities.md 3.3).

    Exactly one of ``party`` and ``group_name`` says who it is; ``name`` is a copy of it for lists
    and search, kept by a rule of the kind. What it has a stake in are ties L39.
    """

    class State(models.TextChoices):
        CURRENT = "current", _("current")
        PAST = "past", _("past")

    class Attitude(models.TextChoices):
        UNKNOWN = "unknown", _("unknown")
        AGAINST = "against", _("against it")
        DOUBTFUL = "doubtful", _("in doubt")
        NEUTRAL = "neutral", _("neutral")
        SUPPORTIVE = "supportive", _("for it")
        CHAMPION = "champion", _("speaks up for it")

    ROLES = (("unknown", _("not said")), *PartyRole.Role.choices)

    name = TranslatedField(_("who"))
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="stakes",
        verbose_name=_("person or organisation"),
    )  # fmt: skip
    group_name = TranslatedField(_("or a group without a name here"), max_length=120)
    role = models.CharField(_("role"), max_length=12, choices=ROLES, default="unknown")
    interest = _level(_("interest, 1 to 5"))
    influence = _level(_("influence, 1 to 5"))
    attitude = models.CharField(
        _("attitude"), max_length=10, choices=Attitude, default=Attitude.UNKNOWN
    )
    expects_from_us = TranslatedField(_("what they expect of us"), max_length=2000)
    we_expect = TranslatedField(_("what we expect of them"), max_length=2000)
    assessed_on = models.DateField(_("looked at on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.CURRENT)

    class Meta:
        db_table = "stakeholder"
        constraints = [
            *core_constraints("stakeholder"),
            _one_to_five("interest"),
            _one_to_five("influence"),
            models.CheckConstraint(
                condition=models.Q(party__isnull=True) ^ models.Q(group_name={}),
                name="stakeholder_party_or_group",
                violation_error_message=_(
                    "Say who it is: a person or organisation, or a group. Not both."
                ),
            ),
        ]
        indexes = core_indexes("stakeholder")


class StakeholderTie(WorkspaceRow):
    """How one stakeholder stands to another, in words (child row)."""

    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="lines")
    other = models.ForeignKey(Stakeholder, models.CASCADE, related_name="lines_in")
    words = TranslatedField(_("in words"), max_length=200)

    class Meta:
        db_table = "stakeholder_tie"
        constraints = [
            models.UniqueConstraint(
                fields=["stakeholder", "other"],
                name="stakeholder_tie_once",
                violation_error_message=_("These two have a line already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(stakeholder=models.F("other")),
                name="stakeholder_tie_two_ends",
                violation_error_message=_("A line needs two different ends."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder_id} → {self.other_id}"
