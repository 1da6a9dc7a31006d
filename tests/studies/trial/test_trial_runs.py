"""The runs of a trial as a workload: pure blocks, honest counts, one pilot for all of them."""

import dataclasses

import distributed
import numpy as np
import pandas as pd
import pytest

from engager_sim.designs.execution import blocks as blocks_module
from engager_sim.designs.execution.blocks import Block, blocks_of
from engager_sim.designs.execution.carry_out import Execution
from engager_sim.designs.execution.executors import DaskCluster, Threads
from engager_sim.designs.execution.forecast import most_bytes
from engager_sim.results.tables import parquet_bytes
from engager_sim.runs.one_run import run_once
from engager_sim.studies.trial.analysis import difference_in_score
from engager_sim.studies.trial.attrition import fit_attrition, follow_up_states
from engager_sim.studies.trial.measurement import unfitted_measurement
from engager_sim.studies.trial.pilot import PilotRuns, fit_measurement
from engager_sim.studies.trial.replicate_tables import REPLICATE_TABLES
from engager_sim.studies.trial.settings import TrialSettings, TrialStudy
from engager_sim.studies.trial.study import TABLES, prepare
from engager_sim.studies.trial.trial_file import read_trial
from engager_sim.studies.trial.trial_runs import TrialRuns
from engager_sim.studies.trial.worlds import trial_worlds
from tests.studies.trial.test_trial import EXPERIMENT


@pytest.fixture(scope="module")
def study() -> TrialStudy:
    return dataclasses.replace(read_trial(EXPERIMENT), replicates=4, men=(40, 60), size=60)


@pytest.fixture(scope="module")
def runs(study: TrialStudy) -> TrialRuns:
    return TrialRuns(study, trial_worlds(study, None), unfitted_measurement(study))


def test_every_world_is_run_in_both_arms(runs: TrialRuns) -> None:
    assert runs.runs_per_replicate == 2 * (2 + 7 + 1)
    assert len({id(world) for world in runs.worlds.all}) == 2 + 7 + 1


def test_a_replicate_is_the_same_in_whichever_block_it_is_run(runs: TrialRuns) -> None:
    together = runs.run_block(Block(0, 0, 1, 1, 3))
    alone = runs.run_block(Block(7, 0, 1, 2, 3))
    assert tuple(together) == REPLICATE_TABLES
    for name, table in alone.items():
        rows = together[name][together[name]["replicate"] == 2].reset_index(drop=True)
        pd.testing.assert_frame_equal(rows, table, check_exact=True)


def test_a_replicate_takes_no_more_room_than_is_foretold(runs: TrialRuns) -> None:
    block = Block(0, 0, 1, 0, 3)
    taken = sum(parquet_bytes(table) for table in runs.run_block(block).values())
    assert taken < most_bytes(runs, [block])


def test_what_the_pilot_fits_is_what_all_its_men_give_at_once(
    study: TrialStudy, runs: TrialRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks_module, "LEAVER_WEEKS_PER_BLOCK", 5_000)
    world = runs.worlds.delivered
    assert len(blocks_of(PilotRuns(study, world), study.replicates)) > 1
    measurement = fit_measurement(study, world, Threads(2))
    men = [run_once(world.plan, replicate).leavers for replicate in range(study.replicates)]
    states = follow_up_states(np.concatenate([leavers for leavers in men if leavers is not None]),
                              study.follow_up)  # fmt: skip
    expected = fit_attrition(study.attrition, study.follow_up, states)
    for name in ("intercepts", "means", "spreads"):
        assert np.array_equal(getattr(measurement.attrition, name), getattr(expected, name)), name
    left = [
        difference_in_score(
            unfitted_measurement(study).measure(leavers, world.site, replicate),
            study.primary_index, study.adjusted_for, study.level, everybody=True,
        ).residual_sd
        for replicate, leavers in enumerate(men)
        if leavers is not None
    ]  # fmt: skip
    assert measurement.left_out == (7.4**2 - np.mean(np.array(left) ** 2)) ** 0.5


def test_a_study_that_asks_for_no_spread_has_none_added(study: TrialStudy, runs: TrialRuns) -> None:
    bare = dataclasses.replace(study, residual_sd=None)
    assert fit_measurement(bare, runs.worlds.delivered, Threads(1)).left_out == 0.0


def test_a_cluster_gives_the_same_tables_as_threads(
    study: TrialStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks_module, "LEAVER_WEEKS_PER_BLOCK", 200_000)
    here = prepare(TrialSettings(study))
    assert len(here.blocks) > 1
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
    ) as cluster:
        there = prepare(TrialSettings(study)).analyse(
            Execution(executor=DaskCluster(cluster.scheduler_address))
        )
    known = here.analyse(Execution(executor=Threads(2)))
    for name in TABLES:
        pd.testing.assert_frame_equal(there.tables()[name], known.tables()[name], check_exact=True)
