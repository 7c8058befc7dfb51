"""The table of news: what each kind says, and how it is heard of where nobody chose."""

import datetime as dt
from typing import Any

from babel.dates import format_date
from django.utils.translation import get_language, gettext_lazy, ngettext, ngettext_lazy
from django.utils.translation import gettext as _

from polku.insight.checks.rows import BY_CODE
from polku.insight.telling import filled
from polku.kernel.answers import Sentence
from polku.kernel.notices import DAILY, WEEKLY, News, NoticeKind, register_notice
from polku.kernel.registry import Entity, entity, has_entity

MOST_FIELDS = 4

# What was done to a thing, by the end of the event's name
_DEEDS: dict[str, Sentence] = {
    "archived": gettext_lazy("It was put away."),
    "restored": gettext_lazy("It was taken out again."),
    "planned": gettext_lazy("A step was planned."),
    "plan_cancelled": gettext_lazy("A planned step was taken back."),
    "plan_lapsed": gettext_lazy("A planned step fell away."),
    "corrected": gettext_lazy("Its state was corrected."),
    "elements_set": gettext_lazy("What one gets was changed."),
    "members_set": gettext_lazy("What belongs to it was changed."),
    "prices_set": gettext_lazy("Its prices were changed."),
    "decided": gettext_lazy("A decision was taken about it."),
    "giver_told": gettext_lazy("Who asked for it was told."),
    "tied": gettext_lazy("Its ties were changed."),
    "commented": gettext_lazy("Somebody said something about it."),
    "shared": gettext_lazy("A link to it was made."),
    "touchpoint_read": gettext_lazy("What talks come to was written."),
    "dismissed": gettext_lazy("A loose end was left open on purpose."),
    "reopened": gettext_lazy("A loose end was opened again."),
}


def _loose_ends(news: News) -> str:
    words = ngettext("%(n)d new loose end waits for you.",
                     "%(n)d new loose ends wait for you.", news.n)  # fmt: skip
    return words % {"n": news.n}


def _check_words(rest: tuple[Any, ...]) -> str:
    """What a check says, of its code and the numbers that it found."""
    code, parameters = rest
    check = BY_CODE.get(code)
    return filled(check, check.sentence, parameters) if check else ""


def _ties(news: News) -> str:
    words = ngettext("%(n)d tie of yours needs a look: its other end changed.",
                     "%(n)d ties of yours need a look: their other end changed.",
                     news.n)  # fmt: skip
    return words % {"n": news.n}


def _due(news: News) -> Sentence:
    if news.obj is not None:
        return _due_words(news.things[0][1])
    words = ngettext("%(n)d thing is due.", "%(n)d things are due.", news.n)
    return words % {"n": news.n}


def _due_words(rest: tuple[Any, ...]) -> str:
    day, why = rest
    words = {
        "review": _("Look at it again: is it still true? Due on %(day)s."),
        "decide": _("Decide whether it goes on. Due on %(day)s."),
    }.get(why, _("A decision about it wants another look. Due on %(day)s."))
    return words % {"day": long_day(dt.date.fromisoformat(day))}


def long_day(day: dt.date) -> str:
    """A day in words, day first."""
    lang = get_language() or "en"
    return str(format_date(day, "long", locale="en_GB" if lang == "en" else lang))


def _owner(news: News) -> str:
    if news.obj is not None:
        return _("You answer for this now.")
    words = ngettext("You answer for %(n)d more thing now.",
                     "You answer for %(n)d more things now.", news.n)  # fmt: skip
    return words % {"n": news.n}


def _changed(news: News) -> str:
    said = news.notice.parameters
    if news.obj is None:
        words = ngettext("%(n)d thing of yours was changed.",
                         "%(n)d things of yours were changed.", news.n)  # fmt: skip
        return words % {"n": news.n}
    row = entity(news.notice.object_kind)
    deeds = [_fields(row, said["fields"])] if said.get("fields") else []
    deeds += [_stands(row, said["state"])] if said.get("state") else []
    deeds += [str(_DEEDS[verb]) for verb in said.get("verbs", ()) if verb in _DEEDS]
    return " ".join(deeds) or _("It was changed.")


