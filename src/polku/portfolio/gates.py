"""The questions asked at each step of a service (lifecycles.md 1; joined states ask together)."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from polku.kernel.machines import Question
from polku.portfolio.models import ProductVersion


def is_first_release(version: Any) -> bool:
    """Whether no other version of the service was ever live; asked once of an object."""
    # A score of questions of one gate ask the same
    if "is_first_of_all" not in version.__dict__:
        version.is_first_of_all = _none_was_live(version)
    return bool(version.is_first_of_all)


def _none_was_live(version: Any) -> bool:
    others = ProductVersion.objects.filter(product_id=version.product_id, live_from__isnull=False)
    return not others.exclude(pk=version.pk).exists()


def _is_later(version: Any) -> bool:
    return not is_first_release(version)


def _only_first(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """The same questions, asked only of the first version of a service that opens."""
    return tuple(replace(question, when=is_first_release) for question in questions)


_SMALL = frozenset({"solo", "small"})
_PROVIDER = frozenset({"provider"})

IDEA = (Question("where_from", _("Do we know where the idea came from?")),)

BEING_MADE = (
    Question("goal_served", _("Does it serve a goal of ours?"), frozenset({"small", "provider"})),
    Question("problem_known", _("Do we know which problem it solves?")),
    Question("customers_heard", _("Have we heard what customers say about it?")),
    Question("who_pays", _("Is it clear who pays and how much?")),
    Question("who_works", _("Is it clear who does the work?")),
)

IN_TEST = (
    Question("needs_agreed", _("Are the wishes it must meet agreed?"),
             frozenset({"small", "provider"})),
    Question("meeting_points_known", _("Do we know where people will meet it?")),
    Question("test_planned", _("Is the test planned: with whom, when, how?")),
    Question("what_we_want_to_learn", _("Is it written down what we want to learn?")),
)  # fmt: skip

LIVE = (
    Question("rehearsed", _("Has it been tried or rehearsed?"), _SMALL),
    Question("people_can_say", _("Can people tell us what they think?"), _SMALL),
    Question("people_know_what_to_bring", _("Do people know what to bring or do?"), _SMALL),
    Question("date_set", _("Is the first day set?"), _SMALL),
    Question("plan_items_done", _("Is everything planned for before the opening done?"), _PROVIDER),
    Question("staff_trained", _("Are the staff trained?"), _PROVIDER),
    Question("decisive_moments_have_recovery",
             _("Do we know how to put it right when a decisive moment goes badly?"), _PROVIDER),
    Question("agreement_or_promise_ready", _("Is the agreement or promise ready?"), _PROVIDER),
    Question("customer_side_shown", _("Have customers been shown what is needed of them?"),
             _PROVIDER),
    Question("feedback_possible", _("Can people say something at every decisive moment?"),
             _PROVIDER),
    Question("measures_have_source", _("Does every measure have a source?"), _PROVIDER),
    Question("vision_published", _("Is it published what the service is for?"), _PROVIDER),
    Question("support_contact_named", _("Is it said whom to turn to for help?"), _PROVIDER),
    Question("accessibility_looked_at", _("Has it been checked that everyone can use it?"),
             _PROVIDER),
    Question("leaving_thought_of", _("Have we thought of how people leave it?"), _PROVIDER),
    Question("tried_with_each_group",
             _("Has it been tried with each group and in each place where it is offered?"),
             _PROVIDER),
    Question("what_would_change_it",
             _("Is it clear what would make us change it, who decides, and when we look?"),
             _PROVIDER),
    Question("follow_up_dated", _("Are the first follow-up and the first feedback map dated?"),
             _PROVIDER),
)  # fmt: skip

ENDING = (
    Question("customers_counted", _("Do we know which customers are touched?")),
    Question("agreements_checked", _("Have the agreements been checked?"),
             frozenset({"small", "provider"})),
    Question("replacement_named", _("Is it said what replaces it, or that nothing does?")),
    Question("data_plan", _("Is it clear what happens to the data?"), _PROVIDER),
    Question("who_is_told", _("Is it planned who is told what, and when?")),
)  # fmt: skip

ENDED = (
    Question("everybody_left", _("Has everybody who used it left or moved?")),
    Question("lessons_written", _("Is it written down what we learnt?")),
    Question("documents_kept", _("Is it known where the documents are kept?")),
)

ON_HOLD = (
    Question("reason_said", _("Is the reason said to those who wait for it?")),
    Question("look_again_set", _("Is the day set when we look again?")),
)

VERSION_CANDIDATE = (
    Question("contents_listed", _("Is it written down what is in it?")),
    Question("wishes_tied", _("Are the wishes it answers tied to it?")),
)

_FIRST = _only_first(LIVE)

VERSION_LIVE = (
    *_FIRST,
    Question("what_changed_said", _("Is it said what changed?"), when=_is_later),
    Question("who_is_told", _("Is it planned who is told what, and when?"), when=_is_later),
    Question("way_back_known", _("Do we know the way back if it goes wrong?")),
)
