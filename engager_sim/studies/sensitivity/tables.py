"""Estimates as tables: indices with intervals, ranks, ties and what needs explaining."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.factors import Factor
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.designs.samplers import Numbers
from engager_sim.runs.tables.column import where
from engager_sim.studies.factor_study import NO_EFFECT
from engager_sim.studies.sensitivity.index_estimates import (
    IndexEstimates,
    Response,
    interval_around,
)
from engager_sim.studies.sensitivity.methods import Method
from engager_sim.studies.sensitivity.variance_components import variance_shares

SECOND_ORDER = "S2"
SHARES = ("S1", "ST")
SIGNED = ("mu", "ME")
"""Indices with a direction; they are ranked, and tied, by size."""
SHARE_COLUMNS = (
    "factors",
    "common_luck",
    "own_luck",
    "parameters",
    "parameters_with_factors",
    "chance_in_means",
)
"""The shares of :class:`VarianceShares` by the names that readers hold."""


def indices_table(
    outcome: str, method: Method, response: Response, estimates: IndexEstimates
) -> pd.DataFrame:
    """Make the table of one outcome's indices: a row per index and factor or group.

    What changes nothing has no rank and is tied with none.
    """
    rows = []
    main, ends = estimates.values[method.main], estimates.interval(method.main)
    acts = ~((main == 0.0) & (ends[0] == 0.0) & (ends[1] == 0.0))
    for index in method.meanings:
        if index == SECOND_ORDER:
            continue
        values = estimates.values[index]
        low, high = estimates.interval(index)
        ranks = _ranks(np.abs(values) if index in SIGNED else values, acts)
        least, most = interval_of_size(index, low, high)
        overlap = (least <= most[:, np.newaxis]) & (least[:, np.newaxis] <= most)
        overlap &= acts & acts[:, np.newaxis] & ~np.eye(len(acts), dtype=bool)
        for row, name in enumerate(response.names):
            tied = [response.names[other] for other in np.flatnonzero(overlap[row])]
            note = _note(index, float(values[row]), float(low[row]), float(high[row]))
            rows.append(
                {
                    "outcome": outcome,
                    "index": index,
                    "factor": name,
                    "value": values[row],
                    "low": low[row],
                    "high": high[row],
                    "rank": ranks[row],
                    "tied_with": ", ".join(tied),
                    "note": note if acts[row] else NO_EFFECT,
                    "blocks": estimates.blocks,
                    "of": estimates.of,
                }
            )
    return pd.DataFrame(rows).astype({"rank": "Int64"})


def interval_of_size(index: str, low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """Give the ends of the intervals by which factors are ranked.

    An index with a direction is ranked by size: its interval is folded at 0.
    """
    if index not in SIGNED:
        return low, high
    holds_0 = (low <= 0.0) & (high >= 0.0)
    least = np.where(holds_0, 0.0, np.minimum(np.abs(low), np.abs(high)))
    return least, np.maximum(np.abs(low), np.abs(high))


def second_order_table(outcome: str, response: Response, estimates: IndexEstimates) -> pd.DataFrame:
    """Make the table of what pairs of factors have only together."""
    columns = ["outcome", "factor", "other", "value", "low", "high"]
    if SECOND_ORDER not in estimates.values:
        return pd.DataFrame(columns=columns)
    values = estimates.values[SECOND_ORDER]
    low, high = estimates.interval(SECOND_ORDER)
    names = response.names
    rows = [
        (outcome, names[i], names[j], values[i, j], low[i, j], high[i, j])
        for i in range(len(names))
        for j in range(i + 1, len(names))
    ]
    return pd.DataFrame(rows, columns=columns)


def convergence_table(
    outcome: str, method: Method, response: Response, by_samples: Mapping[int, IndexEstimates]
) -> pd.DataFrame:
    """Make the table of the main index at growing numbers of samples."""
    rows = []
    for samples, estimates in sorted(by_samples.items()):
        values = estimates.values[method.main]
        low, high = estimates.interval(method.main)
        rows += [
            (outcome, samples, method.main, name, values[row], low[row], high[row])
            for row, name in enumerate(response.names)
        ]
    columns = ["outcome", "samples", "index", "factor", "value", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def groups_table(
    outcome: str, method: Method, factors: Sequence[Factor], estimates: IndexEstimates
) -> pd.DataFrame:
    """Add up first-order shares by theme and by role: what each has without interactions."""
    columns = ["outcome", "by", "group", "value", "low", "high"]
    if "S1" not in method.meanings or len(estimates.values["S1"]) != len(factors):
        return pd.DataFrame(columns=columns)
    rows = []
    for by in ("theme", "role"):
        group_of_factor = np.array([getattr(factor, by) for factor in factors])
        for group in dict.fromkeys(group_of_factor.tolist()):
            chosen = group_of_factor == group
            bootstrap = estimates.bootstrap["S1"][:, chosen].sum(axis=1, keepdims=True)
            value = estimates.values["S1"][chosen].sum(keepdims=True)
            low, high = interval_around(value, bootstrap)
            rows.append((outcome, by, group, value[0], low[0], high[0]))
    return pd.DataFrame(rows, columns=columns)


def variance_table(
    columns: Sequence[OutcomeColumn], values: Numbers, draws: npt.NDArray[np.int64] | None = None
) -> pd.DataFrame:
    """Make the table of how much of each outcome's variance is noise, or drawn parameters.

    ``values`` has the shape (outcomes, points, replicates).
    """
    rows = [
        (column.name, *variance_shares(of_outcome, draws))
        for column, of_outcome in zip(columns, values, strict=True)
    ]
    return pd.DataFrame(rows, columns=["outcome", *SHARE_COLUMNS, "points", "replicates"])


def _ranks(sizes: Numbers, acts: npt.NDArray[np.bool_]) -> Any:
    """Rank values by size, 1 for the largest; what has no value comes last, without effect none."""
    order = np.argsort(-np.nan_to_num(sizes, nan=-np.inf), kind="stable")
    order = np.concatenate([order[acts[order]], order[~acts[order]]])
    ranks = np.empty(len(sizes), np.int64)
    ranks[order] = np.arange(1, len(sizes) + 1)
    return where(ranks, ~acts)


def _note(index: str, value: float, low: float, high: float) -> str:
    if index not in SHARES:
        return ""
    if value < 0.0:
        return "below 0, which no share is: the estimate's own noise around a value near 0"
    if value > 1.0:
        return "above 1, which no share is: the estimate's own noise; more samples narrow it"
    if low < 0.0 < high:
        return "not told apart from 0"
    return ""
