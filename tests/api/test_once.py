"""The same request twice: one effect, one answer."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from polku.kernel.idempotency import forget_old_keys
from polku.kernel.models import IdempotencyKey
from polku.kernel.schedule import run_due
from polku.portfolio.models import ServiceProduct
from tests.api.callers import Caller, problem

TOUR = {"name": "Tour"}


def test_a_repetition_gets_the_first_answer(piotr: Caller) -> None:
    first = piotr.post("services", TOUR, Idempotency_Key="k1")
    again = piotr.post("services", TOUR, Idempotency_Key="k1")
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert (again["Location"], again["ETag"]) == (first["Location"], first["ETag"])
    assert ServiceProduct.objects.count() == 1


def test_the_key_of_another_request_is_refused(piotr: Caller) -> None:
    piotr.post("services", TOUR, Idempotency_Key="k1")
    other = piotr.post("services", {"name": "Talk"}, Idempotency_Key="k1")
    problem(other, 422, "idempotency-key-reused")
    elsewhere = piotr.post("goals", {"statement": "x"}, Idempotency_Key="k1")
    problem(elsewhere, 422, "idempotency-key-reused")
    assert ServiceProduct.objects.count() == 1


def test_keys_are_each_persons_own(piotr: Caller, aino: Caller) -> None:
    for caller in (piotr, aino):
        made = caller.post("services", TOUR, Idempotency_Key="k1")
        assert "Idempotency-Replayed" not in made
    assert ServiceProduct.objects.count() == 2


def test_a_failed_first_leaves_the_key_free(piotr: Caller) -> None:
    problem(piotr.post("services", {"name": ""}, Idempotency_Key="k1"), 422, "bad-input")
    assert piotr.post("services", TOUR, Idempotency_Key="k1").status_code == 201


def test_steps_decisions_and_ties_happen_once_too(aino: Caller) -> None:
    aino.post("services", TOUR)
    aino.post("goals", {"statement": "Welcome"})
    for path, body in (
        ("services/SRV-1/transitions", {"to": "live", "reason": "Ready"}),
        ("services/SRV-1/decisions", {"question": "Go?", "reason": "Yes"}),
        ("links", {"kind": "L01", "from": "SRV-1", "to": "GOAL-1"}),
        ("services", [TOUR, TOUR]),
    ):
        first, again = (aino.post(path, body, Idempotency_Key=path) for _n in range(2))
        assert first.status_code == again.status_code == 201, first.content
        assert again.content == first.content
        assert again["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize("key", ["", "x" * 101, "ä", "a\tb"])
def test_what_is_no_key_is_refused(piotr: Caller, key: str) -> None:
    found = problem(piotr.post("services", TOUR, Idempotency_Key=key), 422, "bad-input")
    assert list(found["errors"]) == ["Idempotency-Key"]


def test_keys_are_kept_for_two_days(piotr: Caller) -> None:
    piotr.post("services", TOUR, Idempotency_Key="k1")
    with time_machine.travel(timezone.now() + dt.timedelta(hours=47), tick=False):
        assert forget_old_keys() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(hours=49), tick=False):
        anew = piotr.post("services", TOUR, Idempotency_Key="k1")
        assert "Idempotency-Replayed" not in anew
        assert forget_old_keys() == 0
    assert ServiceProduct.objects.count() == 2
    with time_machine.travel(timezone.now() + dt.timedelta(hours=98), tick=False):
        assert forget_old_keys() == 1


def test_forgetting_is_a_daily_job(piotr: Caller) -> None:
    piotr.post("services", TOUR, Idempotency_Key="k1")
    with time_machine.travel(timezone.now() + dt.timedelta(hours=49), tick=False):
        assert "forget-request-keys" in run_due()
    assert not IdempotencyKey.objects.exists()


def test_key_and_effect_stand_or_fall_together(
    piotr: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_args: object, **_more: object) -> None:
        raise RuntimeError("the line broke after the effect")

    with monkeypatch.context() as patch:
        patch.setattr(IdempotencyKey, "save", _only_first_save(breaks))
        problem(piotr.post("services", TOUR, Idempotency_Key="k1"), 500, "broken")
    assert not ServiceProduct.objects.exists()
    assert not IdempotencyKey.objects.exists()
    assert piotr.post("services", TOUR, Idempotency_Key="k1").status_code == 201


def _only_first_save(then: Any) -> Any:
    save = IdempotencyKey.save

    def saved(self: IdempotencyKey, *args: Any, **more: Any) -> None:
        (then if "update_fields" in more else save)(self, *args, **more)

    return saved


class DroppedAnswers(RuleBasedStateMachine):
    """A caller whose answers get lost now and then repeats with the same key until one arrives."""

    caller: Caller

    def __init__(self) -> None:
        super().__init__()
        self.start = ServiceProduct.objects.count()
        self.sent: dict[str, str] = {}
        self.codes: dict[str, str] = {}

    @rule(name=st.sampled_from(["Tour", "Talk", "Walk"]), lost=st.integers(0, 3))
    def make(self, name: str, lost: int) -> None:
        key = f"{id(self)}-{len(self.sent)}"
        self.sent[key] = name
        for _time in range(lost + 1):
            answer = self.caller.post("services", {"name": name}, Idempotency_Key=key)
            assert answer.status_code == 201
        self.codes[key] = answer.json()["code"]

    @rule(data=st.data())
    def repeat_an_old_one(self, data: st.DataObject) -> None:
        if self.sent:
            key = data.draw(st.sampled_from(sorted(self.sent)))
            answer = self.caller.post("services", {"name": self.sent[key]}, Idempotency_Key=key)
            assert answer.json()["code"] == self.codes[key]

    @invariant()
    def each_stands_once(self) -> None:
        assert ServiceProduct.objects.count() - self.start == len(self.sent)
        assert len(set(self.codes.values())) == len(self.codes)


def test_lost_answers_make_nothing_twice(piotr: Caller) -> None:
    DroppedAnswers.caller = piotr
    run_state_machine_as_test(
        DroppedAnswers,
        settings=settings(max_examples=12, stateful_step_count=8, deadline=None,
                          suppress_health_check=list(HealthCheck)),
    )  # fmt: skip
