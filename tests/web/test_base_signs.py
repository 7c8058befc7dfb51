"""Signs: each is drawn once, used by name, and never stands in for a word."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import polku.web
from polku.web import signs

TEMPLATES = Path(polku.web.__file__).parent / "templates"
USED = re.compile(r"{% (sign|thread) \"([a-z-]+)\"")


def test_every_sign_has_one_symbol_in_the_sprite() -> None:
    sprite = str(signs.sprite())
    ids = re.findall(r'<symbol id="([^"]+)"', sprite)
    assert len(ids) == len(set(ids)) == len(signs.SIGNS) + len(signs.THREADS)


def test_a_small_sprite_holds_only_what_was_named() -> None:
    ids = re.findall(r'<symbol id="([^"]+)"', str(signs.sprite(("good", "thread-live"))))
    assert ids == ["sign-good", "thread-live"]


def test_a_sign_is_hidden_from_speech() -> None:
    assert signs.sign_svg("good") == (
        '<svg class="sign" aria-hidden="true"><use href="#sign-good"/></svg>'
    )


@pytest.mark.parametrize("ask", [signs.sign_svg, signs.thread_svg])
def test_an_unknown_name_is_a_mistake_and_not_a_gap(ask: Callable[[str], str]) -> None:
    with pytest.raises(signs.UnknownSignError):
        ask("melon")


def test_every_state_of_the_short_set_has_its_sign() -> None:
    assert {signs.life_sign(state) for state in signs.LIFE_SIGNS} <= set(signs.SIGNS)


def test_every_sign_named_in_a_template_is_drawn() -> None:
    drawn = {"sign": signs.SIGNS, "thread": signs.THREADS}
    named = [
        (path.name, kind, name)
        for path in TEMPLATES.rglob("*.html")
        for kind, name in USED.findall(path.read_text(encoding="utf-8"))
    ]
    assert named, "the templates name signs"
    assert [row for row in named if row[2] not in drawn[row[1]]] == []
