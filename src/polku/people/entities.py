"""The people's rows of the registry."""

from django.db.models import Q

from polku.kernel.actor import Actor
from polku.kernel.fields import Field
from polku.kernel.registry import COMMON_FIELDS, Entity, register
from polku.people import machines, phrases
from polku.people.checks import party_without_circle, two_sides
from polku.people.models import Segment
from polku.tenancy.models import Party, Relationship


def _own_relationships(actor: Actor) -> Q:
    return Q(pk__in=actor.relationship_ids)


PARTY = register(Entity(
    kind="party", model=Party, plural="parties", prefix="PTY", words=phrases.PARTY, room="people",
    fields=(
        Field("name", "text", required=True), Field("kind", "enum"),
        Field("kind_is_guess", "bool"), Field("aliases", "words"),
        Field("parent", "ref", ref="party"), Field("is_internal", "bool"),
        Field("business_id", "text"), Field("web", "text"),
        Field("contact", "json", inside_only=True),
        Field("languages", "words"), Field("left_on", "date", editable=False, on_create=False),
        Field("state", "enum", editable=False, on_create=False), *COMMON_FIELDS,
    ),
    list_columns=("name", "code", "kind", "parent", "is_internal", "state"),
    filters=("kind", "is_internal", "state", "parent"),
    sorts=("sort_title", "code", "kind", "updated_at"),
    search_fields=("name", "aliases", "business_id"), meaning_fields=("name", "kind", "parent"),
    creators=frozenset({"admin", "editor", "member"}), checks=(party_without_circle,),
    question="for_whom",
))  # fmt: skip

RELATIONSHIP = register(Entity(
    kind="relationship", model=Relationship, plural="relationships", prefix="REL",
    words=phrases.RELATIONSHIP, room="people", feature="relationships",
    machine=machines.RELATIONSHIP,
    fields=(
        Field("consumer_party", "ref", ref="party", required=True),
        Field("provider_party", "ref", ref="party", required=True),
        Field("type", "enum", editable=False), Field("state", "enum", editable=False),
        Field("since", "date"), Field("until", "date"),
        Field("customer_contacts", "refs", ref="party"), Field("review_cadence", "text"),
        Field("health_note", "translated", multiline=True, inside_only=True), *COMMON_FIELDS,
    ),
    list_columns=("consumer_party", "code", "type", "state", "since", "owner_party"),
    filters=("type", "state", "owner_party", "consumer_party", "provider_party"),
    sorts=("sort_title", "code", "type", "state", "since", "updated_at"),
    search_fields=("title_words",), meaning_fields=("type", "consumer_party", "provider_party"),
    outside=_own_relationships, checks=(two_sides,), question="for_whom",
))  # fmt: skip

SEGMENT = register(Entity(
    kind="segment", model=Segment, plural="segments", prefix="SEG", words=phrases.SEGMENT,
    room="people", feature="people", machine=machines.SEGMENT,
    fields=(
        Field("name", "translated", required=True), Field("criterion", "translated"),
        Field("state", "enum", editable=False), Field("basis", "enum"), Field("size", "int"),
        Field("size_as_of", "date"), Field("size_quality", "enum"),
        Field("attractiveness", "int", inside_only=True),
        Field("why_targeted", "translated", multiline=True, inside_only=True),
        Field("alternatives", "translated", multiline=True), Field("market", "text"),
        *COMMON_FIELDS,
    ),
    list_columns=("name", "code", "state", "basis", "size", "owner_party"),
    filters=("state", "basis", "owner_party"),
    sorts=("sort_title", "code", "state", "size", "updated_at"),
    search_fields=("name", "criterion"), meaning_fields=("criterion",), question="for_whom",
))  # fmt: skip
