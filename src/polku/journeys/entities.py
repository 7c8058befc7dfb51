"""The journeys' rows of the registry."""

from polku.journeys import meanings, phrases
from polku.journeys.machines import JOURNEY as JOURNEY_MACHINE
from polku.journeys.machines import TOUCHPOINT as TOUCHPOINT_MACHINE
from polku.journeys.models import Journey, PainPoint, Stage, Step, Touchpoint
from polku.kernel.fields import Field
from polku.kernel.pieces import PieceKind, register_piece
from polku.kernel.registry import COMMON_FIELDS, Entity, register

TOUCHPOINT = register(Entity(
    kind="touchpoint", model=Touchpoint, plural="touchpoints", prefix="TP",
    words=phrases.TOUCHPOINT, room="journeys", feature="meeting_points", machine=TOUCHPOINT_MACHINE,
    untied_states=frozenset({"removed"}),
    fields=(
        Field("name", "translated", required=True),
        Field("services", "refs", ref="service_product"),
        Field("state", "enum", editable=False), Field("channel_kind", "enum"),
        Field("purpose", "translated", multiline=True), Field("place", "translated"),
        Field("customer_side", "translated", multiline=True),
        Field("organisation_side", "translated", multiline=True),
        Field("moment_of_truth", "bool"), Field("moment_why", "translated"),
        Field("good_turn", "translated"), Field("bad_turn", "translated"),
        Field("recovery", "translated"), Field("latitude", "json", inside_only=True),
        Field("importance", "int"),
        Field("evidence_physical", "words"), Field("evidence_intangible", "words"),
        Field("observable_by", "words"), Field("capacity", "decimal"),
        Field("capacity_unit", "text"), Field("capacity_per", "text"),
        Field("accessibility_note", "translated"), *COMMON_FIELDS,
    ),
    list_columns=("name", "code", "channel_kind", "state", "moment_of_truth", "owner_party"),
    filters=("channel_kind", "state", "moment_of_truth", "owner_party"),
    sorts=("sort_title", "code", "channel_kind", "state", "updated_at"),
    search_fields=("name", "purpose", "place"),
    meaning_fields=("name", "purpose", "channel_kind", "place", "customer_side",
                    "organisation_side", "moment_of_truth", "latitude", "recovery", "state"),
    question="where",
))  # fmt: skip

JOURNEY = register(Entity(
    kind="journey", model=Journey, plural="journeys", prefix="JRN", words=phrases.JOURNEY,
    room="journeys", feature="journeys", machine=JOURNEY_MACHINE,
    fields=(
        Field("name", "translated", required=True), Field("kind", "enum"),
        Field("scenario", "translated", multiline=True),
        Field("services", "refs", ref="service_product"),
        Field("state", "enum", editable=False), Field("happy_path", "bool"),
        Field("version", "int", editable=False, on_create=False),
        Field("pair", "ref", ref="journey", editable=False, on_create=False),
        Field("looked_on", "date", editable=False, on_create=False, verb=True), *COMMON_FIELDS,
    ),
    list_columns=("name", "code", "kind", "state", "version", "review_due", "owner_party"),
    filters=("kind", "state", "owner_party"),
    sorts=("sort_title", "code", "kind", "state", "version", "updated_at"),
    search_fields=("name", "scenario", "words_inside"),
    meaning_fields=("name", "scenario", "kind"), question="where",
))  # fmt: skip

STAGE = register_piece(PieceKind(
    kind="stage", model=Stage, parent_kind="journey",
    meaning_fields=("name", "goal_of_customer", "dsv_step"),
    told_by="stages", read_past=meanings.past_stage, standing={"removed": False},
))  # fmt: skip

STEP = register_piece(PieceKind(
    kind="step", model=Step, parent_kind="journey",
    meaning_fields=("customer_action", "expectation", "sphere"),
    told_by="steps", read_past=meanings.past_step, standing={"removed": False},
))  # fmt: skip

PAIN_POINT = register_piece(PieceKind(
    kind="pain_point", model=PainPoint, parent_kind="journey",
    meaning_fields=("text", "severity", "decision"),
    told_by="pains", read_past=meanings.past_pain, standing={"removed": False},
))  # fmt: skip
