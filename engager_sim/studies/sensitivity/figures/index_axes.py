"""Indices at axes and in captions: their labels, names and values with intervals."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures.scales import MINUS, scale_of
from engager_sim.studies.sensitivity.methods import Method
from engager_sim.studies.sensitivity.study import Sensitivity

MOST_SAID, ON_A_PAGE = 5, 6
"""Factors that a picture's description names, and outcomes that stand on one page."""
SIGMA = "\N{GREEK SMALL LETTER SIGMA}"
NAMES = {
    "ST": "total",
    "S1": "first-order",
    "mu_star": "μ*",
    "mu": "μ",
    "sigma": SIGMA,
    "delta": "delta",
    "median": "median",
    "maximum": "maximum",
    "mean": "mean",
    "dgsm": "bound",
    "vi": "mean squared slope",
    "ME": "main effect",
}

SHARES = ("ST", "S1", "S2")
SHARE_OF_VARIANCE = "Share of the outcome's variance"
CHANGES = {
    "mu_star": "Change over the factor's range",
    "mu": "Change over the factor's range",
    "sigma": "Spread of that change",
    "ME": "Half the change over the factor's range",
}
SLOPES = {
    "dgsm": "Bound on the total share of variance",
    "vi": "Mean squared slope over the range (squared unit of the outcome)",
}
DISTANCES = {
    "delta": "Shift of the distribution (0 to 1)",
    "pawn": "Kolmogorov-Smirnov distance (0 to 1)",
    "regional": "Cramér-von Mises distance per point",
}
"""Labels of axes, by index; those of distances by method."""


class IndexAxis(NamedTuple):
    """The label of an index's axis, what its values are multiplied by, and digits in captions."""

    label: str
    times: float
    digits: int


def index_axis(index: str, method: Method, column: OutcomeColumn) -> IndexAxis:
    """Say how an index of an outcome is drawn and written."""
    if index in SHARES:
        return IndexAxis(SHARE_OF_VARIANCE, 1.0, 2)
    if index in CHANGES:
        scale = scale_of(column.outcome.unit)
        label = f"{CHANGES[index]} ({scale.of_differences})"
        return IndexAxis(label, scale.times, scale.digits)
    if index in SLOPES:
        return IndexAxis(SLOPES[index], 1.0, 3)
    return IndexAxis(DISTANCES[method.name], 1.0, 2)


def ranked(sensitivity: Sensitivity, column: OutcomeColumn) -> pd.DataFrame:
    """Take the rows of an outcome's main index, the largest first."""
    table, main = sensitivity.indices, sensitivity.settings.method.main
    rows = table[(table["outcome"] == column.name) & (table["index"] == main)]
    return rows.sort_values("rank", kind="stable").reset_index(drop=True)


def pages_of(
    columns: Sequence[OutcomeColumn], stem: str
) -> Iterator[tuple[str, Sequence[OutcomeColumn]]]:
    """Divide outcomes into pages: the name of each page's picture, and the outcomes on it."""
    for first in range(0, len(columns), ON_A_PAGE):
        name = stem if len(columns) <= ON_A_PAGE else f"{stem}_{first // ON_A_PAGE + 1}"
        yield name, columns[first : first + ON_A_PAGE]


def with_interval(row: Mapping[Hashable, Any], axis: IndexAxis) -> str:
    """Write an index and the ends of its interval."""
    value, low, high = (
        f"{axis.times * float(row[name]):z.{axis.digits}f}".replace("-", MINUS)
        for name in ("value", "low", "high")
    )
    return value if np.isnan(row["low"]) else f"{value} ({low} to {high})"
