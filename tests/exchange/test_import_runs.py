"""A run is unseen until it is complete; it goes on or is withdrawn after any interruption."""

import datetime as dt
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from polku.exchange.operations import runs
from polku.exchange.operations.claiming import is_interrupted
from polku.exchange.operations.making import Maker
from polku.exchange.operations.runs import resume_import, run_import, start_import
from polku.exchange.operations.undoing import may_undo, undo_import, withdraw_import
from polku.journeys.models import Touchpoint
from polku.kernel.answers import Refused
from polku.kernel.changes import change_object
from polku.kernel.models import (
    AuditEvent,
    ExternalRef,
    ImportRow,
    ImportRun,
    Link,
    SearchText,
    Transition,
)
from polku.kernel.queries import visible
from polku.portfolio.entities import SERVICE
from polku.portfolio.models import ServiceProduct
from polku.tenancy.models import Party
from tests.cast import make
from tests.exchange.desk import Desk

ROWS = "id,name,owner,state,for whom,channels\n" + "".join(
    f"{n},Service number {n},Owner {n % 7} Oy,live,Group {n % 5},web\n" for n in range(60)
)


class Cut(Exception):
    """In place of a power cut."""


def stop_after(monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    """Let the run break after so many notes of rows."""
    left = [steps]
    note = Maker.note

    def cut(self: Maker, *args: Any, **kwargs: Any) -> None:
        note(self, *args, **kwargs)
        left[0] -= 1
        if left[0] == 0:
            raise Cut

    monkeypatch.setattr(Maker, "note", cut)


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps of ten rows, so that an interruption falls between some."""
    monkeypatch.setattr("polku.exchange.operations.pace.FIRST", 10)
    monkeypatch.setattr("polku.exchange.operations.pace.MOST", 10)
    monkeypatch.setattr("polku.exchange.operations.pace.Pace.__init__", _ten)


def _ten(self: Any, first: int = 10) -> None:
    self._size = 10


@pytest.mark.usefixtures("small_steps")
def test_an_interrupted_run_is_unseen_and_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, _plan = desk.try_file(ROWS.encode())
    start_import(run, by=desk.by)
    with monkeypatch.context() as cut:
        stop_after(cut, 3)
        with pytest.raises(Cut):
            run_import(run, by=desk.by)
    run.refresh_from_db()
    assert run.state == ImportRun.State.INTERRUPTED
    assert 0 < run.done < 60
    assert ServiceProduct.objects.filter(pending_run=run.pk).exists()
    assert not visible(desk.by, ServiceProduct).exists()
    assert not visible(desk.by, Party).filter(name="Owner 1 Oy").exists()
    resume_import(run, by=desk.by)
    run_import(run, by=desk.by)
    assert run.state == ImportRun.State.COMPLETE
    assert run.counts == {
        "new": 60, "changed": 0, "same": 0, "left_out": 0, "look": 0, "rows": 60,
    } | {"look": run.counts["look"]}  # fmt: skip
    assert visible(desk.by, ServiceProduct).count() == 60
    assert Party.objects.filter(name__startswith="Owner").count() == 7
    assert Link.objects.filter(kind="L06", pending_run=None).count() == 60
    assert Touchpoint.objects.get().services.count() == 60
    codes = list(ServiceProduct.objects.values_list("code", flat=True))
    assert len(codes) == len(set(codes))


@pytest.mark.usefixtures("small_steps")
def test_an_interrupted_run_is_withdrawn_without_trace(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = make("service_product", desk.by, name="Service number 3", contact="old@x.example")
    before = AuditEvent.objects.count()
    run, _plan = desk.try_file(ROWS.encode())
    start_import(run, by=desk.by)
    with monkeypatch.context() as cut:
        stop_after(cut, 3)
        with pytest.raises(Cut):
            run_import(run, by=desk.by)
    run.refresh_from_db()
    withdraw_import(run, by=desk.by)
    assert run.state == ImportRun.State.WITHDRAWN
    assert list(ServiceProduct.objects.all()) == [kept]
    for model in (Transition, Link):
        assert not model.objects.filter(pending_run=run.pk).exists()
    assert not ExternalRef.objects.filter(run=run).exists()
    assert SearchText.objects.filter(kind="service_product").count() == 2
    assert AuditEvent.objects.count() == before
    run_again = desk.bring(ROWS)
    assert (run_again.counts["new"], run_again.counts["changed"]) == (59, 1)


@pytest.mark.usefixtures("small_steps")
def test_changes_of_a_withdrawn_run_come_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.bring("id,name,contact\n1,Tour,a@x.example\n")
    run, _plan = desk.try_file(b"id,name,contact\n1,Tour,b@x.example\n")
    start_import(run, by=desk.by)
    with monkeypatch.context() as cut:
        cut.setattr(runs, "_complete", _broken)
        with pytest.raises(Cut):
            run_import(run, by=desk.by)
    assert desk.services()["Tour"].contact == "b@x.example"
    run.refresh_from_db()
    withdraw_import(run, by=desk.by)
    assert desk.services()["Tour"].contact == "a@x.example"
    again = desk.bring("id,name,contact\n1,Tour,b@x.example\n")
    assert again.counts["changed"] == 1


def _broken(*_args: Any, **_kwargs: Any) -> None:
    raise Cut


def test_a_silent_run_counts_as_interrupted_after_a_minute(desk: Desk) -> None:
    run, _plan = desk.try_file(b"name\nTour\n")
    start_import(run, by=desk.by)
    assert not is_interrupted(run)
    assert is_interrupted(run, timezone.now() + dt.timedelta(minutes=2))
    with pytest.raises(Refused):
        resume_import(run, by=desk.by)


def test_undo_puts_everything_back(desk: Desk) -> None:
    desk.bring("id,name,contact,state\n1,Tour,a@x.example,pilot\n")
    run = desk.bring(
        "id,name,contact,state,owner\n1,Tour,b@x.example,live,Piotr Zieliński\n"
        "2,Visit,c@x.example,live,Anna Nowak\n"
    )
    found = undo_import(run, by=desk.by)
    tour = desk.services()["Tour"]
    assert set(desk.services()) == {"Tour"}
    assert (tour.contact, tour.managed_state, tour.owner_party) == ("a@x.example", "in_test", None)
    assert ServiceProduct.objects.get(sort_title="visit").archived
    assert Party.objects.get(name="Anna Nowak").archived
    assert not Party.objects.get(name="Piotr Zieliński").archived  # the cast's own
    assert found.left == []
    assert run.state == ImportRun.State.UNDONE
    assert not may_undo(desk.by, run)
    names = AuditEvent.objects.filter(object_kind="service_product", object_id=tour.pk)
    assert "service_product.changed" in set(names.values_list("name", flat=True))
    again = desk.bring("id,name,contact,state\n1,Tour,b@x.example,live\n2,Visit,,\n")
    assert (again.counts["new"], again.counts["changed"]) == (1, 1)


def test_undo_leaves_and_lists_what_was_edited(desk: Desk) -> None:
    run = desk.bring("id,name,owner\n1,Tour,Anna Nowak\n2,Visit,Jan Kowal\n")
    change_object(SERVICE, desk.services()["Tour"], {"contact": "by hand"}, by=desk.by)
    found = undo_import(run, by=desk.by)
    assert [title for _kind, _code, title in found.left] == ["Tour", "Anna Nowak"]
    assert set(desk.services()) == {"Tour"}
    assert desk.services()["Tour"].owner_party.name == "Anna Nowak"  # type: ignore[union-attr]
    assert Party.objects.get(name="Jan Kowal").archived


def test_a_later_import_of_the_list_is_undone_first(desk: Desk) -> None:
    first = desk.bring("id,name\n1,Tour\n")
    second = desk.bring("id,name\n1,Tour of ships\n")
    assert not may_undo(desk.by, first)
    undo_import(second, by=desk.by)
    assert may_undo(desk.by, first)
    undo_import(first, by=desk.by)
    assert desk.services() == {}


@pytest.mark.slow
def test_a_killed_run_goes_on(tmp_path: Path) -> None:
    """kill -9 in a process of its own, in the middle of its steps; another process goes on."""
    script = textwrap.dedent(f"""
        import os, sys
        sys.path[:0] = {sys.path!r}
        os.environ["POLKU_HOME"] = {str(tmp_path)!r}
        os.environ["DJANGO_SETTINGS_MODULE"] = "polku.settings"
        import django; django.setup()
        from django.core.management import call_command
        from polku.exchange.operations import making, runs
        from polku.exchange.operations.uploads import keep_upload, open_upload, try_import
        from polku.exchange.planning.suggesting import suggest
        from polku.kernel.actor import system_actor
        from polku.kernel.models import ImportRun
        from polku.portfolio.models import ServiceProduct
        from polku.kernel.queries import visible
        from polku.tenancy.models import Workspace
        if sys.argv[1] == "begin":
            from tests import tables
            from tests.cast import workspace
            tables.use()
            call_command("migrate", verbosity=0)
            by = system_actor(workspace("museum", "Museum"))
            run = keep_upload([{ROWS!r}.encode()], "services.csv", by=by)
            try_import(run, suggest(open_upload(run), by).mapping, by=by)
            runs.start_import(run, by=by)
            note = making.Maker.note
            def die(self, *args, **kwargs):
                note(self, *args, **kwargs)
                if self.run.done >= 30:  # the first step is committed
                    os.kill(os.getpid(), 9)
            making.Maker.note = die
            runs.run_import(run, by=by)
        run = ImportRun.objects.get()
        by = system_actor(run.workspace)
        print("unseen", visible(by, ServiceProduct).count(), run.done > 0, flush=True)
        ImportRun.objects.update(state="interrupted")
        run.refresh_from_db()
        runs.resume_import(run, by=by)
        runs.run_import(run, by=by)
        print("seen", visible(by, ServiceProduct).count(), run.state, run.counts["new"], flush=True)
    """)
    environ = {k: v for k, v in os.environ.items() if k != "POLKU_DATABASE_URL"}
    command = [sys.executable, "-c", script]
    first = subprocess.run([*command, "begin"], env=environ, capture_output=True, check=False)
    assert first.returncode == -signal.SIGKILL, first.stderr.decode()[-2000:]
    second = subprocess.run(
        [*command, "resume"], env=environ, capture_output=True, check=False, text=True
    )
    assert second.stdout.splitlines() == ["unseen 0 True", "seen 60 complete 60"], second.stderr


def test_nothing_hangs_over_from_a_complete_run(desk: Desk) -> None:
    run = desk.bring(ROWS)
    call_command("check", verbosity=0)
    for model in (ServiceProduct, Transition, Link, Party):
        assert not model.objects.filter(pending_run__isnull=False).exists()
    assert ImportRow.objects.filter(run=run).count() == 60
