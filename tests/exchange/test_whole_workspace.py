"""A workspace that leaves as one file comes back whole, here and elsewhere."""

import datetime as dt
import io
from collections.abc import Mapping

import openpyxl
import pytest

from polku.exchange.operations.exports import export_list
from polku.exchange.operations.runs import resume_import, run_import, start_import
from polku.exchange.operations.undoing import undo_import, withdraw_import
from polku.journeys.documents import read_document
from polku.journeys.models import Journey, JourneyVersion
from polku.kernel.actor import Actor, actor_of
from polku.kernel.changes import change_object
from polku.kernel.clock import today_in
from polku.kernel.history import states_on
from polku.kernel.models import AuditEvent, ImportRow, ImportRun, Link, Transition
from polku.kernel.queries import visible, visible_kind
from polku.kernel.registry import entities
from polku.portfolio.entities import GOAL, SERVICE
from polku.portfolio.models import ServiceProduct, StrategyGoal
from polku.tenancy.models import Membership, UserAccount
from tests.browser.examples import OLGA, olga_in_norrvik
from tests.exchange.desk import Desk
from tests.exchange.test_import_runs import Cut, stop_after
from tests.exchange.whole import code_map, export_of, room_for, rows_by_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga() -> Desk:
    return Desk(olga_in_norrvik())


@pytest.fixture
def museum() -> Desk:
    """The smaller example, by one who may do everything there."""
    olga_in_norrvik()
    rows = Membership.objects.filter(workspace__slug="harbour-museum", access_role="admin")
    return Desk(actor_of(rows.select_related("user", "workspace").order_by("id")[0]))


@pytest.fixture
def elsewhere(olga: Desk) -> Desk:
    user = UserAccount.objects.get(email=OLGA)
    return Desk(room_for(user, list(olga.by.workspace.languages)))


