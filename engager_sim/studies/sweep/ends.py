"""Where an outcome of a sweep is lowest and highest, and which axes have a part in that."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from engager_sim.statistics.rounding import is_constant


def lowest_and_highest(rows: pd.DataFrame) -> list[dict[Any, Any]]:
    """Give the rows in which an outcome is lowest and highest.

    Parameters
    ----------
    rows : pandas.DataFrame
        A row per position on the axes, the outcome under ``value``; NaN is no value.

    Returns
    -------
    list of dict
        Two rows; none where no value is known, or all are the same.
    """
    known = rows[rows["value"].notna()].sort_values("value", kind="stable")
    if known.empty or is_constant(known["value"].to_numpy(np.float64)):
        return []
    return known.iloc[[0, -1]].to_dict("records")


def moving_axes(rows: pd.DataFrame, axes: Sequence[str]) -> list[str]:
    """Name the axes that change an outcome: a level of one that changes it nowhere is no finding.

    Parameters
    ----------
    rows : pandas.DataFrame
        As for ``lowest_and_highest``, with a column per axis.
    axes : sequence of str
        The columns that are axes.
    """
    if len(axes) == 1:
        return list(axes)

    def moves(axis: str) -> bool:
        others = [other for other in axes if other != axis]
        values = rows.pivot(index=axis, columns=others, values="value").to_numpy(np.float64)
        return not is_constant(values[:, np.isfinite(values).sum(axis=0) > 1])

    return [axis for axis in axes if moves(axis)]
