"""The answer in words: names of what was reached, and each path as a sentence."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from polku.insight.impact.asking import Hit, ImpactResult
from polku.insight.impact.sql import GUESS, TOLD, WAY, pair_of
from polku.kernel.actor import Actor
from polku.kernel.names import Pair, names_of
from polku.tenancy.models import Party
from polku.tenancy.translated import Translated


@dataclass(frozen=True)
class Leg:
    """One leg of a path: the words that lead to it and the thing that it leads to."""

    way: str
    words: str
    obj: Any
    is_guess: bool


@dataclass(frozen=True)
class Told:
    """One hit with its objects. The days are those between which its path holds."""

    hit: Hit
    obj: Any
    owner: Party | None
    legs: tuple[Leg, ...]
    valid_from: dt.date | None
    valid_to: dt.date | None


def tell(actor: Actor, result: ImpactResult, hits: Iterable[Hit]) -> list[Told]:
    """These hits of the result with names; one statement a kind of thing."""
    hits = list(hits)
    pairs = {pair_of(edge[2]) for hit in hits for edge in hit.reached.path}
    pairs |= {("party", hit.owner_id) for hit in hits if hit.owner_id is not None}
    names, words = names_of(actor, pairs), _words(result)
    return [_told(hit, names, words) for hit in hits]


def sentence(result: ImpactResult, told: Told, lang: str) -> str:
    """The path as one sentence: ``Ticket machine → needed by Ticket sale → ...``."""
    steps = [f"{leg.words} {name_of(leg.obj, lang)}" for leg in told.legs]
    return " → ".join([name_of(result.start, lang), *steps])


def name_of(obj: Any, lang: str) -> str:
    """What a thing is called in a sentence; a customer is called by the customer's own name."""
    if obj._meta.db_table == "relationship" and obj.provider_party.is_internal:
        return str(obj.consumer_party.name)
    title = getattr(obj, type(obj).title_field)
    text = title.reading(lang).text if isinstance(title, Translated) else str(title)
    return text or str(obj.code)


def _words(result: ImpactResult) -> dict[int, tuple[str, str]]:
    """The code and the words of each way, by what stands of them in an edge; translated once."""
    return {
        place << WAY - TOLD | told: (way.code, way.says(told))
        for place, way in enumerate(result.question.ways)
        for told in range(max(1, len(way.tells)))
    }


def _told(hit: Hit, names: Mapping[Pair, Any], words: Mapping[int, tuple[str, str]]) -> Told:
    path = hit.reached.path
    owner = names.get(("party", hit.owner_id)) if hit.owner_id is not None else None
    days = [edge[3].split("/") for edge in path if edge[3]]
    return Told(
        hit, names[hit.kind, hit.number], owner,
        tuple(
            Leg(*words[edge[0] >> TOLD], names[pair_of(edge[2])], bool(edge[0] & GUESS))
            for edge in path
        ),
        max((dt.date.fromisoformat(first) for first, _last in days if first), default=None),
        min((dt.date.fromisoformat(last) for _first, last in days if last), default=None),
    )  # fmt: skip
