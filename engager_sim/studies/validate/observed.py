"""What was observed of every variant and replicate, read back from where runs are kept."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.execution.store import Store
from engager_sim.designs.missing_values import missing_table
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.studies.validate.declaration import PatternMeasure
from engager_sim.studies.validate.observations import (
    LogCounts,
    Men,
    MenFields,
    Numbers,
    Observation,
    RunNumbers,
    RunOutcome,
)
from engager_sim.studies.validate.workload import MEN, OBSERVED

type Chosen = npt.NDArray[np.int64]
"""Numbers of the replicates that are looked at."""


class Observed:
    """Everything that measures look at, an array per observation."""

    def __init__(self, store: Store, observations: Sequence[Observation], replicates: int) -> None:
        self._outcomes = [item for item in observations if isinstance(item, RunOutcome)]
        self._numbers = _read_numbers(store, replicates)
        self._men: dict[Observation, Men] = {
            item: _read_men(store, item, replicates)
            for item in observations
            if isinstance(item, MenFields)
        }

    def figure(self, measure: PatternMeasure, chosen: Chosen) -> float | Numbers:
        """Compute the figure of a measure over some replicates."""
        return measure.figure(*(self._values(item, chosen) for item in measure.observations))

    def missing(self) -> pd.DataFrame:
        """Count the runs without a value of an outcome; its points are the variants looked at."""
        values: dict[str, list[Numbers]] = {}
        for item in self._outcomes:
            values.setdefault(item.name, []).append(self._numbers[item.variant.name, item.name])
        tables = [
            missing_table(find_columns([name]), np.array(by_variant)[np.newaxis, np.newaxis], {})
            for name, by_variant in values.items()
        ]
        lacking = [table for table in tables if len(table)]
        return pd.concat(lacking, ignore_index=True) if lacking else pd.DataFrame()

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
