"""Outcomes that rest on scores read what was observed; practitioners' share of its variance."""

import math
from typing import Any

import numpy as np
import pytest

from engager_sim.outcomes.associations import EVERYBODY
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory.declaration import blank_records
from engager_sim.world.deployment import fresh
from engager_sim.world.observed import Mark
from engager_sim.world.records import PROGRAMME, USUAL_CARE, Leaver, WorkerPost, World
from tests.week.worlds import lived, small_trial

BY_ID: dict[str, Any] = {outcome.id: outcome for outcome in OUTCOMES}


@pytest.fixture(scope="module")
def world() -> World:
    return lived(small_trial(200))[0]


def test_change_in_core_om_is_that_of_the_scores_and_true_distress_is_kept_beside(
    world: World,
) -> None:
    for leaver in world.leavers[:20]:
        change = leaver.core_om_at[Mark.WEEK_26] - leaver.core_om_at[Mark.RELEASE]
        assert BY_ID["core_om_change_26w"].of(leaver) == change
        assert BY_ID["core_om_0w"].of(leaver) == leaver.core_om_at[Mark.RELEASE]
        assert BY_ID["core_om_4w"].of(leaver) == leaver.core_om_at[Mark.WEEK_4]
        assert BY_ID["distress_true_0w"].of(leaver) == leaver.distress_at[Mark.RELEASE]
        assert BY_ID["distress_true_26w"].of(leaver) == leaver.distress_at[Mark.WEEK_26]


def test_scores_scatter_evenly_about_what_is_as_their_reliability_says(world: World) -> None:
    men, measurement = world.leavers, Scenario.load("engager_trial").theories()[0].measurement
    reliability = measurement.core_om_reliability
    deviation = measurement.core_om_spread * math.sqrt((1.0 - reliability) / reliability)
    inside = (men["distress_at"] > 8.0) & (men["distress_at"] < 32.0)
    errors = (men["core_om_at"] - men["distress_at"])[inside]
    assert errors.mean() == pytest.approx(0.0, abs=4.0 * deviation / math.sqrt(len(errors)))
    assert errors.std() == pytest.approx(deviation, rel=0.1)
    marks = men["core_om_at"] - men["distress_at"]
    assert abs(np.corrcoef(marks[:, Mark.WEEK_4], marks[:, Mark.WEEK_26])[0, 1]) < 0.25
    at_entry = men["core_om_at_entry"] - men["distress_level"]
    assert at_entry.std() == pytest.approx(deviation, rel=0.2)


def supervised_men(posts: list[int], changes: list[float]) -> World:
    """Make a world of men with a practitioner each, whose CORE-OM changes by so much."""
    men = blank_records(Leaver, len(posts))
    men["arm"], men["post"], men["incumbent"] = PROGRAMME, posts, 0
    men["core_om_at"] = 20.0
    men["core_om_at"][:, Mark.WEEK_26] += changes
    staff = blank_records(WorkerPost, max(posts) + 1)
    return fresh(small_trial(len(posts)).template())._replace(leavers=men, practitioners=staff)


def practitioner_variance(world: World, arm: int) -> float:
    return float(BY_ID["practitioner_variance"].measure(world, arm))


def test_practitioners_share_of_variance_is_the_intraclass_correlation() -> None:
    dice = np.random.default_rng(8)
    posts = np.repeat(np.arange(40), 25)
    changes = dice.normal(0.0, 1.0, 40)[posts] + dice.normal(0.0, 2.0, len(posts))
    found = practitioner_variance(supervised_men(posts.tolist(), changes.tolist()), PROGRAMME)
    assert found == pytest.approx(1.0 / 5.0, abs=0.08)
    groups = changes.reshape(40, 25)
    between = 25.0 * groups.mean(axis=1).var(ddof=1)
    within = groups.var(axis=1, ddof=1).mean()
    assert found == pytest.approx((between - within) / (between + 24.0 * within))


def test_all_variance_lies_between_practitioners_whose_men_are_alike() -> None:
    world = supervised_men([0, 0, 1, 1, 1], [1.0, 1.0, -3.0, -3.0, -3.0])
    assert practitioner_variance(world, PROGRAMME) == pytest.approx(1.0)
    assert practitioner_variance(world, EVERYBODY) == pytest.approx(1.0)
    assert math.isnan(practitioner_variance(world, USUAL_CARE))


def test_a_successor_is_another_practitioner() -> None:
    world = supervised_men([0, 0, 0, 0], [1.0, 1.0, -3.0, -3.0])
    assert math.isnan(practitioner_variance(world, PROGRAMME))
    world.leavers["incumbent"][2:] = 1
    assert practitioner_variance(world, PROGRAMME) == pytest.approx(1.0)


def test_practitioners_of_one_man_each_have_no_share() -> None:
    assert math.isnan(practitioner_variance(supervised_men([0, 1, -1], [1.0, 2.0, 3.0]), PROGRAMME))
