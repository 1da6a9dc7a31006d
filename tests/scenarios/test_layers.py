"""Scenarios that build on others."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.scenarios.layered_file import merge
from engager_sim.scenarios.scenario import Scenario
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


OWN_AGENCIES = """
[[agencies]]
name = "helpers"
kind = "voluntary_sector"

[[agencies]]
name = "housing west"
kind = "housing"

[[teams]]
name = "red"
arm = "programme"
agency = "helpers"

[[teams]]
name = "blue"
arm = "usual_care"
agency = "housing west"
"""


def test_one_entry_is_changed_without_the_rest_of_its_list(tmp_path: Path) -> None:
    parent = Scenario.load(write(tmp_path, SERVICE))
    text = (
        'based_on = "service.toml"\n[team.red]\npeers = 2\n[agency."housing north"]\nkind = "gp"\n'
    )
    child = Scenario.load(write(tmp_path, text, "child.toml"))
    changes = [("agencies.housing north.kind", "gp", "housing"), ("teams.red.peers", 2, 1)]
    assert sorted(child.difference(parent)) == changes
    write(tmp_path, 'based_on = "child.toml"\n[team.red]\npractitioners = 3\n', "grandchild.toml")
    grandchild = Scenario.load(tmp_path / "grandchild.toml").setting.teams[0]
    assert (grandchild.peers, grandchild.practitioners, grandchild.agency) == (2, 3, "helpers")
    assert Scenario.load(write(tmp_path, child.to_toml(), "out.toml")).setting == child.setting


def test_a_list_takes_the_place_of_changes_below_it(tmp_path: Path) -> None:
    write(tmp_path, SERVICE)
    write(tmp_path, 'based_on = "service.toml"\n[team.red]\npeers = 2\n', "child.toml")
    text = f'based_on = "child.toml"\n{OWN_AGENCIES}'
    assert Scenario.load(write(tmp_path, text, "own.toml")).setting.teams[0].peers == 0


@pytest.mark.parametrize(
    ("change", "file", "key", "part"),
    [
        ("[team.red]\npeers = -1", "child.toml", "team.red.peers", "out of range"),
        ("[team.red]\npaers = 1", "child.toml", "team.red.paers", 'did you mean "peers"'),
        ("[team.green]\npeers = 1", "child.toml", "team.green", "allowed: red, blue"),
        ("[team.reed]\npeers = 1", "child.toml", "team.reed", 'did you mean "red"'),
        ('[team.red]\nname = "blue"', "service.toml", "teams[2].name", "same name"),
        ("[team]\nred = 1", "child.toml", "team", "[team.NAME]"),
        ("team = 1", "child.toml", "team", "[team.NAME]"),
    ],
)
def test_a_bad_change_of_one_entry_is_blamed_on_its_own_lines(
    tmp_path: Path, change: str, file: str, key: str, part: str
) -> None:
    write(tmp_path, SERVICE)
    error = refusal(write(tmp_path, f'based_on = "service.toml"\n{change}\n', "child.toml"))
    assert error.file == str(tmp_path / file)
    assert error.key == key
    assert part in str(error)


def test_a_bad_value_of_a_list_is_blamed_on_the_list_beside_changes(tmp_path: Path) -> None:
    parent = write(tmp_path, SERVICE.replace("practitioners = 2", "practitioners = 0"))
    text = 'based_on = "service.toml"\n[team.red]\npeers = 1\n'
    error = refusal(write(tmp_path, text, "child.toml"))
    assert (error.file, error.key) == (str(parent), "teams[1].practitioners")


def test_ties_and_a_lead_of_agencies_that_were_replaced_are_left_out_and_named(
    tmp_path: Path,
) -> None:
    write(tmp_path, SERVICE.replace('lead = "helpers"', 'lead = "probation"'))
    child = Scenario.load(
        write(tmp_path, f'based_on = "service.toml"\n{OWN_AGENCIES}', "child.toml")
    )
    assert child.setting.ties == []
    assert child.setting.network.lead is None
    ties, lead = child.notes
    assert ties.endswith("ties of agencies that are no longer there: helpers - probation")
    assert lead.endswith("lead of the network that is no longer there: probation")


def test_a_childs_own_tie_to_an_agency_that_is_not_there_is_refused(tmp_path: Path) -> None:
    write(tmp_path, SERVICE)
    tie = '[[ties]]\nbetween = ["helpers", "probation"]\n'
    text = f'based_on = "service.toml"\n{OWN_AGENCIES}{tie}'
    assert "no agency of this name" in str(refusal(write(tmp_path, text, "child.toml")))


def test_teams_of_agencies_that_were_replaced_are_asked_for(tmp_path: Path) -> None:
    write(tmp_path, SERVICE)
    agencies = OWN_AGENCIES.split("[[teams]]")[0]
    error = refusal(write(tmp_path, f'based_on = "service.toml"\n{agencies}', "child.toml"))
    assert "child.toml lists other agencies: list teams there too" in str(error)


def test_a_child_of_a_preset_needs_no_ties_of_its_own(tmp_path: Path) -> None:
    teams = OWN_AGENCIES.replace('"usual_care"', '"programme"')
    text = f'question = "Ours?"\nbased_on = "through_the_gate"\n{teams}'
    assert Scenario.load(write(tmp_path, text)).setting.ties == []
