"""The small picture beside the yarn of a thing: what is tied to it, and what is tied to that.

It is fetched after the page, so that the page itself stays quick; without script the link to the
wall leads to the same picture.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from polku.insight.wall.gathering import Wall, near
from polku.insight.wall.lanes import LANE_OF
from polku.insight.wall.layout import Picture, Sizes, lay_out
from polku.kernel.actor import Actor
from polku.kernel.queries import named, visible_kind
from polku.kernel.registry import entity as entity_row
from polku.web.desk.objects import EVERY_KIND, ObjectPage, section
from polku.web.desk.values import title_text
from polku.web.desk.wall_drawing import Drawn, svg
from polku.web.desk.wall_words import missing, name_of, sentences
from polku.web.readings import page_language

MOST = 24
SIZES = Sizes(card_u=54, card_least=54, card_v=114, gutter=34, gap=8, most=3, room=0, margin=6,
              upright=True, heads=False)  # fmt: skip


def nearby(page: ObjectPage) -> str:
    """The place of the picture on the page of a thing that can hang on the wall."""
    if page.entity.kind not in LANE_OF or page.obj.archived:
        return ""
    slug = page.actor.workspace.slug
    return render_to_string("wall/section_nearby.html", {
        "nearby_url": page.page_url("near"),
        "wall_url": reverse("wall", kwargs={"workspace": slug}) + f"?start={page.obj.code}",
    })  # fmt: skip


def object_near(request: HttpRequest, workspace: str, kind: str, code: str) -> HttpResponse:
    """A piece of a page: the small picture, its words, and how much more there is."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    obj = named(entity_row(kind), visible_kind(actor, entity_row(kind))).get_or_404(code)
    shown = near(actor, obj, kind, most=MOST)
    names = [name_of(actor, card, page_language()) for card in shown.cards]
    said = sentences(actor, shown, names)
    title = _("%(name)s and what it is tied to, two steps far") % {"name": title_text(obj)}
    drawn = Drawn(shown, _picture(shown), names, said, missing(actor, shown, names), title,
                  _("The table below this picture says the same."), key="near")  # fmt: skip
    context = {
        "drawing": svg(drawn) if shown.threads else "", "rows": said, "title": title,
        "gaps": [one for found in drawn.missing.values() for one in found],
        "more": shown.total - len(shown.cards),
        "wall_url": reverse("wall", kwargs={"workspace": workspace}) + f"?start={obj.code}",
    }  # fmt: skip
    return render(request, "wall/object_near.html", context)


def _picture(shown: Wall) -> Picture:
    lanes = [card.lane for card in shown.cards]
    return lay_out(lanes, [(t.a, t.b) for t in shown.threads], SIZES, first=shown.start)


section(EVERY_KIND, "side", nearby)
