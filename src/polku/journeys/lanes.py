"""The lanes of a journey from the top down, the two lines between them, and who sees which.

Two lines of visibility are fixed (entities.md 4.5): above the customer's line stands what customers
do unseen by us, below ours what we do unseen by them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from polku.kernel.actor import Actor
from polku.kernel.answers import Sentence

type Source = Literal["cell", "step_text", "touchpoints", "curve", "step_field", "pains"]
type Side = Literal["customer", "shared", "ours"]
type View = Literal["team", "partner", "customer"]


@dataclass(frozen=True)
class Lane:
    """One lane. ``source`` says where its texts are: ``cell`` rows of the blueprint by ``key``,
    ``step_text`` the step's own text of that name, ``step_field`` its field, or the step's meeting
    points, feelings and pain points. ``side`` is whose it is, for hiding.
    """

    key: str
    label: Sentence
    source: Source
    side: Side
    managed: Sentence = ""
    quiet_when_empty: bool = False

    def name(self, vocabulary: str = "plain") -> str:
        """Its label in the reader's language and vocabulary."""
        return str(
            self.managed if vocabulary == "service_management" and self.managed else self.label
        )

    @property
    def is_written(self) -> bool:
        """Whether a text can be written into it with ``write_text``."""
        return self.source in {"cell", "step_text"}


@dataclass(frozen=True)
class Line:
    """A line of visibility; it stands over the first shown lane of those *above* which it lies."""

    key: str
    label: Sentence
    managed: Sentence

    def name(self, vocabulary: str = "plain") -> str:
        """Its label in the reader's language and vocabulary."""
        return str(self.managed if vocabulary == "service_management" else self.label)


LANES: tuple[Lane, ...] = (
    Lane("customer_backstage", _("Customer, unseen by us"), "cell", "customer",
         pgettext_lazy("service_management", "Customer backstage")),
    Lane("customer_action", _("Customer does"), "step_text", "shared",
         pgettext_lazy("service_management", "Customer actions")),
    Lane("expectation", _("Customer expects"), "step_text", "shared"),
    Lane("touchpoint", _("Meeting points"), "touchpoints", "shared",
         pgettext_lazy("service_management", "Touchpoints")),
    Lane("frontstage", _("We do"), "cell", "shared",
         pgettext_lazy("service_management", "Frontstage")),
    Lane("experience", _("Experience"), "curve", "shared"),
    Lane("wait", _("Wait"), "step_field", "shared"),
    Lane("pains", _("Where it hurts"), "pains", "shared",
         pgettext_lazy("service_management", "Pain points")),
    Lane("backstage", _("We do, unseen"), "cell", "ours",
         pgettext_lazy("service_management", "Backstage")),
    Lane("support", _("What supports us"), "cell", "ours",
         pgettext_lazy("service_management", "Support processes")),
    Lane("system", _("Systems"), "cell", "ours", quiet_when_empty=True),
    Lane("supplier", _("Suppliers"), "cell", "ours", quiet_when_empty=True),
)  # fmt: skip

CUSTOMER_LINE = Line(
    "customer", _("Customer’s line: above, we see it only if they tell us"),
    pgettext_lazy("service_management", "Customer’s line of visibility"),
)  # fmt: skip
OUR_LINE = Line(
    "ours", _("Our line: below, customers do not see it"),
    pgettext_lazy("service_management", "Our line of visibility"),
)  # fmt: skip

BY_KEY = {lane.key: lane for lane in LANES}
CELL_ROWS = tuple(lane.key for lane in LANES if lane.source == "cell")
STEP_TEXTS = ("customer_action", "expectation")

# What lies beyond the line of each: a partner is told how we work, not who supplies us
_HIDDEN: dict[View, frozenset[str]] = {
    "team": frozenset(),
    "partner": frozenset({"supplier"}),
    "customer": frozenset(lane.key for lane in LANES if lane.side == "ours"),
}


@dataclass(frozen=True)
class LanesShown:
    """Which lanes one reader gets, in order, and which of those asked for are hidden from them."""

    shown: tuple[Lane, ...]
    hidden: tuple[Lane, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the lanes shown."""
        return tuple(lane.key for lane in self.shown)

    def with_lines(self) -> list[Lane | Line]:
        """Lanes and lines from the top down; hidden lanes stand where they belong, so that a page
        can say that they are hidden."""
        found: list[Lane | Line] = []
        asked = {lane.key for lane in (*self.shown, *self.hidden)}
        for lane in LANES:
            if lane.key == "customer_action":
                found.append(CUSTOMER_LINE)
            if lane.key == "backstage":
                found.append(OUR_LINE)
            if lane.key in asked:
                found.append(lane)
        return found


def view_of(actor: Actor) -> View:
    """On which side of the lines somebody stands."""
    if actor.is_internal:
        return "team"
    return "partner" if actor.partnership else "customer"


def hidden_rows(view: View) -> frozenset[str]:
    """Keys of the lanes whose texts this side is never given."""
    return _HIDDEN[view]


def lanes_for(
    reader: Actor | View, chosen: Collection[str] = (), *, used: Iterable[str] | None = None
) -> LanesShown:
    """The lanes that *chosen* names (all, when it names none), for an actor or for one side.

    *used* are the keys of lanes that hold something: systems and suppliers are left out until then.
    """
    view = reader if isinstance(reader, str) else view_of(reader)
    keys = {key for key in chosen if key in BY_KEY}
    lanes = [lane for lane in LANES if not keys or lane.key in keys]
    if used is not None and not keys:
        known = set(used)
        lanes = [lane for lane in lanes if not lane.quiet_when_empty or lane.key in known]
    hidden = hidden_rows(view)
    return LanesShown(
        tuple(lane for lane in lanes if lane.key not in hidden),
        tuple(lane for lane in lanes if lane.key in hidden),
    )
