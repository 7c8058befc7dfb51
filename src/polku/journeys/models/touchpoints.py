"""Where the two sides meet."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.portfolio.models import ServiceProduct
from polku.tenancy.models import CoreEntity
from polku.tenancy.models.base import core_constraints, core_indexes
from polku.tenancy.translated import TranslatedField


class Touchpoint(CoreEntity):
    """A meeting point; the same record before launch, after it, and in logs (entities.md 4.4)."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        LIVE = "live", _("live")
        PAUSED = "paused", _("paused")
        REMOVED = "removed", _("removed")

    class ChannelKind(models.TextChoices):
        PLACE = "place", _("place")
        PHONE = "phone", _("phone")
        LETTER = "letter", _("letter")
        EMAIL = "email", _("e-mail")
        WEB = "web", _("web")
        APP = "app", _("app")
        CHAT = "chat", _("chat")
        SOCIAL = "social", _("social media")
        EVENT = "event", _("event")
        PRINTED = "printed", _("printed matter")
        PERSON = "person", _("a person")
        DEVICE = "device", _("device")
        OTHER = "other", _("other")

    name = TranslatedField(_("name"), max_length=120)
    purpose = TranslatedField(_("what it is for"))
    services = models.ManyToManyField(
        ServiceProduct, blank=True, related_name="touchpoints", verbose_name=_("services")
    )
    channel_kind = models.CharField(
        _("way of meeting"), max_length=10, choices=ChannelKind, default=ChannelKind.OTHER
    )
    place = TranslatedField(_("place"))
    customer_side = TranslatedField(_("what the customer does here"))
    organisation_side = TranslatedField(_("what we do here"))
    moment_of_truth = models.BooleanField(_("decisive moment"), default=False)
    moment_why = TranslatedField(_("why it is decisive"))
    good_turn = TranslatedField(_("when it goes well"))
    bad_turn = TranslatedField(_("when it goes badly"))
    latitude = models.JSONField(_("what staff may decide alone"), default=dict, blank=True)
    recovery = TranslatedField(_("how we put it right"))
    importance = models.PositiveSmallIntegerField(
        _("importance, 1 to 5"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )  # fmt: skip
    evidence_physical = models.JSONField(_("what one can touch"), default=list, blank=True)
    evidence_intangible = models.JSONField(_("what one can sense"), default=list, blank=True)
    observable_by = models.JSONField(_("how we see what happens"), default=list, blank=True)
    capacity = models.DecimalField(
        _("capacity"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    capacity_unit = models.CharField(_("capacity unit"), max_length=40, blank=True, default="")
    capacity_per = models.CharField(_("capacity per"), max_length=20, blank=True, default="")
    accessibility_note = TranslatedField(_("for everyone"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)

    class Meta:
        db_table = "touchpoint"
        constraints = core_constraints("touchpoint")
        indexes = core_indexes("touchpoint")
