"""Service, or something done within one? Three questions that may be skipped (portfolio 1)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from polku.kernel.actor import Actor
from polku.kernel.policy import may_create
from polku.kernel.registry import Entity, entity
from polku.web.desk.addresses import page_url

PART_OF = "is_activity_of"
SEEN = "seen_check"
QUESTIONS = (
    ("check_outside", _("Does somebody outside the team receive it?")),
    ("check_tell", _("Can they tell whether it is good?")),
    ("check_alone", _("Could it be offered without the rest?")),
)
NAMES = frozenset({SEEN, *(name for name, _words in QUESTIONS)})
# So many "no" make it something that is done within a service
ENOUGH = 2


def sounds_like_part(row: Entity, given: Mapping[str, str]) -> bool:
    """Whether the answers speak against a service of its own, and nobody has said more yet."""
    answers = [given.get(name) for name, _words in QUESTIONS]
    settled = SEEN in given or given.get(PART_OF)
    return row.kind == "service_product" and answers.count("no") >= ENOUGH and not settled


def check_context(
    actor: Actor, row: Entity, given: Mapping[str, str], *, doubted: bool
) -> dict[str, Any]:  # fmt: skip
    """The questions with their answers, and what is offered when they speak against it."""
    if row.kind != "service_product":
        return {}
    questions = [{"name": name, "words": words, "answer": given.get(name, "")}
                 for name, words in QUESTIONS]  # fmt: skip
    return {
        "questions": questions, "doubted": doubted,
        "asked_before": doubted or any(question["answer"] for question in questions),
        "seen_check": doubted or SEEN in given, "part_url": _part_url(actor, given),
    }  # fmt: skip


def _part_url(actor: Actor, given: Mapping[str, str]) -> str:
    """Where it would be written as a process of ours; nothing where those are not in use."""
    part = entity("component")
    if not actor.workspace.has(part.feature) or not may_create(actor, part):
        return ""
    name = given.get("name", "").strip()[:200]
    wanted = urlencode({"name": name, "kind": "process"})
    return f"{page_url(actor.workspace, part, 'create')}?{wanted}"
