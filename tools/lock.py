"""Write the locks from pyproject.toml: exact versions with hashes, no address of an index.

python -m tools.lock            keep what still fits, add what is new
python -m tools.lock --upgrade  newest versions of everything
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "requirements.lock": ["--no-dev", "--group", "build"],
    "requirements-dev.lock": ["--group", "dev", "--group", "build"],
    "requirements-spark.lock": ["--no-dev", "--extra", "spark"],
}
EXPORT = ["--frozen", "--quiet", "--no-emit-project", "--no-header"]
SCAN_LOCK = "requirements-scan.lock"
ADDRESS = re.compile(r"://|^\s*--(?!hash=)", re.MULTILINE)


def main(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="polku-lock-") as folder:
        uv = find_uv(Path(folder))
        run(uv, "lock", *arguments)
        for name, choice in LOCKS.items():
            run(uv, "export", *EXPORT, *choice, "--output-file", name)
            refuse_addresses(ROOT / name)
        compile_scan(uv)


def compile_scan(uv: str) -> None:
    """Semgrep's own lock: resolved apart, since its pins would hold ours back."""
    output = ["--output-file", SCAN_LOCK, "--no-header", "--quiet"]
    kind = ["--generate-hashes", "--universal", "--python-version", "3.12"]
    run(uv, "pip", "compile", "tools/semgrep/requirements.in", *kind, *output)
    refuse_addresses(ROOT / SCAN_LOCK)


def find_uv(folder: Path) -> str:
    """The `uv` on PATH, else one of our own that goes away with `folder`."""
    if found := shutil.which("uv"):
        return found
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    pip = folder / "venv" / "bin" / "pip"
    subprocess.run([pip, "install", "--quiet", "uv"], check=True)
    return str(folder / "venv" / "bin" / "uv")


def run(uv: str, *arguments: str) -> None:
    environment = {**os.environ, "UV_PYTHON": sys.executable}
    subprocess.run([uv, *arguments], cwd=ROOT, env=environment, check=True)


def refuse_addresses(lock: Path) -> None:
    """Stop when a lock names an index or carries an option: whoever installs chooses the index."""
    for line in lock.read_text().splitlines():
        if ADDRESS.search(line) and not line.strip().startswith("--hash="):
            sys.exit(f"{lock.name} holds an address or an option: {line.strip()}")
    print(f"{lock.name} written")


if __name__ == "__main__":
    main(sys.argv[1:])
