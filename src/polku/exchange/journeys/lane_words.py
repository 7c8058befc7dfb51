"""Which lane a word means: keys of our own sheets, labels of our pages in every language, and what
tables elsewhere mostly say."""

from functools import cache

from django.conf import settings
from django.utils.translation import override

from polku.exchange.journeys.columns import LANES
from polku.journeys.lanes import LANES as SHOWN
from polku.kernel.folding import fold

# Lanes of the pages that are written under another name in the sheet
_SHEET_NAMES = {"experience": "feeling_assumed", "pains": "pain"}
_SYNONYMS: dict[str, tuple[str, ...]] = {
    "stage": (
        "stage", "stages", "phase", "phases", "journey phase", "vaihe", "etap", "faza", "этап",
        "стадия",
    ),
    "step": (
        "step", "steps", "step name", "activity", "moment", "askel", "krok", "kroki", "шаг", "шаги",
    ),
    "customer_action": (
        "customer", "customer action", "customer actions", "user action", "user actions", "action",
        "actions", "doing", "asiakas", "asiakkaan toiminta", "asiakas tekee", "klient",
        "działania klienta", "клиент", "действия клиента",
    ),
    "customer_backstage": ("customer backstage", "customer unseen", "asiakas näkymättömissä"),
    "expectation": (
        "expectation", "expectations", "expects", "needs", "customer expects", "odotukset",
        "oczekiwania", "ожидания",
    ),
    "frontstage": (
        "frontstage", "front stage", "we", "we do", "staff", "employee actions", "me teemme",
        "robimy", "мы делаем",
    ),
    "backstage": ("backstage", "back stage", "behind the scenes", "we do unseen", "taustalla",
                  "zaplecze", "за кулисами"),
    "support": ("support", "support process", "support processes", "supporting processes"),
    "system": ("system", "systems", "it systems", "technology", "järjestelmät", "systemy",
               "системы"),
    "supplier": ("supplier", "suppliers", "partners", "toimittajat", "dostawcy", "поставщики"),
    "touchpoint": (
        "touchpoint", "touchpoints", "meeting point", "meeting points", "channel", "channels",
        "kohtaamispiste", "kohtaamispisteet", "kontaktipiste", "punkt styku", "punkty styku",
        "точка контакта", "точки контакта",
    ),
    "feeling_assumed": ("feeling", "feelings", "emotion", "emotions", "experience", "tunne",
                        "tunteet", "emocje", "эмоции"),
    "feeling_target": ("target", "target feeling", "feeling target"),
    "wait": ("wait", "waiting", "waiting time", "odotus", "odotusaika", "czas oczekiwania",
             "ожидание"),
    "pain": (
        "pain", "pains", "pain point", "pain points", "problem", "problems", "frustrations",
        "kipupisteet", "ongelmat", "problemy", "проблемы",
    ),
    "goal": ("goal", "goals", "customer goal"),
}  # fmt: skip


def lane_named(word: str) -> str:
    """The key of the lane in our sheets, or nothing."""
    return _known().get(_plain(word), "")


def _plain(word: str) -> str:
    return fold(word).replace("_", " ").replace(":", " ").strip()


@cache
def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for lane in SHOWN:
        key = _SHEET_NAMES.get(lane.key, lane.key)
        for code, _name in settings.LANGUAGES:
            with override(code):
                labels = (str(lane.label), str(lane.managed))
            found |= {_plain(label): key for label in labels if label}
    for key, words in _SYNONYMS.items():
        found |= {_plain(word): key for word in words}
    return found | {_plain(key): key for key in LANES}
