"""Costs: what a week of distress is worth in life years."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.costs import Costs, life_years
from tests.strategies import ROUNDING, ordered, parameters

THEORIES = parameters(Costs)
YEAR = 52.0


@given(ordered(st.floats(0.0, 40.0)), st.floats(0.0, YEAR), THEORIES)
def test_a_distressed_life_is_never_worth_more_and_a_year_at_most_a_year(
    distress: tuple[float, float], weeks: float, costs: Costs
) -> None:
    calm, distressed = (life_years(level * weeks, weeks, costs) for level in distress)
    assert distressed <= calm <= weeks / YEAR + ROUNDING


@given(THEORIES)
def test_a_year_without_distress_is_worth_the_declared_utility(costs: Costs) -> None:
    assert life_years(0.0, YEAR, costs) == pytest.approx(costs.utility_at_zero)


def test_a_year_of_ten_points_costs_ten_points_of_utility() -> None:
    costs = Costs(utility_at_zero=0.95, utility_per_point=0.01)
    assert life_years(10.0 * YEAR, YEAR, costs) == pytest.approx(0.85)
