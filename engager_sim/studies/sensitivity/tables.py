"""Estimates as tables: indices with intervals, ranks, ties and what needs explaining."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.factors import Factor
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.studies.sensitivity.estimates import Estimates, Response, interval_around
from engager_sim.studies.sensitivity.methods import Method
from engager_sim.studies.sensitivity.noise import ChanceShares, chance_shares

SECOND_ORDER = "S2"
SHARES = ("S1", "ST")
SIGNED = ("mu", "ME")
"""Indices with a direction; they are ranked, and tied, by size."""
INDEX_COLUMNS = (
    "outcome", "index", "factor", "value", "low", "high", "rank", "tied_with", "note",
    "blocks", "of",
)  # fmt: skip


def indices_table(
    outcome: str, method: Method, response: Response, estimates: Estimates
) -> pd.DataFrame:
    """Make the table of one outcome's indices.

    Returns
    -------
    pandas.DataFrame
        A row per index and factor or group: ``value``, ``low`` and ``high``; ``rank`` by size and
        ``tied_with``, the factors whose intervals overlap this one's; ``note``, what to make of a
        value that no true index could have; ``blocks``, how many parts of the design that belong
        together have an outcome at every point, ``of`` so many.
    """
    rows = []
    for index in method.meanings:
        if index == SECOND_ORDER:
            continue
        values = estimates.values[index]
        low, high = estimates.interval(index)
        sizes, least, most = values, low, high
        if index in SIGNED:
            sizes = np.abs(values)
            least = np.where((low < 0.0) & (high > 0.0), 0.0, np.minimum(abs(low), abs(high)))
            most = np.maximum(abs(low), abs(high))
        order = np.argsort(-np.nan_to_num(sizes, nan=-np.inf), kind="stable")
        ranks = np.empty(len(values), np.int64)
        ranks[order] = np.arange(1, len(values) + 1)
        for place, name in enumerate(response.names):
            tied = [
                other
                for at, other in enumerate(response.names)
                if at != place and least[at] <= most[place] and least[place] <= most[at]
            ]
            note = _note(index, float(values[place]), float(low[place]), float(high[place]))
            rows.append(
                (outcome, index, name, values[place], low[place], high[place], ranks[place],
                 ", ".join(tied), note, estimates.blocks, estimates.of)
            )  # fmt: skip
    return pd.DataFrame(rows, columns=INDEX_COLUMNS)


def second_order_table(outcome: str, response: Response, estimates: Estimates) -> pd.DataFrame:
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
    outcome: str,
    method: Method,
    response: Response,
    settling: Mapping[int, Estimates],
) -> pd.DataFrame:
    """Make the table of the main index at growing numbers of samples."""
    rows = []
    for samples, estimates in sorted(settling.items()):
        values = estimates.values[method.main]
        low, high = estimates.interval(method.main)
        rows += [
            (outcome, samples, method.main, name, values[place], low[place], high[place])
            for place, name in enumerate(response.names)
        ]
    columns = ["outcome", "samples", "index", "factor", "value", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def groups_table(
    outcome: str, method: Method, factors: Sequence[Factor], estimates: Estimates
) -> pd.DataFrame:
    """Add up first-order shares by theme and by role: what each has without interactions."""
    columns = ["outcome", "by", "group", "value", "low", "high"]
    if "S1" not in method.meanings or len(estimates.values["S1"]) != len(factors):
        return pd.DataFrame(columns=columns)
    rows = []
    for by in ("theme", "role"):
        belongs = np.array([getattr(factor, by) for factor in factors])
        for group in dict.fromkeys(belongs.tolist()):
            chosen = belongs == group
            drawn = estimates.resampled["S1"][:, chosen].sum(axis=1, keepdims=True)
            value = estimates.values["S1"][chosen].sum(keepdims=True)
            low, high = interval_around(value, drawn)
            rows.append((outcome, by, group, value[0], low[0], high[0]))
    return pd.DataFrame(rows, columns=columns)


def chance_table(
    columns: Sequence[OutcomeColumn], values: npt.NDArray[np.float64], lucks: int = 1
) -> pd.DataFrame:
    """Make the table of how much of each outcome's variance is chance, or drawn parameters.

    Parameters
    ----------
    values : float64 array, shape (outcomes, points, replicates)
    lucks : int
        How many replicates, one after the other, share one draw of the parameters.
    """
    rows = [
        (column.name, *chance_shares(its, lucks))
        for column, its in zip(columns, values, strict=True)
    ]
    return pd.DataFrame(rows, columns=["outcome", *ChanceShares._fields])


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
