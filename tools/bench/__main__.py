"""How fast Polku is on this machine: `make bench`.

    python -m tools.bench                   everything, about six minutes
    python -m tools.bench --only "API"      the lines whose names hold this text
    python -m tools.bench --json            for a program
    python -m tools.bench --strict          ends with 1 when a limit is not kept

Milliseconds are processor time of the server for one request over HTTP on loopback, median of
three rounds; the floor is bare Django on the same storage, measured in turn. Needs Linux.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tools.bench import detectors, doubts, imports
from tools.bench.data import Known
from tools.bench.figures import Figure, as_data, machine, table
from tools.bench.measures import MEASURES, Measure, Stage, environment, first_page, floor, polku
from tools.bench.server import ROOT, Ask, Broken

FIRST_PAGE = "first page after `polku serve`"


def main() -> int:
    asked = parsed()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="polku-bench-") as folder:
        figures = list(run(asked.only or "", Path(folder)))
    if asked.json:
        print(json.dumps({"machine": machine(), "figures": as_data(figures)}, indent=2))
    else:
        print("\n".join(f"{name}: {value}" for name, value in machine().items()))
        print(f"\n{table(figures)}\n")
    over = [figure.name for figure in figures if figure.is_over]
    say(f"{len(over)} of {len(figures)} over the limit, {time.monotonic() - began:.0f} s")
    return 1 if over and asked.strict else 0


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tools.bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", help="only lines whose names hold this text")
    parser.add_argument("--json", action="store_true", help="for a program")
    parser.add_argument("--strict", action="store_true", help="end with 1 over a limit")
    return parser.parse_args()


def run(only: str, folder: Path) -> Iterator[Figure]:
    """The figures whose names hold *only*, one after the other."""
    wanted = [measure for measure in MEASURES if only in measure.name]
    if wanted or only in FIRST_PAGE:
        home, database = folder / "polku", folder / "floor.sqlite3"
        known = made(home, database)
        if only in FIRST_PAGE:
            say(FIRST_PAGE)
            yield first_page(home, known)
        if wanted:
            yield from measured(wanted, home, database, known)
    yield from imports.run(only, folder)
    yield from detectors.run(only, folder)
    yield from doubts.run(only, folder)


def made(home: Path, database: Path) -> Known:
    """The data of both."""
    say("making 33,400 objects with 100,000 search texts")
    ours = subprocess.run(
        [sys.executable, "-m", "tools.bench.data"], cwd=ROOT, env=environment(home),
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "tools.bench.floor"], cwd=ROOT,
        env={**environment(home), "FLOOR_DB": str(database)}, check=True,
    )  # fmt: skip
    return Known(**json.loads(ours.stdout))


def measured(wanted: list[Measure], home: Path, database: Path, known: Known) -> Iterator[Figure]:
    """With both servers up."""
    with ExitStack() as servers:
        ours, theirs = (servers.enter_context(s) for s in (polku(home), floor(database)))
        stage = Stage(home, known, ours, theirs)
        theirs.wait(Ask("/one?id=1"))
        ours.wait(stage.page(""))
        for measure in wanted:
            say(measure.name)
            try:
                yield from measure.run(stage)
            except Broken as error:
                yield Figure(measure.name, "", None, note=str(error))


def say(text: str) -> None:
    """What is being done, apart from the table."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
