"""``polku mine``: what a log says in the terminal, as JSON, as a page, in another format."""

import gettext
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import polku_mining as pm
from polku.cli import mining, mining_language

CSV = """case,activity,time,mail
1,Ask,2026-03-01T10:00:00Z,aino@museum.example
1,Answer,2026-03-01T12:00:00Z,aino@museum.example
2,Ask,2026-03-02T10:00:00Z,tuomas@school.example
2,Ask,2026-03-02T10:00:00Z,tuomas@school.example
,Ask,2026-03-02T10:00:00Z,
"""
NO_ZONE = "case,activity,time\n1,Ask,2026-03-29 03:30:00\n1,Answer,2026-03-29 04:30:00\n"

type Mine = Callable[..., Result]


@pytest.fixture
def mine(monkeypatch: pytest.MonkeyPatch) -> Mine:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def run(*arguments: object) -> Result:
        shown = {"COLUMNS": "100"}
        return CliRunner().invoke(mining.mine_app, list(map(str, arguments)), env=shown)

    return run


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(CSV, "utf-8")
    return path


@pytest.fixture
def design(tmp_path: Path) -> Path:
    path = tmp_path / "journey.json"
    path.write_text('{"seq": ["Ask", "Answer"]}', "utf-8")
    return path


def test_it_tells_what_it_found(mine: Mine, log: Path) -> None:
    told = mine(log).output
    assert "events: 4, cases: 2, activities: 2, 2026-03-01 – 2026-03-02" in told
    assert "Rows read: 5, left out: 1." in told
    assert "(first: line 6)" in told
    assert "Looks like personal data: mail." in told
    assert "Ask > Answer" in told
    assert "2 h" in told


def test_the_command_may_be_named(mine: Mine, log: Path) -> None:
    assert mine("log", log, "--top", 1).output == mine(log, "--top", 1).output
    assert mine("--top", 1, log).output == mine(log, "--top", 1).output


def test_against_a_design(mine: Mine, log: Path, design: Path) -> None:
    told = json.loads(mine(log, "--design", design, "--json").output)
    assert told["conformance"] == {"fit": 0.5}
    costs = {tuple(row["path"]): row["cost"] for row in told["conformance_rows"]}
    assert costs == {("Ask", "Answer"): 0, ("Ask", "Ask"): 2}
    assert told["problems"] == {"no_case": 1, "duplicate": 1}


def test_a_funnel_of_named_steps(mine: Mine, log: Path) -> None:
    told = json.loads(mine(log, "--funnel", "Ask, Answer", "--json").output)
    assert [row["reached"] for row in told["funnel_rows"]] == [2, 1]
    assert "How far cases come" in mine(log, "--funnel", "Ask,Answer").output


def test_rows_of_two_files_that_equal_one_another_are_counted(mine: Mine, log: Path) -> None:
    folder = log.parent / "months"
    folder.mkdir()
    for name in ("1.csv", "2.csv"):
        text = "case,activity,time\n1,Ask,2026-03-01T10:00:00Z\n,Ask,2026-03-01T10:00:00Z\n"
        (folder / name).write_text(text, "utf-8")
    result = mine(folder, "--cache")
    assert result.exit_code == 0
    assert "1 × the same case, activity and time as a row before it\n" in result.output
    assert "(first: line 3 (1.csv))" in result.output


