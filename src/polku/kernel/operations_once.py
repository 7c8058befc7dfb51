"""Doing a thing once, though its form may arrive twice."""

from collections.abc import Callable

from django.db import transaction

from polku.kernel.actor import Actor
from polku.kernel.models import IdempotencyKey


def once(key: str, do: Callable[[], str], *, by: Actor) -> str:
    """Run *do* under *key* and give what it says; a second call gives the first answer.

    Key and work are one transaction: a second form that comes while the first is being saved
    waits for it, and a failed first leaves the key free.
    """
    if not key:
        return do()
    with transaction.atomic():
        row, fresh = IdempotencyKey.objects.get_or_create(
            workspace=by.workspace, user_id=by.user_id, key=f"form:{key}"[:120],
            defaults={"request_hash": ""},
        )  # fmt: skip
        if not fresh:
            return row.answer
        row.answer, row.status = do(), 201
        row.save(update_fields=["answer", "status"])
    return row.answer
