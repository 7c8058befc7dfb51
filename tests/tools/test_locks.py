"""The locks: every package pinned with hashes, no address, and in step with pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest

from tools.lock import ADDRESS, LOCKS, ROOT, SCAN_LOCK

ALL = (*LOCKS, SCAN_LOCK)

PINNED = re.compile(r"^([a-z0-9-]+)==[^ ]+")


def lines(name: str) -> list[str]:
    return (ROOT / name).read_text().splitlines()


def pinned(name: str) -> set[str]:
    return {found.group(1) for line in lines(name) if (found := PINNED.match(line))}


def normal(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found.group()).lower()


@pytest.mark.parametrize("name", ALL)
def test_a_lock_holds_no_address(name: str) -> None:
    assert [line for line in lines(name) if ADDRESS.search(line)] == []


@pytest.mark.parametrize("name", ALL)
def test_every_package_is_pinned_with_hashes(name: str) -> None:
    text = "\n".join(lines(name))
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    assert len(blocks) > 20
    assert [
        block for block in blocks if not PINNED.match(block) or "--hash=sha256:" not in block
    ] == []


def test_the_locks_hold_what_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    needed = set(map(normal, project["project"]["dependencies"]))
    assert needed <= pinned("requirements.lock")
    assert needed | set(map(normal, project["dependency-groups"]["dev"])) <= pinned(
        "requirements-dev.lock"
    )
    assert needed | {"pyspark"} <= pinned("requirements-spark.lock")


def test_no_registry_is_named_in_a_file_that_is_kept() -> None:
    kept = [Path("Makefile"), Path("pyproject.toml"), Path(".ci/run"), *map(Path, ALL)]
    named = re.compile(r"index-url|find-links|https?://[^ \n]*(pypi|simple)")
    assert [path for path in kept if named.search((ROOT / path).read_text())] == []
