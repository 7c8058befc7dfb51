"""Codes that people use: SRV-12. Given once, never again (DECISIONS 13)."""

from django.db.models import F

from polku.kernel.models import CodeSequence
from polku.tenancy.models import Workspace


def give_codes(workspace: Workspace, prefix: str, n: int) -> list[str]:
    """The next *n* codes of a prefix; call inside the transaction that uses them."""
    return [f"{prefix}-{number}" for number in give_numbers(workspace, prefix, n)]


def give_numbers(workspace: Workspace, prefix: str, n: int) -> list[int]:
    """The next *n* numbers of a prefix; call inside the transaction that uses them."""
    rows = CodeSequence.objects.filter(workspace=workspace, prefix=prefix)
    if not rows.update(last=F("last") + n):
        CodeSequence.objects.get_or_create(workspace=workspace, prefix=prefix, defaults={"last": 0})
        rows.update(last=F("last") + n)
    last = rows.values_list("last", flat=True).get()
    return list(range(last - n + 1, last + 1))


def keep_ahead(workspace: Workspace, prefix: str, used: int) -> None:
    """After taking over a given code, never hand out its number again."""
    sequence, _made = CodeSequence.objects.get_or_create(workspace=workspace, prefix=prefix)
    if sequence.last < used:
        CodeSequence.objects.filter(pk=sequence.pk, last__lt=used).update(last=used)
