"""Typical customers, what they rest on, and what is still missing about them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from polku.kernel.actor import Actor
from polku.kernel.links import Tie, live_links, ties_of
from polku.kernel.queries import find_many, visible
from polku.people.models import Insight, Persona, Segment

# Evidence older than this says how it was, not how it is (lifecycles.md 6)
FRESH_FOR = dt.timedelta(days=365)
LONG_AGO = dt.date.min


def personas(actor: Actor) -> list[Persona]:
    """All typical customers in use, by name, with their groups."""
    rows = visible(actor, Persona).select_related("segment", "picture").order_by("sort_title", "id")
    return list(rows)


def chosen_personas(actor: Actor, codes: Sequence[str], most: int = 4) -> list[Persona]:
    """Those of these codes that the actor may see, in the order asked for, at most *most*."""
    wanted = list(dict.fromkeys(code.strip().upper()[:20] for code in codes))
    rows = visible(actor, Persona).select_related("segment", "picture").filter(code__in=wanted[:50])
    found = {row.code: row for row in rows}
    return [found[code] for code in wanted if code in found][:most]


def evidence_of(actor: Actor, about: Any) -> list[Tie]:
    """Ties to what it is based on, the newest first; guesses among them."""
    ties = ties_of(actor, about)
    found = [tie for tie in ties if tie.kind.code == "L34" and tie.forward]
    return newest_first(tie for tie in found if not tie.other.archived)


def newest_first(ties: Iterable[Tie]) -> list[Tie]:
    """By the day on which each thing was learnt, those without a day last."""

    def learnt_on(tie: Tie) -> dt.date:
        other = tie.other
        day = other.learnt_on if isinstance(other, Insight) else None
        return day or LONG_AGO

    return sorted(ties, key=learnt_on, reverse=True)


def is_stale(persona: Persona, today: dt.date) -> bool:
    """Whether all the evidence is older than a year; without evidence there is nothing to age."""
    newest = persona.newest_evidence_on
    return newest is not None and newest < today - FRESH_FOR


def personas_of(actor: Actor, segment: Segment) -> list[Persona]:
    """The typical customers of a group."""
    rows = visible(actor, Persona).filter(segment=segment).select_related("picture")
    return list(rows.order_by("sort_title", "id"))


def meant_for(actor: Actor, obj: Any) -> list[Any]:
    """What is meant for a group or a typical customer: services, packages, what one can get."""
    links = live_links(actor).filter(kind="L06", to_kind=obj._meta.db_table, to_id=obj.pk)
    ends = list(links.order_by("id").values_list("from_kind", "from_id"))
    found = find_many(actor, set(ends))
    return [found[end] for end in dict.fromkeys(ends) if end in found]
