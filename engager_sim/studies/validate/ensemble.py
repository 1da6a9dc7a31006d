"""Runs of many worlds under the same luck and the same draws, kept as what measures need."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.runs.counterfactual import both_arms
from engager_sim.runs.one_run import compile_for, run_once
from engager_sim.runs.plan import Plan, plan_of
from engager_sim.runs.tables.events import LoggedRun
from engager_sim.runs.threads import in_order, while_listening
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.studies.run.study import Runs, simulate
from engager_sim.studies.validate.worlds import World
from engager_sim.world.observed import Mark
from engager_sim.world.records import ARMS, PROGRAMME

type Numbers = npt.NDArray[np.float64]
type Chosen = npt.NDArray[np.int64]

KEPT = (
    "arm", "rapport_at", "trust_at", "understanding_at", "distress_at", "engaged_at",
    "attended_all", "exit", "first_exit", "first_exit_week", "first_offence_week", "housed_first",
    "needs_at_entry", "short_sentence", "recalls_breach",
)  # fmt: skip
"""What is kept of every man."""


@dataclass
class Ensemble:
    """Worlds, each simulated once in so many replicates when something of it is first asked for.

    Attributes
    ----------
    replicates, seed, threads : int
        As of every study.
    fitted : FittedParameters or None
        Where parameters are drawn from.
    runs : int
        Runs made so far.
    """

    replicates: int
    seed: int
    threads: int
    fitted: FittedParameters | None = None
    runs: int = 0
    _found: dict[Any, Any] = field(default_factory=dict, repr=False)

    def everything(self) -> Chosen:
        """Choose all replicates, by number."""
        return np.arange(self.replicates)

    def outcome(self, world: World, name: str) -> Numbers:
        """Give an outcome of a world, shape (replicates,)."""
        return self._runs(world, weekly=False).runs[name].to_numpy(np.float64)

    def course(self, world: World, name: str, week: int) -> Numbers:
        """Give a weekly measure of the programme's men, weeks from release, shape (replicates,)."""
        table = self._runs(world, weekly=True).weekly
        return _at_week(table, name, week)

    def practice(self, world: World, name: str, week: int) -> Numbers:
        """Give a measure of the programme's staff, weeks of the run, shape (replicates,)."""
        return _at_week(self._runs(world, weekly=True).staff, name, week)

    def men(self, world: World) -> npt.NDArray[np.void]:
        """Give what is kept of every man, shape (replicates, men)."""

        def kept(plan: Plan, replicate: int) -> npt.NDArray[np.void]:
            men = run_once(plan, replicate).leavers
            if men is None:
                raise AssertionError("the plan asks for the men's records")
            return np.asarray(men)[list(KEPT)].copy()

        return np.stack(self._each(world, "men", kept, leavers=True))

    def own_effects(self, world: World) -> Numbers:
        """Give every man's CORE-OM at six months in the programme less usual care.

        Returns
        -------
        float64 array, shape (replicates, men)
        """

        def effects(plan: Plan, replicate: int) -> Numbers:
            return both_arms(plan, replicate).own_effects()[:, Mark.WEEK_26]

        return np.stack(self._each(world, "own effects", effects, runs_each=2, leavers=True))

    def logged(self, world: World, reduce: Callable[[LoggedRun], Sequence[float]]) -> Numbers:
        """Reduce every replicate's event log to a few numbers, shape (replicates, numbers)."""

        def reduced(plan: Plan, replicate: int) -> Sequence[float]:
            events = run_once(plan, replicate).events
            if events is None:
                raise AssertionError("the plan asks for the event log")
            return reduce(events)

        return np.array(self._each(world, reduce.__name__, reduced, events=True))

    def _runs(self, world: World, weekly: bool) -> Runs:
        """Simulate a world; weekly tables, which are large, only where they are asked for."""
        for kept in (True, False) if not weekly else (True,):
            if (world, kept) in self._found:
                found: Runs = self._found[world, kept]
                return found
        self.runs += self.replicates
        made = simulate(
            world.scenario(), self.replicates, self.seed, self.threads, weekly=weekly,
            parameters=self.fitted,
        )  # fmt: skip
        self._found[world, weekly] = made
        return made

    def _each[R](
        self, world: World, what: str, run: Callable[[Plan, int], R], runs_each: int = 1,
        **wanted: bool,
    ) -> list[R]:  # fmt: skip
        if (world, what) not in self._found:
            self.runs += self.replicates * runs_each
            nothing = {"weekly": False, "leavers": False, "events": False, "check": False}
            plan = plan_of(world.scenario(), self.seed, self.fitted, **nothing | wanted)
            while_listening(partial(compile_for, plan))
            self._found[world, what] = in_order(partial(run, plan), self.replicates, self.threads)
        found: list[R] = self._found[world, what]
        return found


def _at_week(table: pd.DataFrame | None, name: str, week: int) -> Numbers:
    if table is None:
        raise AssertionError("weekly tables were asked for")
    chosen = table[(table["arm"] == ARMS[PROGRAMME]) & (table["week"] == week)]
    return chosen.sort_values("replicate")[name].to_numpy(np.float64)
