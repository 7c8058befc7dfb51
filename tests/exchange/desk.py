"""A person at the desk: files in and out of one workspace, as the pages do it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polku.exchange.operations.runs import run_import, start_import
from polku.exchange.operations.uploads import keep_upload, open_upload, try_import
from polku.exchange.planning.rows import Plan
from polku.exchange.planning.suggesting import suggest
from polku.exchange.spreadsheet.mapping import Mapping
from polku.kernel.actor import Actor
from polku.kernel.models import ImportRow, ImportRun
from polku.kernel.queries import visible
from polku.portfolio.models import ServiceProduct


@dataclass
class Desk:
    """Brings files into one workspace, as the page does, and takes them out again."""

    by: Actor

    def try_file(
        self, content: bytes | Path, name: str = "services.csv", mapping: Mapping | None = None,
        *, file_wins: bool = False,
    ) -> tuple[ImportRun, Plan]:  # fmt: skip
        data = content.read_bytes() if isinstance(content, Path) else content
        run = keep_upload([data], name, by=self.by)
        chosen = mapping or suggest(open_upload(run), self.by).mapping
        return run, try_import(run, chosen, by=self.by, file_wins=file_wins)

    def bring(
        self, content: bytes | Path | str, name: str = "services.csv", **more: Any
    ) -> ImportRun:  # fmt: skip
        """Try the file and save it."""
        data = content.encode() if isinstance(content, str) else content
        run, _plan = self.try_file(data, name, **more)
        start_import(run, by=self.by)
        return run_import(run, by=self.by)

    def services(self) -> dict[str, ServiceProduct]:
        """Services in sight, by name."""
        return {row.title: row for row in visible(self.by, ServiceProduct)}

    def told(self, run: ImportRun) -> dict[int, list[str]]:
        """Codes of what is told about each row."""
        return {row.row_number: [problem["code"] for problem in row.problems]
                for row in ImportRow.objects.filter(run=run) if row.problems}  # fmt: skip
