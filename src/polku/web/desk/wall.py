"""The wall: cards tied by yarn, drawn on the server; the same thing as a table; as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.insight.wall.gathering import MOST_CARDS, Wall, wall_of
from polku.insight.wall.layout import Picture, Sizes, columns_for, lay_out
from polku.kernel.actor import Actor
from polku.kernel.link_kinds import LINK_KINDS
from polku.kernel.policy import may_create, may_read_inside
from polku.portfolio.checks import DEPENDENCY_ENDS
from polku.portfolio.entities import SERVICE
from polku.web import formats
from polku.web.desk import wall_asking as asking
from polku.web.desk.lists import views_nav
from polku.web.desk.values import title_text
from polku.web.desk.wall_drawing import Drawn, svg
from polku.web.desk.wall_words import missing, name_of, sentences
from polku.web.navigation import url_or_none
from polku.web.readings import page_language

ROWS = 150
COLUMNS = 7


def wall(request: HttpRequest, workspace: str) -> HttpResponse:
    """``?start=SRV-2&far=3`` a neighbourhood, ``of`` a kind, nothing the whole; ``as_of`` a day,
    ``card`` kinds, ``thread`` how they hold, ``about`` questions, ``page``, ``rows=all``."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    question = asking.question_from(actor, request.GET)
    shown = wall_of(actor, question.asked)
    drawn = _drawn(actor, question, shown)
    gaps = [one for found in drawn.missing.values() for one in found]
    all_rows = request.GET.get("rows") == "all"
    context = {
        "wall": shown, "question": question, "title": drawn.title, "lead": drawn.about,
        "drawing": svg(drawn) if shown.cards else "",
        "tall": drawn.picture.height > drawn.picture.width,
        "rows": drawn.sentences if all_rows else drawn.sentences[:ROWS],
        "all_rows": len(drawn.sentences), "gaps": gaps,
        "alone": _alone(drawn), "legal": _legal() if drawn.tie_url else "",
        "tie_url": drawn.tie_url, "kinds": asking.kind_choices(actor, question),
        "questions": asking.question_choices(question),
        "threads": asking.thread_choices(actor, question, dict(shown.counts)),
        "dated": asking.may_ask_day(actor),
        "start_words": asking.start_words(question), "entity": SERVICE,
        "first_actions": _first_actions(actor), "views": views_nav(actor, None, "wall"),
        "paging": _paging(question, shown),
        "svg_url": reverse("wall_svg", kwargs={"workspace": workspace}) + question.address(),
        "more_rows_url": question.address(rows="all") + "#twin",
        "table_url": question.address(rows="first") + "#twin", "open": "rows" in request.GET,
    }  # fmt: skip
    return render(request, "wall/wall.html", context)


def wall_svg(request: HttpRequest, workspace: str) -> HttpResponse:
    """The same picture as a file that stands alone: its own light colours, no links."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    question = asking.question_from(actor, request.GET)
    drawn = _drawn(actor, question, wall_of(actor, question.asked), alone=True)
    name = f"wall-{actor.workspace.slug}.svg"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(svg(drawn), content_type="image/svg+xml; charset=utf-8", headers=headers)


def _drawn(actor: Actor, question: asking.Question, shown: Wall, *, alone: bool = False) -> Drawn:
    names = [name_of(actor, card, page_language()) for card in shown.cards]
    return Drawn(
        shown, _picture(shown), names, sentences(actor, shown, names),
        missing(actor, shown, names), _title(question), _lead(question, shown),
        _tie_url(actor), alone,
    )  # fmt: skip


def _picture(shown: Wall) -> Picture:
    """Laid out so that it fits a wide page: full columns first, then narrower cards."""
    lanes = [card.lane for card in shown.cards]
    ties = [(thread.a, thread.b) for thread in shown.threads]
    sizes = Sizes()
    for most in (12, 16, 20, 25, 30, 36, 45, 60, 90, 150, MOST_CARDS):
        sizes = Sizes(most=most)
        if columns_for(lanes, ties, sizes, first=shown.start) <= COLUMNS:
            break
    return lay_out(lanes, ties, sizes, first=shown.start)


def _title(question: asking.Question) -> str:
    if question.start is not None:
        return _("The wall around %(name)s") % {"name": title_text(question.start)}
    return _("The wall")


def _lead(question: asking.Question, shown: Wall) -> str:
    n = len(shown.cards)
    cards = ngettext("%(n)s card", "%(n)s cards", n) % {"n": formats.number(n)}
    if shown.total > n:
        cards = _("%(n)s of %(all)s cards") % {
            "n": formats.number(n), "all": formats.number(shown.total),
        }  # fmt: skip
    n = len(shown.threads)
    ties = ngettext("%(n)s tie", "%(n)s ties", n) % {"n": formats.number(n)}
    said = {"cards": cards, "ties": ties}
    if question.start is not None:
        far = question.asked.far
        words = ngettext(
            "%(name)s and everything within %(far)d step: %(cards)s, %(ties)s.",
            "%(name)s and everything within %(far)d steps: %(cards)s, %(ties)s.", far,
        )  # fmt: skip
        lead = words % {"name": title_text(question.start), "far": far, **said}
    else:
        lead = _("%(cards)s, %(ties)s.") % said
    if question.asked.day is not None:
        words = _("Ties as they hold on %(day)s; names and states of today.")
        lead += " " + words % {"day": formats.long_day(question.asked.day)}
    if shown.cut:
        lead += " " + _("There are more ties than fit into one picture; start from one thing to "
                        "see all of its ties.")  # fmt: skip
    return lead


def _alone(drawn: Drawn) -> list[Any]:
    """The cards that hang on nothing, for the table; none when that is not known."""
    if drawn.wall.cut:
        return []
    tied = {place for thread in drawn.wall.threads for place in (thread.a, thread.b)}
    return [name for place, name in enumerate(drawn.names) if place not in tied]


def _paging(question: asking.Question, shown: Wall) -> dict[str, Any]:
    if shown.pages < 2:
        return {}
    before = question.address(page=str(shown.page - 1)) if shown.page > 1 else ""
    after = question.address(page=str(shown.page + 1)) if shown.page < shown.pages else ""
    return {"page": shown.page, "pages": shown.pages, "before": before, "after": after,
            "rest": shown.total - len(shown.cards), "beyond": shown.beyond}  # fmt: skip


def _tie_url(actor: Actor) -> str:
    """Where a card is tied to another, for those who may tie at all."""
    if not may_read_inside(actor) or actor.role == "reader":
        return ""
    return reverse("wall_tie", kwargs={"workspace": actor.workspace.slug})


def _first_actions(actor: Actor) -> list[dict[str, Any]]:
    """What puts the first card on an empty wall."""
    if not may_create(actor, SERVICE):
        return []
    new, bring = (url_or_none(name, actor.workspace) for name in ("service_create", "import_start"))
    found = [{"label": SERVICE.words.phrase("new", actor.vocabulary), "url": new, "primary": True}]
    return [*found, {"label": _("Start from a spreadsheet"), "url": bring}] if bring else found


def _legal() -> str:
    """Which kinds can be tied to which, in either direction, as ``kind:kind`` words."""
    found = {(a, b) for row in LINK_KINDS.values() for a in row.from_kinds for b in row.to_kinds
             if row.code != "L35" or a == b}  # fmt: skip
    found |= {(a, b) for a in DEPENDENCY_ENDS for b in DEPENDENCY_ENDS}
    return " ".join(sorted({f"{x}:{y}" for a, b in found for x, y in ((a, b), (b, a))}))
