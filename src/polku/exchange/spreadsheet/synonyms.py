"""The headings people write, in four languages. Source: handbook, portfolio 6.

Order inside a field: English, Finnish, Polish, Russian. Data only; the matching is in
:mod:`.headers`. The field's own name counts as English without being listed. Beyond the handbook's
table stand a few headings that inventories in the wild use for a row's code and its description.
"""

LANGUAGES = ("en", "fi", "pl", "ru")

type Synonyms = dict[str, tuple[str, str, str, str]]

SHEET_NAMES: dict[str, tuple[str, ...]] = {
    "services": ("services", "service", "palvelut", "usługi", "услуги", "сервисы"),
    "requirements": (
        "requirements",
        "wishes",
        "vaatimukset",
        "toiveet",
        "vaatimukset/toiveet",
        "wymagania",
        "требования",
    ),
    "users": (
        "users",
        "customers",
        "käyttäjät",
        "asiakkaat",
        "käyttäjät/asiakkaat",
        "użytkownicy",
        "klienci",
        "użytkownicy/klienci",
        "пользователи",
        "клиенты",
        "пользователи/клиенты",
    ),
    "dependencies": ("dependencies", "riippuvuudet", "zależności", "зависимости"),
}

SERVICES: Synonyms = {
    "id": (
        "id, code, no, number, service id, service code, service no, service number",
        "tunnus, koodi, id, nro, palvelun tunnus, palvelutunnus",
        "id, kod, nr, numer, id usługi, kod usługi",
        "id, код, номер, №, код услуги, номер услуги",
    ),
    "name": (
        "name, service, service name, title",
        "nimi, palvelu, palvelun nimi, nimike",
        "nazwa, usługa, nazwa usługi, tytuł",
        "название, наименование, услуга, сервис",
    ),
    "aliases": (
        "also known as, aliases, short name, old name",
        "muut nimet, lempinimi, lyhenne",
        "inne nazwy, skrót, alias",
        "другие названия, сокращение, псевдоним",
    ),
    "owner": (
        "owner, responsible, contact person, lead",
        "omistaja, vastuuhenkilö, vastaava, vastuutaho",
        "właściciel, odpowiedzialny, opiekun, osoba odpowiedzialna",
        "владелец, ответственный, ответственное лицо",
    ),
    "state": (
        "state, status, stage, lifecycle",
        "tila, vaihe, status, elinkaaren tila",
        "stan, status, etap, faza",
        "состояние, статус, этап, стадия",
    ),
    "purpose": (
        "purpose, description, what, benefit, service description",
        "tarkoitus, kuvaus, hyöty, selite, palvelun kuvaus",
        "cel, opis, korzyść, opis usługi",
        "назначение, описание, цель, польза, описание услуги",
    ),
    "for_whom": (
        "for whom, audience, target group, customers",
        "kenelle, kohderyhmä, asiakasryhmä",
        "dla kogo, grupa docelowa, odbiorcy",
        "для кого, целевая группа, потребители",
    ),
    "channels": (
        "channel, channels, where, how to get",
        "kanava, kanavat, asiointikanava, missä",
        "kanał, kanały, gdzie",
        "канал, каналы, где",
    ),
    "contact": (
        "contact, email, phone, support",
        "yhteystieto, yhteystiedot, sähköposti, puhelin",
        "kontakt, e-mail, telefon",
        "контакт, контакты, почта, телефон",
    ),
    "page": (
        "page, url, link, website",
        "sivu, verkkosivu, linkki, verkko-osoite",
        "strona, adres www, link",
        "страница, сайт, ссылка",
    ),
    "supplier": (
        "supplier, vendor, provider, partner",
        "toimittaja, palveluntuottaja, kumppani",
        "dostawca, usługodawca, partner",
        "поставщик, подрядчик, партнёр",
    ),
    "cost_class": (
        "cost, price class, budget",
        "kustannus, kustannusluokka, budjetti",
        "koszt, klasa kosztów, budżet",
        "стоимость, затраты, бюджет",
    ),
    "price": ("price, fee", "hinta, maksu", "cena, opłata", "цена, плата"),
    "when": (
        "when, times, opening hours",
        "milloin, ajat, aukioloajat",
        "kiedy, godziny",
        "когда, часы работы",
    ),
    "languages": ("language, languages", "kieli, kielet", "język, języki", "язык, языки"),
    "last_reviewed": (
        "last reviewed, updated, checked",
        "tarkistettu, päivitetty, viimeksi katselmoitu",
        "ostatni przegląd, zaktualizowano",
        "проверено, обновлено, дата пересмотра",
    ),
    "notes": (
        "notes, comments, remarks",
        "huomiot, lisätiedot, kommentit, huom",
        "uwagi, notatki, komentarz",
        "примечания, заметки, комментарий",
    ),
}

REQUIREMENTS: Synonyms = {
    "id": ("id, no", "tunnus, nro", "id, nr", "id, №"),
    "text": (
        "requirement, wish, need, text",
        "vaatimus, toive, tarve",
        "wymaganie, potrzeba, życzenie",
        "требование, потребность, пожелание",
    ),
    "service": ("service", "palvelu", "usługa", "услуга, сервис"),
    "from_whom": (
        "from, asked by, source",
        "keneltä, esittäjä, lähde",
        "od kogo, zgłaszający, źródło",
        "от кого, заявитель, источник",
    ),
    "date": ("date, raised", "pvm, päivämäärä, kirjattu", "data, zgłoszono", "дата"),
    "priority": (
        "priority, importance",
        "prioriteetti, tärkeys",
        "priorytet, ważność",
        "приоритет, важность",
    ),
    "state": ("state, status", "tila", "stan, status", "состояние, статус"),
}

USERS: Synonyms = {
    "who": (
        "customer, organisation, user group",
        "asiakas, organisaatio, käyttäjäryhmä",
        "klient, organizacja, grupa",
        "клиент, организация, группа",
    ),
    "service": ("service", "palvelu", "usługa", "услуга"),
    "since": ("since", "alkaa", "od", "с"),
    "until": ("until", "päättyy", "do", "по"),
    "agreement": ("agreement, contract, SLA", "sopimus", "umowa", "договор, соглашение"),
    "contact": ("contact", "yhteyshenkilö", "kontakt", "контактное лицо"),
    "notes": ("notes", "huomiot", "uwagi", "примечания"),
}

DEPENDENCIES: Synonyms = {
    "service": ("service, what", "palvelu, mikä", "usługa, co", "услуга, что"),
    "needs": (
        "needs, depends on, component",
        "tarvitsee, riippuu, komponentti",
        "potrzebuje, zależy od, składnik",
        "требует, зависит от, компонент",
    ),
    "kind": ("kind, type", "laji, tyyppi", "rodzaj, typ", "вид, тип"),
    "criticality": (
        "critical, effect",
        "kriittisyys, vaikutus",
        "krytyczność, wpływ",
        "критичность, влияние",
    ),
    "where": (
        "where, tag, link",
        "missä, tunniste, linkki",
        "gdzie, numer inwentarzowy",
        "где, инв. номер, ссылка",
    ),
    "checked": (
        "checked, checked on, last seen",
        "tarkistettu, nähty",
        "sprawdzono, widziano",
        "проверено, видели",
    ),
    "supplier": ("supplier", "toimittaja", "dostawca", "поставщик"),
}

SYNONYMS: dict[str, Synonyms] = {
    "services": SERVICES,
    "requirements": REQUIREMENTS,
    "users": USERS,
    "dependencies": DEPENDENCIES,
}
