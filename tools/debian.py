"""Programs of the system that the tests need: found, or installed when we may."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Program:
    """A program: what it is called here, the package that brings it, what it is for."""

    name: str
    package: str
    purpose: str
    elsewhere: str = ""  # a glob below / for programs that Debian keeps off PATH

    def found(self) -> Path | None:
        """Where the program stands, the newest when there are several; None when it is missing."""
        if on_path := shutil.which(self.name):
            return Path(on_path)
        found = sorted(Path("/").glob(self.elsewhere), key=_version) if self.elsewhere else []
        return found[-1] if found else None


CHROMIUM = Program("chromium", "chromium", "pages in a real browser")
INITDB = Program(
    "initdb", "postgresql", "the data layer on PostgreSQL", "usr/lib/postgresql/*/bin/initdb"
)
GETTEXT = Program("xgettext", "gettext", "whether every text is in the translations")
COMPILER = Program("c++", "g++", "the compiled passes of the event engine")
# Spark asks for 17 or newer; the package takes whichever a release has.
JAVA = Program("java", "default-jre-headless", "the event engine on Spark")
NEEDED = (CHROMIUM, INITDB, GETTEXT, COMPILER, JAVA)


def install_missing() -> list[Program]:
    """Install what is missing when we are root on a Debian; return what is missing afterwards."""
    missing = [program for program in NEEDED if not program.found()]
    if missing and may_install():
        _install([program.package for program in missing])
    return [program for program in missing if not program.found()]


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(packages: list[str]) -> None:
    print("Installing from Debian's packages:", " ".join(packages), flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(
            ["apt-get", "-qq", *arguments], env=quiet, stdout=subprocess.DEVNULL, check=False
        )


def _version(path: Path) -> list[int]:
    return [int(part) for part in path.parts if part.isdigit()]
