"""The tags of our pages: ``{% load polku %}``."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from polku.web import formats, readings, signs

register = template.Library()

RESULTS = frozenset({"good", "watch", "bad", "planned", "unknown"})


@register.simple_tag
def sprite(*names: str) -> SafeString:
    """The symbols of the page: those named, or all of them."""
    return signs.sprite(tuple(names))


@register.simple_tag
def sign(name: str, spoken: str = "") -> SafeString:
    """A sign; *spoken* adds words that are heard and not seen."""
    if not spoken:
        return signs.sign_svg(name)
    words = format_html('<span class="visually-hidden">{}</span>', spoken)
    return format_html("{}{}", signs.sign_svg(name), words)


@register.simple_tag
def thread(kind: str) -> SafeString:
    """A thread: live, guess, suspect or missing."""
    return signs.thread_svg(kind)


@register.filter
def thread_words(kind: str) -> str:
    """What a kind of thread says: confirmed, guess, needs a look, missing."""
    return str(signs.THREAD_WORDS[kind])


@register.filter
def life_sign(state: str) -> str:
    """The name of the sign of a managed state."""
    return signs.life_sign(state)


@register.simple_tag
def state(result: str, words: Any, sign: str = "", strong: bool = False) -> SafeString:
    """A result as sign and words; ``plain`` shows any *sign* in ink, as life states do."""
    if isinstance(words, SafeString):
        return _state(result, words, sign, strong)
    return _known_state(result, str(words), sign, strong)


def _state(result: str, words: str, sign: str, strong: bool) -> SafeString:
    css = f"state state-{result}" if result in RESULTS else "state"
    name = sign or (result if result in RESULTS else "")
    shown = format_html("<strong>{}</strong>", words) if strong else conditional_escape(words)
    return format_html(
        '<span class="{}">{}{}</span>', css, signs.sign_svg(name) if name else "", shown
    )


# A page shows the same few states dozens of times. Markup equals its own text and would be taken
# for it, so that only plain words are kept.
_known_state = lru_cache(maxsize=1024)(_state)


@register.simple_tag
def life(state_key: str, words: Any, strong: bool = False) -> SafeString:
    """A managed state: its sign and its words, in ink."""
    return state("plain", words, signs.life_sign(state_key), strong)


@register.simple_tag
def reading(value: Any, note: bool = True) -> SafeString:
    """A text in the language of the page, or in another and saying so."""
    return readings.reading_html(value, with_note=note)


@register.simple_tag
def reading_note(value: Any) -> SafeString:
    """The note of a text alone: put it after a link whose words are ``{% reading x False %}``."""
    return readings.note_html(value)


@register.filter
def plain(value: Any) -> str:
    """A text for a title, an attribute or an option: no markup, no note."""
    return readings.plain_reading(value)


@register.simple_tag(takes_context=True)
def phrase(context: Context, entity: Any, key: str = "one") -> str:
    """The whole phrase the registry gives for a kind of thing, in the reader's words.

    Keys: one, many, new, none_yet, first_step, none_found, about.
    """
    return str(entity.words.phrase(key, _vocabulary(context)))


@register.simple_tag(takes_context=True)
def counted(context: Context, entity: Any, n: int) -> str:
    """A number with its noun in the right form: ``3 services``."""
    return str(entity.words.count(n, _vocabulary(context)))


@register.simple_tag
def was(before: str, after: str) -> SafeString:
    """The former text with what went marked ``<del>``."""
    return readings.before_and_after(str(before), str(after))[0]


@register.simple_tag
def now(before: str, after: str) -> SafeString:
    """The present text with what came marked ``<ins>``."""
    return readings.before_and_after(str(before), str(after))[1]


@register.simple_tag
def day(value: date | None, form: str = "short") -> SafeString:
    """A ``<time>``: short, long, week (with the day's name), moment, or recent."""
    if value is None:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), _FORMS[form](value))


@register.filter
def long_day(value: date) -> str:
    """A day in words, to stand inside a sentence."""
    return formats.long_day(value)


@register.simple_tag
def today() -> str:
    """Today as the reader writes it, for what is printed."""
    return formats.long_day(timezone.localdate())


@register.filter
def nth(sequence: Sequence[Any], position: int) -> Any:
    """The item at a position, nothing when there is none (a row may be short)."""
    return sequence[position] if position < len(sequence) else None


@register.filter
def number(value: formats.Number | None, places: int | None = None) -> str:
    """A number with the reader's separators; nothing for none."""
    return "" if value is None else formats.number(value, places)


@register.filter
def share(value: formats.Number | None, places: int = 0) -> str:
    """A part of one as per cent; nothing for none."""
    return "" if value is None else formats.share(value, places)


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField,
    label: str = "",
    help_text: str | None = None,
    placeholder: str | None = None,
    wide: bool = False,
    css: str = "",
) -> dict[str, Any]:
    """A form field: label, control, help and error tied together.

    *help_text* and *placeholder* replace the form's own; an empty text takes them away.
    """
    widget = bound.field.widget
    if help_text is not None:
        # Django ties aria-describedby to this very attribute
        bound.help_text = help_text
    if placeholder is not None:
        widget.attrs["placeholder"] = placeholder
    return {
        "bound": bound,
        "label": label or bound.label,
        "help_text": bound.help_text,
        "wide": wide,
        "css": css,
        "kind": getattr(widget, "input_type", "") or type(widget).__name__.lower(),
    }


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """What is wrong with the form as a whole."""
    return {"errors": form.non_field_errors()}


def _vocabulary(context: Context) -> str:
    return str(getattr(context.get("actor"), "vocabulary", "plain"))


def _moment(value: date) -> str:
    is_moment = isinstance(value, datetime)
    return formats.moment(value) if is_moment else formats.short_day(value)  # type: ignore[arg-type]


_FORMS = {
    "short": formats.short_day,
    "long": formats.long_day,
    "week": formats.week_day,
    "moment": _moment,
    "recent": formats.how_recent,
}
