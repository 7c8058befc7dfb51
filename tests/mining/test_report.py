"""The report is one page that needs nothing else, speaks one language, and tells the truth."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

import polku_mining as pm
from polku_mining.report import Reader, map_svg, page
from polku_mining.report.design_section import tally
from polku_mining.report.markup import tag
from tests.mining.conftest import log_of, of_rows

VOID = {"meta", "link", "br"}
DESIGN = {"seq": ["a", {"loop": {"opt": "b"}}, {"xor": ["c", "d"]}, {"and": ["e", "f"]}]}


class Outline(HTMLParser):
    """Tags in their order, texts, attributes; fails when a tag is closed that is not open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and "style" not in self.open:
            self.texts.append(data.strip())


def told(log: pm.Log, **more: object) -> Outline:
    return Outline(page(log, name="log.csv", **more))  # type: ignore[arg-type]


def test_it_needs_nothing_else_and_is_whole() -> None:
    text = page(log_of("abce", "acfe", "ad"), name="log.csv", design=DESIGN)
    outline = Outline(text)
    assert not re.search(r"https?:|url\(|@import|<script|\son\w+=|style=", text)
    for name, attributes in outline.seen:
        assert "src" not in attributes
        href = attributes.get("href")
        assert href is None or href.startswith("#") or (name, href) == ("link", "data:,")
    ids = [a["id"] for _tag, a in outline.seen if "id" in a]
    assert len(ids) == len(set(ids))
    for _tag, attributes in outline.seen:
        for key in ("aria-labelledby", "aria-describedby", "href"):
            if (attributes.get(key) or "").startswith("#") or key.startswith("aria"):
                target = (attributes.get(key) or ids[0]).removeprefix("#")
                assert target in ids


def test_every_text_is_escaped() -> None:
    evil = "<script>alert('1')</script> & \"so\""
    log = of_rows([("c", evil, 0), ("c", "b", 10), ("d", evil, 5)])
    outline = told(log, design={"seq": [evil, "b"]})
    assert not [tag for tag, _attributes in outline.seen if tag == "script"]
    assert any(evil in text for text in outline.texts)


def test_attributes_are_escaped_and_left_out() -> None:
    made = tag("td", "<b>", class_="num", title='"', colspan=None, hidden=False, open=True, x=1.0)
    assert made == '<td class="num" title="&quot;" open x="1">&lt;b&gt;</td>'


def test_every_word_can_be_translated() -> None:
    log = of_rows([("c", "a", 0), ("c", "b", 10), ("d", "a", 5), ("d", "b", 7), ("d", "b", 9)])
    log.problems.add(3, "no_time")
    log.problems.guessed["case"] = "visit"
    outline = told(log, design={"seq": ["a", {"opt": "b"}]}, reader=Reader(lambda s: f"¤{s}"))
    free = re.compile(r"[\d\s.,:%()#–…→×-]*|a|b|log\.csv|.*¤.*", re.DOTALL)
    assert [text for text in outline.texts if not free.fullmatch(text)] == []
    for _tag, attributes in outline.seen:
        label = attributes.get("aria-label")
        assert label is None or "¤" in label


def test_numbers_and_days_are_those_of_the_reader() -> None:
    english, finnish = Reader(), Reader(language="fi", zone="Europe/Helsinki")
    assert (english.number(12_345), finnish.number(12_345)) == ("12,345", "12\u00a0345")
    assert (english.share(0.1234), finnish.share(0.1234)) == ("12.3%", "12,3\u00a0%")
    assert (english.duration(5_400), finnish.duration(5_400)) == ("1.5 h", "1,5 h")
    late = datetime(2026, 3, 1, 23, tzinfo=UTC)
    assert (english.day(late), finnish.day(late)) == ("2026-03-01", "2.3.2026")
    assert english.duration(None) == "–"
    assert english.duration(0) == "0 s"


def test_it_opens_with_what_was_read() -> None:
    log = log_of("ab")
    log.problems.add(7, "unreadable_time", "yesterday")
    log.problems.remarks.append("Read as utf-16.")
    log.problems.personal.append("mail")
    texts = told(log).texts
    for words in ("a time that cannot be read", "yesterday", "7", "Read as utf-16.", "mail"):
        assert words in texts


def test_an_empty_log_and_a_case_of_one_event_have_a_page() -> None:
    empty = told(of_rows([]), design="a").texts
    assert "There are no cases to draw." in empty
    assert any("no events" in text for text in empty)
    single = told(log_of("a"), design="a").texts
    assert "0 s" in single


def test_paths_add_up_to_all_cases() -> None:
    names = [f"a{'b' * n}" for n in range(20)]
    texts = told(log_of(*names, "a", "a")).texts
    row = texts.index("other paths: 5")
    assert texts[row + 1] == "5"
    assert texts[texts.index("all cases") + 1] == "22"


def test_the_histogram_holds_every_case() -> None:
    log = of_rows(
        [(f"c{n}", a, t) for n in range(100) for a, t in (("a", 0), ("b", n * 60_000_000))]
    )
    texts = told(log).texts
    start = texts.index("time up to") + 2
    counts = texts[start + 1 : texts.index("What is walked again", start) : 2]
    assert sum(int(n) for n in counts) == 100


def test_hours_are_those_of_the_zone() -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
    log = of_rows([("c", "a", int(noon.timestamp()) * 1_000_000)])
    for zone, hour in (("UTC", 12), ("Europe/Helsinki", 14)):
        text = page(log, name="x", reader=Reader(zone=zone))
        row = re.search(r'<th scope="row">Monday</th>(.*?)</tr>', text)
        assert row is not None
        assert [bool(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row[1])].index(
            True
        ) == hour


def test_deviations_stand_in_their_place() -> None:
    log = log_of("ab", "ab", "b", "axb", "ba", "abz")
    found = tally(log.conformance({"seq": ["a", "b"]}))
    assert found.walked["seq[0]"] + found.skipped["seq[0]"] == 6
    assert found.walked["seq[1]"] + found.skipped["seq[1]"] == 6
    assert found.extra["before seq[1]"]["added", "x"] == 1
    assert found.extra["at the end"]["added", "z"] == 1
    texts = told(log, design={"seq": ["a", "b"]}).texts
    assert "added: x 1" in texts
    assert "added: z 1" in texts


def test_a_funnel_of_named_steps() -> None:
    texts = told(log_of("abc", "ac", "b"), funnel_steps=["a", "c"]).texts
    start = texts.index("cases that came here")
    assert texts[start : start + 12].count("2") >= 2


@pytest.mark.parametrize("name", ["helpdesk", "sepsis"])
def test_real_reports_stay_small(name: str, real_logs: dict[str, pm.Log], tmp_path: Path) -> None:
    text = page(real_logs[name], name=name)
    Outline(text)
    assert len(text.encode()) < 150_000


def test_the_map_alone_is_a_picture_that_any_program_shows() -> None:
    log = log_of("abc", "abc", "a<c", "a\x01")
    text = map_svg(log, reader=Reader(language="fi"))
    root = ElementTree.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    words = " ".join(root.itertext())
    assert "a → b: steps 2, cases 2" in words
    assert "a → <: steps 1, cases 1" in words
    assert "a → \ufffd: steps 1, cases 1" in words
    assert not [sign for sign in ("var(", "light-dark", "table below", "<script") if sign in text]
    assert ElementTree.fromstring(map_svg(log_of())).tag == root.tag
