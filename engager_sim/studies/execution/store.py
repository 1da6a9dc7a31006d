"""Where the tables of finished blocks go, and how outcomes are read back from them."""

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.errors import UsageError
from engager_sim.studies.designs.design import Design
from engager_sim.studies.execution.block_runs import FAILED
from engager_sim.studies.execution.blocks import Block


class Store(Protocol):
    """Keeps the table of each finished block, in memory or on disk."""

    def kept(self, blocks: Sequence[Block]) -> set[int]:
        """Name the blocks, by number, whose tables are kept whole already."""

    def keep(self, block: Block, table: pd.DataFrame) -> None:
        """Keep the table of a finished block."""

    def tables(self, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        """Yield the kept tables, one block at a time in order, with these columns."""


class Memory:
    """Keeps tables in memory, for notebooks and tests."""

    def __init__(self) -> None:
        self._tables: dict[int, pd.DataFrame] = {}

    def kept(self, blocks: Sequence[Block]) -> set[int]:
        """Name the blocks, by number, whose tables are kept already."""
        return {block.number for block in blocks} & set(self._tables)

    def keep(self, block: Block, table: pd.DataFrame) -> None:
        """Keep the table of a finished block."""
        self._tables[block.number] = table

    def tables(self, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        """Yield the kept tables, one block at a time in order, with these columns."""
        for number in sorted(self._tables):
            yield self._tables[number][list(columns)]


def outcomes_of(
    store: Store, design: Design, replicates: int, names: Sequence[str]
) -> npt.NDArray[np.float64]:
    """Read outcomes of every run.

    Returns
    -------
    float64 array, shape (outcomes, scenarios, points, replicates)
        NaN where a run failed, has not been done, or has no value.
    """
    shape = (len(names), len(design.scenarios), design.points, replicates)
    values = np.full(shape, np.nan)
    for table in store.tables(["scenario", "point", "replicate", *names]):
        where = (
            table["scenario"].cat.codes.to_numpy(),
            table["point"].to_numpy(),
            table["replicate"].to_numpy(),
        )
        for place, name in enumerate(names):
            values[place][where] = table[name].to_numpy()
    return values


def responses_of(store: Store, design: Design, replicates: int) -> npt.NDArray[np.float64]:
    """Read what a design with one scenario observes, or two scenarios' difference.

    Returns
    -------
    float64 array, shape (outcomes, points, replicates)
        The outcomes, or those of the first scenario less those of the second.
    """
    values = outcomes_of(store, design, replicates, [column.name for column in design.columns])
    return values[:, 0] if len(design.scenarios) == 1 else values[:, 0] - values[:, 1]


def count_runs(store: Store) -> tuple[int, dict[str, int]]:
    """Count the runs that were done, and for each reason those that failed.

    Raises
    ------
    UsageError
        If not one run could be made.
    """
    done, reasons = 0, pd.Series(dtype=int)
    for table in store.tables([FAILED]):
        done += int(table[FAILED].isna().sum())
        reasons = reasons.add(table[FAILED].dropna().value_counts(), fill_value=0)
    failed = {str(reason): int(count) for reason, count in reasons.items()}
    if failed and not done:
        raise UsageError(f"no run could be made: {'; '.join(failed)}")
    return done, failed
