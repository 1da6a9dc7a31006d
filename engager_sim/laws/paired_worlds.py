"""The two worlds of a law, run under the same parameters with common random numbers."""

import dataclasses
import math
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from engager_sim.designs.factors import Factor
from engager_sim.designs.prior import theories_at
from engager_sim.laws.declaration import Law
from engager_sim.laws.worlds import base
from engager_sim.runs.one_run import compile_for, run_once
from engager_sim.runs.plan import Plan, plan_of
from engager_sim.scenarios.scenario import Scenario

CONFIDENCE = 0.999
"""How sure it must be that a difference lies beyond the margin before it is a counterexample."""

type Numbers = npt.NDArray[np.float64]


class Trial(NamedTuple):
    """A law tried under one set of parameters.

    ``worse`` and ``as_good`` are means over replicates in the two worlds; ``shortfall`` is how far
    the second lies on the wrong side of the first, at least so far with 99.9% confidence as
    ``surely`` says (minus infinity where one replicate says nothing).
    """

    worse: float
    as_good: float
    shortfall: float
    surely: float
    replicates: int


@dataclass(frozen=True)
class PairedWorlds:
    """A law with its two worlds, ready to run under any parameters."""

    law: Law
    factors: tuple[Factor, ...]
    scenarios: tuple[Scenario, Scenario]
    plans: tuple[Plan, Plan]

    @classmethod
    def of(cls, law: Law, factors: tuple[Factor, ...], begins: str | None = None) -> Self:
        """Make the worlds of a law from the scenario that it begins with, or from another."""
        scenario = base(begins or law.base)
        worlds = (
            law.worse.scenario(scenario, f"{law.id}, worse"),
            law.as_good.scenario(scenario, f"{law.id}, as good"),
        )
        weekly = law.measure.per_run is not None
        plans = [plan_of(world, 0, weekly=weekly, leavers=not weekly) for world in worlds]
        return cls(law, factors, worlds, (plans[0], plans[1]))

    def compile(self) -> None:
        """Compile, or load from disk, what every run calls."""
        compile_for(self.plans[0])

    def tried(self, unit: Numbers, seed: int, replicates: int) -> Trial:
        """Try the law at one point of the unit cube of the uncertain parameters."""
        return self.judged(self.pairs(unit, seed, replicates))

    def pairs(self, unit: Numbers, seed: int, replicates: int) -> Numbers:
        """Measure both worlds at one point, shape (replicates, 2)."""
        first, second = (
            dataclasses.replace(
                plan, seed=seed, drawn=theories_at(scenario, self.factors, unit[np.newaxis])
            )
            for scenario, plan in zip(self.scenarios, self.plans, strict=True)
        )
        return np.array(
            [
                self.law.measure.pair(
                    (run_once(first, replicate), first), (run_once(second, replicate), second)
                )
                for replicate in range(replicates)
            ]
        )

    def judged(self, pairs: Numbers) -> Trial:
        """Say how far the second world lies on the wrong side of the first."""
        known = pairs[~np.isnan(pairs).any(axis=1)]
        if not len(known):
            return Trial(np.nan, np.nan, np.nan, -np.inf, 0)
        worse, as_good = known.mean(axis=0).tolist()
        short = self.law.measure.is_better * (known[:, 0] - known[:, 1])
        return Trial(worse, as_good, float(short.mean()), _surely(short), len(known))

    def is_broken(self, trial: Trial) -> bool:
        """Whether a trial is a counterexample: beyond the margin with 99.9% confidence."""
        return trial.surely > self.law.measure.margin


def _surely(short: Numbers) -> float:
    """Give the lower end of the one-sided 99.9% t-interval of a mean."""
    count = len(short)
    if count < 2:
        return -np.inf
    error = float(np.std(short, ddof=1)) / math.sqrt(count)
    return float(short.mean()) - float(stdtrit(count - 1, CONFIDENCE)) * error
