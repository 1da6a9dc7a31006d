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
"""Weeks of leavers' lives that all changes may take together: about four seconds. It is counted
and not timed, so that the same study has the same notes."""
MOST_NAMED = 6
"""Changes that are named of those for which there was no time."""
PER_PAIR = 10_000
"""What making two worlds takes, in the same measure."""

type Pair = Callable[[], tuple[Scenario, Scenario]]


@dataclass(frozen=True)
class TriedChange:
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
class _Progress:
    """How far a change is tried: runs without a difference, or the difference that was found."""

    change: TriedChange
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
        pairs = self.change.pairs
        rest = range(1, MOST_RUNS // (2 * len(pairs)))
        return [(pair, replicates) for replicates in (range(1), rest) for pair in pairs]

    def note(self) -> str:
        """Say what was found, or nothing."""
        if self.acts or self.runs == 0 or not self.complete:
            return ""
        if self.change.reason:
            return f"{self.change.what} cannot act: {self.change.reason}."
        return (
            f"No effect found of {self.change.what}: {self.runs} runs had equal outcomes in both "
            "worlds."
        )


def effect_notes(
    changes: Sequence[TriedChange],
    seed: int,
    fitted: FittedParameters | None = None,
    tell: Tell = ignore,
    budget: int = BUDGET,
) -> list[str]:
    """Try every change with common random numbers, and say which had no effect.

    Parameters
    ----------
    changes : sequence of Change
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
    tried = [_Progress(change) for change in changes]
    for step in range(max((len(progress.steps) for progress in tried), default=0)):
        for number, progress in enumerate(tried, 1):
            if progress.is_open:
                tell(f"trying what can act, {number} of {len(tried)}")
                budget -= _try(progress, step, seed, fitted, budget)
    notes = [note for progress in tried if (note := progress.note())]
    untried = [
        progress.change.what for progress in tried if progress.unaffordable and not progress.acts
    ]
    if untried:
        more = f" and {len(untried) - MOST_NAMED} more" if len(untried) > MOST_NAMED else ""
        named = "; ".join(untried[:MOST_NAMED])
        notes.append(f"There was no time to find out whether these can act: {named}{more}.")
    return notes


def _try(
    progress: _Progress, step: int, seed: int, fitted: FittedParameters | None, budget: int
) -> int:
    """Try one change in some replicates of one pair of worlds, and give what it took."""
    pair, wanted = progress.steps[step]
    has_been_everywhere = step >= len(progress.change.pairs) - 1 and bool(progress.change.reason)
    progress.complete = step == len(progress.steps) - 1 or has_been_everywhere
    try:
        worlds = pair()
    except EngagerError:  # two values that do not fit the rest: the runs will say so
        return 0
    per_replicate = sum(world.leaver_weeks(world.setting.population.leavers) for world in worlds)
    replicates = wanted[: max(0, (budget - PER_PAIR) // per_replicate)]
    progress.unaffordable = len(replicates) < len(wanted)
    progress.complete &= not progress.unaffordable
    if not replicates:
        return 0
    progress.acts = _differ(*worlds, replicates, seed, fitted)
    progress.runs += 2 * len(replicates)
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
