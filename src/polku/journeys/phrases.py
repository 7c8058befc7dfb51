"""Whole phrases of the journeys' kinds, in plain words and in those of service management."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, npgettext_lazy, pgettext_lazy

from polku.kernel.words import Words

TOUCHPOINT = Words({
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

JOURNEY = Words({
    "one": _("Journey"), "many": _("Journeys"), "new": _("Draw a journey"),
    "none_yet": _("No journey is drawn yet"),
    "first_step": _("Take one visit: what does somebody do first, and what last?"),
    "none_found": _("No journey fits these filters"),
    "count": ngettext_lazy("%(n)d journey", "%(n)d journeys", "n"),
    "about": _("The way of somebody through a service, step by step."),
}, {
    "one": pgettext_lazy("service_management", "Customer journey"),
    "many": pgettext_lazy("service_management", "Customer journeys"),
    "new": pgettext_lazy("service_management", "Add a customer journey"),
    "count": npgettext_lazy(
        "service_management", "%(n)d customer journey", "%(n)d customer journeys", "n"),
})  # fmt: skip
