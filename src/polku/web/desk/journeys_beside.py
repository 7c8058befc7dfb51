"""What the pages beside a journey share: the journey, who looks, and the ways between them."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from polku.journeys.entities import JOURNEY
from polku.journeys.lanes import LANES, Lane
from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict, require
from polku.kernel.policy import may_read_inside
from polku.web.desk.editing_controls import line_ends
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.values import title_text


def opened(request: HttpRequest, code: str) -> ObjectPage:
    """The journey of a page that only the team sees. NotFound alike for missing and not yours."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = ObjectPage(request, actor, JOURNEY, fetch(actor, JOURNEY, code))
    require(may_read_inside(actor))
    return page


def context_for(page: ObjectPage, here: str, /, **more: Any) -> dict[str, Any]:
    """What every page beside a journey needs; *here* is its URL name."""
    return {
        "page": page, "entity": page.entity, "object": page.obj, "title": title_text(page.obj),
        "ways": ways(page, here), "may_change": page.may_change, **more,
    }  # fmt: skip


def ways(page: ObjectPage, here: str) -> list[dict[str, Any]]:
    """The pages beside a journey, in the order of the work."""
    rows = (
        ("journey_detail", _("Map")), ("journey_pains", _("Where it hurts")),
        ("journey_analysis", _("What people told us")), ("journey_comments", _("Comments")),
        ("journey_people", _("For whom")), ("journey_shares", _("Links")),
    )  # fmt: skip
    return [{"label": words, "url": beside(page, name), "current": name == here}
            for name, words in rows]  # fmt: skip


def beside(page: ObjectPage, name: str, **more: Any) -> str:
    """The address of another page of this journey."""
    slug, code = page.actor.workspace.slug, page.obj.code
    return reverse(name, kwargs={"workspace": slug, "code": code, **more})


def lane_words(lanes: tuple[Lane, ...] | list[Lane], actor: Actor) -> list[tuple[str, str]]:
    """Rows as choices: key and label in the reader's words."""
    return [(lane.key, lane.name(actor.vocabulary)) for lane in lanes]


def all_lanes(actor: Actor) -> list[tuple[str, str]]:
    """All rows as choices."""
    return lane_words(LANES, actor)


def blame(form: forms.Form, error: BadInput) -> None:
    """Put what was wrong where it was written."""
    for name, sentence in error.fields.items():
        form.add_error(name if name in form.fields else None, str(sentence))


def started_from(form: forms.Form, name: str) -> str | None:
    """The text that stood in a field when its writer began, as the page sent it along."""
    began = form.data.get(form[name].html_initial_name)
    return None if began is None else line_ends(began)


def show_theirs(form: forms.Form, error: Conflict) -> None:
    """What somebody saved meanwhile, at its field; what was written stays, and saving it again
    is a choice that knows the other text."""
    form.add_error(None, str(error))
    sent: Any = form.data
    form.data = sent = sent.copy()
    for name in form.changed_data:
        theirs = str(form[name].initial or "")
        if not form.fields[name].show_hidden_initial or theirs == started_from(form, name):
            continue
        form.add_error(name, _("Saved meanwhile: “%(theirs)s”") % {"theirs": theirs})
        sent[form[name].html_initial_name] = theirs
