"""Organisations, people and teams, the parts they play and the ties between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.tenancy.models.base import (
    Audience,
    CoreEntity,
    WorkspaceRow,
    core_constraints,
    core_indexes,
)
from polku.tenancy.translated import TranslatedField


class BusinessCalendar(WorkspaceRow):
    """Opening hours: weekly hours, closed days and exceptions in one zone."""

    name = models.CharField(max_length=80)
    timezone = models.CharField(max_length=64, default="Europe/Helsinki")
    weekly_hours = models.JSONField(default=dict, blank=True)
    closed_days = models.JSONField(default=list, blank=True)
    exceptions = models.JSONField(default=list, blank=True)

    class Meta:
        db_table = "business_calendar"

    def __str__(self) -> str:
        return self.name


class Party(CoreEntity):
    """An organisation, person or team that can owe, receive, own or decide (entities.md 1.2)."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("organisation")
        PERSON = "person", _("person")
        TEAM = "team", _("team")

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        LEFT = "left", _("has left")
        MERGED = "merged", _("merged into another")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.ORGANISATION)
    kind_is_guess = models.BooleanField(_("kind is a guess"), default=False)
    name = models.CharField(_("name"), max_length=200)
    aliases = models.JSONField(_("also known as"), default=list, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children",
        verbose_name=_("part of"),
    )  # fmt: skip
    is_internal = models.BooleanField(_("one of us"), default=False)
    business_id = models.CharField(_("business number"), max_length=40, blank=True, default="")
    web = models.URLField(_("web page"), blank=True, default="", max_length=500)
    contact = models.JSONField(_("contact"), default=dict, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("merged into"),
    )  # fmt: skip

    class Meta:
        db_table = "party"
        constraints = [
            *core_constraints("party"),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="party_not_its_own_parent",
                violation_error_message=_("Nobody can be part of themselves."),
            ),
        ]
        indexes = core_indexes("party")


class RelationshipType(models.TextChoices):
    """How much two sides share (entities.md 1.5)."""

    BASIC = "basic", _("basic")
    COOPERATIVE = "cooperative", _("cooperative")
    PARTNERSHIP = "partnership", _("partnership")


class Relationship(CoreEntity):
    """The standing tie between one consumer and one provider (entities.md 1.5)."""

    title_field = "title_words"

    class State(models.TextChoices):
        PROSPECT = "prospect", _("not yet a customer")
        ACTIVE = "active", _("active")
        DORMANT = "dormant", _("quiet")
        ENDED = "ended", _("ended")

    consumer_party = models.ForeignKey(
        Party, models.PROTECT, related_name="relationships_as_consumer", verbose_name=_("customer")
    )
    provider_party = models.ForeignKey(
        Party, models.PROTECT, related_name="relationships_as_provider",
        verbose_name=_("who serves"),
    )  # fmt: skip
    type = models.CharField(
        _("type"), max_length=20, choices=RelationshipType, default=RelationshipType.BASIC
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    customer_contacts = models.ManyToManyField(Party, blank=True, related_name="+")
    review_cadence = models.CharField(_("look back every"), max_length=20, blank=True, default="")
    health_note = TranslatedField(_("how it goes, in words"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROSPECT)

    class Meta:
        db_table = "relationship"
        constraints = [
            *core_constraints("relationship"),
            models.CheckConstraint(
                condition=~models.Q(consumer_party=models.F("provider_party")),
                name="relationship_two_sides",
                violation_error_message=_("A relationship needs two different sides."),
            ),
            models.UniqueConstraint(
                fields=["consumer_party", "provider_party"],
                condition=~models.Q(state="ended"),
                name="relationship_pair_unique",
                violation_error_message=_("These two already have a relationship."),
            ),
        ]
        indexes = core_indexes("relationship")

    @property
    def title_words(self) -> str:
        """Both sides by name."""
        return f"{self.consumer_party.name} – {self.provider_party.name}"


class PartyRole(WorkspaceRow):
    """Which part a party plays towards which object, and when (entities.md 1.4)."""

    class Role(models.TextChoices):
        CUSTOMER = "customer", _("customer")
        USER = "user", _("user")
        SPONSOR = "sponsor", _("sponsor")
        PROVIDER = "provider", _("who serves")
        SUPPLIER = "supplier", _("supplier")
        INTEGRATOR = "integrator", _("integrator")
        REGULATOR = "regulator", _("regulator")
        COMMUNITY = "community", _("community")
        PARTNER = "partner", _("partner")
        COMPETITOR = "competitor", _("competitor")

    party = models.ForeignKey(Party, models.PROTECT, related_name="roles")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    context_kind = models.CharField(max_length=40, default="workspace")
    context_id = models.BigIntegerField(null=True, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True, default="")

    class Meta:
        db_table = "party_role"
        indexes = [models.Index(fields=["workspace", "context_kind", "context_id"])]


__all__ = ["Audience", "BusinessCalendar", "Party", "PartyRole", "Relationship"]
