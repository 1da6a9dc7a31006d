"""What a study will cost: runs, time from a short probe, and room on disk."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.carry_out import runs_in
from engager_sim.designs.execution.workload import BlockTables, Workload
from engager_sim.runs.threads import while_listening

PROBED_POINTS = 5


@dataclass(frozen=True)
class Forecast:
    """What a study will cost.

    Attributes
    ----------
    runs : int
        Runs of all scenarios, points and replicates.
    blocks : int
        Chunks in which they are stored.
    seconds_per_run : float
        Of one thread, measured on runs spread over the workload.
    probe : tuple of mapping of str to pandas.DataFrame
        The tables of the runs that were measured.
    probed : int
        How many runs these were.
    """

    runs: int
    blocks: int
    seconds_per_run: float
    probe: tuple[BlockTables, ...]
    probed: int

    def seconds(self, threads: int) -> float:
        """Expect how long it takes on so many threads."""
        return self.runs * self.seconds_per_run / threads


def forecast(workload: Workload, blocks: Sequence[Block]) -> Forecast:
    """Run one replicate of a few points and count what the whole would take."""
    while_listening(workload.compile)
    points = np.unique(np.linspace(0, workload.points - 1, PROBED_POINTS).astype(np.int64))
    probes = [Block(0, int(point), int(point) + 1, 0, 1) for point in points]
    begun = time.perf_counter()
    tables = tuple(workload.run_block(block) for block in probes)
    spent = time.perf_counter() - begun
    probed = runs_in(workload, probes)
    return Forecast(runs_in(workload, blocks), len(blocks), spent / probed, tables, probed)


def most_bytes(workload: Workload, blocks: Sequence[Block]) -> int:
    """Count the bytes of all runs before compression: more than they will take on disk."""
    return workload.bytes_per_replicate * sum(block.size for block in blocks)
