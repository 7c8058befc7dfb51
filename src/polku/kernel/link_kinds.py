"""The kinds of tie whose ends exist (links.md 1), as data."""

from dataclasses import dataclass

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


def _kind(
    code: str, name: str, ends: tuple[str, str], forward: Sentence, backward: Sentence,
    questions: tuple[str, str],
) -> LinkKind:  # fmt: skip
    sides = [frozenset(side.split()) for side in ends]
    return LinkKind(code, name, sides[0], sides[1], forward, backward, *questions)


_ROWS = (
    _kind("L01", "serves_goal", ("service_product", "strategy_goal"),
          _("serves the goal"), _("is served by"), ("why", "why")),
    _kind("L02", "asks_for", ("requirement", "service_product touchpoint component"),
          _("asks this of"), _("is asked for"), ("why", "why")),
    _kind("L03", "comes_from", ("requirement", "strategy_goal"),
          _("comes from the goal"), _("leads to the wish"), ("why", "next")),
    _kind("L06", "meant_for", ("service_product offering", "segment"),
          _("is meant for"), _("is who this is for:"), ("for_whom", "for_whom")),
    _kind("L32", "used_by", ("relationship segment", "offering"),
          _("uses"), _("is used by"), ("owed", "for_whom")),
    _kind("L35", "replaces", ("service_product offering touchpoint",
                              "service_product offering touchpoint"),
          _("replaces"), _("is replaced by"), ("next", "next")),
)  # fmt: skip

LINK_KINDS: dict[str, LinkKind] = {row.code: row for row in _ROWS}


def legal_kinds(from_kind: str, to_kind: str) -> list[LinkKind]:
    """Kinds that may tie these two, in this direction."""
    return [
        row
        for row in LINK_KINDS.values()
        if from_kind in row.from_kinds
        and to_kind in row.to_kinds
        and (row.code != "L35" or from_kind == to_kind)
    ]
