"""The workload of a run: blocks give the rows of the whole tables, and none is large."""

import dataclasses
import itertools
import pickle

import numpy as np
import pandas as pd
import pytest

from engager_sim.designs.execution import blocks as blocks_module
from engager_sim.designs.execution.blocks import Block, blocks_of
from engager_sim.results.tables import stacked
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.course_runs import CourseRuns
from engager_sim.studies.run.study import TABLES, Runs, simulate
from tests.studies.run.test_study import frame, one_armed


@pytest.fixture(scope="module")
def alone(small_service: Scenario) -> Scenario:
    """Make a scenario of one arm, beside the small service of two."""
    return dataclasses.replace(one_armed(small_service), name="alone")


@pytest.fixture(scope="module")
def runs_alone(alone: Scenario) -> Runs:
    return simulate(alone, 3, seed=1, leavers=True, events=True, parameters="defaults")


ROW_TABLES = [name for name in TABLES if name != "agencies"]


def assert_blocks_give(workload: CourseRuns, blocks: list[Block], runs: list[Runs]) -> None:
    """Insist that what blocks give is what the runs' whole tables hold, one below the other."""
    kept = [workload.run_block(block) for block in blocks]
    for name in ROW_TABLES:
        joined = pd.concat([tables[name] for tables in kept], ignore_index=True)
        whole = stacked([frame(each, name) for each in runs])
        pd.testing.assert_frame_equal(joined, whole, check_exact=True)


@pytest.mark.parametrize("cuts", [[0, 3], [0, 1, 3], [0, 1, 2, 3]], ids=str)
def test_blocks_of_any_size_give_the_rows_of_the_whole_tables(
    cuts: list[int], small_service: Scenario, small_runs: Runs
) -> None:
    workload = CourseRuns((small_service,), 1, leavers=True, events=True)
    blocks = [
        Block(number, 0, 1, first, end)
        for number, (first, end) in enumerate(itertools.pairwise(cuts))
    ]
    assert_blocks_give(workload, blocks, [small_runs])


@pytest.mark.parametrize("first", ["small service", "alone"])
def test_several_scenarios_give_their_tables_one_below_the_other(
    first: str, small_service: Scenario, alone: Scenario, small_runs: Runs, runs_alone: Runs
) -> None:
    scenarios, runs = (small_service, alone), [small_runs, runs_alone]
    if first == "alone":
        scenarios, runs = scenarios[::-1], runs[::-1]
    workload = CourseRuns(scenarios, 1, leavers=True, events=True)
    in_pieces = [Block(0, 0, 1, 0, 2), Block(1, 0, 1, 2, 3), Block(2, 1, 2, 0, 3)]
    assert_blocks_give(workload, in_pieces, runs)
    assert_blocks_give(workload, [Block(0, 0, 2, 0, 3)], runs)


def test_more_is_kept_in_smaller_blocks(small_service: Scenario) -> None:
    plain, with_leavers, with_events = (
        blocks_of(CourseRuns((small_service,), 1, **kept), 1_000_000)[0].size
        for kept in ({}, {"leavers": True}, {"events": True})
    )
    assert plain > with_leavers > with_events


@pytest.mark.parametrize("kept", [{}, {"leavers": True}, {"leavers": True, "events": True}])
def test_the_tables_of_a_block_take_no_more_than_they_may(
    kept: dict[str, bool], small_service: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks_module, "BYTES_PER_BLOCK", 2_000_000)
    workload = CourseRuns((small_service,), 1, **kept)
    block = blocks_of(workload, 1_000)[0]
    taken = sum(
        int(table.memory_usage(index=False, deep=False).sum())
        for table in workload.run_block(block).values()
    )
    assert 1 < block.size < 1_000
    assert taken <= 2_000_000


def test_a_workload_counts_the_rows_that_its_blocks_give(
    small_service: Scenario, alone: Scenario
) -> None:
    workload = CourseRuns((small_service, alone), 1, leavers=True)
    for point in range(2):
        tables = workload.run_block(Block(0, point, point + 1, 0, 2))
        for name, shape in workload.shapes(point).items():
            assert len(tables[name]) == 2 * shape.rows, name


def test_a_run_that_is_checked_or_logged_counts_as_more_work(small_service: Scenario) -> None:
    once = CourseRuns((small_service,), 1).leaver_weeks
    assert CourseRuns((small_service,), 1, events=True).leaver_weeks == 2 * once
    assert CourseRuns((small_service,), 1, events=True, check=True).leaver_weeks == 3 * once


def test_a_point_is_named_where_there_are_several(small_service: Scenario, alone: Scenario) -> None:
    assert CourseRuns((small_service,), 1).describe(0) == ""
    assert CourseRuns((small_service, alone), 1).describe(1) == "alone"


def test_replicates_do_not_depend_on_the_block_that_holds_them(small_service: Scenario) -> None:
    workload = CourseRuns((small_service,), 1)
    late = workload.run_block(Block(7, 0, 1, 40, 42))["runs"]
    early = workload.run_block(Block(0, 0, 1, 0, 42))["runs"].tail(2).reset_index(drop=True)
    pd.testing.assert_frame_equal(late, early, check_exact=True)
    assert np.array_equal(late["replicate"], [40, 41])


def test_a_workload_can_be_sent_to_another_machine(small_service: Scenario) -> None:
    workload = CourseRuns((small_service,), 1, leavers=True, events=True)
    block = Block(0, 0, 1, 0, 2)
    here, there = (
        each.run_block(block) for each in (workload, pickle.loads(pickle.dumps(workload)))
    )
    for name, table in here.items():
        pd.testing.assert_frame_equal(table, there[name], check_exact=True)
