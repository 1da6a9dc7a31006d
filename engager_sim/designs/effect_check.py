"""Whether what is varied can change anything: found out by trying, before a study runs.

A reason is given only where trying found no effect, so that it never contradicts the model.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.carry_out import Tell, ignore
from engager_sim.designs.execution.outcome_runs import FAILED, OutcomeRuns
from engager_sim.designs.execution.workload import RUNS
from engager_sim.designs.outcome_columns import all_columns
from engager_sim.errors import EngagerError
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario

MOST_RUNS = 120
"""Runs in which a change is tried at most."""
BUDGET = 6_000_000
"""Weeks of leavers' lives that all trials may take together: about four seconds. It is counted
and not timed, so that the same study has the same notes."""
MOST_NAMED = 6
"""Changes that are named of those for which there was no time."""
PER_PAIR = 10_000
"""What making two worlds takes, in the same measure."""

type Pair = Callable[[], tuple[Scenario, Scenario]]


@dataclass(frozen=True)
class Trial:
    """A change that may have no effect, and pairs of worlds that differ in nothing else.

    Attributes
    ----------
    what : str
        The change, in words.
    pairs : tuple of callable
        Each makes two scenarios.
    reason : str
        Why it cannot act, should it turn out not to.
    """

    what: str
    pairs: tuple[Pair, ...]
    reason: str = ""


@dataclass
class _Standing:
    """How far a trial is: runs without a difference, or the difference that was found."""

    trial: Trial
    runs: int = 0
    acts: bool = False
    complete: bool = False
    unaffordable: bool = False

    @property
    def is_open(self) -> bool:
        return not (self.acts or self.complete or self.unaffordable)

    @property
    def steps(self) -> list[tuple[Pair, range]]:
        """Every pair in one replicate, then every pair in all that are left."""
        pairs = self.trial.pairs
        rest = range(1, MOST_RUNS // (2 * len(pairs)))
        return [(pair, replicates) for replicates in (range(1), rest) for pair in pairs]

    def note(self) -> str:
        """Say what was found, or nothing."""
        if self.acts or self.runs == 0 or not self.complete:
            return ""
        if self.trial.reason:
            return f"{self.trial.what} cannot act: {self.trial.reason}."
        return (
            f"No effect found of {self.trial.what}: {self.runs} runs had equal outcomes in both "
            "worlds."
        )


def effect_notes(
    trials: Sequence[Trial],
    seed: int,
    fitted: FittedParameters | None = None,
    tell: Tell = ignore,
    budget: int = BUDGET,
) -> list[str]:
    """Try every change with common random numbers, and say which had no effect.

    Parameters
    ----------
    trials : sequence of Trial
        The changes. Every one is tried once before any is tried again.
    seed : int
        Random seed.
    fitted : FittedParameters, optional
        Where parameters are drawn from.
    tell : callable
        Told how far it is.
    budget : int
        Weeks of leavers' lives that may be simulated.

    Returns
    -------
    list of str
        A sentence for each change that altered no outcome in any run, and one that names those
        that were not tried enough.
    """
    standings = [_Standing(trial) for trial in trials]
    for step in range(max((len(each.steps) for each in standings), default=0)):
        for place, standing in enumerate(standings):
            if standing.is_open:
                tell(f"trying what can act, {place + 1} of {len(standings)}")
                budget -= _try(standing, step, seed, fitted, budget)
    notes = [note for standing in standings if (note := standing.note())]
    untried = [each.trial.what for each in standings if each.unaffordable and not each.acts]
    if untried:
        more = f" and {len(untried) - MOST_NAMED} more" if len(untried) > MOST_NAMED else ""
        named = "; ".join(untried[:MOST_NAMED])
        notes.append(f"There was no time to find out whether these can act: {named}{more}.")
    return notes


def _try(
    standing: _Standing, step: int, seed: int, fitted: FittedParameters | None, budget: int
) -> int:
    """Try one change in some replicates of one pair of worlds, and give what it took."""
    pair, wanted = standing.steps[step]
    has_been_everywhere = step >= len(standing.trial.pairs) - 1 and bool(standing.trial.reason)
    standing.complete = step == len(standing.steps) - 1 or has_been_everywhere
    try:
        worlds = pair()
    except EngagerError:  # two values that do not fit the rest: the runs will say so
        return 0
    per_replicate = sum(world.leaver_weeks(world.setting.population.leavers) for world in worlds)
    replicates = wanted[: max(0, (budget - PER_PAIR) // per_replicate)]
    standing.unaffordable = len(replicates) < len(wanted)
    standing.complete &= not standing.unaffordable
    if not replicates:
        return 0
    standing.acts = _differ(*worlds, replicates, seed, fitted)
    standing.runs += 2 * len(replicates)
    return len(replicates) * per_replicate + PER_PAIR


def _differ(
    here: Scenario, there: Scenario, replicates: range, seed: int, fitted: FittedParameters | None
) -> bool:
    """Tell whether any outcome differs between two worlds with common random numbers."""
    design = Design(
        scenarios=(replace(here, name="here"), replace(there, name="there")),
        factors=(),
        values=np.zeros((1, 0)),
        seed=seed,
        columns=all_columns(two_arms=False),
        first_replicates=(0, 0),
        fitted=fitted,
    )
    block = Block(0, 0, 1, replicates.start, replicates.stop)
    runs = OutcomeRuns(design).run_block(block)[RUNS]
    parts = (runs[runs["scenario"] == name].drop(columns="scenario") for name in ("here", "there"))
    first, second = (part.reset_index(drop=True) for part in parts)
    return bool(runs[FAILED].notna().any()) or not first.equals(second)
