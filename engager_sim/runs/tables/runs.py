"""The table of runs: a row per scenario and replicate, a column per outcome and arm."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.runs.tables.column import REPLICATE, SCENARIO, Column, one_word
from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.world.records import ARMS

DIFFERENCE = "difference"
SUFFIXES = {"": "all", **{f"_{arm}": arm for arm in ARMS}, f"_{DIFFERENCE}": DIFFERENCE}
"""What is added to an outcome's name, and whom the column is about."""

DRAW, RIVAL = "draw", "rival_theory"
ONE_ARM = "the scenario has one arm"


def runs_table(
    scenario: str, seed: int, outcomes: npt.NDArray[np.float64], arms: Sequence[int],
    drawn: Drawn | None = None, first: int = 0,
) -> pd.DataFrame:  # fmt: skip
    """Make the table of runs of one scenario.

    Parameters
    ----------
    outcomes : float64 array, shape (replicates, outcomes, 3)
        Over all men, the programme's and usual care's.
    arms : sequence of int
        The arms that have men; with two of them there are columns for each and their difference.
    drawn : Drawn, optional
        Under which parameters each replicate was run, if they were drawn.
    first : int
        Number of the first replicate.
    """
    count = len(outcomes)
    columns: dict[str, object] = {
        "scenario": one_word(scenario, count),
        "replicate": first + np.arange(count),
        "seed": np.full(count, seed, np.uint64),
    }
    if drawn is not None:
        columns |= {DRAW: drawn.draws, RIVAL: drawn.rivals}
    for index, outcome in enumerate(OUTCOMES):
        everybody, *of_arms = outcomes[:, index, :].T
        columns[outcome.id] = everybody
        if len(arms) == len(ARMS):
            for arm, values in zip(ARMS, of_arms, strict=True):
                columns[f"{outcome.id}_{arm}"] = values
            columns[f"{outcome.id}_{DIFFERENCE}"] = of_arms[0] - of_arms[1]
    return pd.DataFrame(columns)


def runs_columns(drawn: bool = True, two_arms: bool = True) -> list[Column]:
    """Declare the columns of the table of runs.

    Parameters
    ----------
    drawn : bool
        Whether parameters were drawn, so that each run names its draw.
    two_arms : bool
        Whether a scenario has two arms, so that there are columns for each and their difference.
    """
    declared = [SCENARIO, REPLICATE, Column("seed", "seed of the run", "number")]
    if drawn:
        declared += [
            Column(DRAW, "draw of the posterior under which it was run", "number"),
            Column(RIVAL, "rival theory of that draw: 0 gated, 1 additive", "number"),
        ]
    for outcome in OUTCOMES:
        for suffix, whose in SUFFIXES.items():
            if suffix and not two_arms:
                continue
            missing, meaning = outcome.missing, outcome.meaning
            if suffix:
                group = f"{ARMS[0]} less {ARMS[1]}" if whose == DIFFERENCE else f"{whose} arm"
                missing, meaning = f"{missing}; {ONE_ARM}", f"{meaning} ({group})"
            over = (outcome.denominator, missing, outcome.baseline)
            declared.append(Column(f"{outcome.id}{suffix}", meaning, outcome.unit, *over))
    return declared
