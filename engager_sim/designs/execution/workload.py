"""A workload: what a study runs, in a form that any executor can carry out block by block."""

from collections.abc import Mapping
from typing import Protocol

import pandas as pd

from engager_sim.designs.execution.blocks import Block

type BlockTables = Mapping[str, pd.DataFrame]
"""The tables of one block, by name."""

RUNS = "runs"
"""The table that counts runs; most workloads have no other."""


class Workload(Protocol):
    """What a study runs; a pure description that can be sent to another machine.

    Its runs are numbered by point and replicate. :meth:`run_block` is a pure function of the
    workload and the block, so that whoever carries it out gets the same tables.
    """

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that every block gives."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns of every table by which its rows are in order.

        The last is the replicate; the one before it, if there is one, tells the point.
        """

    @property
    def points(self) -> int:
        """How many points there are."""

    @property
    def runs_per_replicate(self) -> int:
        """How many runs one replicate of one point takes."""

    @property
    def leaver_weeks(self) -> int:
        """About how many weeks of leavers' lives one replicate of one point passes."""

    @property
    def bytes_per_replicate(self) -> int:
        """How many bytes one replicate of one point gives at most, before compression."""

    def compile(self) -> None:
        """Compile, or load from disk, what every run calls; run nothing."""

    def run_block(self, block: Block) -> BlockTables:
        """Carry out the runs of a block."""

    def describe(self, point: int) -> str:
        """Say in a few words which point this is; nothing where there is only one."""
