"""What pyproject.toml cannot say: the translations are compiled before packing, and the passes
over events where Cython and a compiler are at hand.

The event engine answers the same without them, slower: a machine without a compiler installs all
the same, and ``POLKU_KERNEL=no`` leaves them out where quickness of installing counts more.
"""

import os
import sys
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from tools.messages import compile_all  # noqa: E402

KERNEL = "src/polku_mining/compiled.pyx"


class BuildWithTranslations(build_py):
    """Compile .po to .mo before the files of the package are gathered."""

    def run(self) -> None:
        compile_all(ROOT / "src" / "polku" / "locale")
        super().run()


def extensions() -> list[Extension]:
    """The kernel of the event engine; none where it is not wanted or Cython is missing."""
    if os.environ.get("POLKU_KERNEL") == "no":
        return []
    try:
        from Cython.Build import cythonize
    except ImportError:
        return []
    kernel = Extension("polku_mining.compiled", [KERNEL], language="c++", optional=True,
                       extra_compile_args=[] if os.name == "nt" else ["-O3", "-g0"])  # fmt: skip
    return list(cythonize([kernel], build_dir="build", quiet=True))


setup(cmdclass={"build_py": BuildWithTranslations}, ext_modules=extensions())
