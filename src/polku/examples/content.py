"""Record types of an example workspace.

Plain frozen rows without Django, so that the content can be read, checked and translated apart
from the models. Field names are those of the entities; a reference to another row is its `key`.

Days are whole offsets from the day the example is made (`-412` is 412 days ago, `30` is in a
month), so that an example never ages. `calendar_day` turns an offset into a date.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from polku.examples.content_offers import PriceRow as PriceRow
from polku.examples.content_story import DecisionRow as DecisionRow
from polku.examples.content_story import DismissalRow as DismissalRow
from polku.examples.content_story import EditRow as EditRow
from polku.examples.content_story import Key as Key
from polku.examples.content_story import LinkRow as LinkRow
from polku.examples.texts import Day, Text
from polku.examples.texts import text as text

type State = str


@dataclass(frozen=True)
class WorkspaceRow:
    """The organisation's closed world; `features` differ from those of its size."""

    slug: str
    name: Text
    home: Key
    size_profile: str
    vocabulary: str
    default_lang: str
    languages: tuple[str, ...]
    timezone: str = "Europe/Helsinki"
    portfolio_owner: Key = ""
    features: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class PartyRow:
    """A person, organisation or team; with `email` and `access_role` also somebody who signs in.

    The same e-mail in two workspaces is one account with two memberships.
    """

    key: Key
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: Key = ""
    is_internal: bool = False
    web: str = ""
    email: str = ""
    phone: str = ""
    languages: tuple[str, ...] = ()
    left_on: Day | None = None
    access_role: str = ""
    sees: tuple[Key, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Move:
    """One transition: to which state, on which day, by whom and why.

    The former state is the one of the move before (empty for the first). A day after today is a
    planned move. `gates` answers the questions asked at the step: yes, no, not_applicable,
    unknown. `corrects` marks a move that repairs a wrong one before it.
    """

    to: State
    on: Day
    by: Key
    reason: str
    gates: Mapping[str, str] = field(default_factory=dict)
    decision: Key = ""
    corrects: bool = False

    @property
    def planned(self) -> bool:
        """Whether the move lies ahead of the day the example is made."""
        return self.on > 0


@dataclass(frozen=True)
class RelationshipRow:
    """The standing tie of one consumer and one provider."""

    key: Key
    consumer: Key
    provider: Key
    type: str
    moves: tuple[Move, ...]
    since: Day | None = None
    until: Day | None = None
    owner: Key = ""
    customer_contacts: tuple[Key, ...] = ()
    review_cadence: str = ""
    health_note: Text | None = None


@dataclass(frozen=True)
class SegmentRow:
    """A group the organisation may choose to serve."""

    key: Key
    name: Text
    criterion: Text
    basis: str
    moves: tuple[Move, ...]
    owner: Key = ""
    size: int | None = None
    size_as_of: Day | None = None
    size_quality: str = "unknown"
    attractiveness: int | None = None
    why_targeted: Text | None = None
    alternatives: Text | None = None


@dataclass(frozen=True)
class GoalRow:
    """What the organisation wants to be true, by when."""

    key: Key
    statement: Text
    moves: tuple[Move, ...]
    why: Text | None = None
    owner: Key = ""
    parent: Key = ""
    horizon_from: Day | None = None
    horizon_to: Day | None = None
    review_due: Day | None = None
    audience: str = "internal"


@dataclass(frozen=True)
class Dial:
    """A dial set by hand: its value, why, by whom and when. A dial left out is unknown."""

    value: str
    reason: str
    set_by: Key
    set_at: Day


@dataclass(frozen=True)
class ServiceRow:
    """One service with an owner and a life of its own.

    An empty `owner` or `review_due` is a loose end left on purpose. `closed_to_new` is the day
    since which nobody new is let in.
    """

    key: Key
    code: str
    name: Text
    purpose: Text
    moves: tuple[Move, ...]
    owner: Key = ""
    kind: str = "customer_facing"
    aliases: tuple[str, ...] = ()
    criticality: str = "unknown"
    lifespan_phase: str = "unknown"
    dial_agreement: Dial | None = None
    dial_cost: Dial | None = None
    dial_continuity: Dial | None = None
    cost_class: str = "unknown"
    languages: tuple[str, ...] = ()
    places: tuple[Text, ...] = ()
    web: str = ""
    closed_to_new: Day | None = None
    closed_to_new_reason: str = ""
    last_reviewed_on: Day | None = None
    review_due: Day | None = None
    audience: str = "public"
    tags: tuple[str, ...] = ()
    attributes: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class ElementRow:
    """One thing the customer receives: goods, access or action, and the meeting point for it."""

    kind: str
    text: Text
    key: Key = ""
    component: Key = ""
    happens_at: Key = ""
    quantity: int | None = None
    unit: str = ""
    terms: Text | None = None


@dataclass(frozen=True)
class OfferingRow:
    """What a group can get, on which terms. `is_default` is the one shown first of its service."""

    key: Key
    subject: Key
    title: Text
    summary: Text
    moves: tuple[Move, ...]
    what_you_get: Text | None = None
    what_is_not_included: Text | None = None
    when: Text | None = None
    price_note: Text | None = None
    how_to_get: Text | None = None
    terms: Text | None = None
    order_kind: str = "open"
    segments: tuple[Key, ...] = ()
    visibility: str = "public"
    relationships: tuple[Key, ...] = ()
    is_default: bool = True
    is_sellable_alone: bool = True
    valid_from: Day | None = None
    valid_to: Day | None = None
    published_langs: tuple[str, ...] = ()
    elements: tuple[ElementRow, ...] = ()
    prices: tuple[PriceRow, ...] = ()


@dataclass(frozen=True)
class RequirementRow:
    """A wish or need of somebody, with what became of it.

    `asks_for` holds the services, meeting points or parts it is tied to (L02).
    """

    key: Key
    statement: Text
    moves: tuple[Move, ...]
    asks_for: tuple[Key, ...] = ()
    type: str = "unknown"
    origin_kind: str = "unknown"
    raised_by: Key = ""
    raised_on: Day | None = None
    for_segment: Key = ""
    acceptance_criterion: Text | None = None
    priority: str = "unknown"
    reason_rejected: Text | None = None
    giver_told_at: Day | None = None
    owner: Key = ""
    relationship: Key = ""
    review_due: Day | None = None

    @property
    def audience(self) -> str:
        """Wishes of a customer are seen by that customer, others stay inside."""
        return "relationship" if self.relationship else "internal"


@dataclass(frozen=True)
class TouchpointRow:
    """Where the two sides meet."""

    key: Key
    name: Text
    services: tuple[Key, ...]
    channel_kind: str
    moves: tuple[Move, ...]
    purpose: Text | None = None
    place: Text | None = None
    customer_side: Text | None = None
    organisation_side: Text | None = None
    moment_of_truth: bool = False
    moment_why: Text | None = None
    good_turn: Text | None = None
    bad_turn: Text | None = None
    latitude: Mapping[str, str] = field(default_factory=dict)
    recovery: Text | None = None
    importance: int | None = None
    evidence_physical: tuple[Text, ...] = ()
    evidence_intangible: tuple[Text, ...] = ()
    observable_by: tuple[str, ...] = ()
    accessibility_note: Text | None = None
    owner: Key = ""
    audience: str = "internal"


@dataclass(frozen=True)
class ComponentRow:
    """A building block a service rests on; `real_world_ref` holds (system, value) pairs."""

    key: Key
    name: str
    kind: str
    moves: tuple[Move, ...]
    aliases: tuple[str, ...] = ()
    real_world_ref: tuple[tuple[str, str], ...] = ()
    checked_on: Day | None = None
    supplier_relationship: Key = ""
    replace_time: str = ""
    capacity: int | None = None
    capacity_unit: str = ""
    capacity_per: str = ""
    criticality: str = "unknown"
    owner: Key = ""


@dataclass(frozen=True)
class DependencyRow:
    """`from_` rests on `to` in the way `kind` says; if `to` stops, `criticality` happens."""

    from_: Key
    to: Key
    kind: str = "requires"
    criticality: str = "unknown"
    valid_from: Day | None = None
    valid_to: Day | None = None
    note: str = ""


@dataclass(frozen=True)
class Example:
    """Everything of one example workspace, in the order in which it can be written."""

    workspace: WorkspaceRow
    parties: tuple[PartyRow, ...]
    relationships: tuple[RelationshipRow, ...]
    segments: tuple[SegmentRow, ...]
    goals: tuple[GoalRow, ...]
    components: tuple[ComponentRow, ...]
    services: tuple[ServiceRow, ...]
    offerings: tuple[OfferingRow, ...]
    touchpoints: tuple[TouchpointRow, ...]
    requirements: tuple[RequirementRow, ...]
    dependencies: tuple[DependencyRow, ...]
    links: tuple[LinkRow, ...]
    decisions: tuple[DecisionRow, ...]
    edits: tuple[EditRow, ...]
    dismissals: tuple[DismissalRow, ...]
    # Rows of content_people, which builds on this module
    insights: tuple[Any, ...] = ()
    personas: tuple[Any, ...] = ()
    stakeholders: tuple[Any, ...] = ()
    lines: tuple[Any, ...] = ()
    # Rows of content_offers
    packages: tuple[Any, ...] = ()
    # Rows of content_versions
    versions: tuple[Any, ...] = ()
    # Rows of content_journeys
    journeys: tuple[Any, ...] = ()

    def keyed(self) -> Mapping[Key, Any]:
        """All rows that others may refer to, by key; elements of an offering among them."""
        found = {row.key: row for row in self.rows() if getattr(row, "key", "")}
        elements = [e for offering in self.offerings for e in offering.elements if e.key]
        return found | {element.key: element for element in elements}

    def rows(self) -> Iterator[Any]:
        """Every row except the workspace itself, kind by kind."""
        for part in fields(self):
            if part.name != "workspace":
                yield from getattr(self, part.name)
