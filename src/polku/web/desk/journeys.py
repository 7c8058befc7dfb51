"""The reading views of a journey: the map, behind the scenes, and the rest of its page."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from polku.journeys.curve import curve_of
from polku.journeys.documents import StepDoc
from polku.journeys.entities import JOURNEY
from polku.journeys.moments import moments_to_fix
from polku.journeys.operations import make_counterpart, still_true
from polku.journeys.queries import visible_journeys
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, require
from polku.kernel.clock import today_in
from polku.kernel.operations_views import delete_view, save_view, views_of
from polku.kernel.policy import may_read_inside
from polku.web import formats
from polku.web.desk.addresses import object_url
from polku.web.desk.journeys_asking import LOOKS, MAP_LANES, PAPERS, SCENES
from polku.web.desk.journeys_head import Look, head_context, lanes_menu, look_at
from polku.web.desk.journeys_table import Column, Sheet, columns_of, table_html
from polku.web.desk.journeys_words import numbered
from polku.web.desk.objects import context_of
from polku.web.desk.values import title_text
from polku.web.journey_curve import curve_svg

# So long a journey is better told in parts
LONG = 15


def journey_detail(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The map: what people do, meet and feel, and what we do, step by step."""
    look = look_at(request, code, "journey_detail", MAP_LANES)
    context = {**head_context(look), **picture(look), "moments": _moments(look)}
    return render(request, "journeys/journey_detail.html", context)


