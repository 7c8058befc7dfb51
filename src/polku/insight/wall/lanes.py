"""The lanes of the wall, from why to for whom: which kinds of thing stand in each."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from polku.kernel.actor import Actor
from polku.kernel.answers import Sentence
from polku.kernel.finding import kinds_for
from polku.kernel.registry import Entity


@dataclass(frozen=True)
class Lane:
    """One lane: its words, and those above its cards that hang on nothing."""

    key: str
    words: Sentence
    alone: Sentence
    kinds: tuple[str, ...]


LANES: tuple[Lane, ...] = (
    Lane("goals", _("Goals"), _("Goals that hang on nothing"), ("strategy_goal",)),
    Lane("wishes", _("Wishes"), _("Wishes that hang on nothing"), ("requirement",)),
    Lane("needs", _("What services need"), _("Parts that hang on nothing"), ("component",)),
    Lane("services", _("Services"), _("Services that hang on nothing"), ("service_product",)),
    Lane("versions", _("Versions and packages"), _("Versions and packages that hang on nothing"),
         ("product_version", "service_package")),
    Lane("offers", _("What people get"), _("What people get, hanging on nothing"), ("offering",)),
    Lane("places", _("Meeting points"), _("Meeting points that hang on nothing"), ("touchpoint",)),
    Lane("people", _("For whom"), _("Customers and groups that hang on nothing"),
         ("relationship", "segment", "persona", "stakeholder")),
    Lane("heard", _("What we heard"), _("What we heard, hanging on nothing"), ("insight",)),
)  # fmt: skip

LANE_OF: dict[str, int] = {kind: place for place, lane in enumerate(LANES) for kind in lane.kinds}


def card_kinds(actor: Actor) -> list[Entity]:
    """The kinds that can stand on the wall for this actor, lane by lane."""
    found = [row for row in kinds_for(actor) if row.kind in LANE_OF]
    return sorted(found, key=lambda row: (LANE_OF[row.kind], row.kind))
