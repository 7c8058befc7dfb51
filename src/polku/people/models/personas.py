"""Typical customers, and what we learnt that they rest on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.people.models.segments import Segment
from polku.tenancy.models import CoreEntity
from polku.tenancy.models.base import core_constraints, core_indexes
from polku.tenancy.translated import TranslatedField

# So many pieces of evidence make a picture of a person a strong one (entities.md 3.1)
STRONG_FROM = 5


class Persona(CoreEntity):
    """A typical customer, user or payer (entities.md 3.1); never one real person.

    Lists of texts (goals, needs, ...) are one text per language with one item on each line;
    a line of ``quotes`` is the words, then `` — `` and who said them, without a name.
    ``evidence_count``, ``newest_evidence_on`` and ``confidence`` are copies of what the ties
    *is based on* say; only the verbs of evidence write them.
    """

    title_field = "label"

    class State(models.TextChoices):
        GUESS = "guess", _("a guess")
        CHECKED = "checked", _("checked with people")

    class Archetype(models.TextChoices):
        UNKNOWN = "unknown", _("not said")
        CUSTOMER = "customer", _("customer")
        USER = "user", _("user")
        SPONSOR = "sponsor", _("who pays")
        MIXED = "mixed", _("several of these")

    class Confidence(models.TextChoices):
        GUESS = "guess", _("guess")
        SOME = "some", _("some evidence")
        STRONG = "strong", _("strong evidence")

    label = TranslatedField(_("name for this kind of person"), max_length=80)
    archetype_of = models.CharField(
        _("stands for a"), max_length=10, choices=Archetype, default=Archetype.UNKNOWN
    )
    segment = models.ForeignKey(
        Segment, models.PROTECT, null=True, blank=True, related_name="personas",
        verbose_name=_("group"),
    )  # fmt: skip
    goals = TranslatedField(_("goals"), max_length=2000)
    needs = TranslatedField(_("needs"), max_length=2000)
    pains = TranslatedField(_("what is hard"), max_length=2000)
    behaviours = TranslatedField(_("what they do"), max_length=2000)
    abilities_and_access = TranslatedField(_("abilities and access"), max_length=2000)
    culture = TranslatedField(_("culture and customs"), max_length=2000)
    quotes = TranslatedField(_("in their words"), max_length=2000)
    channels = models.JSONField(_("how they like to be met"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    evidence_count = models.PositiveIntegerField(_("pieces of evidence"), default=0)
    newest_evidence_on = models.DateField(_("newest evidence of"), null=True, blank=True)
    confidence = models.CharField(
        _("how sure we are"), max_length=6, choices=Confidence, default=Confidence.GUESS
    )
    validated_on = models.DateField(_("checked with people on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.GUESS)
    picture = models.ForeignKey(
        "kernel.Attachment", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("picture"),
    )  # fmt: skip

    class Meta:
        db_table = "persona"
        constraints = [
            *core_constraints("persona"),
            models.CheckConstraint(
                condition=~models.Q(confidence="strong")
                | models.Q(evidence_count__gte=STRONG_FROM),
                name="persona_strong_needs_evidence",
                violation_error_message=_("Strong evidence means five pieces or more."),
            ),
        ]
        indexes = core_indexes("persona")


class Insight(CoreEntity):
    """One thing we learnt about people: in which way, from how many, when, and where it is kept."""

    title_field = "statement"

    class Method(models.TextChoices):
        UNKNOWN = "unknown", _("not said")
        INTERVIEW = "interview", _("we asked them")
        OBSERVATION = "observation", _("we watched")
        SURVEY = "survey", _("a survey")
        FEEDBACK = "feedback", _("they told us unasked")
        SESSION = "session", _("a workshop")
        EVENT_LOG = "event_log", _("what was recorded to happen")
        DESK_RECORD = "desk_record", _("papers and figures")

    statement = TranslatedField(_("what we learnt"), max_length=600)
    method = models.CharField(
        _("how we know"), max_length=12, choices=Method, default=Method.UNKNOWN
    )
    n = models.PositiveIntegerField(_("from how many people"), null=True, blank=True)
    learnt_on = models.DateField(_("learnt on"), null=True, blank=True)
    source = models.CharField(_("from whom, without names"), max_length=120, blank=True, default="")
    kept_at = models.CharField(_("where it is kept"), max_length=400, blank=True, default="")

    class Meta:
        db_table = "insight"
        constraints = core_constraints("insight")
        indexes = core_indexes("insight")
