"""Each of our semgrep rules finds its breach."""

from pathlib import Path

import pytest

from tools.scan import PROGRAMS, scan

pytestmark = pytest.mark.skipif(
    not (PROGRAMS / "semgrep").exists(), reason="semgrep is not set up (`make test` does it)"
)

BREACHES = {
    "markup.py": "from django.utils.safestring import mark_safe\nx = mark_safe(text)\n",
    "sql.py": "def f(cursor):\n    cursor.execute('select 1')\n",
    "xml.py": "from xml.etree import ElementTree\nx = ElementTree.parse(path)\n",
    "form.py": "from django.views.decorators.csrf import csrf_exempt\nview = csrf_exempt(view)\n",
    "outside.py": "from urllib.request import urlopen\nurlopen(address)\n",
    "sent.py": "def view(request):\n    return redirect(request.GET['next'])\n",
    "page.html": "<p>{{ text|safe }}</p>\n",
}


SOUND = {
    "let_be.py": "def view(request):\n    return redirect('home')\n",
    "let_be.html": "<p>{{ text }}</p>\n",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def test_a_breach_is_found(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Each beside all others, since it is the program's start that takes long."""
    assert scan(write(tmp_path, {**BREACHES, **SOUND})) == 1
    told = capfd.readouterr().out
    assert {name for name in {**BREACHES, **SOUND} if name in told} == set(BREACHES)


def test_sound_code_is_let_be(tmp_path: Path) -> None:
    assert scan(write(tmp_path, SOUND)) == 0
