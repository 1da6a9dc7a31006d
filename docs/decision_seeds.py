"""Whether half the replicates name the same best option: the example's decision over many seeds.

``python -m docs.decision_seeds`` takes some minutes and prints a line per seed. An answer that says
that options cannot be told apart contradicts none.
"""

import sys

import numpy as np

from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import Execution, carry_out
from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.designs.execution.store import outcomes_of
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.scenarios.fitted_parameters import REPLICATES_PER_DRAW, FittedParameters
from engager_sim.statistics.decisions import Best, find_best
from engager_sim.statistics.expectations import expectations
from engager_sim.studies.decide.options import offered
from engager_sim.studies.decide.settings import OUTCOME

EXAMPLE = "experiments/decision"
OPTIONS = ("weekly", "two_peers", "one_roof")
BUDGET, SEEDS, REPLICATES = 60_000.0, 20, 800


def best_of(values: np.ndarray) -> Best:
    """Find the best of some worlds from values of shape (worlds, replicates)."""
    gains = values.reshape(len(values), -1, REPLICATES_PER_DRAW)
    return find_best(expectations(gains), gains.mean(axis=2))


def main() -> None:
    """Decide with all replicates and with the first half of them, under each seed."""
    files = [f"{EXAMPLE}/{name}.toml" for name in OPTIONS]
    offer = offered(f"{EXAMPLE}/today.toml", files, combine=True, budget=BUDGET)
    scenarios = (offer.today, *(option.scenario for option in offer.options))
    fitted, changed = FittedParameters.load("posterior"), 0
    for seed in range(1, SEEDS + 1):
        columns = find_columns([OUTCOME])
        first = (0,) * len(scenarios)
        design = Design(scenarios, (), np.zeros((1, 0)), seed, columns, first, fitted=fitted)
        workload, execution = OutcomeRuns(design), Execution()
        blocks = blocks_of(workload, REPLICATES)
        carry_out(workload, blocks, execution.store, execution.executor)
        values = outcomes_of(execution.store, design, REPLICATES, [OUTCOME])[0, :, 0]
        half, whole = best_of(values[:, : REPLICATES // 2]), best_of(values)
        told = half.is_told_apart and whole.is_told_apart
        contradicts = told and half.option != whole.option
        changed += contradicts
        names = [scenarios[best.option].name for best in (half, whole)]
        said = ["" if best.is_told_apart else " (not told apart)" for best in (half, whole)]
        sys.stdout.write(f"seed {seed}: half {names[0]}{said[0]}; all {names[1]}{said[1]}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{changed} of {SEEDS} answers changed where both told the best apart.\n")


if __name__ == "__main__":
    main()
