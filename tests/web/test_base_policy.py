"""What the content security policy forbids is in none of our templates; the weight is kept low."""

import gzip
import re
from pathlib import Path

import polku.web

ROOM = Path(polku.web.__file__).parent
INLINE = re.compile(r"\sstyle=|\son[a-z]+=\"|<style|javascript:|hx-on", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?![^>]*(?:\ssrc=|type=\"application/json\"))", re.IGNORECASE)
ELSEWHERE = re.compile(r"(?:src|href)=\"(?:https?:)?//", re.IGNORECASE)


def test_no_template_holds_style_script_or_an_address_elsewhere() -> None:
    templates = list((ROOM / "templates").rglob("*.html"))
    assert len(templates) > 40
    found = [
        (path.name, match.group())
        for path in templates
        for rule in (INLINE, SCRIPT, ELSEWHERE)
        for match in rule.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_our_scripts_weigh_less_than_ten_kilobytes_together() -> None:
    modules = sorted((ROOM / "static" / "polku" / "js").glob("*.js"))
    assert modules
    assert sum(len(gzip.compress(path.read_bytes())) for path in modules) < 10_000


def test_our_scripts_never_evaluate_text() -> None:
    for path in (ROOM / "static" / "polku" / "js").glob("*.js"):
        assert not re.search(r"\beval\(|new Function", path.read_text(encoding="utf-8")), path.name
