"""A key and its effect: once, whoever comes at the same time."""

import threading

import pytest
from django.db import connection

from polku.kernel.idempotency import Told, once
from polku.kernel.models import IdempotencyKey
from polku.portfolio.models import ServiceProduct
from tests.cast import Cast, make


@pytest.mark.django_db(transaction=True)
def test_copies_at_the_same_time_have_one_effect_and_one_answer(cast: Cast) -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory has one connection: nobody can come at the same time")
    by = cast.piotr.actor
    answers: list[str] = []
    gate = threading.Barrier(6)

    def effect() -> Told:
        return Told(201, make("service_product", by, name="Tour").code)

    def send() -> None:
        gate.wait()
        answers.append(once("same", "print", effect, by=by).told.text)
        connection.close()

    threads = [threading.Thread(target=send) for _n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["SRV-1"] * 6
    assert ServiceProduct.objects.count() == 1
    assert IdempotencyKey.objects.count() == 1
