"""What is read from kept tables part by part is what the whole tables say."""

import itertools
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.carry_out import carry_out
from engager_sim.designs.execution.executors import Threads
from engager_sim.designs.execution.store import Memory
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run import replicate_values as reading
from engager_sim.studies.run.course_runs import CourseRuns
from engager_sim.studies.run.course_summary import Group, followed, mean_ties, weekly_courses
from engager_sim.studies.run.replicate_values import replicate_values
from engager_sim.studies.run.study import Runs
from engager_sim.studies.run.summary import summarise, summarise_kept
from tests.studies.run.test_course_runs import alone
from tests.studies.run.test_study import frame

__all__ = ["alone"]

REPLICATES = 3


class Parts:
    """A store whose one table comes in given parts."""

    def __init__(self, table: pd.DataFrame, cuts: list[int]) -> None:
        self.table, self.cuts = table, cuts

    def tables(self, columns: list[str], _: str) -> Iterator[pd.DataFrame]:
        for first, end in itertools.pairwise(self.cuts):
            yield self.table[list(columns)].iloc[first:end].reset_index(drop=True)


@pytest.fixture(params=[4_000_000, 40, 1], ids=["at once", "in parts", "one by one"])
def numbers_in_memory(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Hold so many numbers at a time."""
    monkeypatch.setattr(reading, "NUMBERS_IN_MEMORY", request.param)
    return int(request.param)


@pytest.fixture(scope="module")
def workload(small_service: Scenario, alone: Scenario) -> CourseRuns:
    return CourseRuns((small_service, alone), 1)


@pytest.fixture(scope="module")
def store(workload: CourseRuns) -> Memory:
    """Keep three replicates of two scenarios, in blocks that end within a scenario."""
    kept = Memory()
    blocks = [Block(0, 0, 1, 0, 1), Block(1, 0, 1, 1, 3), Block(2, 1, 2, 0, 3)]
    carry_out(workload, blocks, kept, Threads(1))
    return kept


@pytest.mark.usefixtures("numbers_in_memory")
@pytest.mark.parametrize("cuts", [[0, 16], [0, 3, 9, 16], list(range(17))])
def test_columns_are_laid_out_by_scenario_replicate_and_row(cuts: list[int]) -> None:
    # Two replicates: of 3 rows in the first scenario, of 5 in the second.
    numbers = np.arange(16, dtype=np.float64)
    parts = Parts(pd.DataFrame({"x": numbers, "y": -numbers}), cuts)
    laid_out = {
        ("x", 0): np.full((2, 3), np.nan),
        ("y", 0): np.full((2, 3), np.nan),
        ("x", 1): np.full((2, 5), np.nan),
        ("y", 1): np.full((2, 5), np.nan),
    }
    for values in replicate_values(parts, "any", ["x", "y"], [3, 5], 2):  # type: ignore[arg-type]
        end = values.first_row + values.numbers.shape[1]
        laid_out[values.column, values.scenario][:, values.first_row : end] = values.numbers
    assert laid_out["x", 0].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert laid_out["x", 1].tolist() == [[6, 7, 8, 9, 10], [11, 12, 13, 14, 15]]
    assert (laid_out["y", 1] == -laid_out["x", 1]).all()


def test_no_more_numbers_are_held_than_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "NUMBERS_IN_MEMORY", 50)
    table = pd.DataFrame({name: np.zeros(160) for name in "abcd"})
    sizes = [
        values.numbers.size
        for values in replicate_values(Parts(table, [0, 160]), "any", list("abcd"), [8], 20)  # type: ignore[arg-type]
    ]
    assert max(sizes) <= 50
    assert sum(sizes) == 4 * 160


@pytest.mark.usefixtures("numbers_in_memory")
def test_the_summary_is_that_of_the_whole_table(workload: CourseRuns, store: Memory) -> None:
    whole = pd.concat(list(store.tables(None, "runs")), ignore_index=True)
    kept = summarise_kept(store, workload, REPLICATES)
    pd.testing.assert_frame_equal(kept, summarise(whole), check_exact=True)
    assert set(kept.loc[kept["scenario"] == "alone", "whom"]) == {"all"}


@pytest.mark.usefixtures("numbers_in_memory")
def test_courses_are_means_over_replicates_by_week(
    workload: CourseRuns, store: Memory, small_runs: Runs
) -> None:
    courses = weekly_courses(store, workload, REPLICATES)
    assert list(courses) == [
        Group("service", "programme"),
        Group("service", "usual_care"),
        Group("alone", "programme"),
    ]
    weekly = frame(small_runs, "weekly")
    for arm in ("programme", "usual_care"):
        by_week = weekly[weekly["arm"] == arm].groupby("week")
        for measure in ("in_contact", "trust", "exit_crisis", "men"):
            course = courses[Group("service", arm)][measure]
            expected = by_week[measure].mean()
            assert course.week.tolist() == expected.index.tolist()
            np.testing.assert_allclose(course.mean, expected.to_numpy(), rtol=1e-13)


@pytest.mark.usefixtures("numbers_in_memory")
def test_ties_are_means_over_replicates(
    workload: CourseRuns, store: Memory, small_runs: Runs
) -> None:
    ties = mean_ties(store, workload, REPLICATES)
    of_service = ties[ties["scenario"] == "service"].set_index(["from", "to"])
    expected = small_runs.ties.astype({"from": str, "to": str}).groupby(["from", "to"])
    for name in ("initial_strength", "strength"):
        means = expected[name].mean()
        np.testing.assert_allclose(of_service.loc[means.index, name], means, rtol=1e-13)


def test_an_arm_to_which_no_run_sent_a_man_has_no_course(
    workload: CourseRuns, store: Memory
) -> None:
    emptied = Memory()
    for number in range(3):
        tables = {name: store._blocks[number][name].copy() for name in workload.tables}
        weekly = tables["weekly"]
        weekly.loc[weekly["arm"] == "usual_care", "men"] = 0
        emptied.keep(Block(number, 0, 1, 0, 1), tables)
    groups = weekly_courses(emptied, workload, REPLICATES)
    assert {group.arm for group in groups} == {"programme"}


def test_weeks_count_in_which_half_of_the_men_are_followed(
    workload: CourseRuns, store: Memory
) -> None:
    courses = weekly_courses(store, workload, REPLICATES)[Group("service", "programme")]
    men = courses["men"]
    kept = followed(courses)["trust"]
    assert kept.week.tolist() == men.week[men.mean >= men.mean.max() / 2.0].tolist()
    assert len(kept.week) < len(men.week)
