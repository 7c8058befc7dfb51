"""The controls of a form: what a field is written with, and what comes back from it.

A control has the field's name; a translated text has one control a language, ``name-fi``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.kernel.actor import Actor
from polku.kernel.fields import Field
from polku.kernel.queries import titled, visible_kind
from polku.kernel.registry import Entity
from polku.kernel.registry import entity as entity_row
from polku.tenancy.models.workspace import LANGUAGES
from polku.tenancy.translated import Translated
from polku.web.desk.values import title_text

MOST_OPTIONS = 300
EMPTY_PAIRS = 2
LANGUAGE_NAMES = dict(LANGUAGES)

type Post = Mapping[str, str]


@dataclass(frozen=True)
class Option:
    """One choice of a select or a list of boxes."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Control:
    """One control as the template draws it (``objects/control.html``)."""

    kind: str
    name: str
    label: str
    value: str = ""
    required: bool = False
    lang: str = ""
    note: str = ""
    help: str = ""
    error: str = ""
    limit: int | None = None
    options: list[Option] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    stale: bool = False
    was: str | None = None

    @property
    def id(self) -> str:
        """The id of the control in the page."""
        return f"field-{self.name}"


@dataclass(frozen=True)
class Of:
    """Stands for a kind where a control asks only which table its column is of."""

    model: Any


def controls_of(
    actor: Actor, entity: Entity | Of, found: Field, value: Any, *, problem: str = ""
) -> list[Control]:
    """The controls of one field filled with *value* (stored form); one a language for texts."""
    if found.type == "translated":
        return _translated(actor, entity, found, value, problem)
    return [_CONTROLS[found.type](actor, entity, found, value, problem)]


def _base(entity: Entity | Of, found: Field, problem: str, **more: Any) -> dict[str, Any]:
    return {
        "name": found.name, "label": found.label(entity.model), "required": found.required,
        "help": str(found.help), "error": problem, **more,
    }  # fmt: skip


def languages_for(actor: Actor, value: Translated) -> list[str]:
    """The source first, then the reader's own, then the workspace's others, then strays."""
    wanted = [value.source_lang] if value else []
    wanted += [actor.lang_for_writing, *actor.workspace.languages, *value.texts]
    return list(dict.fromkeys(wanted))


def _translated(
    actor: Actor, entity: Entity | Of, found: Field, value: Translated | None, problem: str
) -> list[Control]:
    value = value or Translated({}, actor.lang_for_writing)
    limit = getattr(found.column(entity.model), "text_limit", None)
    many = found.multiline or (limit or 0) > 200 or limit is None
    return [
        Control(
            **_base(entity, found, problem if place == 0 else "", name=f"{found.name}-{lang}"),
            kind="area" if many else "line", lang=lang, limit=limit, value=value.text(lang),
            note=_language_note(value, lang, place), stale=value.is_stale(lang),
            was=value.text(lang),
        )
        for place, lang in enumerate(languages_for(actor, value))
    ]  # fmt: skip


def _language_note(value: Translated, lang: str, place: int) -> str:
    name = LANGUAGE_NAMES.get(lang, lang)
    if value and place == 0:
        return _("%(language)s, the first text") % {"language": name}
    return name


def _text(_actor: Actor, entity: Entity | Of, found: Field, value: Any, problem: str) -> Control:
    limit = getattr(found.column(entity.model), "max_length", None)
    kind = "area" if found.multiline or ((limit or 0) > 300 and found.name != "web") else "line"
    return Control(kind, **_base(entity, found, problem), value=str(value or ""), limit=limit)


def _enum(_actor: Actor, entity: Entity | Of, found: Field, value: Any, problem: str) -> Control:
    column = found.column(entity.model)
    pairs = [("", _("not said"))] if column.blank else []
    pairs += found.choices(entity.model)
    options = [Option(code, label, code == (value or "")) for code, label in pairs]
    return Control("select", **_base(entity, found, problem), options=options)


def _ref(actor: Actor, entity: Entity | Of, found: Field, value: Any, problem: str) -> Control:
    chosen = getattr(value, "code", value) or ""
    rows = _candidates(actor, found.ref)
    if len(rows) > MOST_OPTIONS:
        words = _("Write its code, such as %(code)s") % {
            "code": f"{entity_row(found.ref).prefix}-1"
        }
        return Control("line", **_base(entity, found, problem) | {"help": words}, value=chosen)
    nothing = _("nobody") if found.ref == "party" else _("none")
    options = [Option("", nothing, not chosen)]
    options += [Option(obj.code, title_text(obj), obj.code == chosen) for obj in rows]
    if chosen and chosen not in {option.value for option in options}:
        options.append(
            Option(chosen, title_text(value) if hasattr(value, "code") else chosen, True)
        )
    return Control("select", **_base(entity, found, problem), options=options)


def _candidates(actor: Actor, kind: str) -> list[Any]:
    target = entity_row(kind)
    order = ["-is_internal", "sort_title"] if kind == "party" else ["sort_title"]
    return list(titled(target, visible_kind(actor, target)).order_by(*order)[: MOST_OPTIONS + 1])


