"""Scenarios that build on others."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_file import merge
from tests.scenarios.services import SERVICE, refusal, write

KEYS = st.sampled_from("abc")
TABLES = st.recursive(
    st.dictionaries(KEYS, st.integers() | st.lists(st.integers(), max_size=2)),
    lambda inner: st.dictionaries(KEYS, inner | st.integers(), max_size=3),
    max_leaves=6,
)


@given(TABLES)
def test_a_table_laid_over_itself_is_itself(table: dict[str, object]) -> None:
    assert merge(table, table) == table


@given(TABLES)
def test_a_table_laid_over_nothing_is_itself(table: dict[str, object]) -> None:
    assert merge({}, table) == table == merge(table, {})


@given(TABLES, TABLES)
def test_what_lies_above_has_the_last_word(
    below: dict[str, object], above: dict[str, object]
) -> None:
    merged = merge(below, above)
    assert set(merged) == set(below) | set(above)
    for key, value in above.items():
        if not isinstance(value, dict):
            assert merged[key] == value


def test_a_scenario_holds_only_what_differs_from_its_parent(tmp_path: Path) -> None:
    parent = Scenario.load(write(tmp_path, SERVICE))
    child = Scenario.load(
        write(
            tmp_path,
            'question = "And weekly?"\nbased_on = "service.toml"\n'
            "[population]\nleavers = 30\n[programme.supervision]\ninterval = 1\n",
            "weekly.toml",
        )
    )
    assert child.difference(parent) == [
        ("population.leavers", 30, 20),
        ("programme.supervision.interval", 1.0, 2.0),
    ]
    assert child.name == "weekly"
    assert child.question == "And weekly?"
    assert child.setting.ties == parent.setting.ties


def test_a_list_replaces_the_parents_whole_list(tmp_path: Path) -> None:
    write(tmp_path, SERVICE)
    child = write(tmp_path, 'based_on = "service.toml"\nties = []\n', "untied.toml")
    assert Scenario.load(child).setting.ties == []


def test_a_scenario_may_build_on_a_preset(tmp_path: Path) -> None:
    file = write(tmp_path, '# Fewer men?\nbased_on = "usual_care"\n[population]\nleavers = 9\n')
    child = Scenario.load(file)
    assert child.difference(Scenario.load("usual_care"))[0][:2] == ("population.leavers", 9)
    assert child.question == "Fewer men?"


def test_a_question_is_not_inherited(tmp_path: Path) -> None:
    write(tmp_path, SERVICE)
    child = write(tmp_path, 'based_on = "service.toml"\n', "child.toml")
    assert Scenario.load(child).question == ""


def test_a_bad_value_is_blamed_on_the_file_that_holds_it(tmp_path: Path) -> None:
    parent = write(tmp_path, SERVICE.replace("interval = 2", "interval = 99"))
    child = write(
        tmp_path,
        'based_on = "service.toml"\n[programme.supervision]\nquality = 0.3\n',
        "child.toml",
    )
    assert refusal(child).file == str(parent)


def test_scenarios_in_a_circle_are_refused(tmp_path: Path) -> None:
    write(tmp_path, 'based_on = "b.toml"\n', "a.toml")
    write(tmp_path, 'based_on = "c.toml"\n', "b.toml")
    write(tmp_path, 'based_on = "./b.toml"\n', "c.toml")
    error = refusal(tmp_path / "a.toml")
    assert error.key == "based_on"
    assert "in a circle: a.toml -> b.toml -> c.toml -> b.toml (found" in str(error)


def test_a_scenario_based_on_itself_is_refused(tmp_path: Path) -> None:
    assert "in a circle" in str(refusal(write(tmp_path, 'based_on = "service.toml"\n')))


def test_an_unknown_parent_is_refused_with_the_nearest_preset(tmp_path: Path) -> None:
    error = refusal(write(tmp_path, 'based_on = "usual_cair"\n'))
    assert error.key == "based_on"
    assert 'did you mean "usual_care"' in str(error)


@pytest.mark.parametrize("value", ["3", "true", "[1]", '""', '"\\u0000"', '"."'])
def test_a_parent_that_can_be_no_scenario_is_refused(tmp_path: Path, value: str) -> None:
    assert refusal(write(tmp_path, f"based_on = {value}\n"))


def test_an_empty_parent_is_blamed_itself(tmp_path: Path) -> None:
    parent = write(tmp_path, "", "empty.toml")
    assert refusal(write(tmp_path, 'based_on = "empty.toml"\n')).file == str(parent)
