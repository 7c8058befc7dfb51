"""Words of the people's entities (DECISIONS 23)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, npgettext_lazy, pgettext_lazy

from polku.kernel.words import Words

PARTY = Words({
    "one": _("Person or organisation"), "many": _("People and organisations"),
    "new": _("Add a person or organisation"), "none_yet": _("Nobody is written down yet"),
    "first_step": _("Write down who owns, asks or uses something; a name is enough."),
    "none_found": _("No person or organisation fits these filters"),
    "count": ngettext_lazy("%(n)d person or organisation", "%(n)d people and organisations", "n"),
    "about": _("Somebody who can own, ask, decide, owe or receive."),
}, {
    "one": pgettext_lazy("service_management", "Party"),
    "many": pgettext_lazy("service_management", "Parties"),
    "new": pgettext_lazy("service_management", "Add a party"),
    "count": npgettext_lazy("service_management", "%(n)d party", "%(n)d parties", "n"),
})  # fmt: skip

RELATIONSHIP = Words({
    "one": _("Customer"), "many": _("Customers"), "new": _("Add a customer"),
    "none_yet": _("No customer is known by name yet"),
    "first_step": _("Start with the one you speak to most."),
    "none_found": _("No customer fits these filters"),
    "count": ngettext_lazy("%(n)d customer", "%(n)d customers", "n"),
    "about": _("The standing tie between us and one customer."),
}, {
    "one": pgettext_lazy("service_management", "Relationship"),
    "many": pgettext_lazy("service_management", "Relationships"),
    "new": pgettext_lazy("service_management", "Add a relationship"),
    "count": npgettext_lazy("service_management", "%(n)d relationship", "%(n)d relationships", "n"),
})  # fmt: skip

SEGMENT = Words({
    "one": _("Group"), "many": _("Groups"), "new": _("Add a group"),
    "none_yet": _("No group is written down yet"),
    "first_step": _("Whom do you serve? Start with the group you know best."),
    "none_found": _("No group fits these filters"),
    "count": ngettext_lazy("%(n)d group", "%(n)d groups", "n"),
    "about": _("A group of people we may choose to serve."),
}, {
    "one": pgettext_lazy("service_management", "Segment"),
    "many": pgettext_lazy("service_management", "Segments"),
    "new": pgettext_lazy("service_management", "Add a segment"),
    "count": npgettext_lazy("service_management", "%(n)d segment", "%(n)d segments", "n"),
})  # fmt: skip
