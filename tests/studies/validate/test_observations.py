"""What is observed of runs equals what the runs' own tables say, however blocks divide them."""

import pickle

import numpy as np
import pandas as pd
import pytest

from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.store import Memory
from engager_sim.runs.counterfactual import both_arms
from engager_sim.runs.plan import plan_of
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.studies.run.study import Runs, simulate
from engager_sim.studies.validate.declaration import PatternMeasure
from engager_sim.studies.validate.observations import (
    LogCounts,
    MenFields,
    Observation,
    RunOutcome,
    StaffMean,
    WeeklyMean,
)
from engager_sim.studies.validate.observed import Observed
from engager_sim.studies.validate.practice_measures import WORKER_CHANGES, worker_changes
from engager_sim.studies.validate.variants import trial, with_arms_swapped
from engager_sim.studies.validate.workload import MEN, OBSERVED, VariantRuns
from engager_sim.world.observed import Mark

REPLICATES, SEED = 4, 7
SMALL = trial("small", {"programme.peers.hours": 6.0})
OTHER = trial("other")
FIELDS = ("arm", "trust_at_week_12", "distress_at_release", "attended_all", "needs_at_entry")
OBSERVATIONS: tuple[Observation, ...] = (
    RunOutcome(SMALL, "core_om_26w_difference"),
    RunOutcome(SMALL, "trust_12w_programme"),
    WeeklyMean(SMALL, "hope", 12),
    StaffMean(SMALL, "skill", 26),
    LogCounts(SMALL, WORKER_CHANGES, worker_changes),
    MenFields(SMALL, FIELDS),
    MenFields(with_arms_swapped(SMALL), ("distress_at_week_26",)),
    RunOutcome(OTHER, "trust_12w"),
)


@pytest.fixture(scope="module")
def runs(posterior: FittedParameters) -> VariantRuns:
    return VariantRuns.of(OBSERVATIONS, SEED, posterior)


@pytest.fixture(scope="module")
def block() -> Block:
    return Block(0, 0, 3, 0, REPLICATES)


@pytest.fixture(scope="module")
def observed(runs: VariantRuns, block: Block) -> Observed:
    store = Memory()
    store.keep(block, runs.run_block(block))
    return Observed(store, OBSERVATIONS, REPLICATES)


@pytest.fixture(scope="module")
def simulated(posterior: FittedParameters) -> Runs:
    return simulate(
        SMALL.scenario(), REPLICATES, SEED, leavers=True, events=True, parameters=posterior
    )


def values(observed: Observed, *observations: Observation) -> list[np.ndarray]:
    """Give the arrays of some observations over all replicates."""
    given: list[np.ndarray] = []

    def take(*arrays: np.ndarray) -> float:
        given.extend(arrays)
        return 0.0

    observed.figure(PatternMeasure(observations, take), np.arange(REPLICATES))
    return given


def test_points_are_the_variants_and_each_is_run_once(runs: VariantRuns) -> None:
    assert [variant.name for variant in runs.variants] == [
        "small", "small_with_arms_swapped", "other",
    ]  # fmt: skip
    assert runs.points * runs.runs_per_replicate == 3
    assert runs.describe(1) == "small with arms swapped"


def test_outcomes_are_those_of_the_table_of_runs(observed: Observed, simulated: Runs) -> None:
    difference, trust = values(observed, *OBSERVATIONS[:2])
    assert (difference == simulated.runs["core_om_26w_difference"]).all()
    assert (trust == simulated.runs["trust_12w_programme"]).all()


def test_runs_without_a_value_of_an_outcome_are_counted() -> None:
    rate = "attendance_rate_programme"
    observations = [
        RunOutcome(SMALL, rate),
        RunOutcome(OTHER, rate),
        RunOutcome(OTHER, "trust_12w"),
    ]
    rows = [
        (item.variant.name, replicate, item.name, np.nan if replicate > number else 0.5)
        for number, item in enumerate(observations)
        for replicate in range(2)
    ]
    store = Memory()
    table = pd.DataFrame(rows, columns=["variant", "replicate", "quantity", "value"])
    store.keep(Block(0, 0, 2, 0, 2), {OBSERVED: table})
    (row,) = Observed(store, observations, 2).missing().to_dict("records")
    assert (row["outcome"], row["runs"], row["no_value"], row["points"]) == (rate, 4, 1, 2)
    assert Observed(store, observations[1:], 2).missing().empty


