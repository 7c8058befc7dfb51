"""The journeys' rows of the registry."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, npgettext_lazy, pgettext_lazy

from polku.journeys import machines
from polku.journeys.models import Touchpoint
from polku.kernel.fields import Field
from polku.kernel.registry import COMMON_FIELDS, Entity, register
from polku.kernel.words import Words

WORDS = Words({
    "one": _("Meeting point"), "many": _("Meeting points"), "new": _("Add a meeting point"),
    "none_yet": _("No meeting point is written down yet"),
    "first_step": _("Where do people meet you first: a door, a page, a voice?"),
    "none_found": _("No meeting point fits these filters"),
    "count": ngettext_lazy("%(n)d meeting point", "%(n)d meeting points", "n"),
    "about": _("Where the two sides meet."),
}, {
    "one": pgettext_lazy("service_management", "Touchpoint"),
    "many": pgettext_lazy("service_management", "Touchpoints"),
    "new": pgettext_lazy("service_management", "Add a touchpoint"),
    "count": npgettext_lazy("service_management", "%(n)d touchpoint", "%(n)d touchpoints", "n"),
})  # fmt: skip

TOUCHPOINT = register(Entity(
    kind="touchpoint", model=Touchpoint, plural="touchpoints", prefix="TP", words=WORDS,
    room="journeys", feature="meeting_points", machine=machines.TOUCHPOINT,
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
