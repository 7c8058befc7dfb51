"""The files of pictures, for those who are in a workspace."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, re_path
from django.views.decorators.http import require_safe

from polku.kernel.actor import Actor
from polku.kernel.pictures import picture_or_404
from polku.web.picture_sending import picture_response


@require_safe
def picture_file(
    request: HttpRequest, workspace: str, number: str, size: str
) -> HttpResponseBase:  # fmt: skip
    """One picture, small or large; missing for whoever sees nothing that it hangs on."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    picture = picture_or_404(actor, number)
    return picture_response(request, picture, small=size == "small")


urlpatterns: list[URLPattern] = [
    re_path(
        r"^pictures/(?P<number>[0-9]{1,9})/(?P<size>small|large)\.webp$",
        picture_file, name="picture_file",
    ),
]  # fmt: skip
