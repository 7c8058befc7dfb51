"""The people's rows of the registry."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polku.kernel.actor import Actor
from polku.kernel.fields import Field, FieldType
from polku.kernel.registry import COMMON_FIELDS, Entity, register
from polku.people import machines, phrases
from polku.people.checks import (
    INSIGHT_DAYS,
    PERSONA_DAYS,
    STAKEHOLDER_DAYS,
    party_stands,
    party_without_circle,
    stakeholder_is_somebody,
    two_sides,
)
from polku.people.models import Insight, Persona, Segment, Stakeholder
from polku.tenancy.models import Party, Relationship


def _own_relationships(actor: Actor) -> Q:
    return Q(pk__in=actor.relationship_ids)


def _never(_actor: Actor) -> Q:
    return Q(pk__in=[])


def _lines(name: str) -> Field:
    """A list of texts: one on each line, per language."""
    return Field(name, "translated", multiline=True, help=_("One on each line."))


def _copy(name: str, form: FieldType) -> Field:
    """What the evidence says; no verb but those of evidence writes it."""
    return Field(name, form, editable=False, on_create=False, inside_only=True)


_MEMBERS = frozenset({"admin", "editor", "member"})

PARTY = register(Entity(
    kind="party", model=Party, plural="parties", prefix="PTY", words=phrases.PARTY, room="people",
    fields=(
        Field("name", "text", required=True), Field("kind", "enum"),
        Field("kind_is_guess", "bool"), Field("aliases", "words"),
        Field("parent", "ref", ref="party"), Field("is_internal", "bool"),
        Field("business_id", "text"), Field("web", "text"),
        Field("contact", "json", inside_only=True),
        Field("languages", "words"), Field("left_on", "date", editable=False, on_create=False),
        Field("state", "enum", editable=False, on_create=False),
        Field("merged_into", "ref", ref="party", editable=False, on_create=False, inside_only=True),
        *COMMON_FIELDS,
    ),
    list_columns=("name", "code", "kind", "parent", "is_internal", "state"),
    filters=("kind", "is_internal", "state", "parent"),
    sorts=("sort_title", "code", "kind", "updated_at"),
    search_fields=("name", "aliases", "business_id"), meaning_fields=("name", "kind", "parent"),
    creators=_MEMBERS, checks=(party_stands, party_without_circle),
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

PERSONA = register(Entity(
    kind="persona", model=Persona, plural="personas", prefix="PER", words=phrases.PERSONA,
    room="people", machine=machines.PERSONA,
    fields=(
        Field("label", "translated", required=True, help=_("No name of a real person.")),
        Field("state", "enum", editable=False), Field("archetype_of", "enum"),
        Field("segment", "ref", ref="segment"),
        _lines("goals"), _lines("needs"), _lines("pains"), _lines("behaviours"),
        _lines("abilities_and_access"), _lines("culture"),
        Field("quotes", "translated", multiline=True, help=_(
            "One on each line: the words, then — and who said them, without a name.")),
        Field("channels", "words"), Field("languages", "words"),
        _copy("confidence", "enum"), _copy("evidence_count", "int"),
        _copy("newest_evidence_on", "date"),
        Field("validated_on", "date", inside_only=True),
        Field("picture", "picture", help=_(
            "Draw, or take an object or a place: no photograph of a real person.")),
        *COMMON_FIELDS,
    ),
    list_columns=("label", "code", "state", "confidence", "evidence_count",
                  "newest_evidence_on", "segment", "owner_party"),
    filters=("state", "confidence", "archetype_of", "segment", "owner_party"),
    sorts=("sort_title", "code", "state", "evidence_count", "newest_evidence_on", "updated_at"),
    search_fields=("label", "goals", "needs", "pains"),
    meaning_fields=("goals", "needs", "pains", "abilities_and_access"),
    creators=_MEMBERS, checks=(PERSONA_DAYS,), question="for_whom",
))  # fmt: skip

INSIGHT = register(Entity(
    kind="insight", model=Insight, plural="insights", prefix="INS", words=phrases.INSIGHT,
    room="people",
    fields=(
        Field("statement", "translated", required=True), Field("method", "enum"),
        Field("n", "int"), Field("learnt_on", "date"), Field("source", "text"),
        Field("kept_at", "text"), *COMMON_FIELDS,
    ),
    list_columns=("statement", "code", "method", "n", "learnt_on", "owner_party"),
    filters=("method", "owner_party"),
    sorts=("sort_title", "code", "method", "n", "learnt_on", "updated_at"),
    search_fields=("statement", "source"), meaning_fields=("statement", "method", "n"),
    creators=_MEMBERS, outside=_never, checks=(INSIGHT_DAYS,), question="heard",
))  # fmt: skip

STAKEHOLDER = register(Entity(
    kind="stakeholder", model=Stakeholder, plural="stakeholders", prefix="STK",
    words=phrases.STAKEHOLDER, room="people", feature="people", machine=machines.STAKEHOLDER,
    fields=(
        Field("name", "translated", editable=False, on_create=False),
        Field("party", "ref", ref="party"), Field("group_name", "translated"),
        Field("state", "enum", editable=False), Field("role", "enum"),
        Field("interest", "int"), Field("influence", "int"), Field("attitude", "enum"),
        _lines("expects_from_us"), _lines("we_expect"), Field("assessed_on", "date"),
        *COMMON_FIELDS,
    ),
    list_columns=("name", "code", "role", "interest", "influence", "attitude", "assessed_on",
                  "owner_party"),
    filters=("state", "attitude", "role", "owner_party"),
    sorts=("sort_title", "code", "interest", "influence", "attitude", "assessed_on",
           "updated_at"),
    search_fields=("name", "expects_from_us", "we_expect"),
    meaning_fields=("expects_from_us", "we_expect", "attitude"), outside=_never,
    checks=(stakeholder_is_somebody, STAKEHOLDER_DAYS), question="for_whom",
))  # fmt: skip
