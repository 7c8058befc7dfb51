"""How dials look: a sign, a word, and whether the word needs saying."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from polku.insight.portfolio import NOT_YET, UNKNOWN, is_before_opening
from polku.portfolio.entities import SERVICE
from polku.portfolio.models import ServiceProduct
from polku.portfolio.operations import DIAL_FIELDS
from polku.web import signs
from polku.web.desk.lists_rows import Paint, Row, special_cell
from polku.web.templatetags.polku import state

NAMES = {
    "agreement": gettext_lazy("agreement"),
    "cost": gettext_lazy("cost"),
    "life": gettext_lazy("life"),
    "importance": gettext_lazy("importance"),
    "continuity": gettext_lazy("continuity"),
    "phase": gettext_lazy("phase of life"),
}

# Sign and result of each value; those without a result are a fact, neither good nor bad
_LOOKS: dict[str, dict[str, tuple[str, str]]] = {
    "agreement": {
        "green": ("good", "good"),
        "yellow": ("watch", "watch"),
        "red": ("bad", "bad"),
    },
    "cost": {
        "under": ("cost-under", "good"),
        "on": ("cost-on", "good"),
        "over": ("cost-over", "watch"),
    },
    "importance": {
        "low": ("crit-low", ""),
        "medium": ("crit-medium", ""),
        "high": ("crit-high", ""),
    },
    "continuity": {
        "none": ("cont-none", ""),
        "restorable": ("cont-restorable", ""),
        "mirrored": ("cont-mirrored", ""),
    },
}


@dataclass(frozen=True)
class Shown:
    """One dial for ``components/dials.html``."""

    code: str
    name: str
    value: str
    sign: str
    result: str


@dataclass(frozen=True)
class Remark:
    """Words below the dials: what is not as it should be."""

    words: str
    sign: str
    result: str = "plain"


def shown(dials: Mapping[str, str]) -> list[Shown]:
    """The five dials in their fixed order."""
    return [_shown(code, value) for code, value in dials.items()]


def _shown(code: str, value: str) -> Shown:
    name = str(NAMES[code])
    if value == UNKNOWN:
        return Shown(code, name, _("unknown"), "unknown", "unknown")
    if value == NOT_YET:
        return Shown(code, name, _("not yet"), "not-yet", "")
    if code == "life":
        return Shown(code, name, state_word(value), signs.life_sign(value), "")
    sign, result = _LOOKS[code].get(value, ("unknown", "unknown"))
    return Shown(code, name, value_word(code, value), sign, result)


def place() -> None:
    """In the list of services too, a dial of one not live yet says *not yet* (DECISIONS 36)."""
    for dial in ("agreement", "cost", "importance", "continuity"):
        name = DIAL_FIELDS[dial]
        special_cell(SERVICE.kind, name, _cell_of(name), reads=("managed_state", "held_from_state"))


def _cell_of(name: str) -> Callable[[Row, Paint], str]:
    def paint(row: Row, plain: Paint) -> str:
        waits = row[name] == UNKNOWN and is_before_opening(
            row["managed_state"], row["held_from_state"]
        )
        return str(state("plain", _("not yet"), "not-yet")) if waits else plain(row)

    return paint


def remarks(dials: Mapping[str, str]) -> list[Remark]:
    """Only what is not as it should be, then the counts of unknown and not yet."""
    found = [
        Remark(f"{one.name} {one.value}", one.sign, one.result)
        for one in shown(dials)
        if one.result in {"watch", "bad"}
    ]
    values = list(dials.values())
    if unknown := values.count(UNKNOWN):
        words = ngettext("%(n)d unknown", "%(n)d unknown", unknown) % {"n": unknown}
        found.append(Remark(words, "unknown", "unknown"))
    if not_yet := values.count(NOT_YET):
        words = ngettext("%(n)d not yet", "%(n)d not yet", not_yet) % {"n": not_yet}
        found.append(Remark(words, "not-yet"))
    return found


def state_word(state: str) -> str:
    """The word of a managed state; *not said* for none."""
    found = SERVICE.machine.state(state) if SERVICE.machine else None
    return str(found.word) if found else (state or _("not said"))


def value_word(dial: str, value: str) -> str:
    """The word of a dial's value."""
    return dict(choices(dial)).get(value, value)


def choices(dial: str) -> list[tuple[str, str]]:
    """(code, word) of the values that a person may choose."""
    field: Any = SERVICE.by_name[DIAL_FIELDS[dial]]
    found: list[tuple[str, str]] = field.choices(ServiceProduct)
    return found


def legend() -> list[tuple[str, list[Shown]]]:
    """Every sign of every dial with its word, for the legend of the board."""
    rows = [
        (str(NAMES[code]), [_shown(code, value) for value in looks])
        for code, looks in _LOOKS.items()
    ]
    empty = [_shown("agreement", UNKNOWN), _shown("agreement", NOT_YET)]
    return [*rows, (_("any dial"), empty)]
