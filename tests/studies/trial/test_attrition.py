"""Attrition: it meets its shares, brings no bias where it depends on nothing, and selects."""

import dataclasses
import math

import numpy as np
import pytest

from engager_sim.runs.one_run import run_once
from engager_sim.runs.plan import plan_of
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.trial.analysis import difference_in_score
from engager_sim.studies.trial.attrition import (
    AttritionModel,
    fit_attrition,
    follow_up_states,
    no_attrition,
)
from engager_sim.studies.trial.measurement import Measured, Men, TrialMeasurement
from engager_sim.studies.trial.settings import AttritionSettings

WEEKS = (4, 13, 26, 52)
SHARES = (0.73, 0.70, 0.657, 0.60)
REPLICATES = 60


@pytest.fixture(scope="module")
def men() -> list[Men]:
    plan = plan_of(
        Scenario.load("engager_trial"), 3, weekly=False, leavers=True, events=False, check=False
    )
    runs = [run_once(plan, replicate).leavers for replicate in range(REPLICATES)]
    return [leavers for leavers in runs if leavers is not None]


def model(men: list[Men], **odds: float) -> AttritionModel:
    settings = dataclasses.replace(AttritionSettings(SHARES), **odds)
    return fit_attrition(settings, WEEKS, follow_up_states(np.concatenate(men), WEEKS))


def measured(attrition: AttritionModel, men: list[Men]) -> list[Measured]:
    measurement = TrialMeasurement(0.0, attrition, 9)
    site = np.array([0, 1, 0, 1])
    return [measurement.measure(leavers, site, number) for number, leavers in enumerate(men)]


@pytest.mark.parametrize("odds", [{}, {"trust": 2.0, "distress": -2.0, "contact": 3.0}])
def test_the_expected_shares_are_those_asked_for(men: list[Men], odds: dict[str, float]) -> None:
    attrition = model(men, **odds)
    assert attrition.chance(np.concatenate(men)).mean(axis=0) == pytest.approx(SHARES, abs=1e-8)
    followed = np.concatenate([trial.followed for trial in measured(attrition, men)])
    errors = np.sqrt(np.array(SHARES) * (1.0 - np.array(SHARES)) / len(followed))
    assert (abs(followed.mean(axis=0) - SHARES) < 4.0 * errors).all()


def bias(attrition: AttritionModel, men: list[Men]) -> tuple[float, float]:
    """Give the mean bias at week 26, and its standard error."""
    shifts = [
        difference_in_score(trial, 2, ("baseline",), 0.05).estimate
        - difference_in_score(trial, 2, ("baseline",), 0.05, everybody=True).estimate
        for trial in measured(attrition, men)
    ]
    return float(np.mean(shifts)), float(np.std(shifts, ddof=1) / math.sqrt(len(shifts)))


def test_attrition_that_depends_on_nothing_brings_no_bias(men: list[Men]) -> None:
    mean, error = bias(model(men, trust=0.0, distress=0.0, contact=0.0), men)
    assert abs(mean) < 4.0 * error


def test_losing_the_distressed_hides_distress(men: list[Men]) -> None:
    attrition = model(men, trust=0.0, distress=-2.0, contact=0.0)
    for trial in measured(attrition, men[:5]):
        seen, lost = trial.scores[trial.followed[:, 2], 2], trial.scores[~trial.followed[:, 2], 2]
        assert seen.mean() < lost.mean() - 2.0


def test_where_everybody_is_followed_up_only_the_dead_are_lost(men: list[Men]) -> None:
    settings = AttritionSettings((1.0, 1.0, 1.0, 1.0), distress=-5.0)
    fitted = fit_attrition(settings, WEEKS, follow_up_states(np.concatenate(men), WEEKS))
    some = men[:3]
    assert any((records["died_week"] >= 0).any() for records in some)
    for attrition in (fitted, no_attrition(AttritionSettings(SHARES), WEEKS)):
        for records, trial in zip(some, measured(attrition, some), strict=True):
            died = records["died_week"][:, np.newaxis]
            assert np.array_equal(trial.followed, (died < 0) | (died >= np.array(WEEKS)))


def test_a_man_is_measured_with_the_same_error_in_every_world(men: list[Men]) -> None:
    measurement = TrialMeasurement(2.0, model(men), 9)
    changed = men[0].copy()
    changed["core_om_at"] += 3.0
    site = np.array([0, 1, 0, 1])
    here, there = measurement.measure(men[0], site, 4), measurement.measure(changed, site, 4)
    assert np.allclose(there.scores - here.scores, 3.0)
    assert np.array_equal(here.baseline, there.baseline)
    fewer = measurement.measure(men[0][:100], site, 4)
    assert np.array_equal(fewer.scores, here.scores[:100])
    assert np.array_equal(fewer.followed, here.followed[:100])
    assert not np.array_equal(measurement.measure(men[0], site, 5).scores, here.scores)


def test_what_is_left_out_has_the_spread_that_was_asked_for(men: list[Men]) -> None:
    measurement = TrialMeasurement(2.4, model(men), 9)
    site = np.array([0, 1, 0, 1])
    trials = [measurement.measure(leavers, site, number) for number, leavers in enumerate(men)]
    before = np.concatenate([trial.baseline for trial in trials])
    after = np.concatenate([trial.scores[:, 0] for trial in trials])
    known = np.concatenate(men)
    assert np.array_equal(before, known["core_om_at_entry"])
    assert (after - known["core_om_at"][:, 1]).std() == pytest.approx(2.4, rel=0.03)
