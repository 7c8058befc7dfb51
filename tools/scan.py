"""Semgrep with our own rules; it stands in an environment of its own, since it pins much.

python -m tools.scan [FOLDER]    find breaches of tools/semgrep in FOLDER (src when not named)
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ROOT / ".venv-scan" / "bin"
RULES = ROOT / "tools" / "semgrep"
# No question to any server: no metrics, no look for a newer version, rules from this folder.
QUIET = ("--quiet", "--metrics=off", "--disable-version-check", "--no-git-ignore", "--error")


def scan(folder: Path) -> int:
    """Return 0 when nothing was found; semgrep prints what it finds."""
    environment = {**os.environ, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [PROGRAMS / "semgrep", "scan", *QUIET, "--config", RULES, folder]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(scan(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "src"))
