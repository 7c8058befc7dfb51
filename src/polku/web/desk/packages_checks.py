"""What does not hold in a package, in sentences, each with where to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from polku.kernel.actor import Actor
from polku.kernel.answers import Sentence
from polku.kernel.registry import entity_of
from polku.portfolio.entities import OFFERING
from polku.portfolio.models import ServicePackage
from polku.portfolio.package_checks import Finding, findings
from polku.web.desk.addresses import object_url, page_url
from polku.web.desk.values import title_text
from polku.web.readings import plain_reading

MOST = 3  # of one kind; the rest is counted

# Head and what to do; %(one)s and %(two)s are what the finding is about
WORDS: dict[str, tuple[Sentence, Sentence]] = {
    "empty": (
        gettext_lazy("Nothing is in it yet"),
        gettext_lazy("Add the first service from the list."),
    ),
    "member_going": (
        gettext_lazy("%(one)s is going away or takes nobody new"),
        gettext_lazy("Take it out, or put something else in its place."),
    ),
    "clash": (
        gettext_lazy("%(one)s and %(two)s rule each other out"),
        gettext_lazy("Take one of them out."),
    ),
    "missing_need": (
        gettext_lazy("%(one)s needs %(two)s"),
        gettext_lazy("It is not in the package, and nobody can get it alone."),
    ),
    "member_not_offered": (
        gettext_lazy("Nothing says what one gets of %(one)s"),
        gettext_lazy("Write what one gets of it, and publish it."),
    ),
    "no_price": (
        gettext_lazy("%(one)s says no price"),
        gettext_lazy("Write it, also when it is free."),
    ),
    "no_offering": (
        gettext_lazy("Nobody can get the package yet"),
        gettext_lazy("Write what one gets of it, on which terms and for how much."),
    ),
    "nowhere": (
        gettext_lazy("“%(two)s” happens nowhere that we know of"),
        gettext_lazy("It is a piece of %(one)s. Tie it to a meeting point."),
    ),
    "part_not_in_use": (
        gettext_lazy("%(one)s is not in use"),
        gettext_lazy("%(two)s rests on it."),
    ),
    "capacity_unknown": (
        gettext_lazy("Can %(one)s carry it?"),
        gettext_lazy("%(two)s rests on it, and how much it can carry is unknown."),
    ),
}
# Said when none of these checks finds anything
IN_ORDER: tuple[tuple[frozenset[str], Sentence], ...] = (
    (frozenset({"member_going"}), gettext_lazy("Nothing in it is going away")),
    (frozenset({"clash"}), gettext_lazy("Nothing shuts out another")),
    (frozenset({"missing_need"}), gettext_lazy("What it needs is there")),
    (
        frozenset({"member_not_offered", "no_price"}),
        gettext_lazy("Each member has an offer and a price"),
    ),
    (frozenset({"nowhere"}), gettext_lazy("Each piece is met somewhere")),
    (
        frozenset({"part_not_in_use", "capacity_unknown"}),
        gettext_lazy("We can carry it, as far as we know"),
    ),
)


@dataclass(frozen=True)
class CheckLine:
    """One line beside the package: its sign, what is so, what to do, and where."""

    sign: str
    words: str
    note: str = ""
    url: str = ""
    action: str = ""


def check_lines(package: ServicePackage, actor: Actor) -> list[CheckLine]:
    """What does not hold first, then what is in order."""
    found = findings(package, by=actor)
    codes = {row.code for row in found}
    lines: list[CheckLine] = []
    for code in dict.fromkeys(row.code for row in found):
        lines += _of_one([row for row in found if row.code == code], actor)
    if "empty" in codes:
        return lines
    good = [CheckLine("good", str(words)) for them, words in IN_ORDER if not them & codes]
    return lines + good


def summary(lines: Sequence[CheckLine]) -> str:
    """How many lines are open, in one sentence."""
    n = sum(line.sign != "good" for line in lines)
    if not n:
        return _("Everything is in order")
    return ngettext("%(n)d line open", "%(n)d lines open", n) % {"n": n}


def _of_one(found: list[Finding], actor: Actor) -> list[CheckLine]:
    lines = [_line(row, actor) for row in found[:MOST]]
    if more := len(found) - MOST:
        words = ngettext("and %(n)d more like it", "and %(n)d more like it", more)
        lines += [CheckLine(found[0].sign, words % {"n": more})] if more > 0 else []
    return lines


def _line(row: Finding, actor: Actor) -> CheckLine:
    head, note = WORDS[row.code]
    names = dict(zip(("one", "two"), (_name(obj) for obj in row.about), strict=False))
    url, action = _mend(row, actor)
    return CheckLine(row.sign, str(head) % names, str(note) % names, url, action)


def _name(obj: Any) -> str:
    return plain_reading(obj.text) if hasattr(obj, "text") else title_text(obj)


def _mend(row: Finding, actor: Actor) -> tuple[str, str]:
    """Where one does something about it."""
    room, first = actor.workspace, row.about[0]
    if row.code == "empty":
        return "", ""
    if row.code == "no_offering":
        return f"{page_url(room, OFFERING, 'create')}?package={first.code}", _("Write it")
    if row.code == "member_not_offered":
        return f"{page_url(room, OFFERING, 'create')}?product={first.code}", _("Write it")
    if row.code == "no_price":
        return page_url(room, OFFERING, "prices", code=first.code), _("Write it")
    return object_url(room, entity_of(first), first.code), _("Look")
