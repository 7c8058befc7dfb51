"""Words of the portfolio's entities (DECISIONS 23, glossary)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, npgettext_lazy, pgettext_lazy

from polku.kernel.words import Words

GOAL = Words({
    "one": _("Goal"), "many": _("Goals"), "new": _("Add a goal"),
    "none_yet": _("No goal is written down yet"),
    "first_step": _("What shall be true in a year? One sentence is enough."),
    "none_found": _("No goal fits these filters"),
    "count": ngettext_lazy("%(n)d goal", "%(n)d goals", "n"),
    "about": _("What we want to be true, by when."),
}, {
    "one": pgettext_lazy("service_management", "Strategy goal"),
    "many": pgettext_lazy("service_management", "Strategy goals"),
    "new": pgettext_lazy("service_management", "Add a strategy goal"),
    "count": npgettext_lazy(
        "service_management", "%(n)d strategy goal", "%(n)d strategy goals", "n"),
})  # fmt: skip

SERVICE = Words({
    "one": _("Service"), "many": _("Our services"), "new": _("Add a service"),
    "none_yet": _("No service is written down yet"),
    "first_step": _("A list of names is enough to start. Everything else can wait."),
    "none_found": _("No service fits these filters"),
    "count": ngettext_lazy("%(n)d service", "%(n)d services", "n"),
    "about": _("Something people would ask for by itself, and would miss if it ended."),
}, {
    "one": pgettext_lazy("service_management", "Service product"),
    "many": pgettext_lazy("service_management", "Service portfolio"),
    "new": pgettext_lazy("service_management", "Add a service product"),
    "count": npgettext_lazy(
        "service_management", "%(n)d service product", "%(n)d service products", "n"),
})  # fmt: skip

OFFERING = Words({
    "one": _("What you can get"), "many": _("What people can get"),
    "new": _("Add something to get"), "none_yet": _("Nothing is offered yet"),
    "first_step": _("Write what a person gets, when, where and for what price."),
    "none_found": _("Nothing offered fits these filters"),
    "count": ngettext_lazy("%(n)d thing to get", "%(n)d things to get", "n"),
    "about": _("For whom, what exactly, on which terms, and what not."),
}, {
    "one": pgettext_lazy("service_management", "Service offering"),
    "many": pgettext_lazy("service_management", "Service offerings"),
    "new": pgettext_lazy("service_management", "Add a service offering"),
    "count": npgettext_lazy(
        "service_management", "%(n)d service offering", "%(n)d service offerings", "n"),
})  # fmt: skip

REQUIREMENT = Words({
    "one": _("Wish"), "many": _("Wishes"), "new": _("Add a wish"),
    "none_yet": _("No wish is written down yet"),
    "first_step": _("What did somebody ask you for last week?"),
    "none_found": _("No wish fits these filters"),
    "count": ngettext_lazy("%(n)d wish", "%(n)d wishes", "n"),
    "about": _("Something somebody needs of a service."),
}, {
    "one": pgettext_lazy("service_management", "Requirement"),
    "many": pgettext_lazy("service_management", "Requirements"),
    "new": pgettext_lazy("service_management", "Add a requirement"),
    "count": npgettext_lazy(
        "service_management", "%(n)d requirement", "%(n)d requirements", "n"),
})  # fmt: skip

COMPONENT = Words({
    "one": _("What it needs"), "many": _("What our services need"), "new": _("Add a part"),
    "none_yet": _("No part is written down yet"),
    "first_step": _("What stops your most used service when it stops?"),
    "none_found": _("No part fits these filters"),
    "count": ngettext_lazy("%(n)d part", "%(n)d parts", "n"),
    "about": _("Something a service rests on: people, rooms, things, systems, suppliers."),
}, {
    "one": pgettext_lazy("service_management", "Service component"),
    "many": pgettext_lazy("service_management", "Service components"),
    "new": pgettext_lazy("service_management", "Add a service component"),
    "count": npgettext_lazy(
        "service_management", "%(n)d service component", "%(n)d service components", "n"),
})  # fmt: skip

DEPENDENCY = Words({
    "one": _("Need"), "many": _("What needs what"), "new": _("Write down a need"),
    "none_yet": _("Nothing is said to need anything yet"),
    "first_step": _("What stops if something else stops?"),
    "none_found": _("No need fits these filters"),
    "count": ngettext_lazy("%(n)d need", "%(n)d needs", "n"),
    "about": _("A dated tie: one thing needs another."),
}, {
    "one": pgettext_lazy("service_management", "Dependency"),
    "many": pgettext_lazy("service_management", "Dependencies"),
    "new": pgettext_lazy("service_management", "Add a dependency"),
    "count": npgettext_lazy("service_management", "%(n)d dependency", "%(n)d dependencies", "n"),
})  # fmt: skip

VERSION = Words({
    "one": _("Version"), "many": _("Versions"), "new": _("Add a version"),
    "none_yet": _("No version is written down yet"),
    "first_step": _("What will be new in the next shape of a service, and for whom?"),
    "none_found": _("No version fits these filters"),
    "count": ngettext_lazy("%(n)d version", "%(n)d versions", "n"),
    "about": _("A planned shape of a service, or one brought out: what is new in it."),
}, {
    "one": pgettext_lazy("service_management", "Product version"),
    "many": pgettext_lazy("service_management", "Product versions"),
    "new": pgettext_lazy("service_management", "Add a product version"),
    "count": npgettext_lazy(
        "service_management", "%(n)d product version", "%(n)d product versions", "n"),
})  # fmt: skip

PACKAGE = Words({
    "one": _("Package"), "many": _("Packages"), "new": _("Put a package together"),
    "none_yet": _("No package is put together yet"),
    "first_step": _("Which services does one group always take together?"),
    "none_found": _("No package fits these filters"),
    "count": ngettext_lazy("%(n)d package", "%(n)d packages", "n"),
    "about": _("Services put together for one group, with what may be left out."),
}, {
    "one": pgettext_lazy("service_management", "Service package"),
    "many": pgettext_lazy("service_management", "Service packages"),
    "new": pgettext_lazy("service_management", "Add a service package"),
    "count": npgettext_lazy(
        "service_management", "%(n)d service package", "%(n)d service packages", "n"),
})  # fmt: skip
