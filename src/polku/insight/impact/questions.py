"""The questions of impact (links.md 3), as data: where to start, what to follow, how to group."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from polku.insight.impact.ways import WAYS, Way
from polku.kernel.answers import Sentence


@dataclass(frozen=True, eq=False)  # told apart by itself: rows hold mappings
class Question:
    """One question.

    *title* holds ``%(name)s``; *ask* is the link to it on the page of a thing. *group* is ``owner``
    (who must know) or ``part`` (the headings of the ways). *weighs*: whether an effect is told.
    *without* are states by kind of what no longer counts, beside :data:`GONE`. *not_kept* says in
    whole sentences which ends of the question have no place in Polku yet.
    """

    code: str
    title: Sentence
    ask: Sentence
    start_kinds: tuple[str, ...]
    follows: tuple[str, ...]
    nothing: Sentence
    group: str = "owner"
    weighs: bool = True
    without: Mapping[str, frozenset[str]] = field(default_factory=dict)
    not_kept: tuple[Sentence, ...] = ()

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The ways that are followed."""
        return tuple(WAYS[code] for code in self.follows)


_FALLS = (
    "needed_by", "provides", "supplies", "version_of", "in_version", "has_activity", "offered_as",
    "in_package", "offer_in_package", "package_offered", "used_by", "meant_for", "met_at",
    "happens_at",
)  # fmt: skip

_ROWS = (
    Question(
        "I1", _("What falls if “%(name)s” stops?"), _("What falls if it stops"),
        ("component", "relationship", "party", "service_product", "product_version"), _FALLS,
        nothing=_("Nothing that we know of stops with it."),
        not_kept=(_("What was promised about it is not looked at: agreements are not kept here."),),
    ),
    Question(
        "I2", _("What breaks if “%(name)s” is retired?"), _("What retiring it breaks"),
        ("service_product", "service_package", "offering"),
        (*(code for code in _FALLS if code != "in_version"), "any_version", "serves_goal",
         "asked_of"),
        nothing=_("Nothing that we know of hangs on it."),
        without={"requirement": frozenset({"done", "will_not_do"})},
        not_kept=(
            _("Agreements, plans and ways to give feedback are not looked at: they are not kept "
              "here."),
        ),
    ),
    Question(
        "I5", _("Which wishes hang on “%(name)s”?"), _("What hangs on this goal"),
        ("strategy_goal",),
        ("has_part", "served_by", "leads_to", "any_version", "met_at", "asked_of"),
        nothing=_("No service serves it and no wish hangs on it."), weighs=False,
    ),
    Question(
        "I6", _("What does “%(name)s” use, and what does it wait for?"),
        _("What they use and wait for"), ("relationship", "segment", "party"),
        ("customer_in", "uses", "gets_service", "gets_package", "package_holds", "waits_for",
         "waits_for_too", "was_answered", "was_answered_too", "group_waits_for",
         "group_was_answered"),
        nothing=_("Nothing is written down that they use or wait for."),
        group="part", weighs=False,
        not_kept=(
            _("What they owe, are owed and think is not told: agreements and opinions are not "
              "kept here."),
        ),
    ),
)  # fmt: skip

QUESTIONS: dict[str, Question] = {row.code: row for row in _ROWS}

# What stands in one of these on the day is no longer there: it feels nothing and passes nothing on
GONE: Mapping[str, frozenset[str]] = {
    "service_product": frozenset({"ended"}), "component": frozenset({"retired"}),
    "relationship": frozenset({"ended"}), "offering": frozenset({"withdrawn"}),
    "service_package": frozenset({"withdrawn"}), "product_version": frozenset({"withdrawn"}),
    "touchpoint": frozenset({"removed"}), "segment": frozenset({"dropped"}),
    "strategy_goal": frozenset({"dropped"}),
}  # fmt: skip

# Which question comes first for a kind; the others are offered beside it
FIRST = {
    "service_product": "I2", "component": "I1", "relationship": "I6", "party": "I1",
    "segment": "I6", "strategy_goal": "I5", "product_version": "I1", "service_package": "I2",
    "offering": "I2",
}  # fmt: skip


def questions_of(kind: str) -> list[Question]:
    """The questions that can be asked of a kind, the usual one first."""
    rows = [row for row in QUESTIONS.values() if kind in row.start_kinds]
    return sorted(rows, key=lambda row: row.code != FIRST.get(kind))
