"""Outcomes of a trial's residual spread, of two years, of ages, and of how support ended."""

import math
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm

from engager_sim.outcomes.associations import EVERYBODY
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.theory.declaration import blank_records
from engager_sim.theory.ways_out import Exit
from engager_sim.world.deployment import fresh
from engager_sim.world.observed import Mark
from engager_sim.world.records import PROGRAMME, USUAL_CARE, Leaver, World
from tests.week.worlds import small_trial

BY_ID: dict[str, Any] = {outcome.id: outcome for outcome in OUTCOMES}


def scored_men(count: int) -> World:
    dice = np.random.default_rng(4)
    men = blank_records(Leaver, count)
    men["arm"] = np.arange(count) % 2
    men["died_week"] = -1
    men["core_om_at_entry"] = dice.normal(20.0, 6.0, count)
    after = 5.0 + 0.5 * men["core_om_at_entry"] + 3.0 * men["arm"] + dice.normal(0.0, 4.0, count)
    men["core_om_at"][:, Mark.WEEK_26] = after
    return fresh(small_trial(count).template())._replace(leavers=men)


def residual_sd(world: World, arm: int) -> float:
    return float(BY_ID["core_om_residual_sd_26w"].measure(world, arm))


def test_the_residual_spread_is_that_of_the_trials_regression() -> None:
    world = scored_men(80)
    world.leavers["died_week"][:6] = [3, 10, 25, 26, 40, 0]
    alive = np.arange(80) > 2
    alive[[3, 4]], alive[5] = True, False
    men = world.leavers[alive]
    before, after = men["core_om_at_entry"], men["core_om_at"][:, Mark.WEEK_26]
    fit = sm.OLS(after, sm.add_constant(np.column_stack([before, men["arm"]]))).fit()
    assert residual_sd(world, EVERYBODY) == pytest.approx(math.sqrt(fit.mse_resid))
    of_one = men["arm"] == PROGRAMME
    alone = sm.OLS(after[of_one], sm.add_constant(before[of_one])).fit()
    assert residual_sd(world, PROGRAMME) == pytest.approx(math.sqrt(alone.mse_resid))


def test_too_few_men_have_no_residual_spread() -> None:
    world = scored_men(18)
    assert math.isnan(residual_sd(world, USUAL_CARE))
    assert residual_sd(world, EVERYBODY) > 0.0


def man(**facts: float) -> Any:
    (leaver,) = blank_records(Leaver, 1)
    leaver["died_week"] = leaver["first_offence_week"] = -1
    leaver["release_week"], leaver["last_week"], leaver["age"] = 10, 114, 30.0
    for name, value in facts.items():
        leaver[name] = value
    return leaver


def test_two_years_are_observed_of_men_who_were_followed_for_them() -> None:
    for outcome in ("reoffended_104w", "engaged_104w"):
        assert math.isnan(BY_ID[outcome].of(man(last_week=62)))
    assert BY_ID["reoffended_104w"].of(man(first_offence_week=90)) == 1.0
    assert BY_ID["reoffended_104w"].of(man(first_offence_week=104)) == 0.0
    assert BY_ID["reoffended_52w"].of(man(first_offence_week=90)) == 0.0
    assert BY_ID["engaged_104w"].of(man(engaged=1)) == 1.0
    assert BY_ID["engaged_104w"].of(man(engaged=1, died_week=80)) == 0.0


def test_reoffending_by_age_counts_each_man_once() -> None:
    names = [f"reoffended_52w_{ages}" for ages in ("under_25", "25_to_34", "35_or_over")]
    for age, group in ((18.0, 0), (24.9, 0), (25.0, 1), (34.9, 1), (35.0, 2), (80.0, 2)):
        values = [BY_ID[name].of(man(age=age, first_offence_week=5)) for name in names]
        assert [index for index, value in enumerate(values) if value == 1.0] == [group]
        assert sum(math.isnan(value) for value in values) == 2


def test_an_ending_is_planned_or_not_and_leaving_is_ones_own_or_not() -> None:
    unplanned, attrition = BY_ID["unplanned_ending"].of, BY_ID["attrition"].of
    assert unplanned(man(exit=Exit.PLANNED_ENDING)) == 0.0
    assert unplanned(man(exit=Exit.LOST_AT_GATE)) == unplanned(man(exit=Exit.RECALL)) == 1.0
    for cause in (Exit.NONE, Exit.MOVED_AWAY, Exit.DIED):
        assert math.isnan(unplanned(man(exit=cause)))
    own = {Exit.CRISIS, Exit.RESIGNED, Exit.OVERCONFIDENT, Exit.WITHDREW}
    for cause in Exit:
        assert attrition(man(first_exit=cause)) == (1.0 if cause in own else 0.0)
