"""What a reader asks of a journey's page: lanes, version, side, size, folded stages; by address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from polku.journeys.lanes import BY_KEY, LANES, View

ZOOMS = (70, 85, 100, 120, 145)
USUAL = 100
# What stands on the map unless somebody asks for more; behind the scenes shows all of it
MAP_LANES = tuple(lane.key for lane in LANES if lane.key not in {"support", "system", "supplier"})
SCENES = tuple(lane.key for lane in LANES if lane.key not in {"expectation", "pains"})
VIEWS: Mapping[str, View] = {"customer": "customer", "partner": "partner"}
PAPERS = {"a4": 8, "a3": 14}
# What makes a kept view: how it looks, not which version or step somebody stood at
KEPT = ("lanes", "zoom", "fold", "as", "persona")


@dataclass(frozen=True)
class KeptKind:
    """Under what name the kept looks at journeys stand beside the kept lists of things."""

    kind: str


LOOKS = KeptKind("journey_look")


@dataclass(frozen=True)
class Question:
    """One look at a journey. ``lanes`` is empty for those that a page shows by itself."""

    lanes: tuple[str, ...] = ()
    version: int | None = None
    persona: str = ""
    zoom: int = USUAL
    folded: frozenset[int] = frozenset()
    view_as: View = "team"
    step: int | None = None
    paper: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)

    def address(self, **changes: str) -> str:
        """The question with some parts changed, as the end of an address; empty takes away."""
        query = {name: text for name, text in {**self.asked, **changes}.items() if text}
        return f"?{urlencode(query, safe=',')}" if query else "?"

    def folding(self, stage: int) -> str:
        """The address with one stage folded, or unfolded again."""
        found = self.folded ^ {stage}
        return self.address(fold=",".join(str(number) for number in sorted(found)))

    @property
    def kept(self) -> str:
        """The part of the address that a kept view remembers."""
        return urlencode({n: t for n, t in self.asked.items() if n in KEPT}, safe=",")

    @property
    def around(self) -> str:
        """The end of an address of another way to look, with what holds there too."""
        return self.address(step="", paper="", lanes="", zoom="", fold="")

    @property
    def smaller(self) -> str:
        """The address one size down; nothing at the smallest."""
        place = ZOOMS.index(self.zoom)
        return self.address(zoom=str(ZOOMS[place - 1])) if place else ""

    @property
    def larger(self) -> str:
        """The address one size up; nothing at the largest."""
        place = ZOOMS.index(self.zoom) + 1
        return self.address(zoom=str(ZOOMS[place])) if place < len(ZOOMS) else ""


def question_from(given: QueryDict) -> Question:
    """Read an address; what cannot be read counts as not asked."""
    chosen = [*given.getlist("lane"), *given.get("lanes", "").split(",")]
    lanes = tuple(lane.key for lane in LANES if lane.key in chosen and lane.key in BY_KEY)
    zoom = _number(given.get("zoom")) or USUAL
    found = Question(
        lanes=lanes, version=_number(given.get("version")),
        persona=given.get("persona", "")[:20].upper(), zoom=zoom if zoom in ZOOMS else USUAL,
        folded=frozenset(filter(None, map(_number, given.get("fold", "").split(",")))),
        view_as=VIEWS.get(given.get("as", ""), "team"), step=_number(given.get("step")),
        paper=given.get("paper", "") if given.get("paper") in PAPERS else "",
    )  # fmt: skip
    return Question(**{**found.__dict__, "asked": _asked(found)})


def _asked(found: Question) -> dict[str, str]:
    written: dict[str, Any] = {
        "lanes": ",".join(found.lanes), "version": found.version, "persona": found.persona,
        "zoom": found.zoom if found.zoom != USUAL else "",
        "fold": ",".join(str(number) for number in sorted(found.folded)),
        "as": found.view_as if found.view_as != "team" else "", "step": found.step,
        "paper": found.paper,
    }  # fmt: skip
    return {name: str(value) for name, value in written.items() if value not in ("", None)}


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None
