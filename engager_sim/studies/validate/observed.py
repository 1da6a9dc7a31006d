"""What was observed of every variant and replicate, read back from where runs are kept."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from engager_sim.designs.execution.store import Store
from engager_sim.studies.validate.declaration import PatternMeasure
from engager_sim.studies.validate.observations import (
    LogCounts,
    Men,
    MenFields,
    Numbers,
    Observation,
    RunNumbers,
)
from engager_sim.studies.validate.workload import MEN, OBSERVED

type Chosen = npt.NDArray[np.int64]
"""Numbers of the replicates that are looked at."""


class Observed:
    """Everything that measures look at, an array per observation."""

    def __init__(self, store: Store, observations: Iterable[Observation], replicates: int) -> None:
        self._numbers = _read_numbers(store, replicates)
        self._men: dict[Observation, Men] = {
            item: _read_men(store, item, replicates)
            for item in observations
            if isinstance(item, MenFields)
        }

    def figure(self, measure: PatternMeasure, chosen: Chosen) -> float | Numbers:
        """Compute the figure of a measure over some replicates."""
        return measure.figure(*(self._values(item, chosen) for item in measure.observations))

    def _values(self, observation: Observation, chosen: Chosen) -> Numbers | Men:
        if isinstance(observation, MenFields):
            return self._men[observation][chosen].ravel()
        columns = self._columns(observation)[chosen]
        return columns if isinstance(observation, LogCounts) else columns[:, 0]

    def _columns(self, observation: RunNumbers) -> Numbers:
        variant = observation.variant.name
        columns = [self._numbers[variant, quantity] for quantity in observation.quantities]
        return np.stack(columns, axis=1)


def _read_numbers(store: Store, replicates: int) -> dict[tuple[str, str], Numbers]:
    """Read the numbers of each variant and quantity, shape (replicates,)."""
    numbers: dict[tuple[str, str], Numbers] = {}
    for table in store.tables(["variant", "replicate", "quantity", "value"], OBSERVED):
        for (variant, quantity), rows in table.groupby(["variant", "quantity"], observed=True):
            values = numbers.setdefault((str(variant), str(quantity)), np.full(replicates, np.nan))
            values[rows["replicate"].to_numpy()] = rows["value"].to_numpy()
    return numbers


def _read_men(store: Store, observation: MenFields, replicates: int) -> Men:
    """Read fields of men's records, a structured array of shape (replicates, men)."""
    parts = []
    for table in store.tables(["variant", *observation.fields], MEN):
        rows = table.loc[table["variant"] == observation.variant.name, list(observation.fields)]
        parts.append(rows.to_records(index=False))
    return np.asarray(np.concatenate(parts)).reshape(replicates, -1)
