"""AC37, part: text in four scripts and two people's edits survive a backup restored elsewhere."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = ["Käsityö ja ääni", "Żółć łabędzia", "Ёлка и подъезд", "展示 <b>markup</b> & é é"]

STORY = """
import json, sys
import django
django.setup()
from django.core.management import call_command
from polku.kernel.actor import system_actor
from polku.kernel.changes import change_object, create_object
from polku.kernel.registry import entity
from polku.tenancy.models import UserAccount, Workspace
from tests import tables
tables.use()
call_command("migrate", verbosity=0)
room = Workspace.objects.create(name="Museum", slug="museum")
system = system_actor(room)
room.home_party = create_object(entity("party"), {"name": "Museum"}, by=system)
room.save()
UserAccount.objects.create_user("aino@example.org", "a long walk to the harbour")
for name in json.loads(sys.argv[1]):
    service = create_object(entity("service_product"), {"name": name}, by=system)
    change_object(entity("service_product"), service, {"purpose": name}, by=system)
"""

COUNT = """
import json
import django
django.setup()
from polku.kernel.models import AuditEvent, SearchText
from polku.portfolio.models import ServiceProduct
from polku.tenancy.models import UserAccount
user = UserAccount.objects.get()
print(json.dumps({
    "names": [str(row.name) for row in ServiceProduct.objects.order_by("pk")],
    "purposes": [str(row.purpose) for row in ServiceProduct.objects.order_by("pk")],
    "events": AuditEvent.objects.count(),
    "words": SearchText.objects.count(),
    "login": user.check_password("a long walk to the harbour"),
}))
"""


def run(home: Path, *command: str) -> str:
    environment = {**os.environ, "POLKU_HOME": str(home), "POLKU_DATABASE_URL": "",
                   "DJANGO_SETTINGS_MODULE": "polku.settings",
                   "PYTHONPATH": os.pathsep.join(sys.path)}  # fmt: skip
    done = subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.scenario("AC37", part="restore")
def test_a_backup_restored_elsewhere_holds_the_same(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    run(first, "-c", STORY, json.dumps(SCRIPTS))
    before = json.loads(run(first, "-c", COUNT))
    archive = tmp_path / "polku.zip"
    run(first, "-m", "polku.cli.main", "backup", str(archive))
    said = run(second, "-m", "polku.cli.main", "restore", str(archive))
    after = json.loads(run(second, "-c", COUNT))
    assert before == after
    assert after["purposes"] == SCRIPTS
    assert after["login"]
    assert "key" in said.lower()
    run(second, "-m", "polku.cli.main", "check")
