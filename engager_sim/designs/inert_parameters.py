"""Which uncertain parameters change no run of some services: found out by trying, at few runs.

A fit over draws may name such a parameter by chance. Each is moved to either end of its draws, all
else as drawn and with common random numbers; one after which no outcome differs cannot act there.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.outcome_runs import FAILED, OutcomeRuns
from engager_sim.designs.execution.workload import RUNS
from engager_sim.designs.factor_tables import declared_factor
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.scenarios.fitted_parameters import REPLICATES_PER_DRAW, FittedParameters
from engager_sim.scenarios.scenario import Scenario

MEN = 500
"""Men of each service in whom a parameter is tried before it is said not to act; a judgement."""
FEWEST, MOST = 6, 60
"""Draws under which it is tried in each service."""


def inert_parameters(
    scenarios: Sequence[Scenario],
    fitted: FittedParameters,
    columns: tuple[OutcomeColumn, ...],
    seed: int,
) -> list[str]:
    """List the drawn parameters that change no run of any of some services.

    Parameters
    ----------
    scenarios : sequence of Scenario
        The services.
    fitted : FittedParameters
        Where parameters are drawn from.
    columns : tuple of OutcomeColumn
        What may differ: an outcome beside these does not count.
    seed : int
        Random seed.

    Returns
    -------
    list of str
        Their paths, in the order of the posterior.
    """
    left = list(range(len(fitted.parameters)))
    men = scenarios[0].setting.population.leavers
    for draw in range(int(np.clip(MEN // men, FEWEST, MOST))):
        for scenario in scenarios:
            if left:
                acts = _acts(scenario, fitted, left, draw, columns, seed)
                left = [at for at, does in zip(left, acts, strict=True) if not does]
    return [fitted.parameters[at].path for at in left]


def _acts(
    scenario: Scenario, fitted: FittedParameters, places: Sequence[int], draw: int,
    columns: tuple[OutcomeColumn, ...], seed: int,
) -> npt.NDArray[np.bool_]:  # fmt: skip
    """Tell which parameters change a run of one service if they go to an end of their draws."""
    numbers = fitted.numbers[:, places]
    replicate = draw * REPLICATES_PER_DRAW
    drawn = numbers[fitted.drawn(replicate + 1).draws[-1]]
    each = np.eye(len(places), dtype=bool)
    design = Design(
        scenarios=(scenario,),
        factors=tuple(declared_factor(fitted.parameters[at].path) for at in places),
        values=np.vstack(
            [drawn, *(np.where(each, end(axis=0), drawn) for end in (numbers.min, numbers.max))]
        ),
        seed=seed,
        columns=columns,
        first_replicates=(0,),
        fitted=fitted,
    )
    block = Block(0, 0, design.points, replicate, replicate + 1)
    runs = OutcomeRuns(design).run_block(block)[RUNS]
    found = runs[[column.name for column in columns]].to_numpy(np.float64)
    same = (found == found[0]) | (np.isnan(found) & np.isnan(found[0]))
    differs = ~same.all(axis=1) | runs[FAILED].notna().to_numpy()
    return np.asarray(differs[1:].reshape(2, -1).any(axis=0))
