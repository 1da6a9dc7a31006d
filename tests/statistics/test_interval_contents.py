"""The line that says what intervals hold: its words follow replicates, draws and theories."""

import pytest

from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.statistics.interval_contents import IntervalContents

ALL_THREE = "Intervals hold Monte Carlo error, parameters and rival theories: "


@pytest.mark.parametrize(
    ("replicates", "said"),
    [
        (800, "400 of 1,000 posterior draws, two replicates each."),
        (7, "4 of 1,000 posterior draws, two replicates each, one of the last."),
        (2000, "1,000 posterior draws, two replicates each."),
        (6000, "1,000 draws, each used 3 times, two replicates each time."),
        (2002, "1,000 draws, each used 1 or 2 times, two replicates each time."),
    ],
)
def test_all_three_are_named_with_how_often_each_draw_is_used(replicates: int, said: str) -> None:
    assert IntervalContents(replicates, 1000, True).line == ALL_THREE + said


def test_central_values_hold_monte_carlo_error_alone() -> None:
    line = IntervalContents(100).line
    assert line.startswith("Intervals hold Monte Carlo error alone")
    assert "parameters and rival theories are left out" in line


def test_one_draw_cannot_tell_parts_apart_and_one_replicate_has_no_interval() -> None:
    pair = IntervalContents(2, 1000, True)
    assert pair.named == "Monte Carlo error alone"
    assert "parameters and rival theories cannot be told from it" in pair.line
    for one in (IntervalContents(1, 1000, True), IntervalContents(1)):
        assert "One replicate has no interval" in one.line
        assert all(word in one.line for word in ("Monte Carlo error", "parameters", "rival"))


def test_theories_that_nothing_draws_are_not_claimed() -> None:
    assert "not rival theories" in IntervalContents(800, 1000, False).line
    fitted = FittedParameters.load("posterior")
    assert fitted is not None
    trial = Scenario.load("engager_trial")
    assert IntervalContents.of(fitted, 800, [trial]).has_rivals
    assert IntervalContents.of(fitted.at(7), 800, [trial]).named == "Monte Carlo error alone"


def test_indices_and_surfaces_are_of_means_over_what_is_drawn() -> None:
    drawn, central = IntervalContents(20, 1000, True), IntervalContents(20)
    for contents in (drawn, central):
        for line in (contents.index_line, contents.surface_line):
            assert all(word in line for word in ("Monte Carlo error", "parameters", "rival"))
    assert "10 of 1,000 posterior draws" in drawn.index_line


def test_two_draws_tell_parameters_from_noise() -> None:
    two = IntervalContents(4, 1000, True)
    assert two.named == "Monte Carlo error, parameters and rival theories"
