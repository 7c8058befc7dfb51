"""The answer as JSON-ready values, for programs: the API and the shell say the same."""

from typing import Any

from polku.insight.impact.asking import ImpactResult
from polku.insight.impact.telling import Told, name_of, sentence
from polku.kernel.actor import Actor
from polku.kernel.audit import kind_of


def summary(actor: Actor, found: ImpactResult) -> dict[str, Any]:
    """What is said of the answer as a whole; the counts are of what is confirmed."""
    return {
        "question": found.question.code, "start": found.start.code,
        "title": str(found.question.title) % {"name": name_of(found.start, actor.lang)},
        "as_of": found.day, "far": found.far, "counts": dict(found.counts),
        "effects": dict(found.effects), "perhaps": len(found.perhaps), "more_beyond": found.beyond,
        "cut": found.cut, "not_told": [str(words) for words in found.question.not_kept],
    }  # fmt: skip


def plain_row(actor: Actor, found: ImpactResult, told: Told) -> dict[str, Any]:
    """One thing as a JSON-ready object."""
    return {
        "kind": kind_of(told.obj), "code": told.obj.code, "title": name_of(told.obj, actor.lang),
        "effect": told.hit.effect if found.question.weighs else None, "part": told.hit.part or None,
        "steps": told.hit.steps, "perhaps": told.hit.is_guess,
        "owner": told.owner.code if told.owner else None,
        "owner_name": str(told.owner.name) if told.owner else None,
        "valid_from": told.valid_from, "valid_to": told.valid_to,
        "sentence": sentence(found, told, actor.lang),
        "path": [
            {"way": leg.way, "words": leg.words, "code": leg.obj.code, "guess": leg.is_guess}
            for leg in told.legs
        ],
    }  # fmt: skip
