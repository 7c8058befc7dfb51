"""The list of scenarios at the end of a run tells the truth."""

from tests.conftest import scenario_lines


def test_a_scenario_whose_tests_pass_stands() -> None:
    assert scenario_lines({"AC06|": ["passed", "passed"]}) == ["AC06  stands"]


def test_one_broken_test_breaks_the_scenario() -> None:
    assert scenario_lines({"AC06|": ["passed", "failed"]}) == ["AC06  broken"]


def test_a_skipped_test_leaves_the_scenario_open() -> None:
    (line,) = scenario_lines({"AC06|": ["passed", "skipped"]})
    assert line == "AC06  not run whole (a test was skipped)"


def test_parts_are_named_in_order() -> None:
    lines = scenario_lines({"AC17|requirement": ["passed"], "AC17|goal": ["failed"]})
    assert lines == ["AC17  in parts: goal broken, requirement stands"]
