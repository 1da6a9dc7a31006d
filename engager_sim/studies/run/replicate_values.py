"""Columns of kept tables as arrays by replicate, read so that memory hardly grows with them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.designs.execution.store import NUMBERS_IN_MEMORY, Store, column_batches


class ReplicateValues(NamedTuple):
    """One column in some rows of every replicate of a scenario.

    ``first_row`` is the first of these rows, counted within a replicate; ``numbers`` has the shape
    (replicates, rows), NaN where there is no value.
    """

    column: str
    scenario: int
    first_row: int
    numbers: npt.NDArray[np.float64]


def replicate_values(
    store: Store, table: str, columns: Sequence[str], rows: Sequence[int], replicates: int
) -> Iterator[ReplicateValues]:
    """Read columns of numbers of a table whose rows are in the order of scenario and replicate.

    The table is read again and again, a few columns and rows of each replicate at a time. ``rows``
    says for each scenario how many rows one replicate has.
    """
    numbers = max(1, replicates * sum(rows))
    passes = -(-numbers // NUMBERS_IN_MEMORY)
    for some in column_batches(columns, numbers, NUMBERS_IN_MEMORY):
        for number in range(passes):
            spans = [
                range(count * number // passes, count * (number + 1) // passes) for count in rows
            ]
            yield from _one_pass(store, table, some, rows, spans, replicates)


def _one_pass(
    store: Store,
    table: str,
    columns: Sequence[str],
    rows: Sequence[int],
    spans: Sequence[range],
    replicates: int,
) -> Iterator[ReplicateValues]:
    """Read the table once, and of each scenario's replicates the rows of its span."""
    numbers = [np.full((len(columns), replicates, len(span)), np.nan) for span in spans]
    starts = np.concatenate([[0], np.cumsum(replicates * np.array(rows))])
    begun = 0
    for frame in store.tables(columns, table):
        for scenario, span in enumerate(spans):
            low = max(begun, int(starts[scenario]))
            high = min(begun + len(frame), int(starts[scenario + 1]))
            if low >= high:
                continue
            replicate, row = np.divmod(np.arange(low, high) - starts[scenario], rows[scenario])
            inside = (span.start <= row) & (row < span.stop)
            at = replicate[inside], row[inside] - span.start
            for index, name in enumerate(columns):
                values = frame[name].to_numpy(np.float64)[low - begun : high - begun]
                numbers[scenario][index][at] = values[inside]
        begun += len(frame)
    for index, name in enumerate(columns):
        for scenario, span in enumerate(spans):
            if len(span):
                yield ReplicateValues(name, scenario, span.start, numbers[scenario][index])
