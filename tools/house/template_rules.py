"""Rules for templates: every visible word can be translated, and nothing breaks the policy."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from tools.house import Breach

# What Django fills in or what is already translated; blanked out, so that lines keep their numbers.
TEMPLATE_PARTS = re.compile(
    r"{#.*?#}"
    r"|{%\s*comment\b.*?{%\s*endcomment\s*%}"
    r"|{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%\s*block\s+\w*class\w*\s*%}.*?{%\s*endblock.*?%}"  # names of classes, filled in below
    r"|{%.*?%}"
    r"|{{.*?}}",
    re.DOTALL,
)
# What is left of `<{% if address %}a{% else %}button{% endif %}`.
TAG_FROM_A_CHOICE = re.compile(r"(</?) +(?=[a-z])")
WORD = re.compile(r"[^\W\d_]{2,}")
# Names that are the same in every language.
NAMES = {"Polku", "CSV", "XLSX", "ODS", "PDF", "QR", "API", "JSON", "SVG", "PNG", "Ctrl", "Esc"}
SPOKEN = {
    "alt",
    "title",
    "placeholder",
    "label",
    "aria-label",
    "aria-description",
    "aria-valuetext",
}
# Their text is code, or is drawn by the browser from elsewhere.
SILENT = {"script", "style", "code", "kbd", "pre", "samp"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
Attributes = list[tuple[str, str | None]]


def breaches_in_template(path: Path) -> list[Breach]:
    """Every breach in the template at `path`."""
    reader = TemplateReader()
    markup = TEMPLATE_PARTS.sub(_blank, path.read_text(encoding="utf-8"))
    reader.feed(TAG_FROM_A_CHOICE.sub(r"\1", markup))
    reader.close()
    return [Breach(path, *finding) for finding in reader.found]


class TemplateReader(HTMLParser):
    """Walks the markup that is left when Django's parts are blanked out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str, str]] = []
        self._silent: list[str] = []  # the open elements whose words nobody translates

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        for rule, advice in _refused(tag, dict(attrs)):
            self._note(rule, advice)
        is_silent = tag in SILENT or dict(attrs).get("translate") == "no"
        if tag not in VOID and (self._silent or is_silent):
            self._silent.append(tag)
        if not self._silent:
            self._check_spoken(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        for rule, advice in _refused(tag, dict(attrs)):
            self._note(rule, advice)
        if not self._silent:
            self._check_spoken(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._check_words(data, "text")

    def _check_spoken(self, tag: str, attrs: Attributes) -> None:
        for name, value in attrs:
            is_button = tag == "input" and name == "value" and _is_button(attrs)
            if value and (name in SPOKEN or is_button):
                self._check_words(value, f"attribute {name}")

    def _check_words(self, text: str, where: str) -> None:
        words = [word for word in WORD.findall(text) if word not in NAMES]
        if words:
            line = self.getpos()[0] + text[: text.index(words[0])].count("\n")
            advice = f"{where} `{words[0]}...` needs {{% translate %}} or {{% blocktranslate %}}"
            self.found.append((line, "untranslated", advice))

    def _note(self, rule: str, advice: str) -> None:
        self.found.append((self.getpos()[0], rule, advice))


def _refused(tag: str, attrs: dict[str, str | None]) -> Iterator[tuple[str, str]]:
    """What the content security policy would refuse in the browser."""
    if tag == "style" or "style" in attrs:
        yield "inline-style", "move it into the style sheet; the policy refuses it here"
    if tag == "script" and "src" not in attrs and attrs.get("type") != "application/json":
        yield "inline-script", "move it into a module; the policy refuses it here"
    for name in attrs:
        if name.startswith(("on", "hx-on")):
            yield "inline-script", f"attribute {name}: listen in a module; the policy refuses it"


def _is_button(attrs: Attributes) -> bool:
    return dict(attrs).get("type") in {"submit", "button", "reset"}


def _blank(part: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", part.group())