def _fields(row: Entity, names: list[str]) -> str:
    labels = [row.by_name[name].label(row.model) for name in names if name in row.by_name]
    if not labels:
        return _("It was changed.")
    shown = ", ".join(label[:1].lower() + label[1:] for label in labels[:MOST_FIELDS])
    if len(labels) > MOST_FIELDS:
        more = len(labels) - MOST_FIELDS
        return _("Changed: %(fields)s and %(n)d more.") % {"fields": shown, "n": more}
    return _("Changed: %(fields)s.") % {"fields": shown}


def _stands(row: Entity, code: str) -> str:
    state = row.machine.state(code) if row.machine else None
    return _("It stands now at: %(state)s.") % {"state": state.word if state else code}


def _asked(news: News) -> str:
    said = news.notice.parameters
    hangs = _check_words((said.get("check", ""), said.get("parameters", {})))
    question = _("You are asked: “%(words)s”") % {"words": said.get("words", "")}
    return f"{hangs} {question}" if hangs else question


def _step(news: News) -> str:
    if news.obj is not None:
        kind, state = news.notice.parameters["items"][0][0], news.things[0][1][0]
        taken = _("The planned step was taken.")
        return f"{taken} {_stands(entity(kind), state)}" if has_entity(kind) else taken
    words = ngettext("%(n)d planned step was taken.",
                     "%(n)d planned steps were taken.", news.n)  # fmt: skip
    return words % {"n": news.n}


ASKED, OWNER, STEP, DUE = "asked", "owner", "step_taken", "due"
LOOSE, TIES, CHANGED = "loose_ends", "ties", "changed"

KINDS = (
    NoticeKind(
        ASKED, gettext_lazy("Somebody asks me"),
        gettext_lazy("A question about something that hangs loose."), _asked,
        ngettext_lazy("%(n)d question", "%(n)d questions", "n"), at_once=True,
    ),
    NoticeKind(
        OWNER, gettext_lazy("I answer for something new"),
        gettext_lazy("Somebody made me the owner, by hand or with a file."), _owner,
        ngettext_lazy("%(n)d thing is yours now", "%(n)d things are yours now", "n"), page="",
        grows=True,
    ),
    NoticeKind(
        DUE, gettext_lazy("Decisions due"),
        gettext_lazy("On the day to look again, to review or to decide, for what I answer for."),
        _due, ngettext_lazy("%(n)d decision due", "%(n)d decisions due", "n"),
        query="#due", thing_words=_due_words,
    ),
    NoticeKind(
        TIES, gettext_lazy("Ties that need a look"),
        gettext_lazy("The other end of something I answer for changed. Once a day."), _ties,
        ngettext_lazy("%(n)d tie needs a look", "%(n)d ties need a look", "n"),
        page="review_list",
    ),
    NoticeKind(
        LOOSE, gettext_lazy("New loose ends of mine"),
        gettext_lazy("How many are new, once a day."), _loose_ends,
        ngettext_lazy("%(n)d new loose end", "%(n)d new loose ends", "n"), mail=WEEKLY,
        page="loose_end_list", query="?whose=mine", thing_words=_check_words,
    ),
    NoticeKind(
        STEP, gettext_lazy("Planned steps"),
        gettext_lazy("A step that I planned, or of something I answer for, was taken."), _step,
        ngettext_lazy("%(n)d planned step taken", "%(n)d planned steps taken", "n"), mail=DAILY,
        page="service_board", grows=True,
    ),
    NoticeKind(
        CHANGED, gettext_lazy("Changes to what is mine"),
        gettext_lazy("What others changed, once a day for each thing. Not my own changes."),
        _changed, ngettext_lazy("%(n)d thing changed", "%(n)d things changed", "n"), mail=WEEKLY,
        page="", grows=True,
    ),
)  # fmt: skip


def register_all() -> None:
    """Put the rows into the table."""
    for kind in KINDS:
        register_notice(kind)
