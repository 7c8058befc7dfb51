"""What was sent, as plain values; anything else is refused before a rule sees it."""

from collections.abc import Mapping
from typing import Any

import msgspec
import pydantic
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from polku.api.problems import BadRequest, WrongMediaType
from polku.kernel.answers import BadInput, Sentence

MOST = 1000
DEEPEST = 40


def read_json(request: HttpRequest) -> Any:
    """The JSON body. Raises WrongMediaType, BadRequest or BadInput; ``{}`` when there is none."""
    body = request.body
    if not body:
        return {}
    media = request.content_type or ""
    if media != "application/json" and not media.endswith("+json"):
        raise WrongMediaType(_("Send JSON, with the header Content-Type: application/json."))
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise BadRequest(_("The body is not JSON in UTF-8. Nothing was saved.")) from error
    _hold_plain(value, 0)
    return value


def _hold_plain(value: Any, depth: int) -> None:
    """No zero signs (no database holds them in text), and no tower of lists."""
    if depth > DEEPEST:
        raise BadRequest(_("The body is nested too deeply. Nothing was saved."))
    if isinstance(value, str):
        if "\x00" in value:
            raise BadRequest(_("A text holds a zero sign, which cannot be kept. Take it out."))
    elif isinstance(value, dict):
        for key, part in value.items():
            _hold_plain(key, depth)
            _hold_plain(part, depth + 1)
    elif isinstance(value, list):
        for part in value:
            _hold_plain(part, depth + 1)


def read_object(request: HttpRequest) -> dict[str, Any]:
    """The body as one JSON object."""
    value = read_json(request)
    if not isinstance(value, dict):
        raise BadInput({"": _("One object is needed here: {…}.")})
    return value


def read_objects(request: HttpRequest) -> tuple[list[dict[str, Any]], bool]:
    """The body as objects, and whether it was a list of them (1 to 1000)."""
    value = read_json(request)
    if isinstance(value, dict):
        return [value], False
    if not isinstance(value, list) or not 1 <= len(value) <= MOST:
        raise BadInput({"": _("Send one object, or a list of 1 to %(n)d.") % {"n": MOST}})
    wrong = {str(n): _("One object is needed here: {…}.")
             for n, part in enumerate(value) if not isinstance(part, dict)}  # fmt: skip
    if wrong:
        raise BadInput(wrong)
    return value, True


def shaped[S: pydantic.BaseModel](shape: type[S], value: Any) -> S:
    """*value* in a fixed shape. Raises BadInput with a sentence for each field that is wrong."""
    try:
        return shape.model_validate(value)
    except pydantic.ValidationError as error:
        rows = error.errors(include_url=False, include_context=True, include_input=False)
        raise BadInput({".".join(map(str, row["loc"])): _sentence(row) for row in rows}) from error


def _sentence(row: Mapping[str, Any]) -> Sentence:
    kind, context = row["type"], row.get("ctx", {})
    if kind == "missing":
        return _("Write something here; it cannot stay empty.")
    if kind == "extra_forbidden":
        return _("There is no such field to write here.")
    if kind == "string_too_long":
        return _("Too long; %(limit)d characters fit.") % {"limit": context["max_length"]}
    if kind.startswith("date"):
        return _("This is not a day. Write it as 2026-05-31.")
    if kind in {"literal_error", "enum"}:
        return _("Choose one of: %(codes)s.") % {"codes": context.get("expected", "")}
    return _("This does not fit here.")


class JsonParser(Parser):
    """For the few places where the framework itself reads a body."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The same reading as everywhere."""
        return read_json(request)
