"""What one does with a version: bring a former one back, note its wishes as done."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, Refused, require
from polku.kernel.policy import may_create
from polku.portfolio.entities import VERSION
from polku.portfolio.operations import bring_back, note_wishes_done
from polku.web.desk.addresses import object_url
from polku.web.desk.objects import ObjectPage, fetch


class BringBackForm(forms.Form):
    """The name of the new version that brings a former one back."""

    label = forms.CharField(
        label=gettext_lazy("Name of the new version"), max_length=40,
        error_messages={"required": gettext_lazy("Give the new version a name, such as 2.2.")},
    )  # fmt: skip


def version_bring_back(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """A new draft that brings back a version which was replaced or withdrawn."""
    page = _page(request, code)
    require(may_create(page.actor, VERSION))
    form = BringBackForm(request.POST or None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = bring_back(page.obj, by=page.actor, label=form.cleaned_data["label"])
        except BadInput as error:
            form.add_error("label", " ".join(str(text) for text in error.fields.values()))
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, _("A new draft that brings it back. Say what is in it."))
            return redirect(object_url(page.actor.workspace, VERSION, made.code))
    context = {"page": page, "object": page.obj, "form": form, "refused": refused}
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "versions/version_bring_back.html", context, status=status)


@require_POST
def version_wishes_done(request: HttpRequest, workspace: str, code: str) -> HttpResponse:
    """Note as done the wishes that went live with it."""
    page = _page(request, code)
    require(page.may_change)
    done = note_wishes_done(page.obj, by=page.actor)
    words = ngettext("%(n)d wish is noted as done.", "%(n)d wishes are noted as done.", len(done))
    messages.success(request, words % {"n": len(done)})
    return redirect(f"{page.url}#contents")


def _page(request: HttpRequest, code: str) -> ObjectPage:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return ObjectPage(request, actor, VERSION, fetch(actor, VERSION, code))
