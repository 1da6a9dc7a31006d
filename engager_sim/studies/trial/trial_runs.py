"""The runs of a trial: every replicate in all worlds, each as dealt and with arms swapped."""

from dataclasses import dataclass

from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.workload import BlockTables
from engager_sim.runs.one_run import compile_for
from engager_sim.studies.trial.measurement import TrialMeasurement
from engager_sim.studies.trial.replicate import ANALYSIS_COLUMNS, simulate_replicate
from engager_sim.studies.trial.replicate_tables import (
    EFFECT_COLUMNS,
    MEAN_COLUMNS,
    REPLICATE_TABLES,
    measures,
    replicate_tables,
)
from engager_sim.studies.trial.settings import TrialStudy
from engager_sim.studies.trial.worlds import TrialWorlds

BYTES_PER_CELL = 24
"""More than a number or the name of an outcome takes on disk."""


@dataclass(frozen=True)
class TrialRuns:
    """The replicates of a trial: analyses, men's means by arm, and men's own effects of each."""

    study: TrialStudy
    worlds: TrialWorlds
    measurement: TrialMeasurement  # how it measures, in all of them

    tables = REPLICATE_TABLES
    keys = ("replicate",)
    points = 1

    @property
    def runs_per_replicate(self) -> int:
        """Two runs of each world: as dealt, and with arms swapped."""
        return 2 * len(self.worlds.all)

    @property
    def leaver_weeks(self) -> int:
        """About how many weeks of leavers' lives one replicate passes."""
        return 2 * sum(world.leaver_weeks for world in self.worlds.all)

    @property
    def bytes_per_replicate(self) -> int:
        """More bytes than one replicate takes on disk."""
        count = len(measures(self.study))
        designs = len(self.study.designs)
        # Scores are analysed twice, and once more at the primary week of the study's own design.
        analyses = designs * (2 * count - 1) + len(self.worlds.corners)
        cells = (
            analyses * len(ANALYSIS_COLUMNS)
            + 2 * count * len(MEAN_COLUMNS)
            + self.study.size * len(EFFECT_COLUMNS)
        )
        return BYTES_PER_CELL * cells

    def compile(self) -> None:
        """Compile, or load from disk, what every run calls; run nothing."""
        compile_for(self.worlds.delivered.plan)

    def run_block(self, block: Block) -> BlockTables:
        """Simulate the replicates of a block; a pure function of the trial and the block."""
        records = {
            replicate: simulate_replicate(self.study, self.worlds, self.measurement, replicate)
            for replicate in block.replicates
        }
        return replicate_tables(self.study, records)

    def describe(self, point: int) -> str:
        """Say nothing: there is one point."""
        del point
        return ""
