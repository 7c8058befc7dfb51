"""Talks along a journey: what people said at each meeting point, and what it comes to (T7).

Without a clear yes nothing that was said is kept. So no word of a talk goes into the history: who
takes the yes back takes the words back too, everywhere.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from polku.journeys.models import (
    InterviewAnswer,
    Journey,
    JourneyInterview,
    Touchpoint,
    TouchpointReading,
)
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict, NotFound, Refused, Sentence, require
from polku.kernel.audit import one_operation, record
from polku.kernel.clock import today_in
from polku.kernel.policy import may_change
from polku.people.models import Persona
from polku.tenancy.models import Party
from polku.tenancy.translated import Translated, readable

QUESTIONS = ("expected", "happened", "worked", "made_sense", "felt", "would_change")
RESULTS = ("in_short", "problems", "missing")
ANSWER_FITS = 4000
RESULT_FITS = 600
WHO_FITS = 80

type Said = str | Translated


def note_interview(
    journey: Journey, *, who: str, held_on: dt.date | None = None, consent: bool,
    held_by: Party | None = None, persona: Persona | None = None, by: Actor,
) -> JourneyInterview:  # fmt: skip
    """Begin a talk with somebody who said yes to our keeping it; *persona* is the typical customer
    whom they are like. Raises BadInput, NotAllowed or NotFound."""
    _hold(journey, by)
    _hold_persona(persona, by)
    words, day = " ".join(readable(who).split()), held_on or today_in(by.workspace)
    problems: dict[str, Sentence] = {}
    if not words or len(words) > WHO_FITS:
        problems["who"] = _("Say in a word or two who it is, without a name.")
    if day > today_in(by.workspace):
        problems["held_on"] = _("Choose the day of the talk, today at the latest.")
    if not consent:
        problems["consent"] = _("Ask them first. Without their yes nothing is kept.")
    if problems:
        raise BadInput(problems)
    with transaction.atomic(), one_operation():
        Journey.objects.select_for_update().get(pk=journey.pk)
        rows = JourneyInterview.objects.filter(journey=journey)
        last = rows.aggregate(last=Max("number"))["last"] or 0
        talk = JourneyInterview(
            workspace=by.workspace, journey=journey, number=last + 1, who=words, held_on=day,
            held_by=held_by, persona=persona, consent=True,
        )  # fmt: skip
        talk.save()
        record("journey.interview_held", by=by, obj=journey, changes={
            "interview": [None, talk.number], "held_on": [None, day.isoformat()],
        })  # fmt: skip
    return talk


def say_like_whom(
    talk: JourneyInterview, persona: Persona | None, *, by: Actor
) -> JourneyInterview:
    """Say which typical customer the one who talked is like, or that nobody knows."""
    _hold(talk.journey, by)
    _hold_persona(persona, by)
    with transaction.atomic(), one_operation():
        held = JourneyInterview.objects.select_for_update().get(pk=talk.pk)
        if not held.consent:
            raise Refused(_no_yes())
        if held.persona_id != (persona.pk if persona else None):
            held.persona = persona
            held.save(update_fields=["persona"])
            _remember("journey.interview_likened", talk, by)
    return held


def _no_yes() -> str:
    return _("They did not say yes, or took it back. Nothing was kept.")


def _hold_persona(persona: Persona | None, by: Actor) -> None:
    if persona is not None and persona.workspace_id != by.workspace.pk:
        raise NotFound


def write_answers(
    talk: JourneyInterview, touchpoint: Touchpoint, said: Mapping[str, str], *, by: Actor
) -> InterviewAnswer | None:
    """Keep what was said about one meeting point; nothing said takes the answer out again.

    Questions that *said* leaves out stay as they are. Raises Refused when there is no yes.
    """
    words = {name: _even(text) for name, text in said.items() if name in QUESTIONS}
    long = {name: _("This is too long: 4,000 characters fit.")
            for name, text in words.items() if len(text) > ANSWER_FITS}  # fmt: skip
    if long:
        raise BadInput(long)
    _hold(talk.journey, by)
    if touchpoint.workspace_id != by.workspace.pk:
        raise NotFound
    with transaction.atomic(), one_operation():
        held = JourneyInterview.objects.select_for_update().get(pk=talk.pk)
        if not held.consent:
            raise Refused(_no_yes())
        answer = InterviewAnswer.objects.filter(interview=held, touchpoint=touchpoint).first()
        answer = answer or InterviewAnswer(
            workspace=by.workspace, interview=held, touchpoint=touchpoint
        )
        for name, text in words.items():
            setattr(answer, name, text)
        kept = _store(answer)
        _remember("journey.interview_written", talk, by, touchpoint)
    return answer if kept else None


def _store(answer: InterviewAnswer) -> bool:
    if any(getattr(answer, name) for name in QUESTIONS):
        answer.save()
        return True
    if answer.pk:
        answer.delete()
    return False


def take_back_consent(talk: JourneyInterview, *, by: Actor) -> int:
    """They do not want it kept: every word of the talk goes, and who it was with.

    That a talk took place stays as a number. Returns how many answers went.
    """
    _hold(talk.journey, by)
    with transaction.atomic(), one_operation():
        held = JourneyInterview.objects.select_for_update().get(pk=talk.pk)
        gone, _kinds = InterviewAnswer.objects.filter(interview=held).delete()
        held.consent, held.who, held.persona = False, "", None
        held.save(update_fields=["consent", "who", "persona"])
        _remember("journey.interview_forgotten", talk, by)
    return gone


def write_reading(
    journey: Journey, touchpoint: Touchpoint, values: Mapping[str, Said], *, by: Actor,
    base: Mapping[str, str] | None = None, lang: str = "",
) -> TouchpointReading:  # fmt: skip
    """What the talks come to at a meeting point: in short, problems, what is missing.

    A plain text is in *lang* (the actor's, as a rule). *base* is what the writer saw: where
    somebody wrote another text since, Conflict tells both.
    """
    _hold(journey, by)
    if touchpoint.workspace_id != by.workspace.pk:
        raise NotFound
    given = {name: text for name, text in values.items() if name in RESULTS}
    tongue = lang or by.lang_for_writing
    with transaction.atomic(), one_operation():
        Journey.objects.select_for_update().get(pk=journey.pk)
        rows = TouchpointReading.objects.filter(journey=journey, touchpoint=touchpoint)
        row = rows.first() or TouchpointReading(
            workspace=by.workspace, journey=journey, touchpoint=touchpoint
        )
        _hold_bases(row, given, base or {}, tongue, journey.revision)
        changes: dict[str, list[object]] = {}
        for name, text in given.items():
            before: Translated = getattr(row, name)
            after = _with(before, tongue, text)
            if before != after:
                setattr(row, name, after)
                changes[name] = [before.to_json() or None, after.to_json() or None]
        _hold_lengths(row)
        if changes:
            row.save()
            changes["touchpoint"] = [None, touchpoint.code]
            record("journey.touchpoint_read", by=by, obj=journey, changes=changes)
    return row


def _with(before: Translated, lang: str, text: Said) -> Translated:
    if isinstance(text, Translated):
        return text
    return before.with_text(lang, _even(text))


def _hold_bases(
    row: TouchpointReading, given: Mapping[str, Said], base: Mapping[str, str], lang: str,
    revision: int,
) -> None:  # fmt: skip
    clashes = {}
    for name, mine in given.items():
        theirs = getattr(row, name).text(lang)
        if name in base and theirs not in {_even(base[name]), _even(str(mine))}:
            clashes[name] = {"base": base[name], "theirs": theirs, "mine": str(mine)}
    if clashes:
        raise Conflict(clashes, revision)


def _even(text: str) -> str:
    """A text as it is stored: forms send line ends of their own."""
    return Translated.of(text.replace("\r\n", "\n"), "en").source_text


def _hold_lengths(row: TouchpointReading) -> None:
    long = {
        name: _("This is too long: 600 characters fit.")
        for name in RESULTS
        if any(len(text) > RESULT_FITS for text in getattr(row, name).texts.values())
    }
    if long:
        raise BadInput(long)


def _hold(journey: Journey, by: Actor) -> None:
    if journey.workspace_id != by.workspace.pk:
        raise NotFound
    require(may_change(by, journey))


def _remember(
    name: str, talk: JourneyInterview, by: Actor, touchpoint: Touchpoint | None = None
) -> None:
    changes: dict[str, list[object]] = {"interview": [None, talk.number]}
    if touchpoint is not None:
        changes["touchpoint"] = [None, touchpoint.code]
    record(name, by=by, obj=talk.journey, changes=changes)
