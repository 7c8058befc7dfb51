"""The same request twice has one effect and one answer.

The key is written in the transaction of the effect: either both stand or neither. A copy that
comes while the first is still being saved waits for it; a first that failed leaves the key free.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import msgspec
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from polku.kernel.actor import Actor
from polku.kernel.answers import BadInput, PolkuError
from polku.kernel.models import IdempotencyKey

KEPT = dt.timedelta(hours=48)
LONGEST = 100


class KeyReused(PolkuError):
    """The key came before with another request; 422."""

    code = "idempotency-key-reused"
    status = 422


class Told(msgspec.Struct, frozen=True):
    """An answer as it was given: status, text and what its headers said."""

    status: int
    text: str
    headers: dict[str, str] = {}


@dataclass(frozen=True)
class Replayable:
    """An answer, and whether it was given before."""

    told: Told
    again: bool = field(default=False)


def print_of(*parts: bytes) -> str:
    """SHA-256 of a request; equal for equal requests."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8) + part)
    return whole.hexdigest()


def once(key: str, request_print: str, do: Callable[[], Told], *, by: Actor) -> Replayable:
    """Run *do* under the actor's *key*, or give the answer it gave before.

    Raises :class:`KeyReused` when the key stands for another request, BadInput for a key that
    is none. Keys are each person's own and are kept for 48 hours.
    """
    _hold_key(key)
    if known := _known(by, key):
        return _replay(known, request_print)
    try:
        with transaction.atomic():
            return Replayable(_first(key, request_print, do, by))
    except IntegrityError:
        # Somebody with the same key was quicker; anything else that clashed goes on.
        if (known := _known(by, key)) is None:
            raise
        return _replay(known, request_print)


def told_before(key: str, request_print: str, *, by: Actor) -> Replayable | None:
    """The answer that was given under the key, if any: it spares work that is no effect.

    Raises as :func:`once` does.
    """
    _hold_key(key)
    known = _known(by, key)
    return _replay(known, request_print) if known else None


def _hold_key(key: str) -> None:
    if not 1 <= len(key) <= LONGEST or not key.isascii() or not key.isprintable():
        problem = _("A key is made of 1 to %(n)d plain signs.") % {"n": LONGEST}
        raise BadInput({"Idempotency-Key": problem})


def _mine(by: Actor, key: str) -> "Mapping[str, object]":
    return {"workspace": by.workspace, "user_id": by.user_id, "key": key}


def _known(by: Actor, key: str) -> IdempotencyKey | None:
    rows = IdempotencyKey.objects.filter(**_mine(by, key), at__gte=timezone.now() - KEPT)
    return rows.exclude(status=0).first()


def _first(key: str, request_print: str, do: Callable[[], Told], by: Actor) -> Told:
    mine = _mine(by, key)
    IdempotencyKey.objects.filter(**mine, at__lt=timezone.now() - KEPT).delete()
    row = IdempotencyKey.objects.create(**mine, request_hash=request_print)
    told = do()
    row.status, row.answer = told.status, msgspec.json.encode(told).decode()
    row.save(update_fields=["status", "answer"])
    return told


def _replay(known: IdempotencyKey, request_print: str) -> Replayable:
    if known.request_hash != request_print:
        raise KeyReused(
            _("This key already stands for another request. Nothing was done; take a new key.")
        )
    return Replayable(msgspec.json.decode(known.answer, type=Told), again=True)


def forget_old_keys() -> int:
    """Take away keys older than 48 hours; returns how many. Safe to run again."""
    gone, _rows = IdempotencyKey.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return gone
