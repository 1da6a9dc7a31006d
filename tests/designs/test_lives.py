"""Replicates that are lives: the same men, under the same draw, in runs of their own."""

import numpy as np
import pytest

from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import Block, blocks_of, divided
from engager_sim.designs.execution.outcome_runs import MEN, OutcomeRuns
from engager_sim.designs.execution.workload import RUNS
from engager_sim.designs.lives import Lives
from engager_sim.designs.outcome_columns import PLACES, find_columns
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.fitted_parameters import FittedParameters
from tests.week.worlds import small_trial

NAMES = ("engaged_12w", "distress_true_26w")
FIRST, POPULATIONS = 6, 3
LIVES = Lives(FIRST, POPULATIONS, tuple(PLACES[name] for name in NAMES))


@pytest.fixture(scope="module")
def workload() -> OutcomeRuns:
    scenario = small_trial()
    weekly = changed(scenario, {"programme.supervision.interval": 1.0}, "weekly")
    design = Design(
        (scenario, weekly), (), np.zeros((1, 0)), 5, find_columns(NAMES), (0, 0),
        fitted=FittedParameters.load("posterior"), lives=LIVES,
    )  # fmt: skip
    return OutcomeRuns(design)


def test_lives_go_through_populations_and_have_their_draws() -> None:
    replicates = np.arange(4, 13)
    assert LIVES.are_lives(replicates).tolist() == [False, False, *[True] * 7]
    assert LIVES.men_of(replicates).tolist() == [4, 5, 0, 2, 4, 0, 2, 4, 0]


def test_a_life_has_the_men_and_the_theory_of_its_population(workload: OutcomeRuns) -> None:
    design = workload.design
    first = design.theories(0, range(1), range(2))
    lived = design.theories(0, range(1), range(FIRST, FIRST + 4))
    assert lived[0].tobytes() == first[0].tobytes() == lived[3].tobytes()
    assert lived[1].tobytes() != lived[0].tobytes()


def test_means_over_men_are_the_outcomes_of_the_run(workload: OutcomeRuns) -> None:
    runs = workload.run_block(Block(0, 0, 1, 4, 12))[RUNS]
    assert runs.loc[runs["replicate"] < FIRST, MEN].isna().all()
    alive = runs[runs["replicate"] >= FIRST]
    for row in alive.itertuples():
        men = np.frombuffer(getattr(row, MEN), np.float32).reshape(-1, len(NAMES))
        means = np.nanmean(men.astype(float), axis=0)
        assert means == pytest.approx([getattr(row, name) for name in NAMES], abs=1e-5)


def test_one_more_life_of_the_same_men_is_another_life(workload: OutcomeRuns) -> None:
    lives = range(FIRST, FIRST + 2 * POPULATIONS)
    runs = workload.run_block(Block(0, 0, 1, lives.start, lives.stop))[RUNS]
    of_first = runs[(runs["scenario"] == runs["scenario"].iloc[0])]
    assert len(set(of_first[MEN])) == len(lives)


def test_parts_of_a_design_are_divided_into_blocks_that_hold_each_run_once(
    workload: OutcomeRuns,
) -> None:
    blocks = list(divided(workload, range(1), range(3, 50), number=7))
    assert [block.number for block in blocks] == list(range(7, 7 + len(blocks)))
    held = [replicate for block in blocks for replicate in block.replicates]
    assert held == list(range(3, 50))
    assert list(divided(workload, range(1), range(9, 9))) == []
    assert blocks_of(workload, 5) == list(divided(workload, range(1), range(5)))
