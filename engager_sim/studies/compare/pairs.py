"""Differences of any two of the scenarios that are compared, outcome by outcome."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd

from engager_sim.designs.design import Design
from engager_sim.designs.execution.store import Store, column_batches, outcomes_of
from engager_sim.designs.missing_values import missing_table
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.designs.samplers import Numbers
from engager_sim.statistics.draw_bootstrap import DrawBootstrap
from engager_sim.studies.compare.differences import difference

BASE = 0


class PairTables(NamedTuple):
    """Differences from the base, differences of any two others, and runs without a value."""

    from_base: pd.DataFrame
    between_others: pd.DataFrame
    missing: pd.DataFrame


def pair_tables(
    store: Store,
    design: Design,
    replicates: int,
    failed: Mapping[str, int],
    stages: Mapping[str, int],
    unpaired: bool,
) -> PairTables:
    """Compare every two scenarios, a few outcomes at a time.

    Parameters
    ----------
    failed : mapping of str to int
        Reasons of runs that failed, and how many.
    stages : mapping of str to int
        For an outcome of which a precision was wanted of differences from the base, the replicates
        of the first of Stein's two stages.
    unpaired : bool
        Whether scenarios have independent replicates.
    """
    drawn = None if design.fitted is None else design.fitted.drawn(replicates)
    bootstrap = None if drawn is None else DrawBootstrap(drawn)
    pairs = list(combinations(range(len(design.scenarios)), 2))
    rows: dict[tuple[int, int], list[dict[str, Any]]] = {pair: [] for pair in pairs}
    missing = []
    for columns in column_batches(design.columns, replicates * len(design.scenarios)):
        values = outcomes_of(store, design, replicates, [column.name for column in columns])
        missing.append(missing_table(columns, values, failed))
        for column, of_outcome in zip(columns, values[:, :, 0], strict=True):
            for base, other in pairs:
                stage = None if unpaired or base != BASE else stages.get(column.name)
                found = difference(
                    of_outcome[base], of_outcome[other], drawn, unpaired, stage, bootstrap
                )
                rows[base, other].append(_about(design, base, other, column) | found)
    return PairTables(
        _joined(rows[pair] for pair in pairs if pair[0] == BASE),
        _joined(rows[pair] for pair in pairs if pair[0] != BASE),
        pd.concat(missing, ignore_index=True),
    )


def headline_differences(
    store: Store, design: Design, replicates: int, names: Sequence[str]
) -> Iterator[tuple[str, str, Numbers]]:
    """Give base, other, and the differences of some outcomes, of shape (outcomes, replicates)."""
    values = outcomes_of(store, design, replicates, names)[:, :, 0]
    labels = [scenario.name for scenario in design.scenarios]
    for base, other in combinations(range(len(labels)), 2):
        yield labels[base], labels[other], values[:, other] - values[:, base]


def _about(design: Design, base: int, other: int, column: OutcomeColumn) -> dict[str, Any]:
    return {
        "base": design.scenarios[base].name,
        "other": design.scenarios[other].name,
        "outcome": column.outcome.id,
        "whom": column.whom,
        "label": column.outcome.label,
        "unit": column.outcome.unit,
    }


def _joined(rows: Any) -> pd.DataFrame:
    return pd.DataFrame([row for some in rows for row in some])
