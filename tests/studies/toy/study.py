"""The toy runs one scenario and averages one outcome."""

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
from engager_sim.studies.kind import PreparedStudy, StudyResult
from tests.studies.toy.settings import ToySettings

OUTCOME = "reoffended_52w"


@dataclass(frozen=True, eq=False, kw_only=True)
class Toy(StudyResult):
    """The share of men who reoffend."""

    table_names = ("share",)
    design: Design
    share: pd.DataFrame


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
        asked = settings.replicates
        return Toy(design=design, share=share, asked=asked, done=done, failed=failed)

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
