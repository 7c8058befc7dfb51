"""AC10, part: a lone maker's workspace speaks plain words in four languages."""

import re
from typing import Any

import pytest
from django.utils.html import strip_tags

from polku.kernel.actor import actor_of
from polku.people.operations.accounts import NewPerson
from polku.people.operations.workspaces import open_workspace
from polku.tenancy.models import Membership
from tests.browser.addresses import stops
from tests.cast import Person, make

# The IT list of the glossary, by its table: what each language says of these in service management
ANY = ["SLA", "XLA", "OLA", "ITIL", "CMDB", "KPI", "RACI", "PBA", "API", "JSON"]
WORDS: dict[str, list[str]] = {
    "en": [
        *ANY, "utility", "warranty", "stakeholder", "persona", "touchpoint", "backlog", "release",
        "deployment", "schema", "instance", "entity", "configuration", "lifecycle", "portfolio",
        "requirement", "indicator", "conformance", "provider", "consumer",
    ],
    "fi": [
        *ANY, "palveluportfolio", "palvelusalkku", "sidosryhmä", "persoona", "kosketuspiste",
        "kontaktipiste", "vaatimus", "elinkaari", "palvelukomponentti", "palvelutuote", "skeema",
        "instanssi", "entiteetti", "konfiguraatio", "indikaattori", "käyttäjätarina",
    ],
    "pl": [
        *ANY, "portfel usług", "interesariusz", "persona", "punkt styku", "wymaganie", "wymagania",
        "składnik usługi", "produkt usługowy", "schemat", "instancja", "encja", "konfiguracja",
        "wskaźnik", "cykl życia",
    ],
    "ru": [
        *ANY, "портфель услуг", "заинтересованная сторона", "персона", "точка взаимодействия",
        "требование", "требования", "компонент услуги", "сервисный продукт", "схема", "экземпляр",
        "сущность", "конфигурация", "индикатор", "жизненный цикл",
    ],
}  # fmt: skip
TERMS = re.compile(r"<(?P<tag>\w+)[^>]*data-terms[^>]*>.*?</(?P=tag)>", re.DOTALL)
ADDRESS = re.compile(r"https?://[^\s<\"]+")
MACHINE = re.compile(r"<(script|style|template|svg)\b.*?</\1>", re.DOTALL)


@pytest.fixture
def maker(db: None) -> Person:
    """Maija, alone with her dance school."""
    account = NewPerson("Maija Askel", "maija@example.org", "three steps and a turn", "en")
    membership = open_workspace("Tanssikoulu Askel", language="en", size="solo", person=account)
    membership.workspace.languages = ["en", "fi", "pl", "ru"]
    membership.workspace.save()
    person = Person(membership.user, membership)
    make("service_product", person.actor, name="Ballet for beginners", state="live")
    make("touchpoint", person.actor, name="Front door")
    return person


def spoken(html: str) -> str:
    """What a person reads or hears of a page."""
    text = ADDRESS.sub(" ", TERMS.sub(" ", MACHINE.sub(" ", html)))
    heard = re.findall(r'(?:aria-label|placeholder|alt|title)="([^"]*)"', text)
    return strip_tags(text) + " " + " ".join(heard)


@pytest.mark.scenario("AC10", part="plain words")
@pytest.mark.parametrize("lang", sorted(WORDS))
def test_no_page_of_a_lone_maker_shows_a_word_from_the_it_list(maker: Person, lang: str) -> None:
    client: Any = maker.client()
    client.cookies["polku_language"] = lang
    patterns = [re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE) for word in WORDS[lang]]
    found = []
    walked = stops(actor_of(Membership.objects.get(pk=maker.membership.pk)))  # type: ignore[union-attr]
    assert len(walked) > 20
    for stop in walked:
        answer = client.get(stop.path)
        if answer.status_code in {302, 405}:  # an answer to a press of a button
            continue
        assert answer.status_code == 200, stop.path
        text = spoken(answer.content.decode())
        found += [f"{stop.name}: {m[0]}" for p in patterns if (m := p.search(text))]
    assert not found, "\n".join(sorted(set(found)))
