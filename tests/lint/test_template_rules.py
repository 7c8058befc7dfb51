"""Each rule of the house lint for templates: a breach is found, its honest neighbour is not."""

from pathlib import Path

import pytest

from tools.house.template_rules import breaches_in_template


def found(tmp_path: Path, source: str) -> list[tuple[int, str]]:
    path = tmp_path / "page.html"
    path.write_text(source, encoding="utf-8")
    return [(breach.line, breach.rule) for breach in breaches_in_template(path)]


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello</p>",
        "<p>{{ name }} is live</p>",
        '<img src="x" alt="A boat">',
        '<input placeholder="Name">',
        '<input type="submit" value="Save">',
        '<button aria-label="Close">x</button>',
        "{% if x %}Live{% endif %}",
        "<svg><title>A path</title></svg>",
    ],
)
def test_a_literal_word_is_a_breach(tmp_path: Path, source: str) -> None:
    assert found(tmp_path, source) == [(1, "untranslated")]


@pytest.mark.parametrize(
    "source",
    [
        '<p>{% translate "Hello" %}</p>',
        "<p>{% blocktranslate count n=n %}One{% plural %}{{ n }} many{% endblocktranslate %}</p>",
        "<p>{{ name }}: {{ count }} · 12 %</p>",
        '<img src="x" alt="{{ name }}">',
        '<input type="hidden" name="state" value="live">',
        "<title>{% block title %}{% endblock %} - Polku</title>",
        "{# A note to colleagues #}<p>1</p>{% comment %}More{% endcomment %}",
        "{% block main_class %}page wide{% endblock %}",
        "<code>polku import</code> <kbd>Ctrl</kbd>",
        '<span translate="no" lang="fi">Suomi <b>ja</b></span>',
        '<a class="card {% if x %}open{% endif %}" href="{% url "services" %}">1</a>',
        '<script src="/static/app.js" type="module"></script>',
        '<{% if x %}a href="{{ x }}"{% else %}p{% endif %}>1</{% if x %}a{% else %}p{% endif %}>',
        "<!doctype html><!-- a note --><p>&nbsp;&times;</p>",
    ],
)
def test_what_is_translated_or_no_word_is_let_be(tmp_path: Path, source: str) -> None:
    assert found(tmp_path, source) == []


def test_words_after_an_untranslated_element_count_again(tmp_path: Path) -> None:
    source = '<p translate="no">Suomi<br>ja</p>\n<p>Hello</p>'
    assert found(tmp_path, source) == [(2, "untranslated")]


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ('<p style="color: red">1</p>', "inline-style"),
        ("<style>p { color: red }</style>", "inline-style"),
        ("<script>run()</script>", "inline-script"),
        ('<button onclick="run()">1</button>', "inline-script"),
        ('<button hx-on:click="run()">1</button>', "inline-script"),
        ('<path style="fill: {{ colour }}" />', "inline-style"),
    ],
)
def test_what_the_policy_refuses_is_a_breach(tmp_path: Path, source: str, rule: str) -> None:
    assert found(tmp_path, source) == [(1, rule)]


def test_a_block_of_data_is_no_script(tmp_path: Path) -> None:
    assert found(tmp_path, '<script type="application/json">{"a": 1}</script>') == []


def test_the_line_is_the_one_of_the_word(tmp_path: Path) -> None:
    source = "{% comment %}\n\n{% endcomment %}\n<p>\n  {{ name }}\n  is live\n</p>\n"
    assert found(tmp_path, source) == [(6, "untranslated")]
