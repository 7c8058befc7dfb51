"""What a check and a finding say, in the reader's language and with the limits in force."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import ngettext_lazy

from polku.insight.checks.check import Check
from polku.insight.checks.rows import BY_CODE
from polku.kernel.answers import Sentence
from polku.kernel.models import LooseEnd

IMPORT = "import_run"
UNITS: dict[str, Any] = {
    "days": ngettext_lazy("%(n)d day", "%(n)d days", "n"),
    "months": ngettext_lazy("%(n)d month", "%(n)d months", "n"),
    "pieces": ngettext_lazy("%(n)d piece", "%(n)d pieces", "n"),
    "percent": ngettext_lazy("%(n)d per cent", "%(n)d per cent", "n"),
}


def amount(n: int, unit: str) -> str:
    """A number with its unit: ``90 days``."""
    return str(UNITS[unit] % {"n": n})


def filled(check: Check, words: Sentence, parameters: Mapping[str, Any]) -> str:
    """A sentence of a check with its limits and numbers."""
    facts: dict[str, Any] = {"n": parameters.get("n", 0)}
    for limit in check.limits:
        facts[limit.name] = amount(parameters.get(limit.name, limit.usual), limit.unit)
    return str(words) % facts


def sentence_of(end: LooseEnd) -> str:
    """What hangs loose, without the name of the object; the bare code for a check that is gone."""
    check = BY_CODE.get(end.check_code)
    if check is None:
        return end.check_code
    if end.object_kind == IMPORT:
        return str(check.import_sentence % {"n": end.parameters.get("n", 0)})
    return filled(check, check.sentence, end.parameters)
