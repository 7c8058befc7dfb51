"""How the value of a field is shown: its words, its sign, or that nobody has said."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.kernel.fields import Field
from polku.kernel.models import Attachment
from polku.kernel.pieces import home_of
from polku.kernel.registry import Entity, entities, entity_of
from polku.tenancy.models import PieceRow, Workspace
from polku.tenancy.translated import Translated
from polku.web import formats, readings, signs
from polku.web.desk.addresses import object_url
from polku.web.markup import joined
from polku.web.templatetags.polku import day, state

UNKNOWN = "unknown"

# (result, sign) of what has a sign of its own in the visual language, by field and code
LEVELS = {
    "low": ("plain", "crit-low"),
    "medium": ("plain", "crit-medium"),
    "high": ("plain", "crit-high"),
}
ENUM_SIGNS: dict[str, Mapping[str, tuple[str, str]]] = {
    "criticality": LEVELS,
    "dial_agreement": {
        "green": ("good", "good"),
        "yellow": ("watch", "watch"),
        "red": ("bad", "bad"),
    },
    "dial_cost": {
        "under": ("plain", "cost-under"),
        "on": ("plain", "cost-on"),
        "over": ("watch", "cost-over"),
    },
    "dial_continuity": {
        "mirrored": ("plain", "cont-mirrored"),
        "restorable": ("plain", "cont-restorable"),
        "none": ("plain", "cont-none"),
    },
    "lifespan_phase": {
        "introduction": ("plain", "new"),
        "growth": ("plain", "up"),
        "maturity": ("plain", "flat"),
        "decline": ("plain", "down"),
        "renewal": ("plain", "up"),
    },
    "confidence": {
        "guess": ("unknown", "unknown"),
        "some": ("plain", "crit-medium"),
        "strong": ("good", "crit-high"),
    },
    "attitude": {
        "against": ("bad", "bad"),
        "doubtful": ("watch", "watch"),
        "neutral": ("plain", "same"),
        "supportive": ("good", "good"),
        "champion": ("good", "praise"),
    },
}


@dataclass(frozen=True)
class Shown:
    """One field of one object as it is read: ``html`` is nothing when nobody wrote anything."""

    field: Field
    label: str
    html: SafeString
    unknown: bool = False

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.field.name

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self.html


type Pair = tuple[str, int]


def shown(entity: Entity, field: Field, obj: Any, unseen: frozenset[Pair] = frozenset()) -> Shown:
    """The field's value as HTML, references as links; those in *unseen* are left out.

    The references must be fetched already.
    """
    label = field.label(entity.model)
    if field.type == "enum":
        code = str(getattr(obj, field.name) or "")
        return Shown(field, label, enum_html(entity, field, code), code in {"", UNKNOWN})
    return Shown(field, label, _SHOWN[field.type](obj.workspace, field, _value(field, obj, unseen)))


def _value(field: Field, obj: Any, unseen: frozenset[Pair]) -> Any:
    if field.type == "object":
        pair = getattr(obj, f"{field.name}_kind"), getattr(obj, f"{field.name}_id")
        return "" if pair in unseen else getattr(obj, f"{field.name}_code")
    if field.type == "refs":
        rows = getattr(obj, field.name).all()
        return [row for row in rows if (field.ref, row.pk) not in unseen]
    if field.type == "ref" and (field.ref, getattr(obj, f"{field.name}_id")) in unseen:
        return None
    return getattr(obj, field.name)


def enum_html(entity: Entity, field: Field, code: str) -> SafeString:
    """The word of a code with its sign; a hollow ring for what nobody has said."""
    if entity.machine is not None and field.name == entity.state_field:
        return state_html(entity, code)
    if code in {"", UNKNOWN}:
        return state(UNKNOWN, enum_word(entity, field, code))
    result, sign = ENUM_SIGNS.get(field.name, {}).get(code, ("", ""))
    word = enum_word(entity, field, code)
    return state(result, word, sign) if sign else conditional_escape(word)


def enum_word(entity: Entity, field: Field, code: str) -> str:
    """The word of a code in the reader's language."""
    if not code:
        return _("not said")
    return dict(field.choices(entity.model)).get(code, code)


def state_html(entity: Entity, code: str, *, strong: bool = False) -> SafeString:
    """A state as sign and word; ``strong`` for the head of a page."""
    machine = entity.machine
    found = machine.state(code) if machine else None
    if found is None and not code:
        word = _("State not said") if strong else _("not said")
        return state(UNKNOWN, word, "", strong)
    word = str(found.word) if found else enum_word(entity, entity.by_name[entity.state_field], code)
    sign = found.sign if found and found.sign in signs.SIGNS else ""
    result = sign if sign in {"good", "planned"} else "plain"
    return state(result, word[:1].upper() + word[1:] if strong else word, sign, strong)


