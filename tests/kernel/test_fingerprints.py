"""Equal content, equal print; any part of the meaning changed, another print (links.md 2)."""

import copy
import datetime as dt
import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from polku.kernel.fields import Field
from polku.kernel.fingerprints import canonical, content_of, content_print, fingerprint
from polku.kernel.registry import Entity, entities, entity
from polku.tenancy.translated import Translated

MEANT = [row for row in entities() if row.meaning_fields]

texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(
    str.strip
)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
quick = settings(max_examples=40, deadline=None)


def values(row: Entity, found: Field) -> st.SearchStrategy[Any]:
    """Stored values of one field."""
    if found.type == "enum":
        return st.sampled_from([code for code, _label in found.choices(row.model)])
    return {
        "text": texts, "words": st.lists(texts, min_size=1, max_size=3),
        "translated": texts.map(lambda text: Translated.of(text, "en")),
        "date": st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
        "bool": st.booleans(), "int": st.integers(0, 9999),
        "decimal": st.decimals(0, 9999, places=2),
        "json": st.dictionaries(texts, texts, min_size=1),
    }[found.type]  # fmt: skip


def simple(row: Entity) -> list[Field]:
    """Meaning fields whose values can be made without other objects."""
    names = [row.by_name[name] for name in row.meaning_fields]
    return [found for found in names if found.type not in {"ref", "refs", "object"}]


@pytest.mark.parametrize("row", MEANT, ids=lambda row: row.kind)
@given(data=st.data())
@quick
def test_any_meaning_field_changed_gives_another_print(row: Entity, data: Any) -> None:
    drawn = {found.name: data.draw(values(row, found)) for found in simple(row)}
    content = {name: _meaning(value) for name, value in drawn.items()}
    same = {name: _meaning(copy.deepcopy(value)) for name, value in reversed(drawn.items())}
    assert content_print(content) == content_print(same)
    found = data.draw(st.sampled_from(simple(row)))
    other = _meaning(data.draw(values(row, found)))
    assume(canonical(other) != canonical(content[found.name]))
    assert content_print(content | {found.name: other}) != content_print(content)


def _meaning(value: Any) -> Any:
    return value.source_text if isinstance(value, Translated) else value


@pytest.mark.parametrize("row", MEANT, ids=lambda row: row.kind)
@pytest.mark.django_db
def test_every_meaning_field_of_an_object_counts(row: Entity) -> None:
    first, second = ({}, {})
    for found in simple(row):
        one, two = _two(row, found)
        first[found.name], second[found.name] = one, two
    for name in row.meaning_fields:
        if row.by_name[name].type == "ref":
            model = entity(row.by_name[name].ref).model
            first[name], second[name] = model(pk=1, code="ONE-1"), model(pk=2, code="TWO-2")
    before = fingerprint(row.model(pk=1, **first))
    for name, value in second.items():
        assert fingerprint(row.model(pk=1, **{**first, name: value})) != before, name
    told = row.model(pk=1, **first)
    # A translation is no meaning: the source language counts (DECISIONS 33)
    for name, value in first.items():
        if isinstance(value, Translated):
            setattr(told, name, value.with_text("fi", "suomeksi"))
    assert fingerprint(told) == before


def _two(row: Entity, found: Field) -> tuple[Any, Any]:
    if found.type == "enum":
        codes = [code for code, _label in found.choices(row.model)]
        return codes[0], codes[-1]
    pairs: dict[str, tuple[Any, Any]] = {
        "text": ("one", "two"), "words": (["one"], ["two"]),
        "translated": (Translated.of("one", "en"), Translated.of("two", "en")),
        "date": (dt.date(2026, 1, 1), dt.date(2026, 1, 2)), "bool": (True, False),
        "int": (1, 2), "decimal": (Decimal(1), Decimal("1.5")), "json": ({"a": 1}, {"a": 2}),
    }  # fmt: skip
    return pairs[found.type]


@given(content=st.dictionaries(texts, plain, max_size=5))
@quick
def test_form_order_and_blanks_mean_nothing(content: dict[str, Any]) -> None:
    base = content_print(content)
    assert content_print(dict(reversed(content.items()))) == base
    assert content_print(_each(content, lambda t: unicodedata.normalize("NFD", t))) == base
    assert content_print(_each(content, lambda t: f"  {t}\n")) == base
    assert content_print({**content, "nobody said": None, "nor this": "", "nor": []}) == base


@given(one=plain, other=plain)
@quick
def test_equal_prints_mean_equal_content(one: Any, other: Any) -> None:
    same = canonical(one) == canonical(other) and repr(canonical(one)) == repr(canonical(other))
    left, right = content_print(one), content_print(other)
    assert (left == right) or not same
    if canonical(one) != canonical(other):
        assert left != right


def _each(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each(part, change) for key, part in value.items()}
    return [_each(part, change) for part in value] if isinstance(value, list) else value


def test_content_is_named_by_the_registry() -> None:
    for row in MEANT:
        obj = row.model()
        names = {*row.meaning_fields} - {f.name for f in row.fields if f.type in {"ref", "refs"}}
        missing = [name for name in names if not hasattr(obj, name)]
        assert not missing, (row.kind, missing)


def test_a_print_is_sha_256_of_canonical_json() -> None:
    service = next(row for row in MEANT if row.kind == "strategy_goal").model(
        statement=Translated.of("Café  open", "en")
    )
    assert content_of(service) == {"statement": "Café  open"}
    expected = '{"statement":"Café open"}'
    import hashlib

    assert fingerprint(service) == hashlib.sha256(expected.encode()).hexdigest()
