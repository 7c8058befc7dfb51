"""A made-up first workbook: many services under Finnish headings, the same bytes every time.

Made for trying and testing imports. It holds columns of its own, which must survive a round trip,
and one service under two spellings, which must be reported as alike.
"""

import zipfile
from datetime import date, datetime, timedelta
from io import BytesIO
from itertools import product

from openpyxl import Workbook

SHEET = "Palvelut"
HEADINGS = (
    "Palvelun nimi", "Vastuuhenkilö", "Tila", "Tarkoitus", "Kohderyhmä", "Kanavat", "Sivu",
    "Hinta", "Milloin", "Kieli", "Tarkistettu", "Huomiot", "Kustannuspaikka", "Kerros",
)  # fmt: skip
OWN_HEADINGS = ("Kustannuspaikka", "Kerros")
TWO_SPELLINGS = ("Omaishoitajien vertaisryhmä", "Omaishoitajan vertaisryhmä")

_WHERE = (
    "Rantakylä", "Kalasatama", "Myllymäki", "Hietaniemi", "Pohjoispuisto", "Vanha tori",
    "Luotsisaari", "Koivuhaka", "Tehtaankulma", "Lammasniitty", "Siltavuori", "Aurinkorinne",
    "Ruukki", "Telakka", "Verkkokangas", "Jokisuu", "Metsäpelto", "Asemanseutu", "Uimahalli",
    "Yliopisto",
)  # fmt: skip
_WHAT = (
    "satutunti", "perhekerho", "nuorisotila", "kuntosali", "taidekurssi", "ateriapalvelu",
    "pyörähuolto", "shakkipiiri", "neuvonta", "lainaamo",
)  # fmt: skip
_FOR_WHOM = ("Lapset", "Perheet", "Nuoret", "Kaikki", "Aikuiset", "Ikäihmiset", "Asukkaat")
_OWNERS = (
    "Anneli Vaara", "Juho Kettu", "", "Maria Lehto", "Pekka Suvanto", "Ulla Honka",
    "Ilmari Rae", "Saara Kivi", "Otso Mänty",
)  # fmt: skip
_STATES = ("käytössä", "käytössä", "käytössä", "suunnitteilla", "pilotti", "tauolla", "",
           "poistumassa", "ei uusille", "päättynyt", "idea")  # fmt: skip
_CHANNELS = ("verkko", "puhelin", "palvelupiste", "verkko, puhelin", "palvelupiste, sähköposti")
_PRICES = ("maksuton", "5 €", "12 € / kerta", "", "25 € / kuukausi")
_TIMES = ("ma–pe 9–16", "ti klo 18", "", "sopimuksen mukaan", "la 10–14")
_LANGUAGES = ("suomi", "suomi, ruotsi", "suomi, venäjä", "suomi, englanti, puola")
_MADE = datetime(2026, 1, 5, 8, 0)  # noqa: DTZ001 (a workbook holds no zone)

type Cell = str | int | date | None


def service_names(rows: int) -> list[str]:
    """So many names; all unlike each other but the first two, which are one service spelt twice."""
    plain = [f"{where}, {what}" for what, where in product(_WHAT, _WHERE)]
    laps = -(-rows // len(plain))
    more = [f"{name} {lap}" if lap > 1 else name for lap in range(1, laps + 1)
            for name in plain]  # fmt: skip
    return [*TWO_SPELLINGS, *more][:rows]


def finnish_rows(rows: int = 200) -> list[tuple[Cell, ...]]:
    """The rows under the headings, in order. Empty cells are None."""
    return [_row(place, name) for place, name in enumerate(service_names(rows), start=1)]


def finnish_workbook(rows: int = 200, *, title_lines: int = 0) -> bytes:
    """An XLSX file with `rows` services on one sheet, after so many lines of title.

    Equal arguments give equal bytes.
    """
    book = Workbook()
    book.properties.created = book.properties.modified = _MADE
    sheet = book.active
    sheet.title = SHEET
    for line in range(title_lines):
        sheet.append([f"Satamalan palvelut, rivi {line + 1}"])
    for row in (HEADINGS, *finnish_rows(rows)):
        sheet.append(row)
    raw = BytesIO()
    book.save(raw)
    return _same_every_time(raw)


def _row(place: int, name: str) -> tuple[Cell, ...]:
    checked = date(2024, 1, 8) + timedelta(days=place * 3 % 700) if place % 6 else None
    return tuple(cell if cell != "" else None for cell in (
        name, _OWNERS[place % 9], _STATES[place % 11], f"{name}: lyhyesti sanottuna, rivi {place}.",
        _FOR_WHOM[place % 7], _CHANNELS[place % 5], f"https://satamala.example/palvelut/{place}",
        _PRICES[place % 5], _TIMES[place % 5], _LANGUAGES[place % 4], checked,
        "ks. vanha lista" if place % 7 == 0 else "", 4000 + place % 13 * 10, 1 + place % 3,
    ))  # fmt: skip


def _same_every_time(raw: BytesIO) -> bytes:
    """The same parts packed without the time of packing."""
    packed = BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, date_time=_MADE.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, _without_clock(name, old.read(name)))
    return packed.getvalue()


def _without_clock(name: str, content: bytes) -> bytes:
    """Saving stamps the hour into the properties; put the fixed one back."""
    if name != "docProps/core.xml":
        return content
    before, mark, rest = content.partition(b"<dcterms:modified")
    start, _, end = rest.partition(b">")
    _, closing, after = end.partition(b"</dcterms:modified>")
    stamp = f"{_MADE.isoformat()}Z".encode()
    return before + mark + start + b">" + stamp + closing + after
