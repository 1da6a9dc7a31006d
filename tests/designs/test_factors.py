"""Factors: how shares of the unit interval become values, and what a design sets."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.designs.design import Design
from engager_sim.designs.factor_tables import declared_factor
from engager_sim.designs.factors import Factor, grid
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.designs.setting_factors import declared_settings, with_settings
from engager_sim.errors import EngagerError, UsageError
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory import parameters
from engager_sim.theory.declaration import Role

PATHS = [parameter.path for parameter in parameters()] + list(declared_settings())
SHARES = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=20)


def design_of(scenario: Scenario, values: dict[str, list[float]]) -> Design:
    """Make a design whose points set some factors to some numbers."""
    factors = tuple(declared_factor(path) for path in values)
    table = np.array(list(values.values()), np.float64).T
    return Design((scenario,), factors, table, 1, find_columns(["trust_12w"]), (0,))


@given(st.sampled_from(PATHS), SHARES)
def test_every_declared_factor_maps_the_unit_interval_into_its_range(
    path: str, shares: list[float]
) -> None:
    factor = declared_factor(path)
    values = factor.from_unit(np.array(shares))
    assert (values >= factor.low).all()
    assert (values <= factor.high).all()
    for value in values:
        assert factor.number(factor.value(value)) == pytest.approx(value)


def test_an_uncertain_parameters_prior_has_its_declared_median() -> None:
    uncertain = [p for p in parameters() if p.role is Role.UNCERTAINTY and p.kind == "real"]
    for parameter in uncertain:
        factor, path = declared_factor(parameter.path), parameter.path
        ends = factor.from_unit(np.array([0.0, 0.5, 1.0]))
        assert ends.tolist() == [parameter.low, parameter.median, parameter.high], path
        assert parameter.low < parameter.median < parameter.high, path
        levels = factor.from_unit(np.array([0.05, 0.5, 0.95]))
        assert parameter.prior == pytest.approx(levels), path


def test_whole_numbers_choices_and_switches_get_equal_parts() -> None:
    shares = (np.arange(600) + 0.5) / 600
    peers = dataclasses.replace(declared_factor("teams.peers"), low=2.0, high=4.0)
    mode = declared_factor("supervision.mode")
    overlap = declared_factor("turnover.overlap")
    for factor, count in ((peers, 3), (mode, 3), (overlap, 2)):
        _, counts = np.unique(factor.from_unit(shares), return_counts=True)
        assert counts.tolist() == [600 // count] * count
    assert [overlap.value(number) for number in (0.0, 1.0)] == [False, True]
    assert mode.value(2.0) == "shared"


def test_a_grid_lists_every_combination_once() -> None:
    first = dataclasses.replace(declared_factor("supervision.interval"), levels=(1.0, 2.0, 4.0))
    second = declared_factor("supervision.mode")
    table = grid((first, second))
    assert len(table) == 9
    assert len(np.unique(table, axis=0)) == 9
    assert table[:3, 0].tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("path", ["supervision.intervall", "programme.relationship.trust_growth"])
def test_an_unknown_factor_or_an_uncertainty_of_one_arm_is_refused(path: str) -> None:
    with pytest.raises(UsageError, match=r"did you mean|write relationship"):
        declared_factor(path)


def test_a_point_has_the_theories_of_the_scenario_changed_alike(small_service: Scenario) -> None:
    design = design_of(
        small_service,
        {
            "supervision.interval": [2.0, 5.0],
            "programme.supervision.mode": [2.0, 0.0],
            "usual_care.turnover.overlap": [1.0, 0.0],
        },
    )
    theories = design.theories(0, range(2))
    for point, (interval, mode, overlap) in enumerate(
        [(2.0, "shared", True), (5.0, "managerial", False)]
    ):
        by_hand = changed(
            small_service,
            {
                "supervision.interval": interval,
                "programme.supervision.mode": mode,
                "usual_care.turnover.overlap": overlap,
            },
        )
        assert theories[point].tobytes() == np.asarray(by_hand.theories()).tobytes()
        assert design.at(0, point).theories().tobytes() == by_hand.theories().tobytes()


def test_settings_change_the_people_the_network_and_the_staff(small_service: Scenario) -> None:
    made = with_settings(
        small_service,
        {
            "population.leavers": 33,
            "network.structure": "fragmented",
            "programme.teams.practitioners": 3,
            "teams.peers": 2,
        },
    )
    assert made.setting.population.leavers == 33
    assert made.setting.network.structure == "fragmented"
    assert [team.practitioners for team in made.setting.teams] == [3, 1]
    assert [team.peers for team in made.setting.teams] == [2, 2]
    assert len(made.template().given) == 33


@pytest.mark.parametrize(
    ("path", "value"), [("teams.supervisors", 9), ("population.shortest_to_release", 90)]
)
def test_settings_that_do_not_fit_together_are_refused(
    small_service: Scenario, path: str, value: int | str
) -> None:
    with pytest.raises(EngagerError):
        with_settings(small_service, {path: value})


def test_every_lever_can_be_a_factor() -> None:
    for parameter in parameters():
        if parameter.role is Role.LEVER:
            factor: Factor = declared_factor(f"programme.{parameter.path}")
            assert factor.meaning == parameter.meaning
            assert (factor.low, factor.high) == (parameter.low, parameter.high)


@pytest.mark.parametrize("names", [[], ["trust_12w", "trust_12w"], ["trust_12"]])
def test_outcomes_that_are_missing_doubled_or_unknown_are_refused(names: list[str]) -> None:
    with pytest.raises(UsageError):
        find_columns(names)
