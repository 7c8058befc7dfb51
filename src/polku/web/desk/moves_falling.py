"""Before something ends: what hangs on it, by who answers for it, and whom to tell."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.insight.impact import ImpactResult, Told, impact, tell
from polku.kernel.actor import Actor
from polku.kernel.audit import kind_of
from polku.kernel.machines import Move
from polku.kernel.registry import Entity
from polku.kernel.registry import entity as entity_row
from polku.web.desk.impact import impact_url
from polku.web.desk.impact_rows import EFFECTS_SHOWN, effect_word
from polku.web.desk.values import link_html

# The steps that end something, by kind, and the question of impact that is asked before them
ENDING: dict[str, tuple[frozenset[str], str]] = {
    "service_product": (frozenset({"ending", "ended", "on_hold"}), "I2"),
    "component": (frozenset({"retired"}), "I1"),
    "service_package": (frozenset({"withdrawn"}), "I2"),
    "offering": (frozenset({"withdrawn"}), "I2"),
}
SHOWN = 60


@dataclass(frozen=True)
class Falling:
    """What hangs on a thing: groups by owner with counts, each thing with its effect."""

    groups: list[dict[str, Any]]
    counts: str
    total: int
    left_out: int
    url: str
    nothing: str
    perhaps: int


def falling(actor: Actor, obj: Any, found: Move) -> Falling | None:
    """The list for a step that ends something; None for every other step."""
    states, question = ENDING.get(kind_of(obj), (frozenset(), ""))
    if found.to not in states or not actor.is_internal:
        return None
    result = impact(actor, obj, question)
    rows = tell(actor, result, result.hits[:SHOWN])
    return Falling(
        _groups(actor, rows), _counts(actor, result), result.total,
        max(0, len(result.hits) - SHOWN), impact_url(actor, obj, question),
        str(result.question.nothing), len(result.perhaps),
    )  # fmt: skip


def _counts(actor: Actor, result: ImpactResult) -> str:
    return _in_words(actor, result.counts)


def _in_words(actor: Actor, counts: Mapping[str, int]) -> str:
    kinds = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return ", ".join(str(_counted(actor, entity_row(kind), n)) for kind, n in kinds)


def _counted(actor: Actor, row: Entity, n: int) -> str:
    return str(row.words.count(n, actor.vocabulary))


def _groups(actor: Actor, rows: list[Told]) -> list[dict[str, Any]]:
    groups: dict[int | None, dict[str, Any]] = {}
    for told in rows:
        key = told.owner.pk if told.owner is not None else None
        name = told.owner.name if told.owner is not None else _("nobody answers for these")
        group = groups.setdefault(key, {"owner": name, "nobody": key is None, "rows": []})
        group["rows"].append(_row(actor, told))
    for group in groups.values():
        kinds = Counter(kind_of(row["obj"]) for row in group["rows"])
        group["counts"] = _in_words(actor, kinds)
    return list(groups.values())


def _row(actor: Actor, told: Told) -> dict[str, Any]:
    effect = told.hit.effect
    result, sign, _heading = EFFECTS_SHOWN.get(effect, EFFECTS_SHOWN["unknown"])
    over = [leg.obj for leg in told.legs[:-1]]
    links: list[SafeString] = [link_html(obj, actor.workspace) for obj in over]
    return {
        "obj": told.obj, "link": link_html(told.obj, actor.workspace), "over": links,
        "result": result, "sign": sign, "word": effect_word(told.hit.kind, effect),
        "weighed": effect in EFFECTS_SHOWN,
    }  # fmt: skip
