"""What must be asked before wishes are merged: where they differ, somebody says which holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.links import live_links
from polku.kernel.queries import find_many
from polku.portfolio.entities import REQUIREMENT
from polku.portfolio.models import Requirement
from polku.tenancy.translated import Translated

ALL = "all"
# Facts of which the merged wish has one; what only one of them says is taken without asking
FACTS = (
    "priority", "type", "origin_kind", "for_segment", "acceptance_criterion", "owner_party",
    "relationship", "audience",
)  # fmt: skip
ENDS = {"services": "service_product", "versions": "product_version"}


@dataclass(frozen=True)
class Option:
    """One answer: the code of the wish whose word holds, or ``all`` for ties of every one."""

    value: str
    label: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One thing in which the wishes differ."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def values(self) -> frozenset[str]:
        """What may be answered."""
        return frozenset(option.value for option in self.options)


@dataclass(frozen=True)
class Plan:
    """What merging these would ask; ``ends`` are the services and versions of each, by name."""

    kept: Requirement
    others: Sequence[Requirement]
    questions: tuple[Question, ...]
    ends: Mapping[str, Mapping[int, frozenset[int]]]

    @property
    def all(self) -> list[Requirement]:
        """The kept one first."""
        return [self.kept, *self.others]


def plan_merge(kept: Requirement, others: Sequence[Requirement], *, by: Actor) -> Plan:
    """Where these wishes differ, as questions, each with what the wishes themselves say."""
    wishes = [kept, *others]
    ends = {name: _ends(wishes, kind, by) for name, kind in ENDS.items()}
    asked: list[Question | None] = [_state(kept, wishes)]
    asked += [_fact(name, wishes, by.lang) for name in FACTS]
    asked += [_tied(name, wishes, ends[name], by) for name in ENDS]
    return Plan(kept, others, tuple(row for row in asked if row), ends)


def says(wish: Requirement, name: str) -> Any:
    """What a wish says of a fact; None for nothing."""
    value = getattr(wish, f"{name}_id") if REQUIREMENT.by_name[name].type == "ref" else (
        getattr(wish, name))  # fmt: skip
    if isinstance(value, Translated):
        return tuple(sorted(value.texts.items())) or None
    return None if value in ("", "unknown", None) else value


def _fact(name: str, wishes: Sequence[Requirement], lang: str) -> Question | None:
    found = REQUIREMENT.by_name[name]
    by_value: dict[Any, list[Requirement]] = {}
    for wish in wishes:
        if (value := says(wish, name)) is not None:
            by_value.setdefault(value, []).append(wish)
    if len(by_value) < 2:
        return None
    options = [_option(_shown(rows[0], name, lang), rows) for rows in by_value.values()]
    return Question(name, found.label(Requirement), tuple(options))


def name_in(obj: Any, lang: str) -> str:
    """The name of a thing in a language, or in the next best that it has."""
    value = getattr(obj, obj.title_field, None)
    return value.reading(lang).text if isinstance(value, Translated) else str(obj.title)


def _shown(wish: Requirement, name: str, lang: str) -> str:
    value = getattr(wish, name)
    if isinstance(value, Translated):
        return value.reading(lang).text
    if REQUIREMENT.by_name[name].type == "enum":
        return str(dict(REQUIREMENT.by_name[name].choices(Requirement)).get(value, value))
    return name_in(value, lang)


def _option(label: str, wishes: Iterable[Requirement]) -> Option:
    codes = tuple(wish.code for wish in wishes)
    return Option(codes[0], label, codes)


def _state(kept: Requirement, wishes: Sequence[Requirement]) -> Question | None:
    """The states that the kept one may have afterwards: its own, and those a step away."""
    by_state: dict[str, list[Requirement]] = {}
    for wish in wishes:
        by_state.setdefault(wish.state, []).append(wish)
    if len(by_state) < 2:
        return None
    machine: Any = REQUIREMENT.machine
    near = {
        state: rows for state, rows in by_state.items()
        if state == kept.state or machine.find(kept.state, state)
    }  # fmt: skip
    words = dict(REQUIREMENT.by_name["state"].choices(Requirement))
    options = [_option(str(words[state]), rows) for state, rows in near.items()]
    return Question("state", REQUIREMENT.by_name["state"].label(Requirement), tuple(options))


def _ends(
    wishes: Sequence[Requirement], kind: str, by: Actor
) -> dict[int, frozenset[int]]:  # fmt: skip
    """The services (or versions) that each asks something of, by inner number."""
    rows = live_links(by).filter(
        kind="L02", from_kind="requirement", from_id__in=[wish.pk for wish in wishes], to_kind=kind
    )
    pairs = list(rows.values_list("from_id", "to_id"))
    return {wish.pk: frozenset(to for own, to in pairs if own == wish.pk) for wish in wishes}


def _tied(
    name: str, wishes: Sequence[Requirement], ends: Mapping[int, frozenset[int]], by: Actor
) -> Question | None:
    by_ends: dict[frozenset[int], list[Requirement]] = {}
    for wish in wishes:
        if ends[wish.pk]:
            by_ends.setdefault(ends[wish.pk], []).append(wish)
    if len(by_ends) < 2:
        return None
    kind = ENDS[name]
    numbers = {number for those in by_ends for number in those}
    seen = find_many(by, {(kind, number) for number in numbers})

    def titles(those: Iterable[int]) -> str:
        known = [seen[kind, n] for n in sorted(those) if (kind, n) in seen]
        return ", ".join(name_in(obj, by.lang) for obj in known)

    options = [_option(titles(those), rows) for those, rows in by_ends.items()]
    label = _("Services") if name == "services" else _("Versions")
    return Question(name, label, (Option(ALL, _("all of them")), *options))
