"""Routes of what stands beside a journey, and the shapes of their answers."""

from pydantic import BaseModel

from polku.api import journeys_beside as beside
from polku.api.routes import Handler, Route
from polku.api.shapes_of_answers import ANSWERS, MOMENT, NUMBER, TEXT, TEXTS, YES_NO, Schema
from polku.kernel.registry import Entity

_MAYBE_NUMBER: Schema = {"type": ["integer", "null"]}


def _is_journey(entity: Entity) -> bool:
    return entity.kind == "journey"


def _route(
    method: str, path: str, handler: Handler, name: str, gives: str, status: int = 200,
    body: type[BaseModel] | None = None, *, once: bool = False,
) -> Route:  # fmt: skip
    return Route(method, f"/{{code}}/{path}", handler, name, gives, status, body, once=once,
                 when=_is_journey)  # fmt: skip


ROUTES = (
    _route("GET", "comments", beside.list_comments, "comments", "CellCommentList"),
    _route("POST", "comments", beside.create_comment, "comment", "CellComment", 201,
           beside.CommentIn, once=True),
    _route("PATCH", "comments/{number}", beside.change_comment, "comment_change", "CellComment",
           body=beside.CommentChange),
    _route("GET", "shares", beside.list_shares, "shares", "JourneyShareList"),
    _route("POST", "shares", beside.create_share, "share", "JourneyShare", 201, beside.ShareIn),
    _route("DELETE", "shares/{number}", beside.remove_share, "share_remove", "JourneyShareList"),
    _route("GET", "talks", beside.list_talks, "talks", "TouchpointAnalysis"),
    _route("POST", "talks", beside.create_talk, "talk", "TouchpointAnalysis", 201, beside.TalkIn,
           once=True),
    _route("PATCH", "talks/{number}", beside.write_talk, "talk_write", "TouchpointAnalysis",
           body=beside.TalkChange),
    _route("DELETE", "talks/{number}", beside.forget_talk, "talk_forget", "TouchpointAnalysis"),
    _route("PUT", "readings", beside.set_reading, "reading_set", "TouchpointAnalysis",
           body=beside.ReadingIn),
    _route("GET", "people", beside.list_people, "people", "JourneyPeopleList"),
    _route("PUT", "people", beside.set_people, "people_set", "JourneyPeopleList",
           body=beside.PeopleIn),
)  # fmt: skip


def _object(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def _list(of: Schema, **more: Schema) -> Schema:
    return _object({"items": {"type": "array", "items": of}, "count": NUMBER,
                    "next": {"type": ["string", "null"]}, **more})  # fmt: skip


_COMMENT = _object({
    "id": NUMBER, "step": NUMBER, "row": TEXT, "text": TEXT, "lang": TEXT, "at": MOMENT,
    "who": TEXT, "by_link": _MAYBE_NUMBER, "answer": TEXT,
    "done_at": {"type": ["string", "null"], "format": "date-time"},
})  # fmt: skip
_SHARE = _object({
    "id": NUMBER, "label": TEXT, "view_as": TEXT,
    "lanes": {"type": "array", "items": TEXT}, "version": _MAYBE_NUMBER, "may_comment": YES_NO,
    "lang": TEXT, "expires_at": MOMENT, "comments": NUMBER,
    "state": {"type": "string", "enum": ["open", "used", "expired", "taken_back"]},
    "address": TEXT,
}, ("address",))  # fmt: skip
_SAID = dict.fromkeys(beside.QUESTIONS, TEXT)
_POINT = _object({
    "step": NUMBER, "touchpoint": TEXT,
    "answers": {"type": "array", "items": _object({"talk": NUMBER, **_SAID})},
    **dict.fromkeys(beside.RESULTS, TEXTS),
})  # fmt: skip

ANSWERS |= {
    "CellComment": _COMMENT,
    "CellCommentList": _list(_COMMENT),
    "JourneyShare": _SHARE,
    "JourneyShareList": _list(_SHARE),
    "TouchpointAnalysis": _list(
        _object({"number": NUMBER, "who": TEXT,
                 "held_on": {"type": "string", "format": "date"},
                 "held_by": {"type": ["string", "null"]},
                 "persona": {"type": ["string", "null"]}}),
        points={"type": "array", "items": _POINT}, forgotten=NUMBER,
    ),
    "JourneyPeopleList": _list(
        _object({
            "code": TEXT, "link": NUMBER, "is_guess": YES_NO,
            "pains": {"type": "array", "items": NUMBER},
            "touchpoints": {"type": "array", "items": TEXT}, "talks": NUMBER,
            "told": {"type": "object", "additionalProperties": NUMBER},
        })
    ),
}  # fmt: skip