def journey_blueprint(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Behind the scenes: all rows, both lines of visibility; ``?as=customer`` hides what they do
    not see and says so."""
    look = look_at(request, code, "journey_blueprint", SCENES)
    context = {
        **head_context(look),
        **picture(look, ground=True, drawn=False),
        "findings": _findings(look),
    }
    context |= {f"{side}_url": look.question.address(**{"as": side if side != "team" else ""})
                for side in ("team", "customer", "partner")}  # fmt: skip
    return render(request, "journeys/journey_blueprint.html", context)


def picture(look: Look, *, ground: bool = False, drawn: bool = True) -> dict[str, Any]:
    """The table, or on paper as many as are needed, with the menu of lanes."""
    paper = look.question.paper
    columns = columns_of(look.doc, frozenset() if paper else look.question.folded)
    parts = _parts(columns, PAPERS[paper]) if paper else [columns]
    tables = [
        table_html(sheet_of(look, part, ground=ground, drawn=drawn, n=n))
        for n, part in enumerate(parts)
    ]
    return {
        "tables": tables if look.doc.stages else [], "menu": lanes_menu(look), "paper": paper,
        "papers": [(look.question.address(paper=size), size.upper()) for size in PAPERS],
        "screen_url": look.question.address(paper=""), "is_long": len(look.doc.steps) > LONG,
        "as_words": as_words(look), "unseen_by_them": _unseen(look),
    }  # fmt: skip


def sheet_of(
    look: Look, columns: Sequence[Column], *, ground: bool = False, drawn: bool = True, n: int = 0
) -> Sheet:
    """What the painter of the table needs."""

    def drawing(steps: Sequence[StepDoc]) -> SafeString:
        curve = curve_of(steps)
        return curve_svg(curve, f"curve-{n}") if curve else SafeString("")

    return Sheet(
        doc=look.doc, lanes=look.lanes, painter=look.painter, question=look.question,
        columns=tuple(columns), vocabulary=look.actor.vocabulary, ground=ground,
        step_url=f"{look.url('journey_steps')}{look.question.address(step='x')[:-1]}",
        drawing=drawing if drawn else None, title=title_text(look.journey),
        hidden_words=hidden_words(look),
    )  # fmt: skip


def _parts(columns: Sequence[Column], fit: int) -> list[tuple[Column, ...]]:
    """Columns for one sheet of paper each: whole stages as long as they fit."""
    parts: list[list[Column]] = [[]]
    for stage in dict.fromkeys(column.stage.id for column in columns):
        mine = [column for column in columns if column.stage.id == stage]
        if parts[-1] and len(parts[-1]) + len(mine) > fit:
            parts.append([])
        while len(mine) > fit:
            parts[-1], mine = mine[:fit], mine[fit:]
            parts.append([])
        parts[-1] += mine
    return [tuple(part) for part in parts if part]


def as_words(look: Look) -> str:
    """Through whose eyes it is seen."""
    return {"team": _("us"), "customer": _("a customer"), "partner": _("a partner")}[
        look.question.view_as if look.actor.is_internal else "team"
    ]


def hidden_words(look: Look) -> str:
    """What a row says that is kept from its reader."""
    if look.actor.is_internal:
        return _("hidden from them: it lies beyond their line")
    return _("hidden: the other side keeps this to itself")


def _unseen(look: Look) -> bool:
    """Whether those through whose eyes we look do not see this journey at all."""
    return look.question.view_as != "team" and look.journey.audience == "internal"


def _moments(look: Look) -> list[dict[str, Any]]:
    lang = look.painter.lang
    address = look.question.address(step="x")[:-1]
    return [
        {"title": numbered(moment.step, lang), "why": moment.reasons[0].sentence(lang),
         "more": len(moment.reasons) - 1,
         "url": f"{look.url('journey_steps')}{address}{moment.step.place}"}
        for moment in (moments_to_fix(look.doc) if look.actor.is_internal else [])
    ]  # fmt: skip


def _findings(look: Look) -> list[dict[str, str]]:
    """What the picture shows: parts that several steps rest on, steps where nobody is seen."""
    lang = look.painter.lang
    resting: dict[str, tuple[str, list[StepDoc]]] = {}
    for step in look.doc.steps:
        for code, name in {(c.component.code, c.component.name) for c in step.all_cells
                           if c.component}:  # fmt: skip
            resting.setdefault(code, (name, []))[1].append(step)
    shared = sorted((row for row in resting.values() if len(row[1]) > 1), key=lambda r: -len(r[1]))
    found = [
        {"title": ", ".join(numbered(step, lang) for step in steps),
         "why": _("All stop with one part: %(name)s.") % {"name": name}}
        for name, steps in shared[:2]
    ]  # fmt: skip
    alone = [s for s in look.doc.steps if not s.touchpoints and s.sphere != "customer"]
    if alone:
        found.append({"title": ", ".join(numbered(step, lang) for step in alone[:4]),
                      "why": _("No meeting point is named here.")})  # fmt: skip
    return found[:3] if look.question.view_as == "team" and look.actor.is_internal else []


def journey_about(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """What every thing's page has: loose ends, fields, yarn, what happened; and the versions."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(may_read_inside(actor))
    look = look_at(request, code, "journey_about")
    whole = context_of(look.page)
    context = {**whole, **head_context(look), "owner_field": whole["owner"]}
    return render(request, "journeys/journey_about.html", context)


def journey_look_list(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """The reader's kept ways to look at journeys; this one can be kept under a name."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(may_read_inside(actor))
    look = look_at(request, code, "journey_look_list")
    query, name, problem = request.POST.get("query", "")[:1000], request.POST.get("name", ""), ""
    if request.method == "POST":
        try:
            view = save_view(LOOKS, name, query, by=actor)
        except BadInput as error:
            problem = " ".join(str(text) for text in error.fields.values())
        else:
            messages.success(request, _("This look is kept as “%(name)s”.") % {"name": view.name})
            return redirect(f"{look.url('journey_detail')}?{view.query}")
    kept = [{"name": row.name, "pk": row.pk, "url": f"{look.url('journey_detail')}?{row.query}"}
            for row in views_of(actor, LOOKS)]  # fmt: skip
    context = {
        **head_context(look), "kept": kept, "name": name, "problem": problem,
        "query": query or look.question.kept, "delete_url": look.url("journey_look_delete"),
    }  # fmt: skip
    status = 422 if problem else 200
    return render(request, "journeys/journey_look_list.html", context, status=status)


@require_POST
def journey_still_true(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Press "still true": looked at today."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    journey = still_true(visible_journeys(actor).get_or_404(code), by=actor)
    day = formats.long_day(journey.review_due or today_in(actor.workspace))
    messages.success(request, _("Looked at today. Again by %(day)s.") % {"day": day})
    return redirect(object_url(actor.workspace, JOURNEY, journey.code))


@require_POST
def journey_counterpart(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Copy the journey as it is into one as it shall be, or the other way round, and go there."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    made = make_counterpart(visible_journeys(actor).get_or_404(code), by=actor)
    messages.success(request, _("Copied. Change it now; the two can be compared step by step."))
    return redirect(object_url(actor.workspace, JOURNEY, made.code))


@require_POST
def journey_look_delete(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Forget a kept way to look."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(may_read_inside(actor))
    look = look_at(request, code, "journey_look_list")
    number = request.POST.get("view", "")
    delete_view(int(number) if number.isdecimal() and len(number) < 19 else 0, by=actor)
    messages.success(request, _("The kept look is gone; the journey is untouched."))
    return redirect(look.url("journey_look_list"))
