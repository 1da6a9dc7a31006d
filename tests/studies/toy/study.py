"""The toy runs one scenario and averages one outcome."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import Execution, carry_out
from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.designs.execution.store import count_runs, outcomes_of
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.results.study_manifest import design_facts
from engager_sim.statistics.intervals import mean_and_interval
from engager_sim.studies.kind import PreparedStudy
from tests.studies.toy.settings import ToySettings

OUTCOME = "reoffended_52w"


@dataclass(frozen=True)
class Toy:
    """The share of men who reoffend."""

    design: Design
    asked: int
    done: int
    failed: Mapping[str, int]
    share: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Give the one table."""
        return {"share": self.share}


def prepare(settings: ToySettings) -> PreparedStudy[Toy]:
    """Make the toy ready to run."""
    design = Design(
        scenarios=(settings.scenario,),
        factors=(),
        values=np.zeros((1, 0)),
        seed=settings.seed,
        columns=find_columns([OUTCOME]),
        first_replicates=(0,),
    )
    workload = OutcomeRuns(design)
    blocks = blocks_of(workload, settings.replicates)

    def analyse(execution: Execution) -> Toy:
        carry_out(workload, blocks, execution.store, execution.executor, execution.watch)
        values = outcomes_of(execution.store, design, settings.replicates, [OUTCOME])[0, 0, 0]
        share = pd.DataFrame([mean_and_interval(values)], columns=["mean", "low", "high"])
        done, failed = count_runs(execution.store)
        return Toy(design, settings.replicates, done, failed, share)

    return PreparedStudy(
        question="What share of these men reoffends?",
        name="toy",
        scenarios=design.scenarios,
        seed=settings.seed,
        replicates=settings.replicates,
        fitted=None,
        workload=workload,
        blocks=blocks,
        facts=design_facts(design, {}),
        analyse=analyse,
    )
