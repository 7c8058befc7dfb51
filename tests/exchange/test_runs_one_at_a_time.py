"""One at a time saves a run, one run at a time is saved, and a withdrawn run stays withdrawn."""

import contextlib
import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from polku.exchange import tasks
from polku.exchange.operations.claiming import Taken, is_interrupted
from polku.exchange.operations.making import Maker
from polku.exchange.operations.runs import resume_import, run_import, start_import
from polku.exchange.operations.undoing import undo_import, withdraw_import
from polku.kernel.answers import Refused
from polku.kernel.models import ImportRun
from polku.portfolio.models import ServiceProduct
from tests.api.callers import ROOM, Caller, token_of
from tests.cast import Cast
from tests.exchange.desk import Desk

FILE = b"id,name,owner\n1,Tour,Anna Nowak\n2,Visit,Jan Kowal\n"


def started(desk: Desk, file: bytes = FILE) -> ImportRun:
    run, _plan = desk.try_file(file)
    return start_import(run, by=desk.by)


def silent(run: ImportRun) -> None:
    """Its beat is two minutes old."""
    beat = (timezone.now() - dt.timedelta(minutes=2)).isoformat()
    run.refresh_from_db()
    run.report = {**run.report, "beat": beat}
    run.save(update_fields=["report"])


def during_the_first_note(monkeypatch: pytest.MonkeyPatch, happens: Any) -> None:
    note = Maker.note

    def noted(self: Maker, *args: Any, **kwargs: Any) -> None:
        note(self, *args, **kwargs)
        monkeypatch.setattr(Maker, "note", note)
        happens()

    monkeypatch.setattr(Maker, "note", noted)


def test_a_second_run_of_a_complete_import_leaves_the_way_back(desk: Desk) -> None:
    run = run_import(started(desk), by=desk.by)
    made = run.report["made"]
    with pytest.raises(Taken):
        run_import(ImportRun.objects.get(), by=desk.by)
    tasks.run_import_later.func(run.pk)  # the worker takes it in its stride
    run.refresh_from_db()
    assert (run.state, run.report["made"]) == (ImportRun.State.COMPLETE, made)
    undo_import(run, by=desk.by)
    assert desk.services() == {}


def test_a_run_that_is_being_saved_is_not_taken_by_another(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, refused = started(desk), []

    def second() -> None:
        with pytest.raises(Taken):
            run_import(ImportRun.objects.get(), by=desk.by)
        refused.append(True)

    during_the_first_note(monkeypatch, second)
    run_import(run, by=desk.by)
    assert refused == [True]
    assert run.state == ImportRun.State.COMPLETE
    assert ServiceProduct.objects.count() == 2


def test_a_slow_run_that_another_resumed_stops(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    run = started(desk)

    def other_goes_on() -> None:
        again = ImportRun.objects.get()
        silent(again)
        resume_import(again, by=desk.by)

    during_the_first_note(monkeypatch, other_goes_on)
    with pytest.raises(Taken):
        run_import(run, by=desk.by)
    fresh = ImportRun.objects.get()
    assert fresh.state == ImportRun.State.RUNNING
    run_import(fresh, by=desk.by)
    assert sorted(desk.services()) == ["Tour", "Visit"]
    assert ServiceProduct.objects.count() == 2


def test_an_error_of_a_run_that_ended_otherwise_changes_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = started(desk)

    def withdrawn_then_broken() -> None:
        ImportRun.objects.update(state=ImportRun.State.WITHDRAWN)
        raise RuntimeError

    during_the_first_note(monkeypatch, withdrawn_then_broken)
    monkeypatch.setattr("polku.exchange.operations.making.Pace.step", _no_transaction)
    with pytest.raises(RuntimeError):
        run_import(run, by=desk.by)
    assert ImportRun.objects.get().state == ImportRun.State.WITHDRAWN


def _no_transaction(_self: object) -> Any:
    return contextlib.nullcontext()


def test_a_queued_run_is_not_interrupted_and_is_taken_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "AT_ONCE", 1)
    run = started(desk)
    assert tasks.run_or_enqueue(run)
    silent(run)
    assert not is_interrupted(run)
    with pytest.raises(Refused):
        resume_import(run, by=desk.by)
    tasks.run_import_later.func(run.pk)
    run.refresh_from_db()
    assert run.state == ImportRun.State.COMPLETE
    assert "queued" not in run.report


def test_a_queued_run_is_withdrawn_and_the_worker_leaves_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "AT_ONCE", 1)
    run = started(desk)
    tasks.run_or_enqueue(run)
    withdraw_import(run, by=desk.by)
    tasks.run_import_later.func(run.pk)
    assert ImportRun.objects.get().state == ImportRun.State.WITHDRAWN
    assert not ServiceProduct.objects.exists()


