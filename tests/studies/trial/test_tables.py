"""Tables of a trial from made-up records: who is counted where, and what was published."""

import numpy as np
import pytest

from engager_sim.studies.calibrate.targets import SHIPPED, read_targets
from engager_sim.studies.trial.measurement import FINDING, SCORES, _generator
from engager_sim.studies.trial.men_and_agencies import (
    contamination_table,
    individual_table,
    own_effects_table,
)
from engager_sim.studies.trial.power import textbook_power
from engager_sim.studies.trial.published import PUBLISHED
from engager_sim.studies.trial.replicate import TrialRecord
from engager_sim.studies.trial.settings import TrialStudy, read_trial
from tests.studies.trial.test_trial import EXPERIMENT


def record(own_effects: list[float], shared: float = 0.0, apart: float = 0.0) -> TrialRecord:
    """Make a record of men's own effects and of means by arm, which are the same at every week."""
    means = [np.full((2, 5), each) for each in (shared, apart)]
    means[0][0] -= 1.0
    return TrialRecord({}, {}, [], np.array(own_effects), *means)


@pytest.fixture(scope="module")
def study() -> TrialStudy:
    return read_trial(EXPERIMENT)


def test_men_are_counted_by_their_own_effects_ends_included() -> None:
    table = individual_table([record([-7.0, -5.0, -4.9, -1.0, -0.9, 0.0, 0.9, 1.0, 4.9, 5.0])])
    assert list(table["share"]) == pytest.approx([0.2, 0.2, 0.3, 0.2, 0.1])
    assert list(table["mean_effect"]) == pytest.approx([-6.0, -2.95, 0.0, 2.95, 5.0])


def test_intervals_of_shares_are_across_replicates() -> None:
    table = individual_table([record([-6.0, 0.0]), record([0.0, 0.0]), record([-6.0, -6.0])])
    first = table.iloc[0]
    assert first["share"] == pytest.approx(0.5)
    assert first["low"] < 0.5 < first["high"]


def test_bins_hold_every_man_also_those_beyond_the_last() -> None:
    bins = own_effects_table([record([-30.0, -0.25, 0.25, 30.0])])
    assert bins["share"].sum() == 1.0
    held = bins[bins["share"] > 0.0]
    assert list(held["bin_low"]) == [-10.0, -0.5, 0.0, 9.5]


def test_contamination_is_shared_less_apart_and_of_the_effect_too(study: TrialStudy) -> None:
    table = contamination_table(study, [record([0.0], 19.0, 20.0), record([0.0], 18.0, 20.0)])
    its = table[(table["outcome"] == "core_om") & (table["week"] == 26)].set_index("whom")
    assert its.loc["usual_care", "contamination"] == pytest.approx(-1.5)
    assert its.loc["programme", "contamination"] == pytest.approx(-2.5)
    assert its.loc["difference", "contamination"] == pytest.approx(-1.0)
    assert its.loc["difference", "shared"] == pytest.approx(-1.0)


def test_where_agencies_cannot_be_divided_there_are_no_rows(study: TrialStudy) -> None:
    assert len(contamination_table(study, [record([0.0], 19.0, np.nan)])) == 0


def test_errors_of_scores_and_of_finding_men_are_drawn_apart() -> None:
    streams = [_generator(7, 3, stream).random(2000) for stream in (SCORES, FINDING)]
    assert abs(np.corrcoef(streams)[0, 1]) < 0.1


def test_the_published_figures_are_those_that_calibrations_fit() -> None:
    targets = {target.id: target for target in read_targets(SHIPPED)}
    difference, service = targets["core_om_difference"], targets["substance_service"]
    assert set(difference.values) == {PUBLISHED.difference, -PUBLISHED.difference}
    half = 0.5 * (PUBLISHED.high - PUBLISHED.low)
    assert difference.error == pytest.approx(half / 1.96, abs=0.01)
    assert service.values[0] == pytest.approx(np.log(PUBLISHED.odds_ratio), abs=0.01)


def test_the_published_interval_has_the_residual_spread_that_the_experiment_aims_at(
    study: TrialStudy,
) -> None:
    assert study.residual_sd is not None
    error = study.residual_sd * (2.0 / PUBLISHED.analysed_in_each_arm) ** 0.5
    assert 0.5 * (PUBLISHED.high - PUBLISHED.low) == pytest.approx(1.97 * error, rel=0.02)
    arms = (float(PUBLISHED.analysed_in_each_arm), float(PUBLISHED.analysed_in_each_arm))
    assert textbook_power(PUBLISHED.difference, study.residual_sd, arms, 0, 0.05) < 0.2


@pytest.mark.parametrize(
    ("estimate", "inside"), [(0.0, True), (3.1, True), (-3.1, True), (3.3, False), (-3.3, False)]
)
def test_both_directions_of_the_published_interval_count(estimate: float, inside: bool) -> None:
    assert PUBLISHED.holds(estimate) is inside


@pytest.mark.parametrize(
    ("low", "high", "held"), [(-2.0, 0.0, True), (0.5, 2.0, True), (-1.0, 1.0, False)]
)
def test_an_interval_may_hold_either_direction(low: float, high: float, held: bool) -> None:
    assert PUBLISHED.is_held_by(low, high) is held
