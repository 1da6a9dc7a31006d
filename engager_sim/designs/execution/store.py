"""Where the tables of finished blocks go, and how outcomes are read back from them."""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.outcome_runs import FAILED
from engager_sim.designs.execution.workload import RUNS, BlockTables
from engager_sim.errors import UsageError


class Store(Protocol):
    """Keeps the tables of each finished block, in memory or on disk."""

    def kept(self, blocks: Sequence[Block], tables: Sequence[str] = (RUNS,)) -> set[int]:
        """Name the blocks, by number, of which all these tables are kept whole already."""

    def lacking(self, block: Block, tables: Sequence[str]) -> Iterable[Block]:
        """Yield the parts of a block whose runs are kept nowhere, not even in other blocks."""

    def keep(self, block: Block, tables: BlockTables) -> None:
        """Keep the tables of a finished block, or of a part of one."""

    def complete(self, block: Block, tables: Sequence[str], keys: Sequence[str]) -> None:
        """Put a block together whose runs are all kept, though in other blocks or parts.

        ``keys`` are the columns by which rows are in order.
        """

    def tables(self, columns: Sequence[str] | None, name: str = RUNS) -> Iterator[pd.DataFrame]:
        """Yield the rows of one table in order, part by part, with these columns, or all."""


class Memory:
    """Keeps tables in memory, for notebooks and tests."""

    def __init__(self) -> None:
        self._blocks: dict[int, BlockTables] = {}

    def kept(self, blocks: Sequence[Block], tables: Sequence[str] = (RUNS,)) -> set[int]:
        """Name the blocks, by number, of which all these tables are kept already."""
        wanted = {block.number for block in blocks}
        return {
            number
            for number, kept in self._blocks.items()
            if number in wanted and set(tables) <= set(kept)
        }

    def lacking(self, block: Block, tables: Sequence[str]) -> Iterable[Block]:
        """Yield the block: in memory blocks are whole or absent."""
        del tables
        yield block

    def complete(self, block: Block, tables: Sequence[str], keys: Sequence[str]) -> None:
        """Do nothing: in memory blocks are whole or absent."""

    def keep(self, block: Block, tables: BlockTables) -> None:
        """Keep the tables of a finished block."""
        self._blocks[block.number] = tables

    def tables(self, columns: Sequence[str] | None, name: str = RUNS) -> Iterator[pd.DataFrame]:
        """Yield one table of each kept block, in order, with these columns, or all."""
        for number in sorted(self._blocks):
            table = self._blocks[number][name]
            yield table if columns is None else table[list(columns)]


NUMBERS_IN_MEMORY = 4_000_000
"""How many numbers of kept tables are held at a time: 32 MB."""


def column_batches[Column](
    columns: Sequence[Column], numbers: int, limit: int = NUMBERS_IN_MEMORY
) -> Iterator[Sequence[Column]]:
    """Yield columns a few at a time, at least one: as many as a limit of numbers allows.

    Parameters
    ----------
    numbers : int
        How many numbers a column has.
    """
    count = max(1, limit // max(1, numbers))
    for first in range(0, len(columns), count):
        yield columns[first : first + count]


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
        indices = (
            table["scenario"].cat.codes.to_numpy(),
            table["point"].to_numpy(),
            table["replicate"].to_numpy(),
        )
        for outcome, name in enumerate(names):
            values[outcome][indices] = table[name].to_numpy()
    return values


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
        reason, count = max(failed.items(), key=itemgetter(1))
        raise UsageError(
            f"no run could be made; of {sum(failed.values()):,} most ({count:,}) because {reason}"
        )
    return done, failed