def test_a_report_is_one_file(mine: Mine, log: Path, design: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.html"
    result = mine(log, "--report", path, "--design", design, "--zone", "Europe/Helsinki")
    assert result.exit_code == 0
    assert f"Written: {path}." in result.output
    text = path.read_text("utf-8")
    assert "What really happened: log.csv" in text
    assert "Europe/Helsinki" in text
    assert "Against the designed journey" in text


def test_it_speaks_the_language_of_the_person(
    mine: Mine, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Marked(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return f"¤{message}"

    asked: list[list[str]] = []

    def translation(_domain: str, _folder: Path, languages: list[str], **_more: object) -> Marked:
        asked.append(languages)
        return Marked()

    monkeypatch.setattr(mining_language.gettext, "translation", translation)
    assert "¤Rows read" in mine(log).output
    mine(log, "--report", tmp_path / "out.html", "--language", "fi")
    assert asked[-1] == ["fi"]
    text = (tmp_path / "out.html").read_text("utf-8")
    assert '<html lang="fi">' in text
    assert "¤What was read" in text
    assert "¤There is no file" in mine(tmp_path / "gone.csv").output


def test_an_unknown_engine_is_wrong_use(mine: Mine, log: Path) -> None:
    result = mine(log, "--engine", "steam")
    assert (result.exit_code, "local, spark" in result.output) == (2, True)


def test_spark_may_be_missing(mine: Mine, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    result = mine(log, "--engine", "spark")
    assert (result.exit_code, "Spark is not installed" in result.output) == (1, True)


def test_an_unknown_language_is_wrong_use(mine: Mine, log: Path) -> None:
    result = mine(log, "--language", "tlh")
    assert (result.exit_code, "en, fi, pl, ru" in result.output) == (2, True)


def test_the_shell_says_which_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for spoken, language in (("fi_FI.UTF-8", "fi"), ("C", "en"), ("sv_SE", "en")):
        monkeypatch.setenv("LC_ALL", spoken)
        assert mining_language.language_of(None) == language
    assert mining_language.language_of("pl") == "pl"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gone.csv",), "There is no file"),
        (("{log}", "--case", "visit"), "There is no column 'visit'"),
        (("{log}", "--zone", "Mars"), "There is no time zone 'Mars'"),
        (("{log}", "--design", "{odd}"), "none of seq"),
        (("{log}", "--design", "gone.json"), "cannot be read"),
        (("{log}", "--report", "{folder}"), "Is a directory"),
        (("{log}", "--engine", "spark", "--report", "out.html"), "there is no --report"),
        (("{log}", "--engine", "spark", "--zone", "Mars"), "There is no time zone"),
        (("convert", "{log}", "out.docx"), "none of CSV"),
        (("convert", "{log}", "{log}"), "stands there already"),
        (("convert", "gone.csv", "{folder}/out.csv"), "There is no file"),
        (("convert", "{log}", "{folder}/no/such/out.csv"), "No such file or directory"),
    ],
)
def test_a_refusal_is_one_sentence(
    mine: Mine, log: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    odd = tmp_path / "odd.json"
    odd.write_text('{"maybe": "Ask"}', "utf-8")
    given = [a.format(log=log, odd=odd, folder=tmp_path) for a in arguments]
    result = mine(*given)
    assert (result.exit_code, said in result.output) == (1, True), result.output
    assert "Traceback" not in result.output
    assert isinstance(result.exception, SystemExit)


def test_the_zone_is_asked_once_and_of_people_only(
    mine: Mine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(NO_ZONE, "utf-8")
    assert "taken as UTC" in mine(path).output
    asked: list[str] = []
    monkeypatch.setattr(mining, "_is_a_person", lambda: True)
    monkeypatch.setattr(
        mining.typer,
        "prompt",
        lambda question, **_more: asked.append(question) or "Europe/Helsinki",
    )
    told = mine(path).output
    assert "a local time that never was" in told
    assert "taken as UTC" not in told
    assert len(asked) == 1
    mine(path, "--zone", "Europe/Warsaw")
    assert len(asked) == 1


def test_a_cache_opens_the_same_log(mine: Mine, log: Path) -> None:
    first, second = (mine(log, "--cache").output for _time in range(2))
    assert first == second == mine(log).output
    assert (log.parent / ".log.csv.journeys").exists()


def test_keys_can_be_veiled(mine: Mine, log: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    mine("convert", log, out, "--salt", "pepper")
    keys = {line.split(",")[0] for line in out.read_text("utf-8").splitlines()[1:]}
    assert len(keys) == 2
    assert all(len(key) == 16 for key in keys)


@pytest.mark.parametrize("ending", ["xes", "xes.gz", "parquet", "json", "csv"])
def test_converting_tells_what_was_left_out(
    mine: Mine, log: Path, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"out.{ending}"
    result = mine("convert", log, out)
    assert result.exit_code == 0
    assert f"Written: {out}, events: 4." in result.output
    assert "no case: nobody can say whose path this is (first: line 6)" in result.output
    again = pm.read_log(out)
    assert again.variants()["cases"] == pm.read_log(log).variants()["cases"]
    assert mine("convert", log, out, "--force").exit_code == 0


def test_a_bench_tells_figures(mine: Mine) -> None:
    told = mine("bench", "--events", 2_000, "--runs", 1).output
    assert "Different paths" in told
    assert " ms" in told


def test_durations_read_well() -> None:
    reader = mining_language.reader("en", None)
    told = [reader.duration(s) for s in (0.5, 90, 7200, 100_000)]
    assert told == ["0.5 s", "1.5 min", "2 h", "1.2 d"]
