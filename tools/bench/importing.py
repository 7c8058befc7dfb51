"""One import in a process of its own, as the task worker does it.

    POLKU_HOME=empty python -m tools.bench.importing file.csv [mapping]

Prints seconds of the dry run and of the import, the rows that came in, and the memory afterwards.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from tools.bench.opening import opened
from tools.bench.server import memory


def main(file: Path, mapping: str) -> None:
    """Into a fresh workspace."""
    room = opened()
    from polku.kernel.actor import system_actor

    json.dump(timed(file, mapping, system_actor(room, "cli")), sys.stdout)


def timed(file: Path, name: str, by: Any) -> dict[str, float]:
    """Upload and dry run, then the import."""
    from polku.exchange.operations.runs import run_import, start_import
    from polku.exchange.operations.uploads import keep_upload, open_upload, try_import
    from polku.exchange.planning.suggesting import named_mapping, suggest

    began = time.perf_counter()
    with file.open("rb") as source:
        run = keep_upload(iter(lambda: source.read(1 << 20), b""), file.name, by=by)
    mapping = named_mapping(name, by) if name else suggest(open_upload(run), by).mapping
    try_import(run, mapping, by=by)
    tried = time.perf_counter()
    start_import(run, by=by)
    run_import(run, by=by)
    done = time.perf_counter()
    run.refresh_from_db()
    return {"dry_run": tried - began, "import": done - tried, "new": run.counts["new"],
            "memory": memory("self")}  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
