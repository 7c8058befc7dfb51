"""The kernel's own row of the registry: decisions."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from polku.kernel.fields import Field
from polku.kernel.models import Decision
from polku.kernel.registry import Entity, register
from polku.kernel.words import Words

WORDS = Words({
    "one": _("Decision"), "many": _("Decisions"), "new": _("Write down a decision"),
    "none_yet": _("No decision is written down yet"),
    "first_step": _("A decision is taken on the page of what it is about."),
    "none_found": _("No decision fits these filters"),
    "count": ngettext_lazy("%(n)d decision", "%(n)d decisions", "n"),
    "about": _("Who decided what, when, and why."),
})  # fmt: skip

DECISION = register(Entity(
    kind="decision", model=Decision, plural="decisions", prefix="DEC", words=WORDS, room="kernel",
    changeable=False, creators=frozenset(),
    fields=(
        Field("question", "translated", required=True, editable=False),
        Field("kind", "enum", editable=False), Field("outcome", "enum", editable=False),
        Field("conditions", "translated", editable=False),
        Field("reason", "translated", required=True, editable=False, multiline=True),
        Field("decided_on", "date", editable=False),
        Field("decider_party", "ref", ref="party", editable=False),
        Field("same_person", "bool", editable=False), Field("unknowns", "int", editable=False),
        Field("look_again_on", "date", editable=False),
        Field("revises", "ref", ref="decision", editable=False),
        Field("subject", "object", editable=False), Field("dissent", "json", editable=False),
        Field("evidence", "json", editable=False),
    ),
    list_columns=("question", "code", "outcome", "decided_on", "decider_party", "look_again_on"),
    filters=("kind", "outcome", "decider_party"),
    sorts=("-decided_on", "sort_title", "code", "decided_on", "look_again_on"),
    default_sort="-decided_on", search_fields=("question", "reason", "conditions"),
    meaning_fields=("question", "outcome", "conditions"), question="why",
))  # fmt: skip
