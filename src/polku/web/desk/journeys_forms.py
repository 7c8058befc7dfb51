"""The forms of one place of a journey: a cell, a step, a stage; and the verbs they end in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from django.utils.translation import gettext as _

from polku.journeys.curve import FEELINGS, signed
from polku.journeys.document_shapes import PICTURED_STEP
from polku.journeys.documents import CellDoc, JourneyDoc, PainDoc, StageDoc, StepDoc
from polku.journeys.lanes import Lane
from polku.journeys.models import BlueprintCell, PainPoint, Stage, Step
from polku.journeys.queries import visible_touchpoints
from polku.kernel.actor import Actor
from polku.kernel.durations import duration_words
from polku.kernel.fields import Field
from polku.web.desk.editing_controls import Control, Of, Option, controls_of, written
from polku.web.desk.journeys_words import numbered
from polku.web.desk.pictures import PictureForm, picture_form
from polku.web.desk.values import title_text

TEXT = Field("text", "translated", multiline=True)
ACTION = Field("customer_action", "translated", multiline=True)
EVIDENCE = (Field("evidence", "enum"), Field("evidence_n", "int"), Field("evidence_on", "date"))
COMPONENT = Field("component", "ref", ref="component")
ACTOR = Field("actor_party", "ref", ref="party")
ABOUT_CELL = (Field("duration", "text"), Field("activity_class", "enum"))
STEP_FIELDS = (
    Field("name", "translated"), Field("sphere", "enum"), Field("optional", "bool"),
    Field("parallel_group", "int"), Field("branch_when", "translated"),
)  # fmt: skip
SUB_JOURNEY = Field("sub_journey", "ref", ref="journey")
STAGE_FIELDS = (Field("name", "translated"), Field("goal_of_customer", "translated"))
DSV = Field("dsv_step", "enum")
PICTURE = "picture"


@dataclass(frozen=True)
class OneOfMany(Control):
    """A control of one of several forms on a page: its id names the form too."""

    of: str = ""

    @property
    def id(self) -> str:
        """The id of the control in the page."""
        return f"field-{self.of}-{self.name}"


@dataclass(frozen=True)
class PlaceForm:
    """One form: ``key`` says on the way back which one it was."""

    key: str
    controls: list[Control]
    heading: str = ""
    remove: str = ""
    save: str = ""
    more: list[Control] = field(default_factory=list)

    def apart(self) -> Self:
        """The same form with ids that no other form of the page has."""
        of = self.key.replace(":", "-")
        return replace(
            self, controls=[OneOfMany(**vars(one), of=of) for one in self.controls],
            more=[OneOfMany(**vars(one), of=of) for one in self.more],
        )  # fmt: skip

    @property
    def is_extra(self) -> bool:
        """Whether it adds one more to what is there already."""
        return self.key.endswith(":new") and bool(self.heading)


def controls(actor: Actor, model: Any, fields: Iterable[Field], row: Any) -> list[Control]:
    """Controls for columns of a row of a journey, filled from its document."""
    of = Of(model)
    found: list[Control] = []
    for one in fields:
        value = getattr(row, "actor" if one is ACTOR else one.name, None)
        if one.name == "duration":
            value = duration_words(value or "")
        found += controls_of(actor, of, one, value)
    return found


def forms_of_cell(actor: Actor, lane: Lane, step: StepDoc) -> list[PlaceForm]:
    """What can be written at one row of a step."""
    if lane.source == "cell":
        there = step.cells.get(lane.key, ())
        forms = [_cell_form(actor, cell, len(there)) for cell in there]
        heading = _("One more text here") if there else ""
        forms.append(_cell_form(actor, CellDoc(lane.key), 0, heading))
        return [form.apart() for form in forms] if there else forms
    if lane.source == "step_text":
        one = ACTION if lane.key == ACTION.name else Field(lane.key, "translated", multiline=True)
        more = controls(actor, Step, EVIDENCE, step) if one is ACTION else []
        return [PlaceForm("step", controls(actor, Step, [one], step), more=more)]
    if lane.source == "touchpoints":
        return [_points_form(actor, step)]
    if lane.source == "curve":
        return [
            PlaceForm(
                "feelings",
                [
                    _feeling("emotion_assumed", _("How we think it feels"), step),
                    _feeling("emotion_target", _("How it shall feel"), step),
                ],
            )
        ]
    if lane.source == "step_field":
        return [PlaceForm("wait", [_wait(step)])]
    pains = [_pain_form(actor, pain, step) for pain in (*step.pains, PainDoc())]
    return [pain.apart() for pain in pains]


def pictures_at(actor: Actor, lane: Lane, step: StepDoc) -> list[PictureForm]:
    """Forms of the pictures at one row of a step; one for the first where none hangs yet."""
    if lane.key == PICTURED_STEP:
        return [picture_form(actor, PICTURE, step.picture)]
    if lane.source != "cell":
        return []
    found = [picture_form(actor, f"{PICTURE}:{cell.id}", cell.picture)
             for cell in step.cells.get(lane.key, ()) if cell.picture is not None]  # fmt: skip
    return found or [picture_form(actor, PICTURE, None)]


def _cell_form(actor: Actor, cell: CellDoc, n: int, heading: str = "") -> PlaceForm:
    more = [*controls(actor, BlueprintCell, EVIDENCE, cell)]
    more += controls(actor, BlueprintCell, ABOUT_CELL, cell)
    for one in (COMPONENT, ACTOR):
        [control] = controls_of(actor, Of(BlueprintCell), one, _code(cell, one))
        more.append(control)
    key = f"cell:{cell.id}" if cell.id else "cell:new"
    title = heading or (str(cell.text)[:60] if n > 1 else "")
    return PlaceForm(
        key,
        controls(actor, BlueprintCell, [TEXT], cell),
        title,
        _("Take it out") if cell.id else "",
        _("Add it") if not cell.id else "",
        more,
    )


def _code(cell: CellDoc, one: Field) -> str:
    named = cell.component if one is COMPONENT else cell.actor
    return named.code if named else ""


def _pain_form(actor: Actor, pain: PainDoc, step: StepDoc) -> PlaceForm:
    levels = [Option("", _("not said"), pain.severity is None)]
    levels += [Option(str(n), str(n), pain.severity == n) for n in range(1, 6)]
    severity = Control("select", "severity", _("How bad, 1 to 5"), options=levels)
    about = [Option("", _("the step as a whole"), pain.touchpoint is None)]
    here = pain.touchpoint.code if pain.touchpoint else ""
    about += [Option(p.code, p.name.reading(actor.lang_for_writing).text, p.code == here)
              for p in step.touchpoints]  # fmt: skip
    more = [Control("select", "touchpoint", _("Where exactly"), options=about),
            *controls(actor, PainPoint, EVIDENCE, pain)]  # fmt: skip
    texts = controls(actor, PainPoint, [TEXT], pain)
    key = f"pain:{pain.id}" if pain.id else "pain:new"
    heading = str(pain.text)[:60]
    if not pain.id and step.pains:
        heading = _("Something more that hurts here")
    return PlaceForm(key, [*texts, severity], heading, _("Take it out") if pain.id else "",
                     "" if pain.id else _("Add it"), more)  # fmt: skip


def _points_form(actor: Actor, step: StepDoc) -> PlaceForm:
    chosen = {point.code for point in step.touchpoints}
    rows = visible_touchpoints(actor).order_by("sort_title", "id")[:300]
    options = [Option(row.code, title_text(row), row.code in chosen) for row in rows]
    first = next((point.code for point in step.touchpoints if point.primary), "")
    firsts = [Option(p.code, p.name.reading(actor.lang_for_writing).text, p.code == first)
              for p in step.touchpoints]  # fmt: skip
    found = [Control("boxes", "points", _("From the library"), options=options)]
    if len(firsts) > 1:
        found.append(Control("select", "primary", _("The first of them"), options=firsts))
    found.append(Control("line", "new", _("A new one, by name"), limit=120))
    return PlaceForm("points", found)


def _feeling(name: str, label: str, step: StepDoc) -> Control:
    now = getattr(step, name)
    options = [Option("", _("not said"), now is None)]
    options += [Option(str(n), f"{signed(n)} {words}", n == now) for n, words in FEELINGS.items()]
    return Control("select", name, label, options=options)


def _wait(step: StepDoc) -> Control:
    return Control("line", "expected_wait", _("How long people wait"), limit=20,
                   value=duration_words(step.expected_wait),
                   help=_("5 min, 1 h 30 min, 2 days"))  # fmt: skip


def forms_of_step(actor: Actor, doc: JourneyDoc, step: StepDoc) -> list[PlaceForm]:
    """Everything about a step that stands in no row."""
    found = controls(actor, Step, STEP_FIELDS[:2], step)
    more = controls(actor, Step, STEP_FIELDS[2:4], step)
    lang = actor.lang_for_writing
    after = [Option("", _("no, it is on the way of everybody"), step.branch_of is None)]
    after += [Option(str(one.number), numbered(one, lang), one.number == step.branch_of)
              for one in doc.steps if one.place < step.place]  # fmt: skip
    more.append(Control("select", "branch_of", _("Begins another way after"), options=after))
    more += controls(actor, Step, STEP_FIELDS[4:], step)
    code = step.sub_journey.code if step.sub_journey else ""
    more += controls_of(actor, Of(Step), SUB_JOURNEY, code)
    feelings = [_feeling("emotion_assumed", _("How we think it feels"), step),
                _feeling("emotion_target", _("How it shall feel"), step)]  # fmt: skip
    return [PlaceForm("whole", [*found, *feelings, _wait(step)], more=more)]


def forms_of_stage(actor: Actor, stage: StageDoc) -> list[PlaceForm]:
    """Everything about a stage."""
    found = controls(actor, Stage, STAGE_FIELDS, stage)
    if actor.vocabulary == "service_management" or stage.dsv_step:
        found += controls(actor, Stage, [DSV], stage)
    return [PlaceForm("stage", found)]


def sent(fields: Iterable[Field], post: Any, row: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a form says: values to write, and for texts what the writer started from."""
    values: dict[str, Any] = {}
    base: dict[str, Any] = {}
    for one in fields:
        name = "actor" if one is ACTOR else one.name
        if one.type == "translated":
            texts = written(one, post, getattr(row, name, None))
            if texts:
                values[name] = texts
                base[name] = {lang: post.get(f"was-{one.name}-{lang}", "") for lang in texts}
        elif one.name in post:
            values[name] = written(one, post, None)
    return values, base


def chosen(post: Mapping[str, str], *names: str) -> dict[str, str]:
    """Plain values of a form, as far as they were sent."""
    return {name: post[name] for name in names if name in post}
