"""Name, zone and the smallest group; closing the workspace."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused, require
from polku.kernel.policy import may_administer
from polku.people.operations import archive_workspace, change_workspace
from polku.people.queries import language_name
from polku.web.desk.settings_saved import acting, saved
from polku.web.navigation import url_or_none


class WorkspaceForm(forms.Form):
    """The name in each language, the zone, the smallest group."""

    timezone = forms.CharField(
        label=gettext_lazy("Time zone"), max_length=64,
        help_text=gettext_lazy("Such as Europe/Helsinki. Days begin and end by it."),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )  # fmt: skip
    small_n_limit = forms.IntegerField(
        label=gettext_lazy("Smallest group shown"), min_value=3, max_value=100,
        help_text=gettext_lazy("Answers of fewer people are not shown to people outside."),
    )  # fmt: skip

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        room = actor.workspace
        self.languages = list(room.languages)
        texts = {f"name_{code}": room.name.text(code) for code in self.languages}
        kwargs.setdefault("initial", {
            **texts, "timezone": room.timezone, "small_n_limit": room.small_n_limit,
        })  # fmt: skip
        super().__init__(*args, **kwargs)
        for code in self.languages:
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name, %(language)s") % {"language": language_name(code)}, max_length=120,
                required=code == room.default_lang, widget=forms.TextInput(attrs={"lang": code}),
            )  # fmt: skip

    @property
    def names(self) -> list[forms.BoundField]:
        """The fields of the name, the first language first."""
        return [self[f"name_{code}"] for code in self.languages]


@require_http_methods(["GET", "HEAD", "POST"])
def settings_workspace(request: HttpRequest, workspace: str) -> HttpResponse:
    """Change what this workspace is called and how it counts."""
    actor = acting(request)
    require(may_administer(actor))
    form = WorkspaceForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _change(form, actor)
        except BadInput as error:
            for name, words in error.fields.items():
                form.add_error(name if name in form.fields else None, str(words))
        else:
            return saved(request, _("Name, time zone and smallest group are kept."))
    return _page(request, form)


def _change(form: WorkspaceForm, actor: Actor) -> None:
    given = form.cleaned_data
    texts = {code: given[f"name_{code}"] for code in form.languages}
    change_workspace(
        by=actor, name=texts, timezone_name=given["timezone"], small_n_limit=given["small_n_limit"]
    )


def _page(request: HttpRequest, form: WorkspaceForm, refused: str = "") -> HttpResponse:
    context = {
        "form": form, "zones": sorted(available_timezones()), "refused": refused,
        "export_url": url_or_none("export_start", acting(request).workspace),
    }  # fmt: skip
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "settings/settings_workspace.html", context, status=status)


@require_POST
def workspace_archive(request: HttpRequest, workspace: str) -> HttpResponse:
    """Close the workspace, when everything was taken out just before."""
    actor = acting(request)
    require(may_administer(actor))
    if not request.POST.get("sure"):
        words = _("Tick that you mean it. Nothing was closed.")
        return _page(request, WorkspaceForm(actor), refused=words)
    try:
        archive_workspace(by=actor)
    except Refused as error:
        return _page(request, WorkspaceForm(actor), refused=error.message)
    return redirect("door")
