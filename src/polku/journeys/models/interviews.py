"""Touchpoint analysis: interviews along a journey, side by side (tools.md T7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.journeys.models.journeys import Journey
from polku.journeys.models.touchpoints import Touchpoint
from polku.people.models import Persona
from polku.tenancy.models import Party, WorkspaceRow
from polku.tenancy.translated import TranslatedField


class JourneyInterview(WorkspaceRow):
    """One talk along a journey. Without consent nothing that was said is kept. ``persona`` is the
    typical customer whom the one who talked is like."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="interviews")
    number = models.PositiveIntegerField()
    who = models.CharField(_("who, in a word or two, without a name"), max_length=80)
    held_on = models.DateField(_("when"))
    held_by = models.ForeignKey(
        Party, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("who asked"),
    )  # fmt: skip
    persona = models.ForeignKey(
        Persona, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("which typical customer they are like"),
    )  # fmt: skip
    consent = models.BooleanField(_("agreed that we keep what was said"), default=False)

    class Meta:
        db_table = "journey_interview"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "number"], name="journey_interview_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.who


class InterviewAnswer(WorkspaceRow):
    """What one person said about one meeting point: the six questions."""

    interview = models.ForeignKey(JourneyInterview, models.CASCADE, related_name="answers")
    touchpoint = models.ForeignKey(Touchpoint, models.CASCADE, related_name="+")
    expected = models.TextField(_("What did you expect?"), blank=True, default="")
    happened = models.TextField(_("What happened?"), blank=True, default="")
    worked = models.TextField(_("What worked?"), blank=True, default="")
    made_sense = models.TextField(_("Did it make sense?"), blank=True, default="")
    felt = models.TextField(_("How did it feel?"), blank=True, default="")
    would_change = models.TextField(_("What would you change?"), blank=True, default="")

    class Meta:
        db_table = "interview_answer"
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "touchpoint"], name="interview_answer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.interview_id}:{self.touchpoint_id}"


class TouchpointReading(WorkspaceRow):
    """What the interviews say together about one meeting point of a journey."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="readings")
    touchpoint = models.ForeignKey(Touchpoint, models.CASCADE, related_name="readings")
    in_short = TranslatedField(_("in short"), max_length=600)
    problems = TranslatedField(_("problems"), max_length=600)
    missing = TranslatedField(_("what is missing here"), max_length=600)

    class Meta:
        db_table = "touchpoint_reading"
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "touchpoint"], name="touchpoint_reading_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.journey_id}:{self.touchpoint_id}"