def _refs(actor: Actor, entity: Entity | Of, found: Field, value: Any, problem: str) -> Control:
    chosen = {getattr(obj, "code", obj) for obj in value or ()}
    rows = _candidates(actor, found.ref)
    if len(rows) > MOST_OPTIONS:
        words = _("Write their codes, one a line")
        lines = "\n".join(sorted(chosen))
        return Control("area", **_base(entity, found, problem) | {"help": words}, value=lines)
    options = [Option(obj.code, title_text(obj), obj.code in chosen) for obj in rows]
    return Control("boxes", **_base(entity, found, problem), options=options)


def _object(_actor: Actor, entity: Entity | Of, found: Field, value: Any, problem: str) -> Control:
    words = _("Write its code, such as %(code)s") % {"code": "SRV-1"}
    return Control(
        "line", **_base(entity, found, problem) | {"help": words}, value=str(value or "")
    )


def _date(_actor: Actor, entity: Entity | Of, found: Field, value: Any, problem: str) -> Control:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value or "")
    return Control("date", **_base(entity, found, problem), value=text)


def _bool(_actor: Actor, entity: Entity | Of, found: Field, value: Any, problem: str) -> Control:
    yes = value is True or str(value).lower() in {"true", "yes"}
    options = [Option("yes", _("yes"), yes), Option("no", _("no"), not yes)]
    return Control("radios", **_base(entity, found, problem), options=options)


def _number(_actor: Actor, entity: Entity | Of, found: Field, value: Any, problem: str) -> Control:
    text = "" if value is None else str(value)
    return Control("number", **_base(entity, found, problem), value=text)


def _words(_actor: Actor, entity: Entity | Of, found: Field, value: Any, problem: str) -> Control:
    text = value if isinstance(value, str) else "\n".join(str(part) for part in value or ())
    return Control("area", **_base(entity, found, problem) | {"help": _("One a line")}, value=text)


def _json(_actor: Actor, entity: Entity | Of, found: Field, value: Any, problem: str) -> Control:
    pairs = pairs_of(value)
    pairs += [("", "")] * EMPTY_PAIRS
    return Control("pairs", **_base(entity, found, problem), pairs=pairs)


def pairs_of(value: Any) -> list[tuple[str, str]]:
    """A free structure as lines of name and value; a list has numbers for names."""
    if isinstance(value, Mapping):
        return [(str(name), plain_text(part)) for name, part in value.items()]
    if isinstance(value, list):
        return [(str(place), plain_text(part)) for place, part in enumerate(value, 1)]
    return []


def plain_text(value: Any) -> str:
    """A part of a free structure as it stands in a form."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {plain_text(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(plain_text(part) for part in value)
    return "" if value is None else str(value)


_CONTROLS: dict[str, Any] = {
    "text": _text, "enum": _enum, "ref": _ref, "refs": _refs, "object": _object, "date": _date,
    "bool": _bool, "int": _number, "decimal": _number, "words": _words, "json": _json,
}  # fmt: skip

NOTHING_WRITTEN = gettext_lazy("Nothing was written.")


def written(found: Field, post: Any, now: Any) -> Any:
    """The outside value that a form sends for a field; *now* is the value it was opened with.

    Of a translated text only the languages that were changed, or said to be still right, count:
    so two people who write in two languages do not meet.
    """
    if found.type == "translated":
        return _changed_texts(found, post)
    if found.type == "refs":
        sent = post.getlist(found.name)
        return [code for part in sent for code in part.replace(",", " ").split()]
    if found.type == "json":
        return _structure(found, post, now)
    return line_ends(post.get(found.name, ""))


def _changed_texts(found: Field, post: Any) -> dict[str, str]:
    start = f"{found.name}-"
    texts = {key.removeprefix(start): line_ends(post[key]) for key in post if key.startswith(start)}
    return {
        lang: text
        for lang, text in texts.items()
        if text.strip() != line_ends(post.get(f"was-{start}{lang}", "")).strip()
        or post.get(f"still-{start}{lang}")
    }


def line_ends(text: str) -> str:
    """One line end for all: browsers send two letters for it."""
    return str(text).replace("\r\n", "\n").replace("\r", "\n")


def _structure(found: Field, post: Any, now: Any) -> Any:
    names, values = post.getlist(f"{found.name}-name"), post.getlist(f"{found.name}-value")
    sent = [
        (n.strip()[:120], line_ends(v).strip()[:2000]) for n, v in zip(names, values, strict=False)
    ]
    kept = [(name, value) for name, value in sent if name or value]
    if isinstance(now, list):
        return _list(now, kept)
    before = now if isinstance(now, Mapping) else {}
    return {
        name or _("without a name"): _same(before.get(name), value) for name, value in kept
    }  # fmt: skip


def _list(now: list[Any], kept: Iterable[tuple[str, str]]) -> list[Any]:
    """Parts that were left as they were keep their shape."""
    before = {(str(place), plain_text(part)): part for place, part in enumerate(now, 1)}
    return [before.get((name, value), value) for name, value in kept if value]


def _same(before: Any, value: str) -> Any:
    return before if before is not None and plain_text(before) == value else value
