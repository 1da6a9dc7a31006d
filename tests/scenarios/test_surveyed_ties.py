"""Surveyed ties: the levers of collaboration move them, from the file that brought the survey."""

from pathlib import Path

import numpy as np
import pytest

from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.designs.execution.workload import RUNS
from engager_sim.designs.factor_tables import declared_factor
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.scenarios.changes import changed, find_parameter
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.surveyed_ties import Levels
from engager_sim.world.setting import TieSetting
from tests.scenarios.services import SERVICE, write

COLLABORATION = "\n[programme.collaboration]\n"
TIE = "programme.collaboration.initial_tie"
RECORD = "programme.collaboration.shared_record"


@pytest.fixture
def service(tmp_path: Path) -> Scenario:
    return Scenario.load(write(tmp_path, SERVICE + COLLABORATION + "initial_tie = 0.4\n"))


def _tie(scenario: Scenario) -> TieSetting:
    return scenario.deployed.ties[0]


def test_a_survey_stands_at_the_levers_of_its_own_file(service: Scenario) -> None:
    assert service.surveyed_at == (Levels(0.4, 0.0, 0.0), Levels(0.15, 0.0, 0.0))
    assert service.deployed == service.setting
    assert _tie(changed(service, {"usual_care.collaboration.initial_tie": 0.8})).strength == 0.5


def test_levers_set_on_top_of_a_survey_move_its_ties(service: Scenario) -> None:
    levers = "initial_tie = 0.6\nshared_record = 1.0\ncolocation = 1.0\n"
    above = f'based_on = "{service.file.name}"{COLLABORATION}{levers}'
    moved = Scenario.load(write(service.file.parent, above, "above.toml"))
    assert moved.surveyed_at == service.surveyed_at
    assert _tie(moved).strength == pytest.approx(0.6923, abs=1e-4)
    assert _tie(moved).shared_record is True
    again = Scenario.load(write(service.file.parent, moved.to_toml(), "again.toml"))
    assert again.template().ties.tobytes() == moved.template().ties.tobytes()


def test_a_new_survey_stands_at_the_levers_under_it(service: Scenario) -> None:
    above = (
        f'based_on = "{service.file.name}"\n[[ties]]\nbetween = ["helpers", "probation"]\n'
        f"strength = 0.2\n{COLLABORATION}initial_tie = 0.7\n"
    )
    other = Scenario.load(write(service.file.parent, above, "other.toml"))
    assert _tie(other).strength == 0.2
    assert other.surveyed_at[0].initial_tie == 0.7


def test_an_outdated_answer_is_drawn_anew(service: Scenario) -> None:
    recorded = changed(service, {RECORD: 1.0})
    assert _tie(changed(recorded, {RECORD: 0.5})).shared_record is True
    without = changed(service, {"programme.collaboration.colocation": 1.0})
    assert _tie(without).colocated is None


def test_a_scenario_without_a_survey_deploys_as_its_files_say() -> None:
    preset = Scenario.load("through_the_gate")
    assert preset.surveyed_at == ()
    assert changed(preset, {TIE: 0.9}).deployed is preset.setting


def test_a_design_moves_surveyed_ties_from_point_to_point(service: Scenario) -> None:
    design = Design(
        scenarios=(service,), factors=(declared_factor(TIE),), values=np.array([[0.4], [0.9]]),
        seed=1, columns=find_columns(["trust_12w_programme"]), first_replicates=(0,),
    )  # fmt: skip
    runs = OutcomeRuns(design).run_block(Block(0, 0, 2, 0, 8))[RUNS]
    trust = runs.groupby("point")["trust_12w_programme"].mean()
    alone = OutcomeRuns(design).run_block(Block(0, 1, 2, 0, 8))[RUNS]
    assert trust[1] != trust[0]
    second = runs.loc[runs["point"] == 1, "trust_12w_programme"]
    assert alone["trust_12w_programme"].tolist() == second.tolist()


def test_drawn_levers_do_not_move_surveyed_ties_and_are_named(service: Scenario) -> None:
    _, lever = find_parameter("collaboration.shared_record")
    fitted = FittedParameters("posterior", (lever,), np.array([[0.5]]), {})
    assert fitted.without_full_effect_in(service) == ["collaboration.shared_record"]
    assert fitted.without_full_effect_in(Scenario.load("through_the_gate")) == []
