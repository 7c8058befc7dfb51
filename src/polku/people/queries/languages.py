"""How far each language has come: texts written, texts behind the first."""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings

from polku.kernel.actor import Actor
from polku.kernel.queries import visible_kind
from polku.kernel.registry import entities
from polku.people.queries.members import members
from polku.tenancy.models.accounts import INTERNAL_ROLES
from polku.tenancy.translated import Translated


@dataclass(frozen=True)
class LanguageCount:
    """One language of the workspace, or one it could use."""

    code: str
    name: str
    used: bool
    first: bool
    written: int
    behind: int
    writers: list[str]


def language_name(code: str) -> str:
    """A language under its own name, or its tag when it is none of ours."""
    return str(dict(settings.LANGUAGES).get(code, code))


def language_counts(actor: Actor) -> tuple[list[LanguageCount], int]:
    """Languages in order (first, used, others) and how many texts there are in any language."""
    written, behind, total = _count(actor)
    workspace = actor.workspace
    used = list(workspace.languages)
    others = [code for code in [*dict(settings.LANGUAGES), *written] if code not in used]
    people = _writers(actor)
    rows = [
        LanguageCount(
            code, language_name(code), code in used, code == workspace.default_lang,
            written[code], behind[code], people.get(code, []),
        )
        for code in dict.fromkeys([workspace.default_lang, *used, *others])
    ]  # fmt: skip
    return rows, total


def _count(actor: Actor) -> tuple[Counter[str], Counter[str], int]:
    written: Counter[str] = Counter()
    behind: Counter[str] = Counter()
    total = 0
    for entity in entities():
        names = [f.name for f in entity.fields if f.type == "translated"]
        if not names:
            continue
        for texts in visible_kind(actor, entity).values_list(*names).iterator(chunk_size=2000):
            for text in texts:
                if isinstance(text, Translated) and text:
                    total += 1
                    written.update(text)
                    behind.update(lang for lang in text if text.is_stale(lang))
    return written, behind, total


def _writers(actor: Actor) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for member in members(actor):
        if member.membership.access_role in INTERNAL_ROLES - {"reader"}:
            found.setdefault(member.membership.user.lang, []).append(member.name)
    return found
