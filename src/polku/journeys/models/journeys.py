"""A journey: stages, and the steps in each, in order (entities.md 4.1-4.3, decision 39)."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.portfolio.models import ServiceProduct
from polku.tenancy.models import CoreEntity, PieceRow
from polku.tenancy.models.base import core_constraints, core_indexes
from polku.tenancy.translated import Translated, TranslatedField


class Evidence(models.TextChoices):
    """On what a text about people rests."""

    ASSUMED = "assumed", _("we assume it")
    OBSERVED = "observed", _("we saw it")
    MEASURED = "measured", _("it was measured")


FEELING = [MinValueValidator(-2), MaxValueValidator(2)]


class Journey(CoreEntity):
    """The way of somebody through one or more services.

    Its rows are the version that is being written or stands; an agreed one is kept whole in a
    ``JourneyVersion``. ``version`` is the number of what the rows say, ``edits`` counts every
    change since the beginning: whoever looks on asks whether it moved. ``pair`` ties what is
    (``current``) and what shall be (``designed``); both rows name the other.
    """

    class Kind(models.TextChoices):
        DESIGNED = "designed", _("as it shall be")
        CURRENT = "current", _("as it is")
        MINED = "mined", _("as events tell it")

    class State(models.TextChoices):
        SKETCH = "sketch", _("being written")
        AGREED = "agreed", _("agreed")
        IN_USE = "in_use", _("in use")
        OUTDATED = "outdated", _("outdated")

    name = TranslatedField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CURRENT)
    scenario = TranslatedField(_("the story in a few lines"), max_length=1000)
    services = models.ManyToManyField(
        ServiceProduct, blank=True, related_name="journeys", verbose_name=_("services")
    )
    happy_path = models.BooleanField(_("everything goes well in it"), default=True)
    pair = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("the same way, as it is or shall be"),
    )  # fmt: skip
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SKETCH)
    looked_on = models.DateField(_("looked at on"), null=True, blank=True, editable=False)
    edits = models.PositiveBigIntegerField(default=0, editable=False)
    last_number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        db_table = "journey"
        constraints = core_constraints("journey")
        indexes = core_indexes("journey")

    @property
    def words_inside(self) -> list[str]:
        """Names of stages and steps and what customers do, in every language, to be found by."""
        stages = Stage.objects.filter(journey=self, removed=False).values_list("name")
        steps = Step.objects.filter(journey=self, removed=False)
        rows = [*stages, *steps.values_list("name", "customer_action")]
        return [words for row in rows for text in row for words in text.texts.values()]


class JourneyRow(PieceRow):
    """A piece of a journey that an undo can bring back: taken out, it stays with ``removed``.

    ``thread`` is what stays the same from version to version and in a copy of the journey.
    """

    parent_field = "journey"
    title_field = "name"

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="%(class)ss")
    number = models.PositiveIntegerField()
    thread = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField(default=0)
    removed = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title or str(self.number)


class EvidentRow(JourneyRow):
    """A piece that tells of people, with what that rests on."""

    evidence = models.CharField(
        _("on what it rests"), max_length=10, choices=Evidence, default=Evidence.ASSUMED
    )
    evidence_n = models.PositiveIntegerField(_("how often"), null=True, blank=True)
    evidence_on = models.DateField(_("when"), null=True, blank=True)

    class Meta:
        abstract = True


class Stage(JourneyRow):
    """A part of the journey in the customer's words."""

    class DsvStep(models.TextChoices):
        EXPLORE = "explore", _("explore")
        ENGAGE = "engage", _("engage")
        OFFER = "offer", _("offer")
        AGREE = "agree", _("agree")
        ONBOARD = "onboard", _("onboard")
        CO_CREATE = "co_create", _("co-create")
        REALIZE = "realize", _("realize")

    name = TranslatedField(_("name"), max_length=120)
    dsv_step = models.CharField(
        _("step of the customer journey"), max_length=10, choices=DsvStep, blank=True, default=""
    )
    goal_of_customer = TranslatedField(_("what the customer wants here"), max_length=300)

    class Meta:
        db_table = "stage"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "number"], name="stage_number_unique")
        ]


class Step(EvidentRow):
    """One thing that happens.

    ``emotion_target`` is how it shall feel and ``emotion_assumed`` how we think it feels, from -2
    to 2. ``expected_wait`` is an ISO 8601 duration. Steps of one stage with the same
    ``parallel_group`` happen in any order or at once. A step with ``branch_of_step`` begins another
    way after that step, for those of whom ``branch_when`` is true. ``picture`` shows what the
    customer does.
    """

    class Sphere(models.TextChoices):
        PROVIDER = "provider", _("at ours")
        JOINT = "joint", _("together")
        CUSTOMER = "customer", _("at the customer’s")
        UNKNOWN = "unknown", _("not known")

    title_field = "title_words"

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="steps")
    name = TranslatedField(_("short name"), max_length=60)
    customer_action = TranslatedField(_("what the customer does"), max_length=600)
    expectation = TranslatedField(_("what the customer expects"), max_length=600)
    picture = models.ForeignKey(
        "kernel.Attachment", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("picture"),
    )  # fmt: skip
    emotion_target = models.SmallIntegerField(
        _("how it shall feel"), null=True, blank=True, validators=FEELING
    )
    emotion_assumed = models.SmallIntegerField(
        _("how we think it feels"), null=True, blank=True, validators=FEELING
    )
    sphere = models.CharField(_("where"), max_length=10, choices=Sphere, default=Sphere.UNKNOWN)
    optional = models.BooleanField(_("not everybody does it"), default=False)
    parallel_group = models.PositiveSmallIntegerField(_("at once with"), null=True, blank=True)
    branch_of_step = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="branches",
        verbose_name=_("another way after"),
    )  # fmt: skip
    branch_when = TranslatedField(_("for whom or when"), max_length=200)
    sub_journey = models.ForeignKey(
        Journey, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("told in detail by"),
    )  # fmt: skip
    expected_wait = models.CharField(_("wait"), max_length=20, blank=True, default="")

    class Meta:
        db_table = "step"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "number"], name="step_number_unique"),
            models.CheckConstraint(
                condition=models.Q(emotion_target__isnull=True)
                | models.Q(emotion_target__range=(-2, 2)),
                name="step_emotion_target_range",
                violation_error_message=_("Choose a feeling from −2 to 2."),
            ),
            models.CheckConstraint(
                condition=models.Q(emotion_assumed__isnull=True)
                | models.Q(emotion_assumed__range=(-2, 2)),
                name="step_emotion_assumed_range",
                violation_error_message=_("Choose a feeling from −2 to 2."),
            ),
        ]

    @property
    def title_words(self) -> Translated:
        """Its short name, else what the customer does."""
        return self.name or self.customer_action
