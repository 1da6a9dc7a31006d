"""Men are not random bundles of traits: which come together, and by how much."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.week.engine import populate_world
from engager_sim.world.correlated_traits import TRAITS, CorrelationSetting
from engager_sim.world.deployment import fresh
from engager_sim.world.dice import dice_for
from tests.week.worlds import small_trial

MEN = 4000
PAIRS = [field.name for field in dataclasses.fields(CorrelationSetting)][1:]
FIELDS = ("distress_level", "prior_trust", "autonomous", "age")
"""Where traits with a place of their own are seen in a man's record, in the order of TRAITS."""


def men_of(scenario: Scenario, **changes: float) -> np.recarray:
    scenario = changed(scenario, {key.replace("__", "."): value for key, value in changes.items()})
    world = fresh(scenario.template())
    populate_world(world, scenario.theories(), scenario.entry(), dice_for(5, 0))
    return world.leavers


def with_correlations(scenario: Scenario, **values: float) -> Scenario:
    correlations = dataclasses.replace(scenario.setting.population.correlations, **values)
    people = dataclasses.replace(scenario.setting.population, correlations=correlations)
    setting = dataclasses.replace(scenario.setting, population=people)
    return dataclasses.replace(scenario, setting=setting)


def correlation(first: np.ndarray, second: np.ndarray) -> float:
    """Correlation of the places behind two traits, from ranks alone: ``sin(pi tau / 2)``."""
    return float(np.sin(0.5 * np.pi * kendalltau(first, second).statistic))


def test_every_pair_of_traits_has_its_correlation() -> None:
    assert len(PAIRS) == len(TRAITS) * (len(TRAITS) - 1) // 2
    matrix = CorrelationSetting().matrix()
    for pair in PAIRS:
        one, other = next((a, b) for a in TRAITS for b in TRAITS if f"{a}_{b}" == pair)
        assert matrix[TRAITS.index(one), TRAITS.index(other)] == getattr(CorrelationSetting(), pair)
    assert np.array_equal(matrix, matrix.T)


@pytest.mark.parametrize("bundling", [0.0, 0.5, 1.0])
def test_traits_are_correlated_as_the_population_says_times_the_bundling(bundling: float) -> None:
    scenario = small_trial(MEN)
    men = men_of(scenario, circumstances__bundling=bundling)
    wanted = bundling * scenario.setting.population.correlations.matrix()
    for first, one in enumerate(FIELDS):
        for second, other in enumerate(FIELDS[:first]):
            found = correlation(men[one], men[other])
            assert found == pytest.approx(wanted[first + 1, second + 1], abs=0.05), (one, other)


def test_needs_come_together_and_with_distress() -> None:
    scenario = with_correlations(small_trial(MEN), among_needs=0.9, needs_distress=0.8)
    apart = men_of(scenario, circumstances__bundling=0.0)
    together = men_of(scenario, circumstances__bundling=1.0)
    assert abs(np.corrcoef(apart["need"][:, 1], apart["need"][:, 2])[0, 1]) < 0.05
    assert np.corrcoef(together["need"][:, 1], together["need"][:, 2])[0, 1] > 0.3
    assert np.corrcoef(together["housed"], together["needs_mean"])[0, 1] < -0.5
    assert np.corrcoef(together["needs_mean"], together["distress"])[0, 1] > 0.5


def test_bundling_changes_no_trait_taken_alone() -> None:
    scenario = small_trial(MEN)
    theory = scenario.theories()[0]
    for bundling in (0.0, 1.0):
        men = men_of(scenario, circumstances__bundling=bundling)
        housed, needy = men["housed"].mean(), (men["need"][:, 1] > 0.3).mean()
        assert housed == pytest.approx(theory.circumstances.housed_at_release, abs=0.03)
        assert needy == pytest.approx(theory.circumstances.substance_prevalence, abs=0.03)
        assert np.median(men["age"]) == pytest.approx(theory.circumstances.age_median, abs=0.8)
        median = theory.client_motivation.autonomous_median
        assert np.median(men["autonomous"]) == pytest.approx(median, abs=0.02)


def test_with_another_median_every_man_keeps_his_rank() -> None:
    scenario = small_trial(400)
    here = men_of(scenario)
    there = men_of(scenario, relationship__prior_trust_median=0.4)
    assert np.array_equal(np.argsort(here["prior_trust"]), np.argsort(there["prior_trust"]))
    assert np.array_equal(here["age"], there["age"])


def test_own_data_decides_what_it_gives_and_nothing_else() -> None:
    scenario = small_trial(50)
    world, same = (fresh(scenario.template()) for _ in range(2))
    given = world.given.copy()
    given["age"][7] = 61.0
    world = world._replace(given=given)
    for each in (world, same):
        populate_world(each, scenario.theories(), scenario.entry(), dice_for(5, 0))
    assert world.leavers["age"][7] == 61.0
    world.leavers["age"][7] = same.leavers["age"][7]
    assert world.leavers.tobytes() == same.leavers.tobytes()


@given(st.sampled_from(PAIRS), st.floats(-1.0, 1.0))
def test_correlations_either_make_a_distribution_or_are_refused(pair: str, value: float) -> None:
    correlations = dataclasses.replace(CorrelationSetting(), **{pair: value})
    if correlations.impossible_pair() is None:
        factor = np.array(correlations.factored().factor)
        assert factor @ factor.T == pytest.approx(correlations.matrix())
    else:
        assert correlations.impossible_pair() == pair or abs(value) < 0.99


def test_the_pair_in_the_way_is_named() -> None:
    contrary = CorrelationSetting(
        needs_distress=0.9, needs_prior_trust=-0.9, distress_prior_trust=0.9
    )
    assert contrary.impossible_pair() in (
        "needs_distress", "needs_prior_trust", "distress_prior_trust",
    )  # fmt: skip
    assert CorrelationSetting(motivation_age=1.0).impossible_pair() == "motivation_age"


def test_the_factor_has_the_same_bits_on_every_processor() -> None:
    assert CorrelationSetting().factored().factor == (
        (1.0, 0.0, 0.0, 0.0, 0.0),
        (0.5, 0.8660254037844386, 0.0, 0.0, 0.0),
        (-0.4, -0.23094010767585035, 0.886942313043338, 0.0, 0.0),
        (-0.1, 0.17320508075688779, 0.4509876168016973, 0.8698334147936174, 0.0),
        (-0.1, -0.05773502691896259, 0.052615221960198015, 0.20264936186948082, 0.9709951293485658),
    )
