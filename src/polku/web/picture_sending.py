"""The answer that carries a picture: the file and nothing that could run beside it."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from polku.kernel.models import Attachment
from polku.kernel.pictures import content_of

# What hangs under a number never changes: other words or another picture get another number
FOR_EVER = "private, max-age=31536000, immutable"


def picture_response(
    request: HttpRequest, picture: Attachment, *, small: bool, keep: str = FOR_EVER
) -> HttpResponseBase:
    """The file, or 304 for whoever has it; *keep* says for how long. Raises NotFound."""
    etag = f'"{picture.sha256}{"-small" if small else ""}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None or response.status_code != 304:
        content = content_of(picture, small=small)
        response = HttpResponse(content, content_type=picture.content_type)
        response["Content-Disposition"] = f'inline; filename="{picture.number}.webp"'
    response["ETag"] = etag
    response["Cache-Control"] = keep
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
