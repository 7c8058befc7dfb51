"""The tenant: one organisation's closed world of data."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.tenancy.translated import TranslatedField

LANGUAGES = (("en", "English"), ("fi", "Suomi"), ("pl", "Polski"), ("ru", "Русский"))


class SizeProfile(models.TextChoices):
    """How big a workspace is; sets the first feature switches."""

    SOLO = "solo", _("Just me")
    SMALL = "small", _("A team with its own customers")
    PROVIDER = "provider", _("An organisation with many services")


class Vocabulary(models.TextChoices):
    """Which words stand on screen; codes never change."""

    PLAIN = "plain", _("Plain words")
    SERVICE_MANAGEMENT = "service_management", _("Words of service management")


def default_languages() -> list[str]:
    """A new workspace writes in English until it says otherwise."""
    return ["en"]


class Workspace(models.Model):
    """One organisation; nothing is ever visible across workspaces (entities.md 1.1)."""

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        ARCHIVED = "archived", _("archived")

    name = TranslatedField(_("name"), max_length=120)
    slug = models.CharField(
        _("address"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9-]*$", _("Use a-z, 0-9 and hyphens."))],
    )
    default_lang = models.CharField(max_length=35, default="en")
    languages = models.JSONField(default=default_languages)
    timezone = models.CharField(max_length=64, default="Europe/Helsinki")
    size_profile = models.CharField(max_length=20, choices=SizeProfile, default=SizeProfile.SMALL)
    vocabulary = models.CharField(max_length=30, choices=Vocabulary, default=Vocabulary.PLAIN)
    features = models.JSONField(default=dict, blank=True)
    state_sets = models.JSONField(default=dict, blank=True)
    small_n_limit = models.PositiveSmallIntegerField(default=5)
    home_party = models.ForeignKey(
        "tenancy.Party", models.PROTECT, null=True, blank=True, related_name="+"
    )
    calendar = models.ForeignKey(
        "tenancy.BusinessCalendar", models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_example = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "workspace"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(small_n_limit__gte=3),
                name="workspace_small_n_at_least_3",
                violation_error_message=_("Groups smaller than 3 must stay hidden."),
            )
        ]

    def __str__(self) -> str:
        return str(self.name) or self.slug

    def has(self, feature: str) -> bool:
        """Whether a feature switch is on; an unknown switch counts as on (no switch hides it)."""
        return bool(self.features.get(feature, True))