def test_withdrawing_is_refused_while_the_run_is_alive(desk: Desk, cast: Cast) -> None:
    run = started(desk)
    with pytest.raises(Refused):
        withdraw_import(run, by=desk.by)
    answer = token_of(cast.aino).post(f"imports/{run.pk}/undo")
    assert answer.status_code == 409
    run_import(run, by=desk.by)
    assert len(desk.services()) == 2


def test_a_run_withdrawn_while_it_was_silent_stores_nothing_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = started(desk)
    broken = Maker.make_requirements

    def withdrawn(self: Maker) -> None:
        other = ImportRun.objects.get()
        silent(other)
        withdraw_import(other, by=desk.by)
        broken(self)

    monkeypatch.setattr(Maker, "make_requirements", withdrawn)
    with pytest.raises(Taken):
        run_import(run, by=desk.by)
    assert ImportRun.objects.get().state == ImportRun.State.WITHDRAWN
    assert not ServiceProduct.objects.exists()


def test_a_withdrawal_that_broke_is_done_again_and_the_run_does_not_go_on(desk: Desk) -> None:
    run = started(desk)
    run.state, run.report = ImportRun.State.INTERRUPTED, {**run.report, "withdrawing": True}
    run.save()
    with pytest.raises(Refused):
        resume_import(run, by=desk.by)
    withdraw_import(run, by=desk.by)
    assert run.state == ImportRun.State.WITHDRAWN


def test_one_file_twice_at_once_is_refused(desk: Desk) -> None:
    first = started(desk)
    second, _plan = desk.try_file(FILE)
    with pytest.raises(Refused, match=r"services\.csv"):
        start_import(second, by=desk.by)
    run_import(first, by=desk.by)
    start_import(second, by=desk.by)
    run_import(second, by=desk.by)
    assert ServiceProduct.objects.count() == 2


def test_a_silent_run_holds_nobody_up(desk: Desk) -> None:
    silent(started(desk))
    assert started(desk, b"id,name\n7,Talk\n").state == ImportRun.State.RUNNING


def send(caller: Caller, file: bytes, **more: str) -> Any:
    return Client().post(
        f"{ROOM}/imports", {"file": SimpleUploadedFile("services.csv", file), **more},
        headers={"Authorization": f"Bearer {caller.secret}", "Idempotency-Key": "one"},
    )  # fmt: skip


def test_an_upload_with_a_key_happens_once(cast: Cast) -> None:
    caller = token_of(cast.aino)
    first = send(caller, FILE, dry_run="false")
    again = send(caller, FILE, dry_run="false")
    assert (first.status_code, again.status_code) == (201, 201), first.content
    assert first.json() == again.json()
    assert first.json()["state"] == "complete"
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert ImportRun.objects.count() == 1
    assert ServiceProduct.objects.count() == 2
    assert send(caller, b"name\nTalk\n").status_code == 422


def test_saving_with_a_key_happens_once(desk: Desk, cast: Cast) -> None:
    run, _plan = desk.try_file(FILE)
    caller = token_of(cast.aino)
    answers = [caller.post(f"imports/{run.pk}/run", Idempotency_Key="go") for _turn in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()
    assert answers[1]["Idempotency-Replayed"] == "true"
    assert ServiceProduct.objects.count() == 2
