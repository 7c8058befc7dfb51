"""What happened to a journey, as sentences: edits, links, words of guests, talks."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.journeys.lanes import BY_KEY
from polku.kernel.answers import Sentence
from polku.kernel.models import AuditEvent
from polku.tenancy.translated import Translated
from polku.web.history_changes import Reader
from polku.web.history_sentences import say
from polku.web.readings import page_language

EDITS: dict[str, Sentence] = {
    "text_written": gettext_lazy("%(who)s wrote a text."),
    "step_written": gettext_lazy("%(who)s changed a step."),
    "step_added": gettext_lazy("%(who)s put in a step."),
    "step_moved": gettext_lazy("%(who)s moved a step."),
    "step_copied": gettext_lazy("%(who)s copied a step."),
    "step_removed": gettext_lazy("%(who)s took a step out."),
    "stage_added": gettext_lazy("%(who)s put in a stage."),
    "stage_written": gettext_lazy("%(who)s changed a stage."),
    "stage_moved": gettext_lazy("%(who)s moved a stage."),
    "stage_removed": gettext_lazy("%(who)s took a stage out."),
    "cell_written": gettext_lazy("%(who)s changed a text."),
    "cell_removed": gettext_lazy("%(who)s took a text out."),
    "picture_set": gettext_lazy("%(who)s hung a picture."),
    "picture_removed": gettext_lazy("%(who)s took a picture down."),
    "meeting_points_set": gettext_lazy("%(who)s said where people meet us at a step."),
    "pain_added": gettext_lazy("%(who)s wrote down where it hurts."),
    "pain_written": gettext_lazy("%(who)s changed what hurts."),
    "pain_removed": gettext_lazy("%(who)s took out what hurt."),
    "pain_decided": gettext_lazy("%(who)s decided what becomes of a pain."),
    "pasted": gettext_lazy("%(who)s pasted a table."),
    "filled": gettext_lazy("%(who)s filled the journey."),
    "applied": gettext_lazy("%(who)s took changes over from a file."),
    "undone": gettext_lazy("%(who)s took an edit back."),
    "redone": gettext_lazy("%(who)s did an edit again."),
    "paired": gettext_lazy("%(who)s tied it to the same way as it is or shall be."),
}
# Edits of many pieces: all of them would make a wall of words
MANY = frozenset({"filled", "applied", "pasted"})
MOST = 3
PIECES = ("steps", "cells", "stages", "pains")
WORDS = ("text", "customer_action", "expectation", "name", "branch_when")

SAID: dict[str, Sentence] = {
    "shared": gettext_lazy("%(who)s made a link to it."),
    "unshared": gettext_lazy("%(who)s took a link to it back."),
    "commented": gettext_lazy("%(who)s said something about it."),
    "comment_answered": gettext_lazy("%(who)s was done with a comment."),
    "comment_reopened": gettext_lazy("%(who)s opened a comment again."),
    "interview_held": gettext_lazy("%(who)s began a talk along the way."),
    "interview_written": gettext_lazy("%(who)s wrote down what was said in a talk."),
    "interview_likened": gettext_lazy(
        "%(who)s said which typical customer somebody of a talk is like."
    ),
    "interview_forgotten": gettext_lazy("%(who)s forgot a talk: they took their yes back."),
    "touchpoint_read": gettext_lazy("%(who)s wrote what the talks come to at a meeting point."),
}


def _edit(event: AuditEvent, who: str, _reader: Reader) -> SafeString:
    verb = event.name.rsplit(".", 1)[-1]
    words = str(EDITS[verb]) % {"who": who}
    parts = [] if verb in MANY else _pieces(event.changes)
    if not parts:
        return conditional_escape(words)
    shown = format_html_join(" ", '<span class="change">{}</span>', ((p,) for p in parts[:MOST]))
    return format_html('{} <span class="changes">{}</span>', words, shown)


def _pieces(changes: Mapping[str, Any]) -> list[SafeString]:
    """The texts of the pieces that differ, each with its row, what was and what is."""
    found = []
    for name in PIECES:
        before, after = changes.get(name) or ([], [])
        was = {row.get("number"): row for row in before if isinstance(row, dict)}
        for now in (row for row in after if isinstance(row, dict)):
            found += _texts(was.get(now.get("number"), {}), now)
    return found


def _texts(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[SafeString]:
    found = []
    for name in WORDS:
        old, new = _pair(was.get(name), now.get(name))
        if old == new:
            continue
        lane = BY_KEY.get(now.get("row", "") if name == "text" else name)
        found.append(_went(lane.name() if lane else "", old, new))
    if _number(was) != _number(now):
        found.append(_went(_("Picture"), *_pair(_seen(was), _seen(now))))
    return found


def _went(label: str, old: str, new: str) -> SafeString:
    return format_html("{}{}{}", f"{label}: " if label else "", f"{old} → " if old else "",
                       new or "–")  # fmt: skip


def _number(row: Mapping[str, Any]) -> int:
    """Which picture hangs there, 0 for none."""
    number: int = (row.get("picture") or {}).get("number", 0)
    return number


def _seen(row: Mapping[str, Any]) -> Any:
    return (row.get("picture") or {}).get("words")


def _pair(was: Any, now: Any) -> tuple[str, str]:
    """A text before and after: in the reader's language, or in the one in which it was changed."""
    before, after = (Translated.from_json(kept if isinstance(kept, dict) else None)
                     for kept in (was, now))  # fmt: skip
    old, new = (text.reading(page_language()).text for text in (before, after))
    if old != new or before.texts == after.texts:
        return old, new
    lang = next(lang for lang in {**before.texts, **after.texts}
                if before.text(lang) != after.text(lang))  # fmt: skip
    return before.text(lang), after.text(lang)


def _said(event: AuditEvent, who: str, _reader: Reader) -> SafeString:
    verb = event.name.rsplit(".", 1)[-1]
    about = _about(event.changes)
    if verb == "commented" and event.actor_id is None:
        who = str(about.get("who") or "") or _("Somebody with the link")
    words = str(SAID[verb]) % {"who": who}
    more = str(about.get("text") or about.get("label") or about.get("touchpoint") or "")
    if not more:
        return conditional_escape(words)
    return format_html('{} <span class="changes"><span class="change">{}</span></span>',
                       words, more)  # fmt: skip


def _about(changes: Mapping[str, Any]) -> dict[str, Any]:
    """What the event tells, whichever side of its pair holds it."""
    for name in ("comment", "share"):
        for side in changes.get(name) or ():
            if isinstance(side, dict):
                return side
    pair = changes.get("touchpoint") or [None, None]
    return {"touchpoint": pair[1]} if pair[1] else {}


def tell() -> None:
    """Let history tell of journeys."""
    for verb in EDITS:
        say(f"journey.{verb}", _edit)
    for verb in SAID:
        say(f"journey.{verb}", _said)


tell()
