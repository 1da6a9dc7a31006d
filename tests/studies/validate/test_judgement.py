"""How figures are judged: known answers of the jackknife, of verdicts and of rival theories."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.special import stdtrit

from engager_sim.scenarios.fitted_parameters import Drawn, FittedParameters
from engager_sim.scenarios.posterior_file import RESULT
from engager_sim.statistics.intervals import estimate
from engager_sim.studies.validate.expected import Expected, PatternPart
from engager_sim.studies.validate.judgement import (
    has_rivals,
    judged_figures,
    judged_part,
    judged_patterns,
)
from tests.studies.validate.small_posterior import one_pattern, part

DRAWN = Drawn(np.repeat(np.arange(40), 2), np.repeat([0, 1], 40))
"""Forty draws, two replicates each: the first half gated, the second additive."""
VALUES = np.arange(80.0)


def mean_of_values(chosen: np.ndarray) -> float:
    return float(VALUES[chosen].mean())


def judged(asked: PatternPart, figure_over=mean_of_values, rivals: bool = True) -> dict:
    (pattern,) = one_pattern(asked).patterns
    return judged_part(pattern, asked, figure_over, DRAWN, rivals)


def test_a_figure_is_that_of_all_replicates_and_each_rival_theory_has_its_own() -> None:
    row = judged(part("known", 30.0, near=15.0))
    assert (row["figure"], row["gated"], row["additive"]) == (39.5, 19.5, 59.5)
    assert (row["verdict"], row["verdict_gated"], row["verdict_additive"]) == ("met", "near", "met")


def test_the_interval_is_the_jackknife_over_groups_of_draws() -> None:
    """Of a mean, the jackknife gives the standard error of the mean of the groups' means."""
    row = judged(part("known", 0.0))
    group_means = [VALUES[DRAWN.draws % 20 == group].mean() for group in range(20)]
    error = np.std(group_means, ddof=1) / math.sqrt(20)
    half_width = stdtrit(19, 0.975) * error
    assert row["high"] - row["figure"] == pytest.approx(half_width)
    assert row["figure"] - row["low"] == pytest.approx(half_width)


@pytest.mark.parametrize("end", ["low", "high"])
def test_an_end_of_the_interval_is_that_of_the_expectation(end: str) -> None:
    row = judged(part("known", 0.0, take=end), lambda chosen: VALUES[chosen])
    assert row["figure"] == pytest.approx(getattr(estimate(VALUES, DRAWN), end))


def test_the_whole_of_a_figure_per_replicate_is_its_mean() -> None:
    assert judged(part("known", 0.0), lambda chosen: VALUES[chosen])["figure"] == 39.5


def test_without_rival_theories_none_is_judged_alone() -> None:
    row = judged(part("known", 0.0), rivals=False)
    assert math.isnan(row["gated"])
    assert (row["verdict_gated"], row["verdict_additive"]) == ("not tested", "not tested")


def test_a_theory_with_few_replicates_is_not_judged_alone() -> None:
    (pattern,) = one_pattern(part("known", 0.0)).patterns
    drawn = Drawn(DRAWN.draws, np.repeat([0, 1], [62, 18]))
    row = judged_part(pattern, pattern.parts[0], mean_of_values, drawn, True)
    assert (row["verdict_gated"], row["verdict_additive"]) == ("met", "not tested")


def test_a_figure_that_cannot_be_computed_is_missed() -> None:
    row = judged(part("known", 0.0), lambda _: np.float64(0.0) / np.float64(0.0))
    assert row["verdict"] == "missed"
    assert math.isnan(row["figure"])


def test_the_worst_part_of_a_pattern_decides() -> None:
    parts = [part("known", 0.0), part("known", 40.0, near=1.0), part("known", 25.0, near=9.0)]
    expected = one_pattern(*parts)
    table = pd.DataFrame([judged(asked) for asked in parts])
    (row,) = judged_patterns(expected, table).to_dict("records")
    assert (row["verdict"], row["verdict_gated"], row["verdict_additive"]) == (
        "near", "missed", "met",
    )  # fmt: skip


def test_published_figures_are_judged_by_their_predictive_intervals(
    posterior: FittedParameters,
) -> None:
    known = {"target": "t", "label": "l", "role": "hold_out", "mark": "seen", "error": 0.5}
    targets = [
        known | {"value": value, "low": 2.0, "middle": 3.0, "high": 4.0}
        for value in (2.0, 1.5, 5.0)
    ]
    without_error = targets[0] | {"error": 0.0}
    facts = {RESULT: {"targets": [*targets, without_error, "no row"]}}
    fitted = FittedParameters("made", posterior.parameters, posterior.numbers, facts)
    table = judged_figures(Expected((), near_errors=1.0), fitted)
    assert table["verdict"].tolist() == ["met", "near", "missed"]
    assert table["off"].tolist() == [0.0, 1.0, 2.0]


def test_a_posterior_that_tells_no_predictions_judges_no_figures(
    posterior: FittedParameters,
) -> None:
    assert judged_figures(Expected((), 1.0), posterior).empty


def test_rival_theories_are_drawn_where_the_coupling_is(posterior: FittedParameters) -> None:
    assert has_rivals(posterior)
    growth_alone = posterior.parameters[1:]
    assert not has_rivals(FittedParameters("made", growth_alone, posterior.numbers[:, 1:], {}))
