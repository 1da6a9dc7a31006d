"""A run of a batch is the run that it would be alone."""

import numpy as np
import pytest

from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.runs.batch import men_tables, packed_seeds, run_batch
from engager_sim.runs.plan import Plan, plan_of
from engager_sim.scenarios.scenario import Scenario
from engager_sim.week.tallies import no_tables
from engager_sim.world.deployment import fresh
from engager_sim.world.records import World

SEED = 3


def outcomes_of(plan: Plan, world: World, replicates: list[int]) -> np.ndarray:
    """Run some replicates in one batch; give their outcomes."""
    results = np.empty((len(replicates), len(OUTCOMES), 3))
    theories = np.repeat(plan.theories[np.newaxis], len(replicates), axis=0).view(np.recarray)
    seeds = packed_seeds(SEED, np.array(replicates))
    run_batch(
        plan.template, world, theories, plan.entry, seeds, plan.weeks, no_tables(), results,
        men_tables(0, 0),
    )  # fmt: skip
    return results


@pytest.mark.parametrize("preset", ["engager_trial", "usual_care", "peer_led"])
def test_no_outcome_of_a_run_depends_on_the_runs_before_it(preset: str) -> None:
    plan = plan_of(
        Scenario.load(preset), SEED, weekly=False, leavers=False, events=False, check=False
    )
    together = outcomes_of(plan, fresh(plan.template), [0, 1, 2])
    places = [outcome.id for outcome in OUTCOMES].index("places_used")
    assert preset == "peer_led" or (together[:, places, 0] > 0.0).all()
    for replicate in (1, 2):
        alone = outcomes_of(plan, fresh(plan.template), [replicate])[0]
        np.testing.assert_array_equal(together[replicate], alone)


def test_a_used_world_is_empty_again_before_each_run() -> None:
    plan = plan_of(
        Scenario.load("engager_trial"), SEED, weekly=False, leavers=False, events=False, check=False
    )
    used, new = fresh(plan.template), fresh(plan.template)
    outcomes_of(plan, used, [0, 1])
    outcomes_of(plan, new, [1])
    for name in ("leavers", "practitioners", "supervisors", "peers", "teams", "agencies", "ties"):
        assert getattr(used, name).tobytes() == getattr(new, name).tobytes(), name
