"""A pilot of the trial as delivered, from which attrition and left-out variation are fitted."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.execution.blocks import Block, blocks_of
from engager_sim.designs.execution.carry_out import carry_out
from engager_sim.designs.execution.executors import Executor
from engager_sim.designs.execution.store import Memory
from engager_sim.designs.execution.workload import BlockTables
from engager_sim.runs.one_run import compile_for
from engager_sim.studies.trial.analysis import difference_in_score
from engager_sim.studies.trial.attrition import STATES, fit_attrition, follow_up_states
from engager_sim.studies.trial.measurement import TrialMeasurement, unfitted_measurement
from engager_sim.studies.trial.settings import TrialStudy
from engager_sim.studies.trial.worlds import WorldOfDesign

MOST_PILOT_REPLICATES = 100
"""Replicates of the trial as delivered from which attrition and men's variation are fitted."""
MEN, VARIATION = "men", "variation"
BYTES_PER_NUMBER = 8

type Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class PilotRuns:
    """The first replicates of the trial as delivered: men's states and their variation of each."""

    study: TrialStudy
    delivered: WorldOfDesign  # the world of the study's own design, as delivered

    tables = (MEN, VARIATION)
    keys = ()
    points = 1
    runs_per_replicate = 1

    @property
    def leaver_weeks(self) -> int:
        """About how many weeks of leavers' lives one replicate passes."""
        return self.delivered.leaver_weeks

    @property
    def bytes_per_replicate(self) -> int:
        """How many bytes one replicate takes; they are kept in memory alone."""
        return BYTES_PER_NUMBER * (1 + self.study.size * len(self.columns))

    @property
    def columns(self) -> list[str]:
        """The columns of the table of men: every state at every week."""
        return [f"{state}_{week}" for state in STATES for week in self.study.follow_up]

    def compile(self) -> None:
        """Compile, or load from disk, what every run calls; run nothing."""
        compile_for(self.delivered.plan)

    def run_block(self, block: Block) -> BlockTables:
        """Run the replicates of a block; a pure function of the trial and the block."""
        states, spreads = zip(*map(self._run, block.replicates), strict=True)
        by_column = np.concatenate(states, axis=2).reshape(len(self.columns), -1)
        return {
            MEN: pd.DataFrame(dict(zip(self.columns, by_column, strict=True))),
            VARIATION: pd.DataFrame({"residual_sd": spreads}),
        }

    def describe(self, point: int) -> str:
        """Say nothing: there is one point."""
        del point
        return ""

    def _run(self, replicate: int) -> tuple[Numbers, float]:
        """Give men's states, and the residual standard deviation of all at the primary week."""
        study = self.study
        men = self.delivered.dealt(replicate)
        measured = unfitted_measurement(study).measure(men, self.delivered.site, replicate)
        analysed = difference_in_score(
            measured, study.primary_index, study.adjusted_for, study.level, everybody=True
        )
        return follow_up_states(men, study.follow_up), analysed.residual_sd


def pilot_replicates(study: TrialStudy) -> int:
    """Count the replicates of a study's pilot."""
    return min(study.replicates, MOST_PILOT_REPLICATES)


def fit_measurement(
    study: TrialStudy, delivered: WorldOfDesign, executor: Executor
) -> TrialMeasurement:
    """Run the pilot and fit attrition, and what must be added to men's variation.

    What is fitted then holds in all worlds. It depends on the study alone, so a study that goes on
    after a kill measures as it did before.
    """
    pilot, store = PilotRuns(study, delivered), Memory()
    carry_out(pilot, blocks_of(pilot, pilot_replicates(study)), store, executor)
    men = pd.concat(store.tables(pilot.columns, MEN))[pilot.columns].to_numpy(np.float64)
    states = np.ascontiguousarray(men.T).reshape(len(STATES), -1, len(men))
    attrition = fit_attrition(study.attrition, study.follow_up, states)
    left_out = 0.0
    if study.residual_sd is not None:
        spreads = pd.concat(store.tables(["residual_sd"], VARIATION))["residual_sd"].to_numpy()
        missing = study.residual_sd**2 - float(np.nanmean(spreads**2))
        left_out = max(0.0, missing) ** 0.5
    return TrialMeasurement(left_out, attrition, study.seed)
