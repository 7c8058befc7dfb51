"""What leaves comes back the same."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from polku.exchange.exporting.in_full import further_tables
from polku.exchange.operations.exports import Export, export_all, export_list
from polku.exchange.spreadsheet.reading import open_workbook
from polku.exchange.spreadsheet.workbook import Workbook
from polku.kernel.answers import BadInput, NotAllowed, Refused
from polku.kernel.changes import archive_object, change_object, create_objects
from polku.kernel.models import AuditEvent
from polku.kernel.operations_bulk import place_objects
from polku.kernel.queries import visible
from polku.kernel.registry import entity
from polku.people.models import Segment
from polku.people.operations import draw_line
from polku.portfolio.entities import SERVICE
from polku.portfolio.operations import set_elements, set_members, set_prices
from polku.tenancy.models import Workspace
from tests.cast import Cast, make
from tests.exchange.desk import Desk

FINNISH = """Palvelun nimi;Vastuuhenkilö;Tila;Kohderyhmä;Kanavat;Tarkistettu;Hinta;Kerros
Opastus;Anneli Vaara;käytössä;Perheet, Nuoret;verkko, puhelin;4.3.2026;12 €;1
Iltakävely;;tauolla;;;31.2.2026;;piha
=1+1;Anneli Vaara;lepää;Kaikki;verkko;;;[x]
"""


def book_of(content: bytes, name: str) -> Workbook:
    return open_workbook(content, name)


def rows_of(content: bytes, name: str, sheet: str = "") -> list[dict[str, str]]:
    book = book_of(content, name)
    found = book.sheet(sheet) if sheet else book.sheets[0]
    assert found is not None
    return [dict(zip(found.headers, row.cells, strict=True)) for row in found.rows()]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_layout_of_the_file_gives_its_cells_back(desk: Desk, form: str) -> None:
    desk.bring(FINNISH)
    out = export_all(by=desk.by, form=form, layout="source")
    given_rows = rows_of(FINNISH.encode(), "in.csv")
    back = rows_of(out.content, out.name)
    assert [next(iter(row)) for row in back] == ["id"] * 3
    assert [{k: v for k, v in row.items() if k != "id"} for row in back] == given_rows
    again = desk.bring(out.content, out.name)
    assert (again.counts["new"], again.counts["changed"], again.counts["same"]) == (0, 0, 3)


def test_what_changed_here_goes_out_in_the_words_of_the_file(desk: Desk) -> None:
    desk.bring(FINNISH)
    walk = desk.services()["Iltakävely"]
    place_objects(SERVICE, [(walk.pk, "live")], by=desk.by)
    change_object(SERVICE, walk, {"attributes": {"Kerros": "katto"}}, by=desk.by)
    change_object(SERVICE, walk, {"last_reviewed_on": "2026-05-01"}, by=desk.by)
    out = export_all(by=desk.by, form="csv", layout="source")
    row = rows_of(out.content, out.name)[1]
    assert (row["Tila"], row["Kerros"], row["Tarkistettu"]) == ("käytössä", "katto", "1.5.2026")


def test_new_here_stands_at_the_end(desk: Desk) -> None:
    desk.bring(FINNISH)
    make("service_product", desk.by, name="Laiturisauna")
    out = export_all(by=desk.by, form="csv", layout="source")
    assert rows_of(out.content, out.name)[-1]["Palvelun nimi"] == "Laiturisauna"


def test_an_edited_export_changes_only_what_was_edited(desk: Desk) -> None:
    desk.bring("id,name,contact,page\n1,Tour,a@x.example,https://x.example\n")
    out = export_all(by=desk.by, form="xlsx")
    tour = desk.services()["Tour"]
    change_object(SERVICE, tour, {"contact": "here@x.example"}, by=desk.by)
    same = desk.bring(out.content, out.name)
    assert (same.counts["changed"], desk.services()["Tour"].contact) == (0, "here@x.example")
    other = export_list(SERVICE, {}, by=desk.by, form="csv")
    text = other.content.decode("utf-8-sig").replace("https://x.example", "https://y.example")
    run = desk.bring(text.encode("utf-8-sig"), other.name)
    assert run.counts["changed"] == 1
    assert desk.services()["Tour"].web == "https://y.example"
    change_object(SERVICE, desk.services()["Tour"], {"web": "https://z.example"}, by=desk.by)
    text = text.replace("y.example", "w.example")
    run, _plan = desk.try_file(text.encode("utf-8-sig"), other.name)
    assert "conflict" in desk.told(run)[2]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_our_own_layout_restores_another_workspace(
    desk: Desk, cast: Cast, xlsx: Callable[..., bytes], form: str
) -> None:
    book = xlsx(
        Services=(
            ("name_en", "name_fi", "owner", "state", "for whom", "channels", "supplier", "price",
             "when", "Floor"),
            ("Tour", "Opastus", "Anna Nowak", "closed to new", "Families; Schools", "web; phone",
             "Sound Oy", "12 €", "Sat", "[clear]x"),
            ("Visit", "", "", "", "Families", "", "", "", "", "=cmd()"),
        ),
        Requirements=(("wish", "service", "from", "priority"),
                      ("A ramp", "Tour", "Anna Nowak", "must")),
        Users=(("customer", "service", "since"), ("Harbour Hotel Oy", "Tour", "2025-01-01")),
        Dependencies=(("service", "needs", "kind"), ("Tour", "Headphones", "asset"),
                      ("Visit", "Tour", "requires")),
    )  # fmt: skip
    desk.bring(book, "all.xlsx")
    first = export_all(by=desk.by, form=form)
    again = desk.bring(_sheets(first, form), f"x.{'xlsx' if form == 'xlsx' else 'csv'}")
    assert (again.counts["new"], again.counts["changed"]) == (0, 0)
    if form == "csv":
        return
    olga = Desk(cast.olga.actor)
    olga.bring(first.content, first.name)
    second = export_all(by=olga.by, form=form)
    for sheet in ("services", "requirements", "users", "dependencies"):
        assert _without_codes(second.content, sheet) == _without_codes(first.content, sheet)


def _sheets(out: Any, form: str) -> bytes:
    """The workbook, or the sheet of services out of the packed tables."""
    if form == "xlsx":
        return bytes(out.content)
    with zipfile.ZipFile(io.BytesIO(out.content)) as archive:
        assert {"services.csv", "links.csv", "touchpoints.csv"} <= set(archive.namelist())
        return archive.read("services.csv")


def _without_codes(content: bytes, sheet: str) -> list[dict[str, str]]:
    rows = rows_of(content, "x.xlsx", sheet)
    return [{key: cell for key, cell in row.items() if key != "id"} for row in rows]


def test_text_that_looks_like_the_word_for_clearing_stays_text(desk: Desk) -> None:
    make("service_product", desk.by, name="Tour", contact="[clear]",
         attributes={"Floor": "-clear-", "Roof": "\\[clear]"})  # fmt: skip
    for form in ("csv", "xlsx"):
        out = export_list(SERVICE, {}, by=desk.by, form=form)
        again = desk.bring(out.content, out.name)
        assert again.counts["same"] == 1
        tour = desk.services()["Tour"]
        assert (tour.contact, tour.attributes) == (
            "[clear]", {"Floor": "-clear-", "Roof": "\\[clear]"},
        )  # fmt: skip


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=20
).map(str.strip).filter(bool)  # fmt: skip
# A heading is known by its words: how wide the blanks between them are does not count
HEADINGS = WORDS.map(lambda text: " ".join(text.split()))
ROWS = st.lists(
    st.fixed_dictionaries(
        {"name": WORDS},
        optional={
            "contact": WORDS, "aliases": st.lists(WORDS, max_size=3, unique=True),
            "purpose": WORDS, "languages": st.just(["en", "fi"]),
            "cost_class": st.sampled_from(["low", "high", "none"]),
            "managed_state": st.sampled_from(["idea", "being_made", "live", "on_hold"]),
            "last_reviewed_on": st.dates().map(str),
            "attributes": st.dictionaries(HEADINGS, WORDS, max_size=3),
        },
    ),
    min_size=1, max_size=4, unique_by=lambda row: row["name"].casefold(),
)  # fmt: skip


# Each example takes a database through two workspaces: making it smaller would take minutes.
UNSHRUNK = [Phase.explicit, Phase.reuse, Phase.generate]
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@given(ROWS, st.sampled_from(["csv", "xlsx"]))
@settings(max_examples=15, deadline=None, suppress_health_check=QUIET, phases=UNSHRUNK)
def test_import_of_export_is_the_same(cast: Cast, rows: list[dict[str, Any]], form: str) -> None:
    here, there = Desk(cast.aino.actor), Desk(cast.olga.actor)
    with transaction.atomic():
        create_objects(SERVICE, rows, by=here.by)
        out = export_list(SERVICE, {"sort": "code"}, by=here.by, form=form)
        again, plan = here.try_file(out.content, out.name)
        told = [(row.changes, row.troubles) for row in plan.rows if row.outcome != "same"]
        assert told == [], again.counts
        run = there.bring(out.content, out.name)
        assert run.counts["new"] == len(rows)
        back = export_list(SERVICE, {"sort": "code"}, by=there.by, form=form)
        assert _without_ids(back) == _without_ids(out)
        transaction.set_rollback(True)


def _without_ids(out: Export) -> list[dict[str, str]]:
    rows = rows_of(out.content, out.name)
    return [{key: cell for key, cell in row.items() if key != "id"} for row in rows]


def test_a_list_respects_its_filters_and_what_was_put_away(desk: Desk) -> None:
    desk.bring("name,state\nTour,live\nVisit,idea\nWalk,live\n")
    archive_object(SERVICE, desk.services()["Walk"], by=desk.by)
    out = export_list(SERVICE, {"managed_state": "live"}, by=desk.by, form="csv")
    assert [row["name [en]"] for row in rows_of(out.content, out.name)] == ["Tour"]
    whole = json.loads(export_all(by=desk.by, form="json").content)
    assert len(whole["services"]) == 2
    all_of_it = json.loads(export_all(by=desk.by, form="json", archived=True).content)
    assert len(all_of_it["services"]) == 3


def test_people_outside_get_outside_fields_or_nothing(cast: Cast) -> None:
    make("service_product", cast.aino.actor, name="Tour", managed_state="live",
         audience="customers", cost_class="high", attributes={"Secret": "canary"})  # fmt: skip
    with pytest.raises(NotAllowed):
        export_all(by=cast.tuomas.actor)
    for form in ("csv", "json", "xlsx"):
        out = export_list(SERVICE, {}, by=cast.tuomas.actor, form=form)
        text = out.content if form != "xlsx" else str(rows_of(out.content, out.name)).encode()
        assert b"Tour" in text
        assert b"canary" not in text
        assert b"cost_class" not in text


def test_parties_leave_without_their_addresses(desk: Desk) -> None:
    make("party", desk.by, name="Anna Nowak", contact={"email": "canary@x.example"})
    out = export_all(by=desk.by, form="xlsx")
    assert "canary" not in str(rows_of(out.content, out.name, "parties"))


def test_each_export_is_noted(desk: Desk) -> None:
    make("service_product", desk.by, name="Tour")
    export_all(by=desk.by)
    export_list(SERVICE, {}, by=desk.by)
    names = AuditEvent.objects.filter(object_kind="workspace").values_list("name", flat=True)
    assert {"workspace.exported", "list.exported"} <= set(names)


def test_wrong_wishes_are_refused(desk: Desk) -> None:
    with pytest.raises(BadInput):
        export_all(by=desk.by, form="pdf")
    with pytest.raises(Refused):
        export_all(by=desk.by, layout="source")


def test_every_kind_has_its_sheet(desk: Desk) -> None:
    desk.bring(FINNISH)
    out = export_all(by=desk.by)
    sheets = {sheet.name for sheet in book_of(out.content, out.name).sheets}
    assert {"services", "segments", "touchpoints", "parties", "links", "states"} <= sheets
    assert "services in full" in sheets
    rows = rows_of(out.content, out.name, "segments")
    assert len(rows) == visible(desk.by, Segment).count()
    assert Workspace.objects.count() == 2
    assert entity("segment").plural in sheets


def test_prices_pieces_and_what_a_package_holds_go_out_with_everything(cast: Cast) -> None:
    by = cast.aino.actor
    tour = make("service_product", by, name="Tour", audience="customers", state="live")
    hidden = make("service_product", by, name="Night tour")
    offer = make("offering", by, title="Ticket", product=tour.code, audience="customers",
                 state="published")  # fmt: skip
    set_elements(offer, [{"kind": "access", "text": {"en": "One hour", "fi": "Tunti"}}], by=by)
    set_prices(offer, [
        {"kind": "one_off", "amount": 1250, "currency": "EUR", "condition": {"en": "=grown-ups"}},
        {"kind": "free", "condition": {"fi": "lapset"}},
    ], by=by)  # fmt: skip
    package = make("service_package", by, name="A day out", audience="customers")
    set_members(package, [
        {"product": tour.code, "optional": True, "min_n": 0, "default_n": 1, "max_n": 3},
        {"product": hidden.code}, {"offering": offer.code},
    ], by=by)  # fmt: skip
    sheets = {table.name: table for table in further_tables(by)}
    members = [dict(zip(sheets["package members"].headers, row, strict=True))
               for row in sheets["package members"].rows]  # fmt: skip
    assert [(row["package"], row["product"], row["offering"]) for row in members] == [
        ("PKG-1", "SRV-1", None), ("PKG-1", "SRV-2", None), ("PKG-1", None, "OFR-1"),
    ]  # fmt: skip
    assert [members[0][name] for name in ("optional", "min_n", "max_n")] == ["yes", 0, 3]
    prices = [dict(zip(sheets["prices"].headers, row, strict=True))
              for row in sheets["prices"].rows]  # fmt: skip
    assert [(row["offering"], row["amount"], row["currency"]) for row in prices] == [
        ("OFR-1", 1250, "EUR"), ("OFR-1", None, None),
    ]  # fmt: skip
    assert prices[0]["condition [en]"] == "=grown-ups"
    assert prices[1]["condition [fi]"] == "lapset"
    pieces = list(sheets["offering elements"].rows)
    assert pieces[0][:4] == ["OFR-1", 1, "access", "One hour"]
    out = export_all(by=by)
    assert {"packages", "package members", "prices", "offering elements"} <= {
        sheet.name for sheet in book_of(out.content, out.name).sheets
    }
    outside = {t.name: list(t.rows) for t in further_tables(cast.tuomas.actor)}
    assert all("SRV-2" not in row for row in outside["package members"])
    assert "terms" not in " ".join(
        next(t for t in further_tables(cast.tuomas.actor) if t.name == "offering elements").headers
    )


def test_lines_between_stakeholders_go_out_with_everything(cast: Cast) -> None:
    by = cast.aino.actor
    one, other = (make("stakeholder", by, group_name=name) for name in ("Neighbours", "The city"))
    draw_line(one, other, {"en": "listens to", "fi": "kuuntelee"}, by=by)
    table = next(t for t in further_tables(by) if t.name == "stakeholder lines")
    assert list(table.headers) == ["from", "to", "words [en]", "words [fi]"]
    assert [list(row) for row in table.rows] == [["STK-1", "STK-2", "listens to", "kuuntelee"]]
    outside = {t.name: list(t.rows) for t in further_tables(cast.tuomas.actor)}
    for name in ("stakeholders", "insights", "stakeholder lines"):
        assert outside[name] == []
