"""The picture of a typical customer: hung up, described, changed, taken down."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Conflict, Refused, require
from polku.kernel.changes import change_object
from polku.kernel.operations_pictures import keep_picture, with_words
from polku.people.entities import PERSONA
from polku.people.models import Persona
from polku.web.desk.objects import ObjectPage, fetch
from polku.web.desk.pictures import picture_form, sent_file, sent_words
from polku.web.desk.values import title_text

KEY = "picture"


@require_http_methods(["GET", "HEAD", "POST"])
def persona_picture(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Choose a picture and say what is to be seen; or take it down."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = ObjectPage(request, actor, PERSONA, fetch(actor, PERSONA, code))
    require(page.may_change)
    form = picture_form(actor, KEY, page.obj.picture)
    refused, status = "", 200
    if request.method == "POST":
        try:
            said = _save(request, actor, page.obj)
        except BadInput as error:
            form, status = form.again(request.POST, error.fields), error.status
        except (Refused, Conflict) as error:
            form, refused, status = form.again(request.POST, {}), str(error), 409
        else:
            messages.success(request, said)
            return redirect(f"{page.url}#card")
    context: dict[str, Any] = {
        "page": page, "object": page.obj, "title": title_text(page.obj), "form": form,
        "refused": refused,
    }  # fmt: skip
    return render(request, "personas/persona_picture.html", context, status=status)


def _save(request: HttpRequest, actor: Actor, persona: Persona) -> str:
    """Do what the form asks; the sentence that says so."""
    text = request.POST.get("revision", "")
    revision = int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None
    if request.POST.get("verb") == "remove":
        change_object(PERSONA, persona, {"picture": None}, by=actor, revision=revision)
        return _("Taken down. The drawn figure stands there again.")
    file, words = sent_file(request), sent_words(request.POST)
    if file is not None:
        kept = keep_picture(file, words, by=actor)
    elif persona.picture is not None:
        kept = with_words(persona.picture, words, by=actor)
    else:
        raise BadInput({"file": _("Choose a picture first.")})
    change_object(PERSONA, persona, {"picture": kept.number}, by=actor, revision=revision)
    return _("Saved.")