def link_html(obj: Any, workspace: Workspace) -> SafeString:
    """The title of an object as a link to its page; of a piece, to its place on its parent's."""
    title = title_html(obj)
    if isinstance(obj, PieceRow):
        whole = title_html(obj.parent)
        link = format_html('<a href="{}">{}</a>', end_url(obj, workspace), title)
        return format_html('{} <span class="note">– {}</span>', link, whole)
    return format_html('<a href="{}">{}</a>{}', end_url(obj, workspace), title, title_note(obj))


def end_url(obj: Any, workspace: Workspace) -> str:
    """Where an object stands, or the place of a piece on the page of its parent."""
    home = home_of(obj)
    url = object_url(workspace, entity_of(home), home.code)
    return f"{url}#{piece_place(obj)}" if isinstance(obj, PieceRow) else url


def piece_place(piece: PieceRow) -> str:
    """The name of the place of a piece on the page of its parent."""
    return f"piece-{piece.code.rpartition('.')[2]}"


def title_html(obj: Any) -> SafeString:
    """The title in the reader's language, without the note."""
    return readings.reading_html(title_value(obj), with_note=False) or conditional_escape(obj.code)


def title_note(obj: Any) -> SafeString:
    """Says when the title is in another language than the page."""
    return readings.note_html(title_value(obj))


def title_value(obj: Any) -> Any:
    """The title as it is stored."""
    return getattr(obj, type(obj).title_field)


def title_text(obj: Any) -> str:
    """The title as text in the reader's language."""
    return readings.plain_reading(title_value(obj)) or str(obj.code)


def code_url(workspace: Workspace, code: str) -> str:
    """Where the object of a code stands, whatever its kind; nothing for an unknown prefix."""
    prefix = code.split("-")[0]
    row = next((row for row in entities() if row.prefix == prefix), None)
    return object_url(workspace, row, code) if row else ""


def _text(_workspace: Workspace, field: Field, value: Any) -> SafeString:
    text = str(value or "")
    if field.name == "web" and text.startswith(("http://", "https://")):
        return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', text, text)
    return conditional_escape(text)


def _translated(_workspace: Workspace, _field: Field, value: Translated) -> SafeString:
    return readings.reading_html(value)


def _ref(workspace: Workspace, _field: Field, value: Any) -> SafeString:
    return link_html(value, workspace) if value is not None else SafeString("")


def _refs(workspace: Workspace, _field: Field, value: Iterable[Any]) -> SafeString:
    return format_html_join(", ", "{}", ((link_html(obj, workspace),) for obj in value))


def _object(workspace: Workspace, _field: Field, value: str) -> SafeString:
    if not value:
        return SafeString("")
    return format_html('<a class="code" href="{}">{}</a>', code_url(workspace, value), value)


def _day(_workspace: Workspace, _field: Field, value: dt.date | None) -> SafeString:
    return day(value, "long") if value else SafeString("")


def _moment(_workspace: Workspace, _field: Field, value: dt.datetime | None) -> SafeString:
    return day(value, "moment") if value else SafeString("")


def _bool(_workspace: Workspace, _field: Field, value: Any) -> SafeString:
    return conditional_escape(_("yes") if value else _("no"))


def _number(_workspace: Workspace, _field: Field, value: int | Decimal | None) -> SafeString:
    return conditional_escape("" if value is None else formats.number(value))


def _words(_workspace: Workspace, _field: Field, value: Any) -> SafeString:
    return conditional_escape(", ".join(str(part) for part in value or ()))


def _picture(_workspace: Workspace, _field: Field, value: Attachment | None) -> SafeString:
    return readings.reading_html(value.words) if value else SafeString("")


def _json(_workspace: Workspace, _field: Field, value: Any) -> SafeString:
    return json_html(value)


def json_html(value: Any) -> SafeString:
    """Free structures as plain lines: ``name: value``, lists with commas."""
    if isinstance(value, Mapping):
        lines = [format_html("{}: {}", key, json_html(part)) for key, part in value.items()]
        return joined(lines, "<br>")
    if isinstance(value, list | tuple):
        return format_html_join(", ", "{}", ((json_html(part),) for part in value))
    if isinstance(value, bool):
        return conditional_escape(_("yes") if value else _("no"))
    return conditional_escape("" if value is None else value)


_SHOWN: dict[str, Any] = {
    "text": _text, "translated": _translated, "ref": _ref, "refs": _refs, "object": _object,
    "date": _day, "datetime": _moment, "bool": _bool, "int": _number, "decimal": _number,
    "words": _words, "json": _json, "picture": _picture,
}  # fmt: skip