def test_weekly_means_are_those_of_the_weekly_tables(observed: Observed, simulated: Runs) -> None:
    hope, skill = values(observed, *OBSERVATIONS[2:4])
    for table, name, week, means in (
        (simulated.weekly, "hope", 12, hope), (simulated.staff, "skill", 26, skill),
    ):  # fmt: skip
        assert table is not None
        rows = table[(table["arm"] == "programme") & (table["week"] == week)]
        assert (means == rows[name].to_numpy()).all()


def test_counts_are_those_of_the_event_log(observed: Observed, simulated: Runs) -> None:
    (counts,) = values(observed, OBSERVATIONS[4])
    assert simulated.events is not None
    changes = simulated.events[
        (simulated.events["event"] == "worker_changed") & (simulated.events["arm"] == "programme")
    ]
    by_replicate = changes.groupby("replicate").size().reindex(range(REPLICATES), fill_value=0)
    assert (counts[:, 0] == by_replicate).all()
    lost = (changes["value_1"] - changes["value_2"]).groupby(changes["replicate"]).sum()
    assert counts[:, 1] == pytest.approx(lost.reindex(range(REPLICATES), fill_value=0.0))


def test_mens_fields_are_those_of_their_records(observed: Observed, simulated: Runs) -> None:
    (men,) = values(observed, OBSERVATIONS[5])
    leavers = simulated.leavers
    assert leavers is not None
    assert len(men) == len(leavers)
    assert (men["arm"] == (leavers["arm"] == "usual_care")).all()
    assert (men["attended_all"] == leavers["attended_all"]).all()
    assert (men["needs_at_entry"] == leavers["needs_at_entry"]).all()


def test_with_arms_swapped_men_are_those_of_the_other_half_of_a_counterfactual(
    observed: Observed, posterior: FittedParameters
) -> None:
    wanted = {"weekly": False, "leavers": True, "events": False, "check": False}
    plan = plan_of(SMALL.scenario(), SEED, posterior, **wanted)
    swapped = [both_arms(plan, replicate).swapped for replicate in range(REPLICATES)]
    (men,) = values(observed, OBSERVATIONS[6])
    distress = np.concatenate(swapped)["distress_at"][:, Mark.WEEK_26]
    assert (men["distress_at_week_26"] == distress).all()


def test_some_replicates_are_chosen_alike_of_numbers_and_of_men(observed: Observed) -> None:
    chosen = np.array([1, 3])
    measure = PatternMeasure(
        (OBSERVATIONS[0], OBSERVATIONS[5]), lambda numbers, men: len(men) / len(numbers)
    )
    men_per_replicate = observed.figure(measure, chosen)
    assert men_per_replicate == observed.figure(measure, np.arange(REPLICATES))


def test_however_blocks_divide_the_runs_the_rows_are_the_same(
    runs: VariantRuns, block: Block
) -> None:
    whole = runs.run_block(block)
    parts = [
        runs.run_block(Block(0, point, point + 1, first, first + 2))
        for point in range(3)
        for first in (0, 2)
    ]
    for name in (OBSERVED, MEN):
        pieces = pd.concat([tables[name] for tables in parts], ignore_index=True)
        pd.testing.assert_frame_equal(whole[name], pieces)


def test_a_workload_can_be_sent_to_another_machine(runs: VariantRuns) -> None:
    block = Block(0, 1, 2, 1, 2)
    sent: VariantRuns = pickle.loads(pickle.dumps(runs))
    for name, table in sent.run_block(block).items():
        pd.testing.assert_frame_equal(table, runs.run_block(block)[name])


def test_its_tables_take_no_more_bytes_than_it_says(runs: VariantRuns, block: Block) -> None:
    tables = runs.run_block(block)
    numbers = sum(table.memory_usage(index=False, deep=False).sum() for table in tables.values())
    assert numbers <= runs.bytes_per_replicate * block.size


def test_where_no_men_are_observed_their_table_is_empty(posterior: FittedParameters) -> None:
    runs = VariantRuns.of((RunOutcome(OTHER, "trust_12w"),), SEED, posterior)
    tables = runs.run_block(Block(0, 0, 1, 0, 1))
    assert len(tables[MEN]) == 0
    assert len(tables[OBSERVED]) == 1
