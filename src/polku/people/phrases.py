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

PERSONA = Words({
    "one": _("Typical customer"), "many": _("Typical customers"),
    "new": _("Add a typical customer"),
    "none_yet": _("No typical customer is drawn yet"),
    "first_step": _("Think of the people you meet most. Draw one, and say how you know."),
    "none_found": _("No typical customer fits these filters"),
    "count": ngettext_lazy("%(n)d typical customer", "%(n)d typical customers", "n"),
    "about": _("A picture of one kind of person you serve, and how you know."),
}, {
    "one": pgettext_lazy("service_management", "Persona"),
    "many": pgettext_lazy("service_management", "Personas"),
    "new": pgettext_lazy("service_management", "Add a persona"),
    "none_yet": pgettext_lazy("service_management", "No persona is drawn yet"),
    "none_found": pgettext_lazy("service_management", "No persona fits these filters"),
    "count": npgettext_lazy("service_management", "%(n)d persona", "%(n)d personas", "n"),
})  # fmt: skip

INSIGHT = Words({
    "one": _("Something we learnt"), "many": _("What we learnt"), "new": _("Add what you learnt"),
    "none_yet": _("Nothing we learnt is written down yet"),
    "first_step": _("Write down one thing that somebody said or that you saw, and when."),
    "none_found": _("Nothing we learnt fits these filters"),
    "count": ngettext_lazy("%(n)d thing we learnt", "%(n)d things we learnt", "n"),
    "about": _("One thing we learnt about people: how, from how many, and when."),
}, {
    "one": pgettext_lazy("service_management", "Insight"),
    "many": pgettext_lazy("service_management", "Insights"),
    "new": pgettext_lazy("service_management", "Add an insight"),
    "count": npgettext_lazy("service_management", "%(n)d insight", "%(n)d insights", "n"),
})  # fmt: skip

STAKEHOLDER = Words({
    "one": _("Somebody with a stake"), "many": _("Who has a stake"),
    "new": _("Add somebody with a stake"),
    "none_yet": _("Nobody with a stake is written down yet"),
    "first_step": _("Who gains, who pays, who could stop it? Start with one of them."),
    "none_found": _("Nobody with a stake fits these filters"),
    "count": ngettext_lazy("%(n)d with a stake", "%(n)d with a stake", "n"),
    "about": _("Somebody whom what we do concerns. Only the team sees this."),
}, {
    "one": pgettext_lazy("service_management", "Stakeholder"),
    "many": pgettext_lazy("service_management", "Stakeholders"),
    "new": pgettext_lazy("service_management", "Add a stakeholder"),
    "none_yet": pgettext_lazy("service_management", "No stakeholder is written down yet"),
    "none_found": pgettext_lazy("service_management", "No stakeholder fits these filters"),
    "count": npgettext_lazy(
        "service_management", "%(n)d stakeholder", "%(n)d stakeholders", "n"),
})  # fmt: skip
