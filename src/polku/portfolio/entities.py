"""The portfolio's rows of the registry."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polku.kernel.actor import Actor
from polku.kernel.fields import Field, FieldType
from polku.kernel.pieces import PieceKind, register_piece
from polku.kernel.registry import COMMON_FIELDS, Entity, Narrowing, register
from polku.portfolio import (
    checks,
    dependencies,
    machines,
    meanings,
    package_rules,
    phrases,
    wish_groups,
)
from polku.portfolio.models import (
    Component,
    Dependency,
    Offering,
    OfferingElement,
    ProductVersion,
    Requirement,
    ServicePackage,
    ServiceProduct,
    StrategyGoal,
)

_MEMBERS = frozenset({"admin", "editor", "member"})


def _services_outside(actor: Actor) -> Q:
    """What customers see of services: the offered ones; the pipeline only in a partnership."""
    states = ["live", "ending"]
    if actor.partnership:
        states += ["being_made", "in_test"]
    held = Q(managed_state="on_hold", held_from_state__in=states)
    return Q(managed_state__in=states) | held


def _requirements_outside(actor: Actor) -> Q:
    """People see what was shared with them and what they asked for themselves."""
    return Q(relationship_id__in=actor.relationship_ids)


def _offerings_outside(_actor: Actor) -> Q:
    """What is published of services that have not ended, and of published packages."""
    of_service = Q(product__archived=False, product__pending_run__isnull=True)
    of_package = Q(package__archived=False, package__pending_run__isnull=True)
    offered = of_service & ~Q(product__managed_state="ended")
    return Q(state="published") & (offered | of_package & Q(package__state="published"))


def _packages_outside(_actor: Actor) -> Q:
    """Customers see a package as an offering of it; the package itself once it is published."""
    return Q(state="published")


def _never(_actor: Actor) -> Q:
    return Q(pk__in=[])


def _dial(name: str, form: FieldType = "enum") -> Field:
    """A dial is changed by its verb, which asks on what it is based."""
    return Field(name, form, inside_only=True, editable=False, verb=True)


def _outcome(name: str, form: FieldType, ref: str = "") -> Field:
    """What became of a thing, or of what it was made: only a verb of its own says it."""
    return Field(name, form, ref=ref, editable=False, on_create=False, verb=True)


GOAL = register(Entity(
    kind="strategy_goal", model=StrategyGoal, plural="goals", prefix="GOAL", words=phrases.GOAL,
    room="portfolio", feature="strategy", machine=machines.GOAL,
    fields=(
        Field("statement", "translated", required=True), Field("state", "enum", editable=False),
        Field("why", "translated", multiline=True), Field("horizon_from", "date"),
        Field("horizon_to", "date"), Field("parent", "ref", ref="strategy_goal"), *COMMON_FIELDS,
    ),
    list_columns=("statement", "code", "state", "horizon_to", "owner_party"),
    filters=("state", "owner_party", "parent"),
    sorts=("sort_title", "code", "state", "horizon_to", "updated_at"),
    search_fields=("statement", "why"), meaning_fields=("statement",),
    outside=_never, checks=(checks.goal_without_circle,), question="why",
))  # fmt: skip

SERVICE = register(Entity(
    kind="service_product", model=ServiceProduct, plural="services", prefix="SRV",
    words=phrases.SERVICE, room="portfolio", feature="portfolio", machine=machines.SERVICE,
    state_field="managed_state", sheet="services",
    fields=(
        Field("name", "translated", required=True), Field("aliases", "words"),
        Field("purpose", "translated", multiline=True),
        Field("description", "translated", multiline=True), Field("kind", "enum"),
        Field("is_activity_of", "ref", ref="service_product"),
        Field("managed_state", "enum", editable=False),
        Field("closed_to_new", "bool", editable=False, verb=True),
        Field("lifespan_phase", "enum", editable=False, verb=True),
        Field("criticality", "enum", inside_only=True),
        _dial("dial_agreement"), _dial("dial_cost"), _dial("dial_continuity"),
        _dial("dial_notes", "json"),
        Field("cost_class", "enum", inside_only=True),
        Field("languages", "words"), Field("places", "words"), Field("sector", "text"),
        Field("funding", "json", inside_only=True), Field("contact", "text"), Field("web", "text"),
        Field("benefit", "json", inside_only=True), Field("last_reviewed_on", "date"),
        *COMMON_FIELDS,
    ),
    list_columns=("name", "code", "owner_party", "managed_state", "lifespan_phase",
                  "dial_agreement", "dial_cost", "criticality", "dial_continuity"),
    filters=("managed_state", "owner_party", "kind", "criticality", "lifespan_phase", "audience",
             "closed_to_new"),
    sorts=("sort_title", "code", "managed_state", "criticality", "review_due", "updated_at"),
    search_fields=("name", "aliases", "purpose", "description"),
    meaning_fields=("purpose", "kind"), meanings=(meanings.STAGE,), creators=_MEMBERS,
    outside=_services_outside, checks=(checks.activity_without_circle,), question="owed",
))  # fmt: skip

OFFERING = register(Entity(
    kind="offering", model=Offering, plural="offerings", prefix="OFR", words=phrases.OFFERING,
    room="portfolio", feature="portfolio", machine=machines.OFFERING,
    fields=(
        Field("title", "translated", required=True),
        Field("product", "ref", ref="service_product"),
        Field("package", "ref", ref="service_package"),
        Field("state", "enum", editable=False), Field("summary", "translated"),
        Field("what_you_get", "translated", multiline=True),
        Field("what_is_not_included", "translated", multiline=True),
        Field("when", "translated"), Field("price_note", "translated"),
        Field("how_to_get", "translated", multiline=True), Field("order_kind", "enum"),
        Field("terms", "translated", multiline=True), Field("channels_note", "translated"),
        Field("market", "text"), Field("places", "words"), Field("is_sellable_alone", "bool"),
        Field("valid_from", "date"), Field("valid_to", "date"), *COMMON_FIELDS,
    ),
    list_columns=("title", "code", "product", "state", "when", "price_note"),
    filters=("state", "product", "order_kind", "owner_party"),
    sorts=("sort_title", "code", "state", "updated_at"),
    search_fields=("title", "summary", "what_you_get"),
    meaning_fields=("title", "what_you_get", "what_is_not_included", "terms", "price_note",
                    "valid_from", "valid_to", "state"),
    meanings=(meanings.PRICES, meanings.ELEMENTS),
    outside=_offerings_outside, question="for_whom",
    checks=(checks.offering_of_one_thing, package_rules.offering_outside_its_package),
))  # fmt: skip

REQUIREMENT = register(Entity(
    kind="requirement", model=Requirement, plural="requirements", prefix="REQ",
    words=phrases.REQUIREMENT, room="portfolio", feature="requirements",
    machine=machines.REQUIREMENT, sheet="requirements",
    fields=(
        Field("statement", "translated", required=True, multiline=True),
        Field("state", "enum", editable=False), Field("priority", "enum"), Field("type", "enum"),
        Field("origin_kind", "enum"),
        Field("raised_by_party", "ref", ref="party", also="also_asked_by"),
        Field("also_asked_by", "refs", ref="party", inside_only=True),
        Field("raised_on", "date"), Field("for_segment", "ref", ref="segment"),
        Field("acceptance_criterion", "translated", multiline=True),
        Field("reason_rejected", "translated"),
        Field("giver_told_at", "datetime", editable=False),
        Field("verified_on", "date"), Field("verified_how", "translated"),
        _outcome("part_of", "ref", "requirement"), _outcome("merged_into", "ref", "requirement"),
        _outcome("goes_on", "enum"), *COMMON_FIELDS,
    ),
    list_columns=("statement", "code", "state", "priority", "raised_by_party", "raised_on",
                  "owner_party"),
    filters=("state", "priority", "type", "origin_kind", "raised_by_party", "owner_party",
             "goes_on"),
    narrowings=(
        Narrowing("service", "service_product", _("service"), wish_groups.asks_of_service),
        Narrowing("version", "product_version", _("version"), wish_groups.asks_of_version),
    ),
    sorts=("sort_title", "code", "state", "priority", "raised_on", "updated_at"),
    search_fields=("statement", "acceptance_criterion"),
    meaning_fields=("statement", "type", "acceptance_criterion", "priority"),
    creators=_MEMBERS, outside=_requirements_outside, question="why",
))  # fmt: skip

COMPONENT = register(Entity(
    kind="component", model=Component, plural="components", prefix="CMP", words=phrases.COMPONENT,
    room="portfolio", feature="components", machine=machines.COMPONENT,
    fields=(
        Field("name", "text", required=True), Field("state", "enum", editable=False),
        Field("kind", "enum"), Field("aliases", "words"),
        Field("criticality", "enum", inside_only=True),
        Field("supplier_relationship", "ref", ref="relationship"), Field("supplier_name", "text"),
        Field("real_world_ref", "json"), Field("replace_time", "text"),
        Field("capacity", "decimal"), Field("capacity_unit", "text"),
        Field("capacity_per", "text"), *COMMON_FIELDS,
    ),
    list_columns=("name", "code", "kind", "state", "criticality", "owner_party"),
    filters=("kind", "state", "criticality", "owner_party"),
    sorts=("sort_title", "code", "kind", "state", "updated_at"),
    search_fields=("name", "aliases", "supplier_name"),
    meaning_fields=("name", "kind", "supplier_relationship", "supplier_name", "state"),
    meanings=(meanings.REFERENCE,), outside=_never, question="where",
    checks=(checks.component_in_shape,),
))  # fmt: skip

DEPENDENCY = register(Entity(
    kind="dependency", model=Dependency, plural="dependencies", prefix="DEP",
    words=phrases.DEPENDENCY, room="portfolio", feature="components", sheet="dependencies",
    fields=(
        Field("from", "object", required=True), Field("to", "object", required=True),
        Field("kind", "enum"), Field("criticality", "enum", inside_only=True),
        Field("valid_from", "date"),
        Field("valid_to", "date"), Field("note", "text"), *COMMON_FIELDS,
    ),
    list_columns=("code", "from", "kind", "to", "criticality", "valid_from", "valid_to"),
    filters=("kind", "criticality"), sorts=("sort_title", "code", "kind", "valid_from"),
    search_fields=("note",), meaning_fields=("kind", "criticality"), outside=_never,
    checks=(dependencies.dependency_ends, dependencies.dependency_without_circle),
    checks_together=(dependencies.dependencies_together,), question="where", page=False,
))  # fmt: skip

VERSION = register(Entity(
    kind="product_version", model=ProductVersion, plural="versions", prefix="VER",
    words=phrases.VERSION, room="portfolio", feature="releases", machine=machines.VERSION,
    state_field="release_state",
    fields=(
        Field("label", "text", required=True),
        Field("product", "ref", ref="service_product", required=True),
        Field("release_state", "enum", editable=False), Field("market", "text"),
        Field("planned_on", "date"), Field("notes", "translated", multiline=True),
        Field("live_from", "date", editable=False, on_create=False),
        Field("live_to", "date", editable=False, on_create=False),
        Field("is_mvp", "bool"), Field("hypothesis", "translated", multiline=True),
        Field("learning_measure", "translated"), Field("decide_by", "date"),
        Field("restores", "ref", ref="product_version"), *COMMON_FIELDS,
    ),
    list_columns=("label", "code", "product", "release_state", "market", "planned_on",
                  "owner_party"),
    filters=("release_state", "product", "is_mvp", "owner_party"),
    sorts=("sort_title", "code", "release_state", "planned_on", "live_from", "updated_at"),
    search_fields=("title_words", "label", "notes", "hypothesis"),
    meaning_fields=("label", "notes", "release_state"), outside=_never, question="next",
    checks=(checks.version_to_learn, checks.version_in_shape),
))  # fmt: skip

PACKAGE = register(Entity(
    kind="service_package", model=ServicePackage, plural="packages", prefix="PKG",
    words=phrases.PACKAGE, room="portfolio", feature="packages", machine=machines.PACKAGE,
    fields=(
        Field("name", "translated", required=True), Field("purpose", "translated"),
        Field("state", "enum", editable=False), *COMMON_FIELDS,
    ),
    list_columns=("name", "code", "state", "owner_party"),
    filters=("state", "owner_party"), sorts=("sort_title", "code", "state", "updated_at"),
    search_fields=("name", "purpose"), meaning_fields=("name", "purpose", "state"),
    outside=_packages_outside, question="for_whom",
))  # fmt: skip

ELEMENT = register_piece(PieceKind(
    kind="offering_element", model=OfferingElement, parent_kind="offering",
    meaning_fields=("kind", "text", "quantity", "unit", "terms", "resource_component"),
    told_by="elements", read_past=meanings.past_element,
))  # fmt: skip
