"""Asking a question of impact: from one thing, on one day, as far as one wants."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from polku.insight.impact.questions import GONE, Question, questions_of
from polku.insight.impact.sql import MOST, WAY, Node, edges_from, node_of, pair_of
from polku.insight.impact.weighing import EFFECT_OF, Reached, weigh
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, NotFound, require
from polku.kernel.audit import kind_of
from polku.kernel.clock import today_in
from polku.kernel.models import Transition
from polku.kernel.names import columns_of
from polku.kernel.policy import may_read_inside
from polku.kernel.queries import titled, visible_kind
from polku.kernel.registry import Entity, entities, entity
from polku.kernel.timelines import DatedStep, places_on

FARTHEST = 8  # links.md 3


class Hit(NamedTuple):
    """One thing that hangs on the start: how it is touched, over what, and who answers for it.

    The fields stand in the order in which hits are read: the gravest first, then the nearest, then
    by name. ``steps`` is how many steps away it is, ``effect`` one of
    :data:`~polku.insight.impact.ways.EFFECTS`, ``part`` the heading of its way.
    """

    mildness: int
    steps: int
    sort_title: str
    number: int
    kind: str
    owner_id: int | None
    part: str
    reached: Reached

    @property
    def effect(self) -> str:
        """What happens to it."""
        return EFFECT_OF[self.reached.rank]

    @property
    def is_guess(self) -> bool:
        """Whether it is reached through a guess alone."""
        return self.reached.is_guess


@dataclass(frozen=True)
class Group:
    """What one owner answers for, or what stands under one heading; ``key`` is the party's inner
    number, None for nobody, or the heading's code."""

    key: int | str | None
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class ImpactResult:
    """The answer to one question.

    ``groups`` hold the things reached over confirmed ties alone, in the order in which they are to
    be read; ``perhaps`` those that are reached through a guess. ``counts`` are by kind and
    ``effects`` by effect, of what is confirmed, whatever the page leaves out. ``beyond`` says that
    more lies farther than *far* steps, ``cut`` that only the nearest :data:`MOST` were looked at.
    """

    question: Question
    start: Any
    day: dt.date
    far: int
    groups: tuple[Group, ...] = ()
    perhaps: tuple[Hit, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    effects: Mapping[str, int] = field(default_factory=dict)
    beyond: bool = False
    cut: bool = False

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """All confirmed things in the order of the groups."""
        return tuple(hit for group in self.groups for hit in group.hits)

    @property
    def total(self) -> int:
        """How many things are confirmed, whatever the page leaves out."""
        return sum(self.counts.values())

    def of_kinds(self, kinds: Collection[str]) -> "ImpactResult":
        """The same with things of these kinds alone; all of them when none is named."""
        if not kinds:
            return self
        groups = [Group(g.key, tuple(h for h in g.hits if h.kind in kinds)) for g in self.groups]
        return replace(
            self, groups=tuple(group for group in groups if group.hits),
            perhaps=tuple(hit for hit in self.perhaps if hit.kind in kinds),
        )  # fmt: skip


# What is read of a thing that was reached: who owns it, and its name for sorting
type _Facts = tuple[int | None, str]


def impact(
    actor: Actor, obj: Any, question: str = "", *, as_of: dt.date | None = None,
    far: int = FARTHEST,
) -> ImpactResult:  # fmt: skip
    """What hangs on *obj* by a question (the usual one of its kind when none is named).

    For the provider's people alone: NotAllowed for others. BadInput for a question that there is
    not, or that is not asked of such a thing. Ties, needs and terms count by their days on *as_of*
    (today); states are those of that day; names, owners and what was put away are today's.
    """
    require(may_read_inside(actor))
    asked = question_for(kind_of(obj), question)
    day, pair = as_of or today_in(actor.workspace), (kind_of(obj), int(obj.pk))
    start = node_of(*pair)
    edges, walked = edges_from(pair, asked, workspace=actor.workspace.pk, day=day, far=far)
    seen = _seen(actor, asked, {edge[2] for edge in edges} - {start}, day)
    seen[start] = obj.owner_party_id, obj.sort_title
    found = weigh(edges, start, far, weighs=asked.weighs, seen=seen)
    hits = _hits(asked, found.sure.values(), seen)
    return ImpactResult(
        asked, obj, day, far, tuple(_grouped(actor, asked, hits)),
        tuple(_hits(asked, found.perhaps.values(), seen)),
        counts=Counter(hit.kind for hit in hits),
        effects=Counter(hit.effect for hit in hits) if asked.weighs else {},
        beyond=found.beyond, cut=walked > MOST,
    )  # fmt: skip


def start_of(actor: Actor, code: str) -> Any:
    """The thing of this code, put away or not; NotAllowed before it is looked for, NotFound alike
    for missing and for not yours."""
    require(may_read_inside(actor))
    prefix = code.strip().upper().split("-")[0]
    row = next((row for row in entities() if row.prefix == prefix), None)
    if row is None:
        raise NotFound
    return titled(row, visible_kind(actor, row, archived=True)).get_or_404(code.strip())


def question_for(kind: str, code: str = "") -> Question:
    """The question of this code if it can be asked of the kind; the usual one for no code."""
    offered = {row.code: row for row in questions_of(kind)}
    if not offered:
        raise _unasked(_("No question of impact is asked of such a thing."))
    if not code:
        return next(iter(offered.values()))
    if code.upper() not in offered:
        words = _("This question is not asked of such a thing. What can be asked: %(codes)s.")
        raise _unasked(words % {"codes": ", ".join(offered)})
    return offered[code.upper()]


def _unasked(words: str) -> BadInput:
    return BadInput({"question": words}, _("There is no answer to this."))


def _seen(actor: Actor, asked: Question, nodes: Iterable[Node], day: dt.date) -> dict[Node, _Facts]:
    """What the actor may see of these and what was there on the day; one statement a kind."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for node in nodes:
        kind, number = pair_of(node)
        numbers[kind].append(number)
    found: dict[Node, _Facts] = {}
    is_other_day = day != today_in(actor.workspace)
    for kind in sorted(numbers):
        row, away = entity(kind), GONE.get(kind, frozenset()) | asked.without.get(kind, frozenset())
        then = _states(actor, row, numbers[kind], day) if away else {}
        columns = ("id", "owner_party_id", "sort_title", row.state_field if row.machine else "code")
        begin = node_of(kind, 0)
        step = node_of(kind, 1) - begin
        for number, owner, title, now in columns_of(actor, row, columns, numbers[kind]):
            # What had no state yet by that day counts as there: its ties have days of their own
            if then.get(number, "" if is_other_day else now) not in away:
                found[begin + number * step] = owner, title
    return found


def _states(actor: Actor, row: Entity, numbers: list[int], day: dt.date) -> dict[int, str]:
    """Where these stood, or by plan will stand, on another day than today."""
    if row.machine is None or day == today_in(actor.workspace):
        return {}
    steps = Transition.objects.filter(
        workspace=actor.workspace, object_kind=row.kind, object_id__in=numbers,
        effective_on__lte=day, pending_run__isnull=True,
    )  # fmt: skip
    dated = (DatedStep(*step) for step in steps.order_by("effective_on", "id").values_list(
        "object_id", "to_state", "effective_on", "recorded_at", "applied_at", "cancelled_at"
    ))  # fmt: skip
    return {number: at.state for number, at in places_on(dated, day, actor.workspace).items()}


def _hits(asked: Question, found: Iterable[Reached], seen: Mapping[Node, _Facts]) -> list[Hit]:
    """In the order in which they are read."""
    return sorted(_hit(asked, reached, seen) for reached in found)


def _hit(asked: Question, reached: Reached, seen: Mapping[Node, _Facts]) -> Hit:
    kind, number = pair_of(reached.node)
    owner, title = seen[reached.node]
    way = asked.ways[reached.last[0] >> WAY]
    if owner is None and way.owner_before:
        owner = _owner_before(asked, reached, seen)
    return Hit(-reached.rank, reached.steps, title, number, kind, owner, way.part, reached)


def _owner_before(asked: Question, reached: Reached, seen: Mapping[Node, _Facts]) -> int | None:
    """Who answers for what stands before it on its path, as far back as the ways let one look."""
    for edge in reached.back():
        if not asked.ways[edge[0] >> WAY].owner_before:
            return None
        if (owner := seen[edge[1]][0]) is not None:
            return owner
    return None


def _grouped(actor: Actor, asked: Question, hits: list[Hit]) -> list[Group]:
    rows: dict[int | str | None, list[Hit]] = defaultdict(list)
    for hit in hits:
        rows[hit.part if asked.group == "part" else hit.owner_id].append(hit)
    groups = [Group(key, tuple(found)) for key, found in rows.items()]
    if asked.group == "part":
        order = {way.part: place for place, way in enumerate(asked.ways)}
        return sorted(groups, key=lambda group: order[str(group.key)])
    names = _names(actor, [key for key in rows if isinstance(key, int)])
    return sorted(groups, key=lambda group: _order(group, names))


def _order(group: Group, names: Mapping[int, str]) -> tuple[int, int, str]:
    """Who has the gravest to hear comes first, then who has most; nobody comes last of equals."""
    name = names.get(group.key, "") if isinstance(group.key, int) else ""
    return group.hits[0].mildness, -len(group.hits), name or "\uffff"


def _names(actor: Actor, numbers: list[int]) -> dict[int, str]:
    columns = ("id", "sort_title")
    told = columns_of(actor, entity("party"), columns, numbers, archived=True)
    return dict(told)
