"""Designs carried out: the same rows whoever runs them, and the same as a plain simulation."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.designs.design import Design
from engager_sim.designs.execution import blocks as blocks_module
from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import RunCount, carry_out
from engager_sim.designs.execution.executors import DaskCluster, Threads
from engager_sim.designs.execution.forecast import forecast, most_bytes
from engager_sim.designs.execution.outcome_runs import FAILED, OutcomeRuns
from engager_sim.designs.execution.store import Memory, count_runs, outcomes_of
from engager_sim.designs.factor_tables import declared_factor
from engager_sim.designs.outcome_columns import all_columns, find_columns
from engager_sim.errors import UsageError
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.study import simulate

OUTCOMES = ["trust_12w_programme", "engaged_6w_difference", "core_om_change_26w"]


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make blocks of a handful of runs."""
    monkeypatch.setattr(blocks_module, "LEAVER_WEEKS_PER_BLOCK", 5_000)


def staffed(scenario: Scenario) -> OutcomeRuns:
    """Vary supervision, and staff in a way that does not fit at every point."""
    factors = (declared_factor("supervision.interval"), declared_factor("teams.supervisors"))
    values = np.array([[1.0, 1.0], [8.0, 1.0], [2.0, 2.0], [4.0, 1.0]])
    columns = find_columns(OUTCOMES)
    return OutcomeRuns(Design((scenario,), factors, values, 3, columns, (0,), exits=True))


def whole(store: Memory) -> pd.DataFrame:
    """Put all kept tables together."""
    columns = ["scenario", "point", "replicate", *OUTCOMES, FAILED, "fates"]
    return pd.concat(list(store.tables(columns)), ignore_index=True)


@given(st.integers(1, 40), st.integers(1, 12), st.integers(1, 30), st.integers(1, 400_000))
def test_blocks_hold_every_run_once_and_later_stages_change_no_earlier_block(
    points: int, first: int, more: int, size: int
) -> None:
    scenario = Scenario.load("usual_care")
    design = Design((scenario,), (), np.zeros((points, 0)), 1, all_columns(False), (0,))
    workload = OutcomeRuns(design)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks_module, "LEAVER_WEEKS_PER_BLOCK", size)
        blocks = blocks_of(workload, first, first + more)
        assert blocks[: len(blocks_of(workload, first))] == blocks_of(workload, first)
    assert [block.number for block in blocks] == list(range(len(blocks)))
    runs = [run for block in blocks for run in itertools.product(block.points, block.replicates)]
    assert len(runs) == len(set(runs)) == points * (first + more)


@pytest.mark.usefixtures("small_blocks")
def test_a_run_of_a_design_is_the_run_that_simulate_makes(small_service: Scenario) -> None:
    workload, store = staffed(small_service), Memory()
    carry_out(workload, blocks_of(workload, 3), store, Threads(2))
    values = outcomes_of(store, workload.design, 3, OUTCOMES)
    for point in (0, 1, 3):
        runs = simulate(
            workload.design.at(0, point), 3, seed=3, weekly=False, parameters="defaults"
        ).runs
        for index, name in enumerate(OUTCOMES):
            assert values[index, 0, point].tolist() == runs[name].tolist()


@pytest.mark.usefixtures("small_blocks")
def test_a_point_that_cannot_be_is_a_row_with_its_reason(small_service: Scenario) -> None:
    workload, store = staffed(small_service), Memory()
    carry_out(workload, blocks_of(workload, 2), store, Threads(1))
    done, failed = count_runs(store)
    assert done == 6
    ((reason, count),) = failed.items()
    assert count == 2
    assert "nobody to supervise" in reason
    assert np.isnan(outcomes_of(store, workload.design, 2, OUTCOMES)[:, 0, 2]).all()


def test_a_design_of_which_no_run_can_be_made_is_an_error(small_service: Scenario) -> None:
    workload = staffed(small_service)
    workload.design.values[:, 1] = 9.0
    store = Memory()
    carry_out(workload, blocks_of(workload, 2), store, Threads(1))
    with pytest.raises(UsageError, match="no run could be made"):
        count_runs(store)


@pytest.mark.usefixtures("small_blocks")
def test_the_rows_are_the_same_whatever_the_threads(small_service: Scenario) -> None:
    workload = staffed(small_service)
    tables = []
    for threads in (1, 2, 5):
        store = Memory()
        carry_out(workload, blocks_of(workload, 3), store, Threads(threads))
        tables.append(whole(store))
    pd.testing.assert_frame_equal(tables[0], tables[1], check_exact=True)
    pd.testing.assert_frame_equal(tables[0], tables[2], check_exact=True)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_workers_of_a_cluster_give_the_same_rows(small_service: Scenario) -> None:
    distributed = pytest.importorskip("distributed")
    workload = staffed(small_service)
    here, there = Memory(), Memory()
    carry_out(workload, blocks_of(workload, 2), here, Threads(1))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        carry_out(workload, blocks_of(workload, 2), there, DaskCluster(cluster.scheduler_address))
    pd.testing.assert_frame_equal(whole(here), whole(there), check_exact=True)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_cluster_without_workers_is_refused() -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=0, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        pytest.raises(UsageError, match="no workers"),
    ):
        DaskCluster(cluster.scheduler_address).reach()


def test_a_cluster_that_does_not_answer_is_refused() -> None:
    with pytest.raises(UsageError, match="address"):
        next(iter(DaskCluster("nowhere").finished(None, [])))  # type: ignore[arg-type]


@pytest.mark.usefixtures("small_blocks")
def test_progress_counts_runs_and_names_the_point(small_service: Scenario) -> None:
    seen: list[RunCount] = []
    workload = staffed(small_service)
    carry_out(workload, blocks_of(workload, 2), Memory(), Threads(2), seen.append)
    assert seen[0].done == 0
    assert seen[-1].done == seen[-1].asked == 8
    assert "interval" in seen[-1].point


@pytest.mark.usefixtures("small_blocks")
def test_what_is_kept_is_not_run_again(small_service: Scenario) -> None:
    workload, store = staffed(small_service), Memory()
    blocks = blocks_of(workload, 2)
    carry_out(workload, blocks[:1], store, Threads(1))
    seen: list[RunCount] = []
    carry_out(workload, blocks, store, Threads(1), seen.append)
    assert seen[0].done == blocks[0].size


def test_a_forecast_counts_runs_time_and_room(small_service: Scenario) -> None:
    workload = staffed(small_service)
    blocks = blocks_of(workload, 50)
    expected = forecast(workload, blocks)
    assert expected.runs == 200
    assert expected.seconds(1) > expected.seconds(2) > 0.0
    assert most_bytes(workload, blocks) > 200 * 20
