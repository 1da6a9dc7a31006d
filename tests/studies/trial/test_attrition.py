"""The loss model: it meets its shares, brings no bias where it depends on nothing, and leans."""

import dataclasses
import math

import numpy as np
import pytest

from engager_sim.runs.one_run import run_once
from engager_sim.runs.plan import plan_of
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.trial.analysis import difference_in_score
from engager_sim.studies.trial.attrition import LossModel, fitted_loss
from engager_sim.studies.trial.measurement import Measured, Measurement, Men
from engager_sim.studies.trial.settings import LossSettings

WEEKS = (4, 13, 26, 52)
SHARES = (0.73, 0.70, 0.657, 0.60)
REPLICATES = 60


@pytest.fixture(scope="module")
def men() -> list[Men]:
    plan = plan_of(
        Scenario.load("engager_trial"), 3, weekly=False, leavers=True, events=False, check=False
    )
    found = [run_once(plan, replicate).leavers for replicate in range(REPLICATES)]
    return [each for each in found if each is not None]


def model(men: list[Men], **odds: float) -> LossModel:
    settings = dataclasses.replace(LossSettings(SHARES), **odds)
    return fitted_loss(settings, WEEKS, np.concatenate(men))


def measured(loss: LossModel, men: list[Men]) -> list[Measured]:
    measurement = Measurement(1.8, 0.0, loss, 9)
    site = np.array([0, 1, 0, 1])
    return [measurement.of(each, site, replicate) for replicate, each in enumerate(men)]


@pytest.mark.parametrize("odds", [{}, {"trust": 2.0, "distress": -2.0, "contact": 3.0}])
def test_the_expected_shares_are_those_asked_for(men: list[Men], odds: dict[str, float]) -> None:
    loss = model(men, **odds)
    assert loss.chance(np.concatenate(men)).mean(axis=0) == pytest.approx(SHARES, abs=1e-8)
    followed = np.concatenate([each.followed for each in measured(loss, men)])
    errors = np.sqrt(np.array(SHARES) * (1.0 - np.array(SHARES)) / len(followed))
    assert (abs(followed.mean(axis=0) - SHARES) < 4.0 * errors).all()


def bias_of(loss: LossModel, men: list[Men]) -> tuple[float, float]:
    """Give the mean bias at week 26, and its standard error."""
    shifts = [
        difference_in_score(each, 2, ("baseline",), 0.05).estimate
        - difference_in_score(each, 2, ("baseline",), 0.05, everybody=True).estimate
        for each in measured(loss, men)
    ]
    return float(np.mean(shifts)), float(np.std(shifts, ddof=1) / math.sqrt(len(shifts)))


def test_a_loss_that_depends_on_nothing_brings_no_bias(men: list[Men]) -> None:
    bias, error = bias_of(model(men, trust=0.0, distress=0.0, contact=0.0), men)
    assert abs(bias) < 4.0 * error


def test_losing_the_distressed_hides_distress(men: list[Men]) -> None:
    loss = model(men, trust=0.0, distress=-2.0, contact=0.0)
    for each in measured(loss, men[:5]):
        seen, lost = each.scores[each.followed[:, 2], 2], each.scores[~each.followed[:, 2], 2]
        assert seen.mean() < lost.mean() - 2.0


def test_where_everybody_is_followed_up_nobody_is_lost(men: list[Men]) -> None:
    settings = LossSettings((1.0, 1.0, 1.0, 1.0), distress=-5.0)
    loss = fitted_loss(settings, WEEKS, np.concatenate(men))
    assert all(each.followed.all() for each in measured(loss, men[:3]))


def test_a_man_is_measured_with_the_same_error_in_every_world(men: list[Men]) -> None:
    measurement = Measurement(1.8, 2.0, model(men), 9)
    changed = men[0].copy()
    changed["distress_at"] += 3.0
    site = np.array([0, 1, 0, 1])
    here, there = measurement.of(men[0], site, 4), measurement.of(changed, site, 4)
    assert np.allclose(there.scores - here.scores, 3.0)
    assert np.array_equal(here.baseline, there.baseline)
    fewer = measurement.of(men[0][:100], site, 4)
    assert np.array_equal(fewer.scores, here.scores[:100])
    assert np.array_equal(fewer.followed, here.followed[:100])
    assert not np.array_equal(measurement.of(men[0], site, 5).baseline, here.baseline)


def test_errors_have_the_spread_that_was_asked_for(men: list[Men]) -> None:
    measurement = Measurement(1.8, 2.4, model(men), 9)
    site = np.array([0, 1, 0, 1])
    found = [measurement.of(each, site, number) for number, each in enumerate(men)]
    before = np.concatenate([each.baseline for each in found])
    after = np.concatenate([each.scores[:, 0] for each in found])
    known = np.concatenate(men)
    assert (before - known["distress_level"]).std() == pytest.approx(1.8, rel=0.03)
    assert (after - known["distress_at"][:, 1]).std() == pytest.approx(3.0, rel=0.03)
