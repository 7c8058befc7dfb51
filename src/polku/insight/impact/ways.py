"""The ways along which something goes from one thing to the next, as data.

A way is walked in one direction: *at* is the thing that stops (or is asked about), *to* the thing
that feels it. A room that is built later adds a row here and names it in a question of
:mod:`polku.insight.impact.questions`; neither the SQL nor the weighing knows any single way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from polku.journeys.models import Touchpoint
from polku.kernel.answers import Sentence
from polku.kernel.link_kinds import LINK_KINDS
from polku.kernel.models import Link
from polku.portfolio.models import (
    Component,
    Dependency,
    Offering,
    OfferingElement,
    PackageMember,
    ProductVersion,
    Requirement,
    ServiceProduct,
    StrategyGoal,
)
from polku.tenancy.models import Relationship

# What happens to a thing, the gravest first; what nobody has said is the mildest
EFFECTS = ("stops", "degrades", "inconvenience", "unknown")
STOPS, DEGRADES = EFFECTS[:2]


@dataclass(frozen=True)
class End:
    """One end of a way: the kind, and the field that holds the number.

    Where an end may be of several kinds, *kind_field* names the field that holds the kind and
    *kinds* those that are walked.
    """

    number: str
    kind: str = ""
    kind_field: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pairs:
    """A table of pairs that stands between a second table and the rows of the way."""

    model: type[Model]
    at: str
    number: str


@dataclass(frozen=True)
class Through:
    """A second table that stands between *at* and the rows of the way.

    Its field ``number`` equals the row's field ``on``; where one row has several, *pairs* stand
    between: their ``at`` equals ``number``, their ``number`` the row's ``on``.
    """

    model: type[Model]
    number: str
    on: str
    pairs: Pairs | None = None


@dataclass(frozen=True, eq=False)  # told apart by itself: rows hold mappings
class Way:
    """One way.

    The rows of *model* are the edges; *at* is read from *through* when that is given, whose field
    ``number`` equals the row's field ``on``. *only* narrows the rows by fields. *dated* names the
    two fields between which an edge holds, both days included. *effect* is what the edge does at
    most to what comes after (``stops`` lets the effect pass as it is), *effect_field* names the
    field that says so row by row, *softened_by* a yes or no that makes it ``degrades``. *guess* are
    the field and the value of a guess. *words* stand between two names; where *told_by* names a
    field, they differ by its value. *part* is the heading under which I6 puts what is reached.
    *owner_before*: a thing without an owner is answered for as the one before it.
    """

    code: str
    model: type[Model]
    at: End
    to: End
    words: Sentence | Mapping[str, Sentence]
    through: Through | None = None
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dated: tuple[str, str] | None = None
    effect: str = STOPS
    effect_field: str = ""
    softened_by: str = ""
    guess: tuple[str, str] | None = None
    told_by: str = ""
    part: str = ""
    owner_before: bool = False

    @property
    def tells(self) -> tuple[str, ...]:
        """The values of *told_by* in the order in which they are counted."""
        return tuple(self.words) if isinstance(self.words, Mapping) else ()

    def says(self, told: int = 0) -> str:
        """The words between two names."""
        return str(self.words[self.tells[told]] if isinstance(self.words, Mapping) else self.words)


VALID = ("valid_from", "valid_to")
GUESS = ("confidence", "guess")

PARTS: dict[str, Sentence] = {
    "uses": pgettext_lazy("customer", "Uses"),
    "rests": _("What that rests on"),
    "waits": _("Asked for and waits"),
    "heard": _("Asked for and has an answer"),
}


def _link(
    code: str, kind: str, words: Sentence, *, forward: bool, kinds: str = "", part: str = "",
    effect: str = STOPS,
) -> Way:  # fmt: skip
    """A way along the ties of one kind; *kinds* are those at which the walk stands."""
    ends = {
        "from": LINK_KINDS[kind].from_kinds, "to": LINK_KINDS[kind].to_kinds,
    }  # fmt: skip
    near, far = ("from", "to") if forward else ("to", "from")
    walked = tuple(kinds.split()) or tuple(sorted(ends[near]))
    return Way(
        code, Link, End(f"{near}_id", kind_field=f"{near}_kind", kinds=walked),
        End(f"{far}_id", kind_field=f"{far}_kind", kinds=tuple(sorted(ends[far]))), words,
        only={"kind": (kind,)}, dated=VALID, guess=GUESS, part=part, effect=effect,
    )  # fmt: skip


# Parts first: most of what is needed is a part
_NEEDS = ("component", "service_product", "product_version", "service_package")

# Who asked for the same after the first one
_ALSO_ASKED = Through(
    Relationship, "consumer_party_id", "id",
    Pairs(Requirement.also_asked_by.through, "party_id", "requirement_id"),
)  # fmt: skip

_ROWS = (
    # L26, from what is needed back to what needs it
    Way("needed_by", Dependency, End("to_id", kind_field="to_kind", kinds=_NEEDS),
        End("from_id", kind_field="from_kind", kinds=_NEEDS),
        {"requires": _("needed by"), "part_of": _("has as a part")},
        only={"kind": ("requires", "part_of")}, dated=VALID, effect_field="criticality",
        told_by="kind"),
    # Who delivers
    Way("provides", Relationship, End("provider_party_id", "party"), End("id", "relationship"),
        _("delivers in"), dated=("since", "until")),
    Way("supplies", Component, End("supplier_relationship_id", "relationship"),
        End("id", "component"), _("delivers")),
    # A service, its shapes and its activities
    Way("version_of", ProductVersion, End("id", "product_version"),
        End("product_id", "service_product"), _("is the live version of"),
        only={"release_state": ("live", "superseded", "withdrawn")},
        dated=("live_from", "live_to")),
    Way("in_version", ProductVersion, End("product_id", "service_product"),
        End("id", "product_version"), _("live as the version"),
        only={"release_state": ("live", "superseded", "withdrawn")},
        dated=("live_from", "live_to"), owner_before=True),
    Way("any_version", ProductVersion, End("product_id", "service_product"),
        End("id", "product_version"), _("with the version"), owner_before=True),
    Way("has_activity", ServiceProduct, End("is_activity_of_id", "service_product"),
        End("id", "service_product"), _("with the activity")),
    # L04, what one gets of it
    Way("offered_as", Offering, End("product_id", "service_product"), End("id", "offering"),
        _("offered as"), dated=VALID, owner_before=True),
    Way("in_package", PackageMember, End("product_id", "service_product"),
        End("package_id", "service_package"), _("in the package"), softened_by="optional"),
    Way("offer_in_package", PackageMember, End("offering_id", "offering"),
        End("package_id", "service_package"), _("in the package"), softened_by="optional"),
    Way("package_offered", Offering, End("package_id", "service_package"), End("id", "offering"),
        _("offered as"), dated=VALID, owner_before=True),
    # For whom, and where
    _link("used_by", "L32", _("used by"), forward=False, kinds="offering"),
    _link("meant_for", "L06", _("meant for"), forward=True,
          kinds="service_product service_package offering"),
    Way("met_at", Touchpoint.services.through, End("serviceproduct_id", "service_product"),
        End("touchpoint_id", "touchpoint"), _("met at")),
    Way("happens_at", Link, End("offering_id", "offering"), End("to_id", "touchpoint"),
        _("happens at"), through=Through(OfferingElement, "id", "from_id"),
        only={"kind": ("L05",), "from_kind": ("offering_element",), "to_kind": ("touchpoint",)},
        dated=VALID, guess=GUESS),
    # Why, and what is asked
    _link("serves_goal", "L01", _("serves the goal"), forward=True, kinds="service_product",
          effect=DEGRADES),
    _link("asked_of", "L02", _("asked for in the wish"), forward=False,
          kinds="service_product product_version component touchpoint"),
    _link("served_by", "L01", _("served by"), forward=False, kinds="strategy_goal"),
    _link("leads_to", "L03", _("leads to the wish"), forward=False, kinds="strategy_goal"),
    Way("has_part", StrategyGoal, End("parent_id", "strategy_goal"), End("id", "strategy_goal"),
        _("with the part")),
    # What one customer uses and waits for
    Way("customer_in", Relationship, End("consumer_party_id", "party"), End("id", "relationship"),
        _("is served in"), dated=("since", "until"), part="uses"),
    _link("uses", "L32", _("uses"), forward=True, kinds="relationship segment", part="uses"),
    Way("gets_service", Offering, End("id", "offering"), End("product_id", "service_product"),
        _("from the service"), part="rests"),
    Way("gets_package", Offering, End("id", "offering"), End("package_id", "service_package"),
        _("from the package"), part="rests"),
    Way("package_holds", PackageMember, End("package_id", "service_package"),
        End("product_id", "service_product"), _("with the service"), part="rests"),
    Way("waits_for", Requirement, End("id", "relationship"), End("id", "requirement"),
        _("asked for"), through=Through(Relationship, "consumer_party_id", "raised_by_party_id"),
        only={"state": ("asked", "will_do", "later")}, part="waits"),
    Way("was_answered", Requirement, End("id", "relationship"), End("id", "requirement"),
        _("asked for"), through=Through(Relationship, "consumer_party_id", "raised_by_party_id"),
        only={"state": ("done", "will_not_do")}, part="heard"),
    Way("waits_for_too", Requirement, End("id", "relationship"), End("id", "requirement"),
        _("asked for"), through=_ALSO_ASKED, only={"state": ("asked", "will_do", "later")},
        part="waits"),
    Way("was_answered_too", Requirement, End("id", "relationship"), End("id", "requirement"),
        _("asked for"), through=_ALSO_ASKED, only={"state": ("done", "will_not_do")},
        part="heard"),
    Way("group_waits_for", Requirement, End("for_segment_id", "segment"),
        End("id", "requirement"), _("asked for"), only={"state": ("asked", "will_do", "later")},
        part="waits"),
    Way("group_was_answered", Requirement, End("for_segment_id", "segment"),
        End("id", "requirement"), _("asked for"), only={"state": ("done", "will_not_do")},
        part="heard"),
)  # fmt: skip

WAYS: dict[str, Way] = {row.code: row for row in _ROWS}
