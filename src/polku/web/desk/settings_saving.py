"""The small verbs of the settings page: each saves one thing at once and offers the way back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polku.kernel.answers import BadInput, require
from polku.kernel.policy import may_administer
from polku.kernel.profiles import FEATURES, switch_changes
from polku.people.operations import (
    change_languages,
    change_size,
    change_vocabulary,
    name_portfolio_owner,
    switch_feature,
)
from polku.people.queries import find_member_of, language_name
from polku.web.desk.settings_saved import acting, saved
from polku.web.desk.settings_words import vocabulary_name
from polku.web.sizes import SIZES, size_name


def _here(request: HttpRequest, name: str) -> str:
    return reverse(name, kwargs={"workspace": acting(request).workspace.slug})


@require_POST
def settings_languages(request: HttpRequest, workspace: str) -> HttpResponse:
    """Use a language here, stop using it, or make it the first."""
    actor = acting(request)
    require(may_administer(actor))
    room = actor.workspace
    code, wish = request.POST.get("code", "").strip(), request.POST.get("wish", "")
    used, first = list(room.languages), room.default_lang
    name = language_name(code)
    if wish == "first":
        changed = change_languages([*used, code], code, by=actor)
        words, undo = _("%(name)s is the first language now.") % {"name": name}, first
        back = {"code": undo, "wish": "first"}
    elif request.POST.get("on"):
        changed = change_languages([*used, code], first, by=actor)
        words, back = _("%(name)s is used here now.") % {"name": name}, {"code": code}
    else:
        rest = [known for known in used if known != code]
        changed = change_languages(rest, first, by=actor)
        words = _("%(name)s is not used here any more. Its texts wait.") % {"name": name}
        back = {"code": code, "on": "yes"}
    undo_to = (_here(request, "settings_languages"), back) if changed != room else None
    return saved(request, words, undo=undo_to)


@require_POST
def settings_vocabulary(request: HttpRequest, workspace: str) -> HttpResponse:
    """Choose the words on screen."""
    actor = acting(request)
    before = actor.workspace.vocabulary
    room = change_vocabulary(request.POST.get("vocabulary", ""), by=actor)
    words = _("On screen stand now: %(words)s.") % {"words": vocabulary_name(room.vocabulary)}
    undo = (_here(request, "settings_vocabulary"), {"vocabulary": before})
    return saved(request, words, undo=undo)


@require_POST
def settings_feature(request: HttpRequest, workspace: str) -> HttpResponse:
    """Show or hide one part."""
    actor, code = acting(request), request.POST.get("feature", "")
    on = bool(request.POST.get("on"))
    switch_feature(code, on, by=actor)
    sentence = next(str(row.sentence) for row in FEATURES if row.code == code)
    words = _("“%(what)s” switched on.") if on else _("“%(what)s” switched off.")
    back = {"feature": code} if on else {"feature": code, "on": "yes"}
    undo = (_here(request, "settings_feature"), back)
    return saved(request, words % {"what": sentence}, undo=undo)


@require_http_methods(["GET", "HEAD", "POST"])
def settings_size(request: HttpRequest, workspace: str) -> HttpResponse:
    """Show what another size would switch; then do it."""
    actor = acting(request)
    require(may_administer(actor))
    given = request.POST if request.method == "POST" else request.GET
    size = given.get("size", "")
    if size not in {code for code, _name, _note in SIZES}:
        raise BadInput({"size": _("Choose one of the three.")})
    if request.method == "POST":
        change_size(size, by=actor)
        return saved(request, _("The size is now: %(size)s.") % {"size": size_name(size)})
    changes = switch_changes(actor.workspace.features, size)
    context = {
        "size": size, "size_name": size_name(size), "same": size == actor.workspace.size_profile,
        "on": [feature for feature, on in changes if on],
        "off": [feature for feature, on in changes if not on],
    }  # fmt: skip
    return render(request, "settings/settings_size.html", context)


@require_POST
def settings_portfolio_owner(request: HttpRequest, workspace: str) -> HttpResponse:
    """Say who decides on what is offered."""
    actor = acting(request)
    member = find_member_of(actor, request.POST.get("person", ""))
    name_portfolio_owner(member.membership, by=actor)
    return saved(request, _("%(name)s decides on the services now.") % {"name": member.name})
