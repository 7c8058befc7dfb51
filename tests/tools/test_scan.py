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


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_found(tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_text(BREACHES[name])
    assert scan(tmp_path) == 1
    assert name in capfd.readouterr().out


def test_sound_code_is_let_be(tmp_path: Path) -> None:
    (tmp_path / "view.py").write_text("def view(request):\n    return redirect('home')\n")
    (tmp_path / "page.html").write_text("<p>{{ text }}</p>\n")
    assert scan(tmp_path) == 0