def edited(content: bytes, sheet: str, cell: str, text: str) -> bytes:
    """The workbook with one cell changed, as a spreadsheet program would."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    book[sheet][cell] = text
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def column(content: bytes, sheet: str, header: str) -> str:
    heads = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(content))[sheet][1]]
    return openpyxl.utils.get_column_letter(heads.index(header) + 1)


def in_sight(by: Actor) -> dict[str, int]:
    """How much of each kind somebody may see."""
    return {row.kind: visible_kind(by, row).count() for row in entities()}


def test_an_example_comes_back_as_nothing_new(olga: Desk) -> None:
    before = AuditEvent.objects.count()
    run = olga.bring(export_of(olga.by), "norrvik.xlsx")
    assert {run.counts[name] for name in ("new", "changed", "left_out", "look")} == {0}
    assert run.counts["same"] > 500
    kinds = AuditEvent.objects.order_by("id")[before:].values_list("object_kind", flat=True)
    assert set(kinds) <= {"workspace", "import_run"}


def test_an_example_stands_elsewhere_as_it_stood(olga: Desk, elsewhere: Desk) -> None:
    first = export_of(olga.by)
    run = elsewhere.bring(first, "norrvik.xlsx")
    assert (run.state, run.counts["left_out"]) == ("complete", 0)
    codes = code_map(first, elsewhere.by)
    theirs, ours = rows_by_sheet(export_of(elsewhere.by)), rows_by_sheet(first, codes)
    for sheet, rows in ours.items():
        if sheet == "parties":  # the workspace's own party keeps its name
            assert sum((rows - theirs[sheet]).values()) <= 1
            continue
        assert rows == theirs[sheet], sheet
    boards_agree(olga.by, elsewhere.by, codes)
    journeys_agree(olga.by, elsewhere.by, codes)
    _run, plan = elsewhere.try_file(first, "norrvik.xlsx")
    assert (plan.counts["new"], plan.counts["changed"], plan.counts["left_out"]) == (0, 0, 0)


def boards_agree(here: Actor, there: Actor, codes: Mapping[str, str]) -> None:
    """On any day each service stood where it stood, and what is planned is planned."""
    for days in (-600, -200, 0, 30):
        day = today_in(here.workspace) + dt.timedelta(days=days)
        assert {codes[code]: placed for code, placed in board(here, day).items()} == board(
            there, day
        )


def board(by: Actor, day: dt.date) -> dict[str, tuple[str, bool]]:
    """Where each service stood, by its code."""
    placed = states_on(by, SERVICE, day)
    names = dict(visible(by, ServiceProduct).values_list("pk", "code"))
    return {names[number]: (place.state, place.planned) for number, place in placed.items()
            if number in names}  # fmt: skip


def journeys_agree(ours: Actor, theirs: Actor, codes: Mapping[str, str]) -> None:
    """A journey says what it said, and what was agreed is kept as agreed."""
    here = Journey.objects.get(workspace=ours.workspace, code="JRN-1")
    there = Journey.objects.get(workspace=theirs.workspace, code=codes["JRN-1"])
    assert (there.state, there.version) == (here.state, here.version)
    assert there.pair is not None
    assert there.pair.code == codes["JRN-2"]
    before, after = read_document(ours, here), read_document(theirs, there)
    assert [step.name for step in before.steps] == [step.name for step in after.steps]
    assert [pain.text for pain in before.all_pains] == [pain.text for pain in after.all_pains]
    kept = JourneyVersion.objects.filter(journey=there).values_list("version", flat=True)
    assert list(kept) == ([here.version] if here.state in ("agreed", "in_use") else [])


def test_what_is_edited_in_any_sheet_comes_in_and_can_be_undone(olga: Desk) -> None:
    content = export_of(olga.by)
    place = column(content, "goals", "statement [en]")
    run = olga.bring(edited(content, "goals", f"{place}2", "Nobody waits on Mondays"), "x.xlsx")
    assert (run.counts["new"], run.counts["changed"]) == (0, 1)
    goal = visible(olga.by, StrategyGoal).order_by("id")[0]
    assert goal.statement.text("en") == "Nobody waits on Mondays"
    row = ImportRow.objects.get(run=run, outcome="changed")
    assert (row.sheet, row.object_kind) == ("goals", "strategy_goal")
    undo_import(run, by=olga.by)
    goal.refresh_from_db()
    assert goal.statement.text("en") != "Nobody waits on Mondays"
    assert goal.statement.text("fi")


def test_what_changed_here_stays_where_the_file_says_what_it_said(olga: Desk) -> None:
    content = export_of(olga.by)
    goal = visible(olga.by, StrategyGoal).order_by("id")[0]
    change_object(GOAL, goal, {"statement": {"en": "Said here"}}, by=olga.by)
    _run, plan = olga.try_file(content, "x.xlsx")
    assert plan.counts["changed"] == 0
    place = column(content, "goals", "statement [en]")
    both = edited(content, "goals", f"{place}2", "Said in the file")
    run, plan = olga.try_file(both, "x.xlsx")
    told = ImportRow.objects.get(run=run, sheet="goals", row_number=2)
    assert [problem["code"] for problem in told.problems] == ["conflict"]
    run = olga.bring(both, "x.xlsx", file_wins=True)
    goal.refresh_from_db()
    assert goal.statement.text("en") == "Said in the file"


def test_new_rows_of_a_sheet_become_things_once(olga: Desk) -> None:
    content = export_of(olga.by)
    last = openpyxl.load_workbook(io.BytesIO(content))["goals"].max_row + 1
    place = column(content, "goals", "statement [en]")
    more = edited(content, "goals", f"{place}{last}", "A goal from the sheet")
    assert olga.bring(more, "x.xlsx").counts["new"] == 1
    assert olga.bring(more, "x.xlsx").counts["new"] == 0
    titles = [goal.title for goal in visible(olga.by, StrategyGoal)]
    assert titles.count("A goal from the sheet") == 1


def test_codes_and_words_that_fit_nowhere_are_told_and_change_nothing(olga: Desk) -> None:
    content = export_of(olga.by)
    for sheet, header, text in (
        ("goals", "parent", "GOAL-999"), ("components", "kind", "spaceship"),
        ("offerings", "valid_from", "soon"), ("links", "to", "SRV-999"),
    ):  # fmt: skip
        content = edited(content, sheet, f"{column(content, sheet, header)}2", text)
    run = olga.bring(content, "x.xlsx")
    assert run.counts["changed"] == 0
    told = {(row.sheet, problem["code"]) for row in ImportRow.objects.filter(run=run)
            for problem in row.problems}  # fmt: skip
    assert told == {("goals", "nowhere"), ("components", "unfit"), ("offerings", "unfit"),
                    ("links", "nowhere")}  # fmt: skip


def test_prices_that_differ_are_told_not_taken(olga: Desk) -> None:
    content = export_of(olga.by)
    file = edited(content, "prices", f"{column(content, 'prices', 'amount')}2", "1")
    run, plan = olga.try_file(file, "x.xlsx")
    assert (plan.counts["changed"], plan.counts["left_out"]) == (0, 1)
    row = ImportRow.objects.get(run=run, outcome="left_out")
    assert [problem["code"] for problem in row.problems] == ["list_here"]


@pytest.mark.parametrize("form", ["csv"])
def test_one_list_comes_in_by_itself(olga: Desk, elsewhere: Desk, form: str) -> None:
    out = export_list(GOAL, {}, by=olga.by, form=form)
    assert (
        olga.bring(out.content, out.name).counts["same"] == visible(olga.by, StrategyGoal).count()
    )
    run = elsewhere.bring(out.content, out.name)
    assert run.counts["new"] == visible(elsewhere.by, StrategyGoal).count() > 5
    # Owners are on another list: it is told that they are not here
    told = {
        problem["code"] for row in ImportRow.objects.filter(run=run) for problem in row.problems
    }
    assert told == {"nowhere"}


@pytest.mark.parametrize("steps", [20])
def test_an_interrupted_import_of_everything_goes_on(
    museum: Desk, elsewhere: Desk, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    first = export_of(museum.by)
    run, _plan = elsewhere.try_file(first, "museum.xlsx")
    start_import(run, by=elsewhere.by)
    before = in_sight(elsewhere.by)
    with monkeypatch.context() as cut:
        stop_after(cut, steps)
        with pytest.raises(Cut):
            run_import(run, by=elsewhere.by)
    assert in_sight(elsewhere.by) == before
    run.refresh_from_db()
    resume_import(run, by=elsewhere.by)
    run_import(run, by=elsewhere.by)
    assert run.counts["rows"] == run.counts["new"] + run.counts["same"] + run.counts["changed"]
    codes = code_map(first, elsewhere.by)
    theirs, ours = rows_by_sheet(export_of(elsewhere.by)), rows_by_sheet(first, codes)
    for sheet in set(ours) - {"parties"}:
        assert ours[sheet] == theirs[sheet], sheet


@pytest.mark.parametrize("steps", [25])
def test_an_interrupted_import_of_everything_is_withdrawn_without_trace(
    museum: Desk, elsewhere: Desk, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    run, _plan = elsewhere.try_file(export_of(museum.by), "museum.xlsx")
    start_import(run, by=elsewhere.by)
    with monkeypatch.context() as cut:
        stop_after(cut, steps)
        with pytest.raises(Cut):
            run_import(run, by=elsewhere.by)
    run.refresh_from_db()
    assert withdraw_import(run, by=elsewhere.by).state == ImportRun.State.WITHDRAWN
    for row in entities():
        assert not row.model.objects.filter(workspace=run.workspace, pending_run=run.pk).exists()
    assert not Link.objects.filter(workspace=run.workspace).exists()
    assert not Transition.objects.filter(workspace=run.workspace).exists()


def test_an_import_of_everything_can_be_undone(museum: Desk, elsewhere: Desk) -> None:
    before = in_sight(elsewhere.by)
    run = elsewhere.bring(export_of(museum.by), "museum.xlsx")
    undone = undo_import(run, by=elsewhere.by)
    assert undone.left == []
    assert in_sight(elsewhere.by) == before
    assert not Link.objects.filter(workspace=run.workspace, state="live").exists()


def test_the_rooms_of_what_comes_in_are_switched_on(museum: Desk) -> None:
    user = UserAccount.objects.get(email=OLGA)
    alone = Desk(room_for(user, ["en", "fi"], size="solo"))
    assert not alone.by.workspace.features["strategy"]
    alone.bring(export_of(museum.by), "museum.xlsx")
    alone.by.workspace.refresh_from_db()
    assert all(alone.by.workspace.features[name] for name in ("strategy", "requirements"))
