"""An empty home with one workspace, made in a process of its own.

    POLKU_HOME=empty python -m tools.bench.opening

The worker of `polku serve` never lays the tables; laying them takes 70 MB, which would stand in
every figure of memory that is taken afterwards in the same process.
"""

import subprocess
import sys
from typing import Any

import django

from tools.bench.data import PASSWORD
from tools.bench.server import ROOT

SLUG = "bench"


def main() -> None:
    """Lay the tables and open the workspace."""
    django.setup()
    from django.core.management import call_command

    from polku.people.operations import NewPerson, open_workspace
    from polku.storage.locations import ensure_home

    ensure_home()
    call_command("migrate", verbosity=0)
    person = NewPerson("Olga Lind", "olga@example.org", PASSWORD, "en")
    open_workspace("Bench", language="en", size="provider", person=person, slug=SLUG)


def opened() -> Any:
    """The workspace, in a process that has started as the worker does, its daily jobs done once."""
    subprocess.run([sys.executable, "-m", "tools.bench.opening"], cwd=ROOT, check=True)
    from polku.cli import booting

    booting.start()
    from django.core.management import get_commands, load_command_class

    from polku.kernel.schedule import tick
    from polku.tenancy.models import Workspace

    tick()
    load_command_class(get_commands()["db_worker"], "db_worker")
    return Workspace.objects.get(slug=SLUG)


if __name__ == "__main__":
    main()
