"""What a study will cost: runs, time from a short probe, and room on disk."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from engager_sim.studies.designs.design import Design
from engager_sim.studies.execution.block_runs import run_block
from engager_sim.studies.execution.blocks import Block
from engager_sim.studies.execution.carry_out import compile_batches
from engager_sim.studies.threads import while_listening

PROBED_POINTS = 5
BYTES_PER_NUMBER = 8
BYTES_OF_INDEX = 24
"""Scenario, point and replicate of a run, before compression."""


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
        Of one thread, measured on runs spread over the design.
    probe : pandas.DataFrame
        The table of the runs that were measured.
    """

    runs: int
    blocks: int
    seconds_per_run: float
    probe: pd.DataFrame

    def seconds(self, threads: int) -> float:
        """Expect how long it takes on so many threads."""
        return self.runs * self.seconds_per_run / threads


def forecast(design: Design, blocks: Sequence[Block]) -> Forecast:
    """Run one replicate of a few points of a design and count what the whole would take."""
    while_listening(partial(compile_batches, design))
    places = np.unique(np.linspace(0, design.points - 1, PROBED_POINTS).astype(np.int64))
    begun = time.perf_counter()
    tables = [run_block(design, Block(0, int(p), int(p) + 1, 0, 1)) for p in places]
    spent = time.perf_counter() - begun
    probe = pd.concat(tables, ignore_index=True)
    runs = sum(block.runs(len(design.scenarios)) for block in blocks)
    return Forecast(runs, len(blocks), spent / len(probe), probe)


def most_bytes(design: Design, blocks: Sequence[Block]) -> int:
    """Count the bytes of all runs before compression: more than they will take on disk."""
    runs = sum(block.runs(len(design.scenarios)) for block in blocks)
    per_run = BYTES_OF_INDEX + BYTES_PER_NUMBER * len(design.columns)
    if design.fates:
        per_run += max(design.most_men(place) for place in range(len(design.scenarios)))
    return runs * per_run
