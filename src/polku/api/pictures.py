"""Pictures: sent as a file, told of by their facts, fetched in two sizes."""

import hashlib
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from polku.api.answers import JSON, REPLAYED, answer, who
from polku.api.lists import hold_empty, query_of
from polku.api.routes import Route, mount
from polku.api.shapes_of_answers import ANSWERS, MOMENT, NUMBER, TEXT, TEXTS
from polku.kernel.answers import BadInput, require
from polku.kernel.idempotency import Replayable, Told, once, print_of, told_before
from polku.kernel.models import Attachment
from polku.kernel.pictures import Drawn, content_of, draw, keep_picture, picture_or_404
from polku.kernel.policy import may_keep_pictures

ROOM = "/w/{workspace}"
PICTURE = ROOM + "/pictures/{number}"
router = Router(tags=["pictures"])


def get_one(request: HttpRequest, number: str) -> HttpResponse:
    """What is known of a picture: its words, its size in bytes, width and height in pixels."""
    hold_empty(query_of(request))
    return answer(_plain(picture_or_404(who(request), number)))


def get_file(request: HttpRequest, number: str) -> HttpResponse:
    """The picture itself as WebP: ``size`` large (1600 pixels at most) or small (480)."""
    query = query_of(request)
    size = query.pop("size", "large")
    hold_empty(query)
    if size not in ("small", "large"):
        raise BadInput({"size": _("Answer small or large.")})
    picture = picture_or_404(who(request), number)
    content = content_of(picture, small=size == "small")
    headers = {"Content-Security-Policy": "default-src 'none'"}
    return HttpResponse(content, content_type=picture.content_type, headers=headers)


def upload(request: HttpRequest, workspace: str) -> HttpResponse:  # noqa: ARG001
    """Send a picture: ``file`` (PNG, JPEG, WebP or GIF, up to 10 MB and 16 million pixels, a
    JPEG 50 million) and ``words``, what is to be seen.

    ``words`` is a text in the sender's language, or a JSON object of texts by language. The answer
    gives the number by which it is hung somewhere. It is drawn anew: nothing of what a camera wrote
    beside it is kept.
    """
    actor = who(request)
    require(may_keep_pictures(actor))
    sent = request.FILES.get("file")
    if sent is None:
        raise BadInput({"file": _("Send the file as multipart/form-data, under the name “file”.")})
    words = _words(str(request.POST.get("words", "")))
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return _made(_keep(request, draw(sent), words))
    printed = _print(request, sent)
    told = told_before(key, printed, by=actor)
    if told is None:
        drawn = draw(sent)  # before the turn to write, which everybody waits for
        told = once(key, printed, lambda: _keep(request, drawn, words), by=actor)
    return _made(told)


def _words(said: str) -> str | dict[str, str]:
    if not said.lstrip().startswith("{"):
        return said
    try:
        return msgspec.json.decode(said, type=dict[str, str])
    except msgspec.MsgspecError as error:
        problem = _('A text is needed here, or texts by language: {"en": "..."}.')
        raise BadInput({"words": problem}) from error


def _print(request: HttpRequest, sent: Any) -> str:
    """What a form says, whatever marks its parts were sent between."""
    digest = hashlib.sha256()
    for chunk in sent.chunks():
        digest.update(chunk)
    sent.seek(0)
    said = repr((digest.hexdigest(), sorted(request.POST.lists()))).encode()
    return print_of(b"POST", request.get_full_path().encode(), said)


def _keep(request: HttpRequest, drawn: Drawn, words: str | dict[str, str]) -> Told:
    picture = keep_picture(drawn, words, by=who(request))
    text = msgspec.json.encode(_plain(picture)).decode()
    return Told(201, text, {"Location": f"{request.path.rstrip('/')}/{picture.number}"})


def _made(told: Told | Replayable) -> HttpResponse:
    again = isinstance(told, Replayable) and told.again
    kept = told.told if isinstance(told, Replayable) else told
    headers = {**kept.headers, **({REPLAYED: "true"} if again else {})}
    return HttpResponse(kept.text, status=kept.status, content_type=JSON, headers=headers)


def _plain(picture: Attachment) -> dict[str, Any]:
    return {
        "number": picture.number, "words": dict(picture.words.texts), "sha256": picture.sha256,
        "size": picture.size, "content_type": picture.content_type, "width": picture.width,
        "height": picture.height, "created_at": picture.created_at.isoformat(),
    }  # fmt: skip


_PICTURE: dict[str, Any] = {
    "number": NUMBER, "words": TEXTS, "sha256": TEXT, "size": NUMBER, "content_type": TEXT,
    "width": NUMBER, "height": NUMBER, "created_at": MOMENT,
}  # fmt: skip
ANSWERS |= {
    "Picture": {"type": "object", "properties": _PICTURE, "required": [*_PICTURE]},
}
mount(router, (
    Route("GET", PICTURE, get_one, "picture_get", "Picture"),
    Route("GET", f"{PICTURE}/file", get_file, "picture_file", "Problem", query=("size",),
          files=("image/webp",)),
))  # fmt: skip

_FORM: dict[str, Any] = {
    "type": "object", "required": ["file", "words"],
    "properties": {"file": {"type": "string", "format": "binary"}, "words": TEXT},
}  # fmt: skip
upload.route = Route(  # type: ignore[attr-defined]
    "POST", ROOM + "/pictures", upload, "picture_create", "Picture", 201, once=True
)
upload.entity = None  # type: ignore[attr-defined]
router.api_operation(
    ["POST"], ROOM + "/pictures", operation_id="picture_create", url_name="picture_create",
    summary="Send a picture.", description=upload.__doc__,
    openapi_extra={
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}
    },
)(upload)  # fmt: skip
