"""The kinds of tie whose ends exist (links.md 1), as data."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from polku.kernel.answers import Sentence

QUESTIONS = ("why", "for_whom", "where", "owed", "measured", "heard", "next")

QUESTION_WORDS: dict[str, Sentence] = {
    "why": _("Why"),
    "for_whom": _("For whom"),
    "where": _("Where"),
    "owed": _("Owed"),
    "measured": _("Measured"),
    "heard": _("Heard"),
    "next": _("Next"),
}


@dataclass(frozen=True)
class Property:
    """A fact that a tie of one kind may carry beside its days and its reason.

    ``type`` is ``text`` (up to ``longest`` characters), ``number`` (whole, from 0) or ``yes_no``.
    """

    name: str
    type: Literal["text", "number", "yes_no"]
    label: Sentence
    longest: int = 40


@dataclass(frozen=True)
class LinkKind:
    """One kind: what may stand at its ends and how it reads from each (``%(to)s``-free words).

    ``forward`` is read on the page of the *from* end before the name of the other, ``backward`` on
    the page of the *to* end. ``forward_question`` and ``backward_question`` group the sentences.
    """

    code: str
    name: str
    from_kinds: frozenset[str]
    to_kinds: frozenset[str]
    forward: Sentence
    backward: Sentence
    forward_question: str
    backward_question: str
    properties: tuple[Property, ...] = ()

    @property
    def same_kind(self) -> bool:
        """Whether both ends must be of one kind: a thing is replaced by its like."""
        return self.code == "L35"


def _kind(
    code: str, name: str, ends: tuple[str, str], forward: Sentence, backward: Sentence,
    questions: tuple[str, str], properties: tuple[Property, ...] = (),
) -> LinkKind:  # fmt: skip
    sides = [frozenset(side.split()) for side in ends]
    return LinkKind(code, name, sides[0], sides[1], forward, backward, *questions, properties)


_ROWS = (
    _kind("L01", "serves_goal", ("service_product", "strategy_goal"),
          _("serves the goal"), _("is served by"), ("why", "why")),
    _kind("L02", "asks_for", ("requirement",
                              "service_product product_version touchpoint component step"),
          _("asks this of"), _("is asked for"), ("why", "why")),
    _kind("L03", "comes_from", ("requirement", "strategy_goal insight"),
          _("comes from"), _("leads to the wish"), ("why", "next")),
    _kind("L05", "happens_at", ("offering_element", "touchpoint"),
          _("happens at"), _("is where one gets"), ("where", "why")),
    _kind("L06", "meant_for", ("service_product service_package offering journey",
                               "segment persona"),
          _("is meant for"), _("is who this is for:"), ("for_whom", "for_whom")),
    _kind("L07", "meets_at", ("step", "touchpoint"),
          _("meets us at"), _("is where people are at the step"), ("where", "for_whom"),
          (Property("primary", "yes_no", _("the first of them")),)),
    _kind("L32", "used_by", ("relationship segment", "offering"),
          _("uses"), _("is used by"), ("owed", "for_whom"),
          (Property("version", "text", _("Version")),
           Property("quantity", "number", _("How many")))),
    _kind("L34", "based_on", ("persona stakeholder journey pain_point", "insight"),
          _("is based on"), _("tells us about"), ("heard", "for_whom")),
    _kind("L35", "replaces", ("service_product offering touchpoint",
                              "service_product offering touchpoint"),
          _("replaces"), _("is replaced by"), ("next", "next")),
    _kind("L39", "has_a_stake_in", ("stakeholder", "service_product"),
          _("has a stake in"), _("matters to"), ("why", "for_whom")),
)  # fmt: skip

LINK_KINDS: dict[str, LinkKind] = {row.code: row for row in _ROWS}


def legal_kinds(from_kind: str, to_kind: str) -> list[LinkKind]:
    """Kinds that may tie these two, in this direction."""
    return [
        row
        for row in LINK_KINDS.values()
        if from_kind in row.from_kinds
        and to_kind in row.to_kinds
        and (not row.same_kind or from_kind == to_kind)
    ]
