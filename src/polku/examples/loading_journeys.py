"""Journeys of an example, told day by day: written, agreed, rewritten, talked about."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Any

from polku.examples.content_journeys import (
    CellRow,
    ChapterRow,
    CommentRow,
    JourneyRow,
    PainRow,
    ReadingRow,
    StageRow,
    StepRow,
    TalkRow,
)
from polku.examples.content_story import LinkRow
from polku.examples.loading_pictures import hang, in_document
from polku.examples.loading_story import EDITED, MOVED, TIED, TOLD, Story
from polku.examples.loading_values import translated
from polku.examples.texts import Day, Text
from polku.journeys.documents import (
    CellDoc,
    JourneyDoc,
    Named,
    PainDoc,
    StageDoc,
    StepDoc,
    TouchpointDoc,
    read_document,
)
from polku.journeys.models import (
    CellComment,
    Journey,
    JourneyInterview,
    JourneyShare,
    PainPoint,
    Step,
)
from polku.journeys.operations import (
    fill,
    make_counterpart,
    meet_at,
    remove_step,
    write_text,
)
from polku.journeys.operations.comments import answer_comment, comment, comment_by_link
from polku.journeys.operations.interviews import (
    QUESTIONS,
    note_interview,
    take_back_consent,
    write_answers,
    write_reading,
)
from polku.journeys.operations.sharing import Wanted, share_journey
from polku.kernel.actor import Actor
from polku.kernel.fingerprints import fingerprint
from polku.kernel.links import tie
from polku.kernel.models import Link
from polku.kernel.transitions import Step as Taken
from polku.kernel.transitions import move

SHOWN = ("customer_backstage", "customer_action", "expectation", "touchpoint", "frontstage",
         "experience", "wait")  # fmt: skip
AGREED_BY_THEM = {"agreed": {"customer_agreed": "yes"}}


def plan_journeys(story: Story) -> None:
    """Everything that happened to the journeys of an example."""
    for row in story.example.journeys:
        begin = row.moves[0]
        story.plan(begin.on, TIED, begin.by, partial(_write, story, row))
        for chapter in row.chapters:
            story.plan(chapter.on, MOVED, chapter.by, partial(_chapter, story, row.key, chapter))
        for chapter in row.counterpart:
            story.plan(chapter.on, EDITED, chapter.by, partial(_counterpart, story, row, chapter))
        _plan_voices(story, row)


def ties_of_journeys(row: Any) -> list[LinkRow]:
    """For whom a journey is, tied on the day on which it was begun."""
    if not isinstance(row, JourneyRow):
        return []
    begin = row.moves[0]
    return [LinkRow("L06", row.key, who, made_by=begin.by, made_on=begin.on)
            for who in row.meant_for]  # fmt: skip


def _plan_voices(story: Story, row: JourneyRow) -> None:
    """Links, comments, talks and results, each on its day."""
    first = min((said.on for said in row.comments if said.guest), default=0)
    if row.shown_to:
        story.plan(first - 2, MOVED, row.owner, partial(_share, story, row))
    for said in row.comments:
        story.plan(said.on, TOLD, said.by or row.owner, partial(_say, story, row, said))
    for talk in row.talks:
        story.plan(talk.on, TIED, talk.asked_by, partial(_talk, story, row, talk))
    for read in row.readings:
        story.plan(read.on, EDITED, read.by, partial(_read, story, row, read))


# Writing


def _write(story: Story, row: JourneyRow, by: Actor) -> None:
    journey = story.object(row.key)
    fill(journey, _document(story, row.stages, by), by=by)
    _dated(story, row.key, journey)
    pains = PainPoint.objects.filter(journey=journey).order_by("step__stage", "step", "position")
    told = [pain for step in row.steps for pain in step.pains]
    for pain, stored in zip(told, pains.order_by("pk"), strict=True):
        story.prints.setdefault(("pain_point", stored.pk), fingerprint(stored))
        for known in pain.based_on:
            day = max(story.day, story.first_day(known))
            link = tie("L34", stored, story.object(known), by=by, valid_from=story.past.date(day))
            story.past.links.append((link, story.past.moment(day)))


def _document(story: Story, stages: Iterable[StageRow], by: Actor) -> JourneyDoc:
    return JourneyDoc(stages=tuple(
        StageDoc(
            name=translated(stage.name), goal_of_customer=translated(stage.wants),
            dsv_step=stage.part_of, steps=tuple(_step(story, step, by) for step in stage.steps),
        )
        for stage in stages
    ))  # fmt: skip


def _step(story: Story, row: StepRow, by: Actor) -> StepDoc:
    return StepDoc(
        name=translated(row.name), customer_action=translated(row.does),
        expectation=translated(row.expects), emotion_target=row.target,
        emotion_assumed=row.assumed, sphere=row.sphere, optional=row.optional,
        expected_wait=row.wait, evidence=row.evidence, evidence_n=row.n,
        evidence_on=_on(story, row.seen_on),
        cells={name: tuple(_cell(story, name, cell, by) for cell in cells)
               for name, cells in row.rows.items()},
        touchpoints=tuple(
            TouchpointDoc(story.made[key].name, story.made[key].code, primary=place == 0)
            for place, key in enumerate(row.points)
        ),
        pains=tuple(_pain(story, pain) for pain in row.pains),
    )  # fmt: skip


def _cell(story: Story, row: str, cell: CellRow, by: Actor) -> CellDoc:
    return CellDoc(
        row, translated(cell.words), component=_named(story, cell.part),
        actor=_named(story, cell.who), duration=cell.duration, activity_class=cell.whose,
        picture=in_document(story, cell.picture, by),
    )  # fmt: skip


def _pain(story: Story, pain: PainRow) -> PainDoc:
    return PainDoc(
        translated(pain.words), severity=pain.severity, evidence=pain.evidence,
        evidence_n=pain.n, evidence_on=_on(story, pain.seen_on),
        decision=pain.becomes or "open", decision_reason=pain.because,
        touchpoint=_named(story, pain.happens_at),
    )  # fmt: skip


def _named(story: Story, key: str) -> Named | None:
    return Named(story.made[key].code, story.made[key].title) if key else None


def _on(story: Story, day: Day | None) -> dt.date | None:
    return story.past.date(day) if day is not None else None


# Rewriting, agreeing, and how it shall be


def _chapter(story: Story, key: str, chapter: ChapterRow, by: Actor) -> None:
    journey = story.object(key)
    _rewrite(story, journey, chapter, by)
    # A change began the next version: on this day, and so before it is agreed on this day
    _dated(story, key, journey)
    for state in chapter.steps:
        when = Taken(state, story.past.date(chapter.on), chapter.why, AGREED_BY_THEM.get(state, {}))
        move(journey, when, by=by)
        journey.refresh_from_db()
    _dated(story, key, journey)
    if chapter.steps:
        story.past.agreed(journey, story.now)


def _rewrite(story: Story, journey: Journey, chapter: ChapterRow, by: Actor) -> None:
    steps = [step.id for step in read_document(by, journey).steps]
    for part in chapter.rewrites:
        for lang, words in _source_first(part.words):
            write_text(journey, steps[part.step - 1], part.row, words, by=by, lang=lang)
    for hung in chapter.hangs:
        hang(story, journey, steps[hung.step - 1], hung, by)
    for place, keys in chapter.meets.items():
        meet_at(journey, steps[place - 1], [story.object(key) for key in keys], by=by)
    for place in chapter.leaves_out:
        remove_step(journey, steps[place - 1], by=by)


def _source_first(words: Text) -> list[tuple[str, str]]:
    return sorted(words.texts.items(), key=lambda pair: pair[0] != words.source_lang)


def _counterpart(story: Story, row: JourneyRow, chapter: ChapterRow, by: Actor) -> None:
    key = f"{row.key}_as_it_shall_be"
    second = make_counterpart(story.object(row.key), by=by)
    story.changed(row.key)
    story.made[key] = second
    for who in row.meant_for:
        link = tie("L06", second, story.object(who), by=by, valid_from=story.past.date(story.day))
        story.past.links.append((link, story.now))
    _chapter(story, key, chapter, by)


def _step_at(by: Actor, journey: Journey, place: int) -> Step:
    doc = read_document(by, journey)
    return Step.objects.get(pk=doc.steps[place - 1].id)


def _dated(story: Story, key: str, journey: Journey) -> None:
    """What the verbs of today wrote of a journey happened on the day of the story."""
    story.past.edited(journey, story.now)
    story.past.moved_by_itself(journey, story.day, story.now, began=key in story.rows)
    _dated_meetings(story, journey)
    story.changed(key)


def _dated_meetings(story: Story, journey: Journey) -> None:
    """Ties of the steps to their meeting points: none older than what it ties."""
    days = {story.made[point.key].pk: story.first_day(point.key)
            for point in story.example.touchpoints}  # fmt: skip
    steps = {step.pk: step for step in Step.objects.filter(journey=journey)}
    known = {link.pk for link, _now in story.past.links}
    links = Link.objects.filter(kind="L07", from_kind="step", from_id__in=steps)
    for link in links.exclude(pk__in=known):
        day = max(story.day, days[link.to_id])
        story.past.links.append((link, story.past.moment(day)))
        story.prints.setdefault(("step", link.from_id), fingerprint(steps[link.from_id]))


# What people said


def _share(story: Story, row: JourneyRow, by: Actor) -> None:
    wanted = Wanted(SHOWN, label=row.shown_to, days=60)
    share = share_journey(story.object(row.key), wanted, by=by).share
    story.past.shared(share, story.now, days=60)


def _say(story: Story, row: JourneyRow, said: CommentRow, by: Actor) -> None:
    journey = story.object(row.key)
    number = _step_at(by, journey, said.step).number
    if said.guest:
        share = JourneyShare.objects.select_related("journey", "link", "workspace").get(
            journey=journey
        )
        kept = comment_by_link(share, number, said.row, said.words, name=said.guest,
                               lang=said.lang)  # fmt: skip
    else:
        kept = comment(journey, number, said.row, said.words, by=by)
    story.past.said(kept, story.now)
    if said.answered_on is not None:
        deed = partial(_answer, story, kept.pk, said)
        story.plan(said.answered_on, EDITED, said.answered_by, deed)


def _answer(story: Story, number: int, said: CommentRow, by: Actor) -> None:
    answered = answer_comment(CellComment.objects.get(pk=number), text=said.answer, by=by)
    story.past.answered(answered, story.now)


def _talk(story: Story, row: JourneyRow, talk: TalkRow, by: Actor) -> None:
    held = note_interview(
        story.object(row.key), who=talk.with_whom, held_on=story.past.date(talk.on), consent=True,
        held_by=story.made[talk.asked_by],
        persona=story.object(talk.like) if talk.like else None, by=by,
    )  # fmt: skip
    for key, words in talk.said.items():
        answers = dict(zip(QUESTIONS, words, strict=True))
        write_answers(held, story.object(key), answers, by=by)
    if talk.taken_back_on is not None:
        deed = partial(_forget, held.pk)
        story.plan(talk.taken_back_on, EDITED, talk.asked_by, deed)


def _forget(number: int, by: Actor) -> None:
    take_back_consent(JourneyInterview.objects.select_related("journey").get(pk=number), by=by)


def _read(story: Story, row: JourneyRow, read: ReadingRow, by: Actor) -> None:
    values = {"in_short": translated(read.in_short), "problems": translated(read.problems),
              "missing": translated(read.lacks)}  # fmt: skip
    write_reading(story.object(row.key), story.object(read.happens_at), values, by=by)
