"""Feature switches and the three sizes (entities.md 0)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from polku.kernel.answers import Sentence

SIZES = ("solo", "small", "provider")


@dataclass(frozen=True)
class Feature:
    """One switch: a sentence a person can agree with, and what it shows."""

    code: str
    sentence: Sentence
    shows: Sentence
    on_in: frozenset[str]


def _row(code: str, sentence: Sentence, shows: Sentence, *sizes: str) -> Feature:
    return Feature(code, sentence, shows, frozenset(sizes))


FEATURES: tuple[Feature, ...] = (
    _row("portfolio", _("We keep a list of services"),
         _("Shows: services, their states and decisions"), *SIZES),
    _row("strategy", _("We set goals"),
         _("Shows: goals, and which service serves which"), "small", "provider"),
    _row("requirements", _("We write down wishes"),
         _("Shows: who asked for what, what became of it, who was told"), "small", "provider"),
    _row("people", _("We choose whom we serve"),
         _("Shows: groups of people and what they need"), "small", "provider"),
    _row("relationships", _("We know our customers by name"),
         _("Shows: customers and our relationship with each"), "small", "provider"),
    _row("components", _("We know our parts and suppliers"),
         _("Shows: parts, and what stops if they stop"), "provider"),
    _row("releases", _("We bring our services out in versions"),
         _("Shows: versions, what is new in each, and which is live"), "provider"),
    _row("packages", _("We put services together in packages"),
         _("Shows: packages, who each is for, and what may be left out"), "provider"),
    _row("journeys", _("We draw the way of people through our services"),
         _("Shows: journeys step by step, both sides of the line, and where it hurts"), *SIZES),
    _row("meeting_points", _("We look after meeting points"),
         _("Shows: where people meet us, and the decisive moments"), *SIZES),
)  # fmt: skip


def features_of(size: str) -> dict[str, bool]:
    """The switches that a size profile starts with."""
    return {feature.code: size in feature.on_in for feature in FEATURES}


def switch_changes(now: Mapping[str, bool], size: str) -> list[tuple[Feature, bool]]:
    """What choosing *size* would switch, as (feature, will be on), for showing first."""
    wanted = features_of(size)
    return [(f, wanted[f.code]) for f in FEATURES if now.get(f.code, True) != wanted[f.code]]
