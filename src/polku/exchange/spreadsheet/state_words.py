"""Words for states and choices in four languages. Source: handbook, portfolio 6; decision 31.

States are read into the short set. The long set of the handbook and the words that our own exports
write are understood too, so that a file comes back as it went out.
"""

from functools import cache
from typing import NamedTuple

from polku.kernel.folding import fold

SERVICE_STATES = ("idea", "being_made", "in_test", "live", "ending", "ended", "on_hold")
REQUIREMENT_STATES = ("asked", "will_do", "done", "will_not_do", "later")


class StateWord(NamedTuple):
    """A managed state of the short set; ``closed_to_new`` is the mark that goes with live."""

    state: str
    closed_to_new: bool = False


_SERVICE = {
    "idea": "idea, ideas, assessed, studied, chartered, pomysł, идея",
    "being_made": (
        "being made, planned, in development, in design, in preparation, launching, suunnitteilla, "
        "kehitteillä, tekeillä, valmisteilla, planowana, planowany, w przygotowaniu, w budowie, "
        "планируется, в разработке, готовится"
    ),
    "in_test": (
        "in test, test, testing, pilot, pilotti, kokeilu, kokeilussa, testissä, pilotaż, "
        "w testach, пилот, тестируется, в тестировании"
    ),
    "live": (
        "live, active, in use, in production, käytössä, tuotannossa, aktiivinen, działa, aktywna, "
        "aktywny, w użyciu, действует, активна, активен, работает"
    ),
    "live closed": (
        "live closed to new, live (closed to new), closed to new, limited, ei uusille, "
        "suljettu uusilta, zamknięta dla nowych, закрыта для новых"
    ),
    "ending": (
        "ending, retiring, being retired, poistumassa, päättymässä, wygaszana, wygaszany, "
        "kończy się, выводится, завершается"
    ),
    "ended": (
        "ended, retired, dropped, closed, päättynyt, poistettu, lopetettu, zakończona, "
        "zakończony, завершена, завершено, закрыта"
    ),
    "on_hold": "on hold, paused, tauolla, keskeytetty, wstrzymana, приостановлена, на паузе",
}
_REQUIREMENT = {
    "asked": "asked, new, open, pyydetty, uusi, avoin, zgłoszone, nowe, запрошено, новое",
    "will_do": (
        "will do, agreed, accepted, planned, tehdään, sovittu, hyväksytty, zrobimy, uzgodnione, "
        "сделаем, согласовано, принято"
    ),
    "done": "done, met, verified, tehty, valmis, zrobione, gotowe, сделано, готово, выполнено",
    "will_not_do": (
        "will not do, rejected, declined, ei tehdä, hylätty, nie zrobimy, odrzucone, "
        "не сделаем, отклонено"
    ),
    "later": "later, deferred, postponed, myöhemmin, lykätty, później, odłożone, позже, отложено",
}
_CHOICES = {
    "must": "must, high, pakollinen, välttämätön, korkea, musi być, wysoki, обязательно, высокий",
    "should": "should, medium, normal, pitäisi, tavallinen, powinno, średni, желательно, средний",
    "could": "could, low, voisi, matala, może, niski, можно, низкий",
    "not_now": "not now, ei nyt, nie teraz, не сейчас",
    "none": "none, no, free, ei ole, ei mitään, brak, нет",
    "low": "low, cheap, matala, pieni, niska, niski, низкая, низкий",
    "medium": "medium, average, keskitaso, kohtalainen, średnia, średni, средняя, средний",
    "high": "high, expensive, korkea, suuri, wysoka, wysoki, высокая, высокий",
    "unknown": "unknown, not known, ei tiedossa, tuntematon, nieznany, неизвестно",
    "stops": "stops, pysähtyy, pysäyttää, zatrzymuje, останавливается, останавливает",
    "degrades": "degrades, worse, heikkenee, heikentää, pogarsza, ухудшается, ухудшает",
    "inconvenience": "inconvenience, haittaa, utrudnia, неудобство",
    "requires": "requires, needs, tarvitsee, vaatii, wymaga, требует",
    "part_of": "part of, osa, część, часть",
    "substitutes": "substitutes, replaces, korvaa, zastępuje, заменяет",
    "excludes": "excludes, sulkee pois, wyklucza, исключает",
    "migrates_to": "migrates to, siirtyy, przechodzi do, переходит в",
    "supports": "supports, tukee, wspiera, поддерживает",
    "process": "process, prosessi, proces, процесс",
    "resource": "resource, resurssi, zasób, ресурс",
    "skill": "skill, osaaminen, umiejętność, навык",
    "asset": "asset, device, laite, omaisuus, urządzenie, majątek, актив, устройство",
    "supplier_service": (
        "supplier service, ostopalvelu, toimittajan palvelu, usługa dostawcy, услуга поставщика"
    ),
    "goods": "goods, tavara, towar, товар",
    "document": "document, asiakirja, dokumentti, dokument, документ",
    "space": "space, room, tila, pomieszczenie, помещение",
    "data": "data, tiedot, dane, данные",
}


def state_word(text: str) -> StateWord | None:
    """The state of a service that this word means, in any of the four languages."""
    found = _service_words().get(_spelling(text))
    if found == "live closed":
        return StateWord("live", closed_to_new=True)
    return StateWord(found) if found else None


def requirement_state(text: str) -> str | None:
    """The state of a requirement that this word means."""
    return _requirement_words().get(_spelling(text))


def choice_word(text: str, choices: tuple[str, ...]) -> str | None:
    """Which of ``choices`` the word means; the same word may mean another thing elsewhere."""
    spelling = _spelling(text)
    return next((choice for choice in choices if spelling in _choice_words(choice)), None)


def _spelling(text: str) -> str:
    return fold(text.replace("_", " "))


@cache
def _service_words() -> dict[str, str]:
    return {word: state for state, line in _SERVICE.items() for word in _split(line)}


@cache
def _requirement_words() -> dict[str, str]:
    return {word: state for state, line in _REQUIREMENT.items() for word in _split(line)}


@cache
def _choice_words(choice: str) -> frozenset[str]:
    return frozenset(_split(_CHOICES[choice]))


def _split(line: str) -> list[str]:
    return [_spelling(word) for word in line.split(",")]
