"""An outcome of a study as its pictures need it: its rows, axes of its indices, values in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.outcome_labels import OutcomeLabel, label_outcome, question_of
from engager_sim.figures.scales import MINUS, scale_of
from engager_sim.studies.factor_study import NO_EFFECT
from engager_sim.studies.sensitivity.index_estimates import CHANGES
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
CHANGE_LABELS = {
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
        label = f"{CHANGE_LABELS[index]} ({scale.of_differences})"
        return IndexAxis(label, scale.times, scale.digits)
    if index in SLOPES:
        return IndexAxis(SLOPES[index], 1.0, 3)
    return IndexAxis(DISTANCES[method.name], 1.0, 2)


class AnalysedOutcome(NamedTuple):
    """An outcome of a study, and the names of factors, themes and roles in words."""

    sensitivity: Sensitivity
    column: OutcomeColumn
    labels: Mapping[str, str]

    @property
    def method(self) -> Method:
        """By which it was analysed."""
        return self.sensitivity.settings.method

    @property
    def label(self) -> OutcomeLabel:
        """How figures write it."""
        return label_outcome(self.column, self.sensitivity.settings.study)

    def rows(self, table: pd.DataFrame) -> pd.DataFrame:
        """Take its rows of a table."""
        return table[table["outcome"] == self.column.name]

    def index_rows(self, index: str) -> pd.DataFrame:
        """Take the rows of one of its indices, the largest first; of factors that do something."""
        rows = self.rows(self.sensitivity.indices)
        rows = rows[(rows["index"] == index) & (rows["note"] != NO_EFFECT)]
        return rows.sort_values("rank", kind="stable").reset_index(drop=True)

    @property
    def without_effect(self) -> str:
        """A sentence on the factors that change nothing of it; empty where all do something."""
        names = [self.labels[name] for name in self.sensitivity.without_effect(self.column.name)]
        shown = names[:MOST_SAID]
        more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
        return f"No effect here, and not drawn: {', '.join(shown)}{more}. " if names else ""

    @property
    def ranked(self) -> pd.DataFrame:
        """The rows of the main index, the largest first."""
        return self.index_rows(self.method.main)

    def axis(self, index: str) -> IndexAxis:
        """Say how an index is drawn and written."""
        return index_axis(index, self.method, self.column)

    def page(self, layout: style.Panels, asked: str, note: str) -> style.Page:
        """Lay out a figure under the study's question."""
        return style.page(layout, asked, question_of(self.sensitivity.settings.study), note)

    def said(self, row: Mapping[Any, Any], axis: IndexAxis) -> str:
        """Name a factor or group, and its index with the ends of its interval."""
        return f"{self.labels[row.get('factor', row.get('group'))]} {with_interval(row, axis)}"


def pages_of(
    outcomes: Sequence[AnalysedOutcome], stem: str
) -> Iterator[tuple[str, Sequence[AnalysedOutcome]]]:
    """Divide outcomes into pages: the name of each page's picture, and the outcomes on it."""
    for first in range(0, len(outcomes), ON_A_PAGE):
        name = stem if len(outcomes) <= ON_A_PAGE else f"{stem}_{first // ON_A_PAGE + 1}"
        yield name, outcomes[first : first + ON_A_PAGE]


def with_interval(row: Mapping[Any, Any], axis: IndexAxis) -> str:
    """Write an index and the ends of its interval."""
    value, low, high = (
        f"{axis.times * float(row[name]):z.{axis.digits}f}".replace("-", MINUS)
        for name in ("value", "low", "high")
    )
    return value if np.isnan(row["low"]) else f"{value} ({low} to {high})"
