"""JSON Schema of the answers that are no objects of the registry."""

from typing import Any

type Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NOTHING: Schema = {"type": ["string", "null"]}
TEXTS: Schema = {"type": "object", "additionalProperties": {"type": "string"}}
KEPT_TEXTS: Schema = {
    **TEXTS, "description": "Texts by language; _source names the language they were written in, "
    "_from tells of which source each translation was made.",
    "properties": {"_source": {"type": "string"}, "_from": TEXTS},
}  # fmt: skip
DAY_OR_NOTHING: Schema = {"type": ["string", "null"], "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
MOMENT_OR_NOTHING: Schema = {"type": ["string", "null"], "format": "date-time"}
NUMBER: Schema = {"type": "integer"}
YES_NO: Schema = {"type": "boolean"}
COUNTS: Schema = {"type": "object", "additionalProperties": NUMBER}


def _object(properties: Schema, *, optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def _list(of: Schema, **more: Schema) -> Schema:
    return _object({"items": {"type": "array", "items": of}, "count": NUMBER,
                    "next": TEXT_OR_NOTHING, **more})  # fmt: skip


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_TRANSITION = {
    "id": NUMBER, "from": TEXT, "to": TEXT, "effective_on": {"type": "string", "format": "date"},
    "recorded_at": MOMENT, "planned": YES_NO, "cancelled_at": TEXT_OR_NOTHING, "reason": TEXT,
    "answers": {"type": "object"}, "decision": TEXT_OR_NOTHING, "by": TEXT_OR_NOTHING,
    "by_party": TEXT_OR_NOTHING, "state": TEXT, "revision": NUMBER,
}  # fmt: skip
_OFFERED = {
    "to": TEXT, "verb": TEXT, "allowed": YES_NO, "reason": TEXT, "needs_reason": YES_NO,
    "decides": YES_NO,
    "questions": {"type": "array", "items": _object({"code": TEXT, "text": TEXT})},
}  # fmt: skip
_OF_INSIDERS = (
    "confidence", "why", "origin", "needs_a_look", "state", "made_at", "suspect_since",
    "suspect_ends", "reviewed_at", "verdict",
)  # fmt: skip
_LINK: dict[str, Any] = {
    "id": NUMBER, "kind": TEXT, "name": TEXT, "from": TEXT_OR_NOTHING,
    "to": TEXT_OR_NOTHING, "valid_from": DAY_OR_NOTHING, "valid_to": DAY_OR_NOTHING,
    "confidence": TEXT, "why": TEXT, "origin": TEXT, "needs_a_look": YES_NO,
    "state": TEXT, "made_at": MOMENT, "properties": {"type": "object"},
    "suspect_since": MOMENT_OR_NOTHING, "suspect_ends": {"type": "array", "items": TEXT},
    "reviewed_at": MOMENT_OR_NOTHING, "verdict": TEXT_OR_NOTHING,
}  # fmt: skip

ANSWERS: dict[str, Schema] = {
    "Problem": {
        **_object(
            {
                "type": {"type": "string", "format": "uri-reference",
                         "examples": ["/problems/bad-input"]},
                "title": TEXT, "status": NUMBER,
                "detail": TEXT | {"description": "What happened, what was kept, what to do."},
                "errors": TEXTS | {"description": "Sentences by field."},
                "fields": {"type": "object", "description": "Of a conflict: base, theirs, mine."},
                "revision": NUMBER | {"description": "Of a conflict: the number to send next."},
            },
            optional=("errors", "fields", "revision"),
        ),
        "description": "What went wrong (RFC 9457).",
    },
    "AsOf": {
        **_object({
            "day": {"type": "string", "format": "date"}, "known_on": DAY_OR_NOTHING,
            "state_since": DAY_OR_NOTHING, "state_planned": YES_NO,
            "other_fields": {"type": "string", "enum": ["written_by_then", "first_written_later"]},
        }),
        "description": "Only with as_of: which day the object shows. The state is that of the "
        "day; other fields are what was written down by then, or, where nothing was, what was "
        "written first.",
    },
    "JourneyDocument": _object({
        "format": TEXT, "code": TEXT, "name": KEPT_TEXTS, "kind": TEXT, "scenario": KEPT_TEXTS,
        "version": NUMBER, "state": TEXT, "happy_path": YES_NO, "edits": NUMBER,
        "stages": {"type": "array", "items": _object({
            "number": NUMBER, "thread": TEXT, "name": KEPT_TEXTS, "dsv_step": TEXT,
            "goal_of_customer": KEPT_TEXTS,
            "steps": {"type": "array", "items": {"type": "object"}},
        })},
        "pains": {"type": "array", "items": {"type": "object"}}, "revision": NUMBER,
    }),
    "JourneyStands": _object({
        "code": TEXT, "edits": NUMBER, "version": NUMBER, "state": TEXT, "revision": NUMBER,
        "made": {"type": "array", "items": {"type": ["integer", "null"]},
                 "description": "For each edit the number of the piece that it wrote."},
        "pictures_left": NUMBER | {
            "description": "Of a document: pictures that stayed behind, since they are not here."},
    }, optional=("pictures_left",)),
    "JourneyVersionList": _list(_object({
        "version": NUMBER, "agreed_at": MOMENT, "hash": TEXT, "by": TEXT_OR_NOTHING,
    })),
    "JourneyEditList": _list(
        _object({
            "number": NUMBER, "verb": TEXT, "label": {"type": "object"}, "at": MOMENT,
            "by": TEXT_OR_NOTHING, "undone": YES_NO,
        }),
        edits=NUMBER, whole=YES_NO,
        places={"type": "array", "items": _object({"step": NUMBER, "row": TEXT})},
        here={"type": "array", "items": _object({
            "name": TEXT, "step": {"type": ["integer", "null"]}, "row": TEXT,
        })},
    ),
    "Line": _object({"id": NUMBER, "from": TEXT, "to": TEXT, "words": TEXTS}),
    "LineList": _list(_ref("Line")),
    "Me": _object({
        "name": TEXT, "role": TEXT, "side": {"type": "string", "enum": ["provider", "consumer"]},
        "lang": TEXT, "workspace": TEXT, "workspace_name": TEXTS,
    }),
    "MeList": _list(_ref("Me")),
    "Workspace": _object(
        {
            "slug": TEXT, "name": TEXTS, "default_lang": TEXT,
            "languages": {"type": "array", "items": TEXT}, "timezone": TEXT, "size_profile": TEXT,
            "vocabulary": TEXT, "features": {"type": "object"}, "small_n_limit": NUMBER,
            "revision": NUMBER,
            "kinds": {"type": "array",
                      "items": _object({"kind": TEXT, "plural": TEXT, "prefix": TEXT})},
        },
        optional=("size_profile", "vocabulary", "features", "small_n_limit", "revision", "kinds"),
    ),
    "HitList": _object({
        "items": {"type": "array", "items": _object({
            "kind": TEXT, "plural": TEXT, "code": TEXT, "title": TEXT, "url": TEXT,
        })},
        "count": NUMBER, "counts": {"type": "object", "additionalProperties": NUMBER},
    }),
    "Event": _object({
        "id": NUMBER, "name": TEXT, "changes": {"type": "object"}, "note": TEXT, "at": MOMENT,
        "by": TEXT_OR_NOTHING, "by_party": TEXT_OR_NOTHING, "channel": TEXT, "operation": TEXT,
        "revision": NUMBER,
    }),
    "EventList": _list(_ref("Event")),
    "Transition": _object(_TRANSITION, optional=("state", "revision")),
    "TransitionList": _object({
        "state": TEXT, "items": {"type": "array", "items": _ref("Transition")},
        "offered": {"type": "array", "items": _object(_OFFERED)},
    }),
    "Link": _object(_LINK, optional=_OF_INSIDERS),
    "LinkList": _list(_ref("Link")),
    "ReviewList": _list(_object({
        "object": TEXT, "print": TEXT, "since": MOMENT_OR_NOTHING,
        "changes": {"type": "object", "additionalProperties": {"type": "array"}},
        "links": {"type": "array", "items": _object(
            {**_LINK, "end": TEXT, "asked": TEXT_OR_NOTHING, "mine": YES_NO},
            optional=_OF_INSIDERS,
        )},
    })),
    "Impact": _list(
        _object({
            "kind": TEXT, "code": TEXT, "title": TEXT, "effect": TEXT_OR_NOTHING,
            "part": TEXT_OR_NOTHING, "steps": NUMBER, "perhaps": YES_NO,
            "owner": TEXT_OR_NOTHING, "owner_name": TEXT_OR_NOTHING,
            "valid_from": DAY_OR_NOTHING, "valid_to": DAY_OR_NOTHING, "sentence": TEXT,
            "path": {"type": "array", "items": _object({
                "way": TEXT, "words": TEXT, "code": TEXT, "guess": YES_NO,
            })},
        }),
        question=TEXT, start=TEXT, title=TEXT, as_of={"type": "string", "format": "date"},
        far=NUMBER, counts=COUNTS, effects=COUNTS, perhaps=NUMBER, more_beyond=YES_NO, cut=YES_NO,
        not_told={"type": "array", "items": TEXT},
    ),
    "LooseEnd": _object({
        "id": NUMBER, "check": TEXT, "kind": TEXT, "code": TEXT_OR_NOTHING, "title": TEXT,
        "sentence": TEXT, "why": TEXT, "severity": TEXT, "owner": TEXT_OR_NOTHING,
        "since": MOMENT, "state": TEXT, "period": TEXT, "facts": {"type": "object"},
        "things": {"type": "object",
                   "additionalProperties": {"type": "array", "items": TEXT}},
        "reason": TEXT, "until": DAY_OR_NOTHING, "turned_into": TEXT_OR_NOTHING,
    }),
    "LooseEndList": _list(_ref("LooseEnd")),
    "Detector": _object({
        "check": TEXT, "kind": TEXT, "severity": TEXT, "title": TEXT, "looks_at": TEXT,
        "rule": TEXT, "is_on": YES_NO, "limits": {"type": "array", "items": _object({
            "name": TEXT, "label": TEXT, "value": NUMBER, "usual": NUMBER, "unit": TEXT,
            "least": NUMBER, "most": NUMBER,
        })},
        "run": {"type": ["object", "null"],
                "description": "The newest run; coverage is covered_days / period_days."},
    }),
    "DetectorList": _list(_ref("Detector")),
    "ReadingList": _list(_object({
        "day": {"type": "string", "format": "date"}, "open": NUMBER, "urgent": NUMBER,
        "attention": NUMBER, "note": NUMBER, "unknown_dials": {"type": ["integer", "null"]},
        "dials": {"type": ["integer", "null"]},
    })),
    "LookedAgain": _object({"open": NUMBER}),
    "NoticeList": _list(_object({
        "id": NUMBER, "kind": TEXT, "title": TEXT, "words": TEXT, "code": TEXT_OR_NOTHING,
        "n": NUMBER, "things": {"type": "array", "items": TEXT},
        "by": {"type": "array", "items": TEXT}, "at": MOMENT,
        "read_at": {"type": ["string", "null"], "format": "date-time"}, "url": TEXT,
    })),
    "NoticeRead": _object({"id": NUMBER, "read_at": MOMENT}),
    "NoticesRead": _object({"read": NUMBER}),
    "NoticeChoiceList": _list(_object({
        "kind": TEXT, "label": TEXT, "in_app": YES_NO, "mail": TEXT,
        "mails": {"type": "array", "items": TEXT},
    })),
    "ElementList": _list(_object({
        "number": NUMBER, "kind": TEXT, "text": TEXTS, "unit": TEXT, "quantity": TEXT_OR_NOTHING,
    })),
    "PriceList": _list(_object({
        "number": NUMBER, "kind": TEXT, "amount": {"type": ["integer", "null"]},
        "currency": TEXT, "period": TEXT, "condition": TEXTS, "channel": TEXT,
        "valid_from": DAY_OR_NOTHING, "valid_to": DAY_OR_NOTHING,
    }), revision=NUMBER),
    "MemberList": _list(_object({
        "number": NUMBER, "product": TEXT_OR_NOTHING, "offering": TEXT_OR_NOTHING,
        "optional": YES_NO, "min_n": NUMBER, "default_n": NUMBER, "max_n": NUMBER,
        "option_label": TEXTS,
    }), revision=NUMBER),
    "CheckList": _list(_object({
        "check": TEXT, "sign": TEXT, "about": {"type": "array", "items": TEXT},
    })),
}  # fmt: skip
