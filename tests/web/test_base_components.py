"""The components say what their contract promises, in the markup that the sheet knows."""

from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from polku.kernel.answers import Allowed, Denied
from polku.web.tables import Cell, Column, Row, Table, heads


def shown(source: str, **context: object) -> str:
    return Template("{% load polku %}" + source).render(Context(context))


class Question(forms.Form):
    name = forms.CharField(help_text="What people call it")
    why = forms.CharField(required=False)
    size = forms.ChoiceField(choices=[("s", "Small"), ("l", "Large")], widget=forms.RadioSelect)


@pytest.fixture
def form() -> Question:
    form = Question({"name": "", "size": "s"})
    form.is_valid()
    return form


def test_a_field_ties_label_help_and_error_to_its_control(form: Question) -> None:
    html = shown("{% field form.name %}", form=form)
    assert '<label for="id_name">' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_help_that_is_taken_away_leaves_no_loose_tie(form: Question) -> None:
    html = shown('{% field form.name help_text="" %}', form=form)
    assert "helptext" not in html


def test_a_choice_of_radios_is_a_group_with_a_name(form: Question) -> None:
    html = shown("{% field form.size %}", form=form)
    assert "<fieldset" in html
    assert "<legend>Size" in html
    assert html.count('type="radio"') == 2


def test_a_refused_verb_stays_in_its_place_with_its_reason() -> None:
    context = {"label": "Launch", "url": "/x/", "id": "launch", "answer": Denied("Olga decides.")}
    html = render_to_string("components/verb.html", context)
    assert 'aria-disabled="true"' in html
    assert 'aria-describedby="launch-why"' in html
    assert "Olga decides." in html
    assert "<form" not in html


def test_an_allowed_verb_is_a_form_that_posts() -> None:
    context = {"label": "Launch", "url": "/x/", "id": "launch", "answer": Allowed()}
    html = render_to_string("components/verb.html", context)
    assert '<form method="post" action="/x/"' in html
    assert "aria-disabled" not in html


def test_a_table_says_its_order_and_offers_the_other() -> None:
    columns = [Column("Service", sort="name"), Column("Users", number=True, sort="users")]
    table = Table(
        "Services", "2 services", heads(columns, "-users"), [Row(Cell("A", url="/a/"), [Cell(3)])]
    )
    request = RequestFactory().get("/list/?q=a&page=4")
    html = render_to_string("components/table.html", {"table": table}, request)
    assert 'aria-sort="descending"' in html
    assert 'href="?q=a&amp;sort=users"' in html
    assert 'href="?q=a&amp;sort=name"' in html
    assert '<th scope="row"><a href="/a/">A</a>' in "".join(html.split("\n"))
    assert 'role="region"' in html


def test_a_long_list_says_where_it_is() -> None:
    page = Paginator(range(1716), 50).page(2)
    request = RequestFactory().get("/list/?q=a")
    with translation.override("en"):
        html = render_to_string("components/pagination.html", {"page": page}, request)
    assert "51–100 of 1,716" in html
    assert 'href="?q=a&amp;page=3"' in html


def test_what_stands_in_a_field_is_text_everywhere() -> None:
    nasty = "<script>alert(1)</script>"
    context = {
        "name": "x", "label": nasty, "value": nasty, "edit_url": "/e/", "mine": nasty,
        "theirs": "fine", "who": nasty, "show_url": "/s/", "revision": 2,
        "ends": [SimpleNamespace(thread="missing", sentence=nasty, note=nasty, actions=[])],
        "entries": [], "title": nasty, "why": nasty, "text": nasty,
    }  # fmt: skip
    for name in ("editable", "conflict", "loose_ends", "empty", "notice"):
        assert "<script>" not in render_to_string(f"components/{name}.html", context), name


def test_a_conflict_keeps_both_texts() -> None:
    context = {"name": "x", "label": "L", "mine": "now ours", "theirs": "now theirs",
               "who": "Piotr", "edit_url": "/e/", "show_url": "/s/", "revision": 7}  # fmt: skip
    html = render_to_string("components/conflict.html", context)
    assert "<del>theirs</del>" in html
    assert "<ins>ours</ins>" in html
    assert 'name="revision" value="7"' in html


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 429, 500, 503])
def test_each_error_says_what_happened_what_was_kept_and_what_to_do(status: int) -> None:
    html = render_to_string(f"{status}.html")
    assert html.count("<h1>") == 1
    assert "What was kept" in html
    assert "What to do" in html
    assert str(status) in html
