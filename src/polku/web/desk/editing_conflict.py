"""Two people wrote in one field: both texts are shown, and the second chooses. Nothing is lost."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString

from polku.kernel.answers import Conflict
from polku.kernel.fields import Field
from polku.kernel.history import events_of
from polku.tenancy.translated import Translated
from polku.web.desk.editing_controls import LANGUAGE_NAMES, Control, controls_of, plain_text
from polku.web.desk.objects import ObjectPage
from polku.web.history_changes import NOTHING, Reader, value_words
from polku.web.history_sentences import objects_by_code, who_did
from polku.web.readings import before_and_after


@dataclass(frozen=True)
class Both:
    """One text as it was, as the other saved it and as I wrote it."""

    language: str
    lang: str
    base: str
    theirs: SafeString
    mine: SafeString


def merged(found: Field, error: Conflict, sent: Any) -> Any | None:
    """My change on top of theirs when they touch different parts; None when they do not."""
    clash = error.fields.get(found.name, {})
    base, theirs = clash.get("base"), clash.get("theirs")
    if not all(isinstance(part, Mapping) for part in (base or {}, theirs or {}, sent)):
        return None
    before, now = base or {}, theirs or {}
    mine = _touched(found, before, sent)
    if any(before.get(key) != now.get(key) for key in mine):
        return None
    if found.type == "translated":
        return sent
    kept = {key: value for key, value in now.items() if key not in mine}
    return kept | {key: sent[key] for key in mine if key in sent}


def _touched(found: Field, before: Mapping[str, Any], sent: Mapping[str, Any]) -> set[str]:
    if found.type == "translated":
        return set(sent)
    # What a form sends back is text, whatever shape it had
    return {
        key for key in {*before, *sent} if plain_text(before.get(key)) != plain_text(sent.get(key))
    }


def conflict_context(page: ObjectPage, found: Field, error: Conflict, sent: Any) -> dict[str, Any]:
    """What the view of both needs: the pairs to compare, and a control to write both anew."""
    clash = error.fields[found.name]
    events = events_of(page.actor, page.obj, limit=1, field=found.name)
    return {
        "pairs": _pairs(page, found, clash, sent),
        "controls": _controls(page, found, clash, sent),
        "mine": json.dumps(sent, ensure_ascii=False),
        "revision": error.revision,
        "who": who_did(events[0]) if events else "",
        "at": events[0].at if events else None,
    }


def _pairs(page: ObjectPage, found: Field, clash: Mapping[str, Any], sent: Any) -> list[Both]:
    base, theirs, mine = clash["base"], clash["theirs"], clash["mine"]
    if found.type == "translated":
        rows = [(lang, *((part or {}).get(lang, "") for part in (base, theirs, mine)))
                for lang in sent]  # fmt: skip
        return [_both(lang, *texts) for lang, *texts in rows]
    codes = [code for part in (base, theirs, mine) for code in _codes(part)]
    reader = Reader(page.actor, page.entity, False, objects_by_code(page.actor, codes))
    return [_both("", *(value_words(reader, found, part) for part in (base, theirs, mine)))]


def _codes(value: Any) -> list[str]:
    return [str(part) for part in value] if isinstance(value, list) else [str(value or "")]


def _both(lang: str, base: str, theirs: str, mine: str) -> Both:
    went, came = before_and_after(theirs, mine)
    return Both(LANGUAGE_NAMES.get(lang, lang), lang, base or NOTHING, went, came)


def _controls(page: ObjectPage, found: Field, clash: Mapping[str, Any], sent: Any) -> list[Control]:
    if found.type != "translated":
        return controls_of(page.actor, page.entity, found, sent)
    theirs = clash["theirs"] or {}
    value = Translated.from_mapping(theirs, page.actor.lang_for_writing)
    rows = controls_of(page.actor, page.entity, found, value)
    texts = {f"{found.name}-{lang}": text for lang, text in sent.items()}
    return [replace(row, value=texts[row.name], stale=False) for row in rows if row.name in texts]
