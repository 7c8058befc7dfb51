"""What pyproject.toml cannot say: the translations are compiled before packing."""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from tools.messages import compile_all  # noqa: E402


class BuildWithTranslations(build_py):
    """Compile .po to .mo before the files of the package are gathered."""

    def run(self) -> None:
        compile_all(ROOT / "src" / "polku" / "locale")
        super().run()


setup(cmdclass={"build_py": BuildWithTranslations})
