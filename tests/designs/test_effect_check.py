"""What is tried before a study runs: what acts is passed over, what does not is said."""

import dataclasses
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from engager_sim.designs.design import Design
from engager_sim.designs.effect_changes import factor_changes, file_changes, scenario_changes
from engager_sim.designs.effect_check import MOST_RUNS, TriedChange, effect_notes
from engager_sim.designs.factor_tables import declared_factor
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_file import read_layers
from tests.scenarios.services import SERVICE, write

INTERVAL = "programme.supervision.interval"


@pytest.fixture
def service(tmp_path: Path) -> Scenario:
    return Scenario.load(write(tmp_path, SERVICE))


def _design(scenario: Scenario, *paths: str) -> Design:
    factors = tuple(declared_factor(path) for path in paths)
    ends = np.array([[factor.low, factor.high] for factor in factors]).T
    return Design((scenario,), factors, ends, 1, (), (0,))


def _notes(design: Design) -> list[str]:
    return effect_notes(factor_changes(design), seed=1)


def _alone(scenario: Scenario) -> Scenario:
    """Make the service without a programme, and without peers."""
    text = (
        SERVICE.replace("allocation = [1, 1]", "allocation = [0, 1]")
        .replace('arm = "programme"', 'arm = "usual_care"')
        .replace("peers = 1", "peers = 0")
    )
    return Scenario.load(write(scenario.file.parent, text, "alone.toml"))


def test_what_acts_is_not_spoken_of(service: Scenario) -> None:
    assert _notes(_design(service, "supervision.quality", "teams.practitioners")) == []
    assert _notes(_design(service, "programme.collaboration.initial_tie")) == []


def test_what_alters_no_outcome_is_said_with_the_number_of_runs(service: Scenario) -> None:
    notes = _notes(_design(service, "supervision.men_discussed"))
    assert notes == [
        "No effect found of supervision.men_discussed from 0 to 10: 120 runs had equal outcomes "
        "in both worlds."
    ]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("programme.supervision.quality", "nobody is in the arm programme"),
        ("usual_care.peers.hours", "no team has a place for a peer"),
    ],
)
def test_what_cannot_act_is_said_with_its_reason(service: Scenario, path: str, reason: str) -> None:
    notes = _notes(_design(_alone(service), path))
    assert len(notes) == 1
    assert notes[0].startswith(path)
    assert notes[0].endswith(f"cannot act: {reason}.")


def test_a_theme_that_is_switched_off_is_a_reason_unless_its_switch_is_varied(
    service: Scenario,
) -> None:
    off = changed(service, {"supervision.on": False})
    notes = _notes(_design(off, "turnover.vacancy_weeks"))
    assert notes == [
        "turnover.vacancy_weeks from 0 to 26 cannot act: the theme supervision is switched off."
    ]
    assert _notes(_design(off, "turnover.vacancy_weeks", "supervision.on")) == []


def test_each_change_of_a_scenario_is_put_back_by_itself(service: Scenario) -> None:
    other = changed(service, {"supervision.interval": 1, "supervision.men_discussed": 9}, "other")
    notes = effect_notes(scenario_changes(service, other), seed=1)
    assert len(notes) == 1
    assert "supervision.men_discussed from 3 to 9" in notes[0]


def test_a_scenario_that_builds_on_none_is_held_against_usual_values(service: Scenario) -> None:
    other = changed(service, {"supervision.men_discussed": 9}, "other")
    notes = effect_notes(scenario_changes(None, other), seed=1)
    assert any("supervision.men_discussed at 9 (the usual value is 3):" in note for note in notes)


def test_identical_worlds_are_said_to_be_so(service: Scenario) -> None:
    alone = _alone(service)
    other = changed(alone, {"programme.supervision.interval": 9}, "other")
    whole, lever = effect_notes(scenario_changes(alone, other), seed=1)
    assert whole.startswith("No effect found of all that differs between alone and other")
    assert lever.endswith("cannot act: nobody is in the arm programme.")
    assert scenario_changes(alone, alone) == []


def test_a_second_scenario_that_the_study_makes_alike_is_told(service: Scenario) -> None:
    """All its differences would be exactly 0, and look like a finding."""
    other = dataclasses.replace(changed(service, {INTERVAL: 3.0}), name="other")
    design = dataclasses.replace(
        _design(service, INTERVAL), scenarios=(service, other), first_replicates=(0, 0)
    )
    said = f"the difference between {service.name} and other cannot act: the study sets in both "
    assert [note for note in _notes(design) if said in note]
    quality = dataclasses.replace(
        _design(service, "programme.supervision.quality"), scenarios=(service, other),
        first_replicates=(0, 0),
    )  # fmt: skip
    assert _notes(quality) == []


def test_a_file_is_tried_against_what_it_builds_on(service: Scenario) -> None:
    text = f'based_on = "{service.file.name}"\n[theory.supervision]\nmen_discussed = 9\n'
    above = read_layers(write(service.file.parent, text, "above.toml"))
    tried = [change.what for change in file_changes(above, Scenario.from_layers(above))]
    assert tried == [
        "all that differs between service and above", "supervision.men_discussed from 3 to 9",
    ]  # fmt: skip
    assert [change.what for change in file_changes(read_layers(service.file), service)] == [
        "supervision.skill_gain at 0.02 (the usual value is 0.03)",
        "programme.supervision.interval at 2 (the usual value is 8)",
    ]  # fmt: skip


def test_men_of_own_data_are_put_back_with_the_table_that_names_them(service: Scenario) -> None:
    folder = service.file.parent
    men = {"few": "id,distress\nA,12\nB,13\n", "more": "distress\n12\n13\n9\n30\n"}
    scenarios = []
    for name, table in men.items():
        write(folder, table, f"{name}.csv")
        text = f'based_on = "{service.file.name}"\n[population]\nmen = "{name}.csv"\n'
        scenarios.append(Scenario.load(write(folder, text, f"{name}.toml")))
    assert effect_notes(scenario_changes(*scenarios), seed=1) == []


def test_what_there_was_no_time_for_is_named(service: Scenario) -> None:
    same = partial(lambda: (service, service))
    changes = [TriedChange("first", (same,)), TriedChange("second", (same,))]
    per_run = service.leaver_weeks(20)
    notes = effect_notes(changes, seed=1, budget=10_000 + 2 * per_run)
    assert notes == ["There was no time to find out whether these can act: first; second."]
    crowd = effect_notes(factor_changes(_design(service, "population.leavers")), seed=1)
    assert crowd == [
        "There was no time to find out whether these can act: population.leavers from 1 to 1000000."
    ]
    assert str(MOST_RUNS) in effect_notes(changes[:1], seed=1)[0]
