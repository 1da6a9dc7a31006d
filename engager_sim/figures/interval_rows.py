"""Intervals about a common reference, one named line each."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from engager_sim.figures import style

FARTHEST_ERRORS = 12.0
"""Standard errors from a published figure at which the axis ends."""


def rows_layout(
    names: Sequence[str],
    width: float,
    row: float,
    letter: float,
    above: float = 0.2,
    under_all: float = 0.4,
) -> style.Panels:
    """Lay out one panel with a line for each name; row and letter are inches that these take."""
    return style.Panels(
        1,
        1,
        width=width,
        height=row * len(names),
        left=0.1,
        above=above,
        below=0.5,
        right=0.2,
        before_all=0.05 + letter * max(map(len, names)),
        under_all=under_all,
    )


def name_rows(axes: Axes, names: Sequence[str], farthest: float, label: str) -> None:
    """Name the lines, the first on top, and mark the reference, at 0 of the horizontal axis."""
    axes.axvline(0.0, color=style.INK, linewidth=0.9)
    axes.set_xlim(-farthest, farthest)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), names)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(label)


def name_published(axes: Axes, names: Sequence[str]) -> None:
    """Name a line for each published figure, and shade the figures' own 95% intervals."""
    axes.axvspan(-1.96, 1.96, color="#EEF1F4", zorder=0)
    name_rows(axes, names, FARTHEST_ERRORS, "Standard errors of the published figure")


def draw_prediction(
    axes: Axes, row: Mapping[Any, Any], at: float, colour: str, prefix: str = "", **marker: Any
) -> None:
    """Draw what is predicted of a published figure, in its standard errors, cut at the ends."""
    low, middle, high = (
        np.clip(
            (row[f"{prefix}{end}"] - row["value"]) / row["error"], -FARTHEST_ERRORS, FARTHEST_ERRORS
        )
        for end in ("low", "middle", "high")
    )
    axes.hlines(at, low, high, color=colour, linewidth=3.0)
    axes.plot(middle, at, marker="o", color=colour, markeredgecolor=style.PAPER, **marker)


def described_predictions(rows: Sequence[Mapping[Any, Any]], verdicts: Sequence[str]) -> str:
    """Say what was published and what is predicted of each figure, and how it is judged."""
    listed = [
        f"{row['label']} ({str(row['role']).replace('_', ' ')}): published {row['value']:g}, "
        f"{_predicted(row)}, {verdict}"
        for row, verdict in zip(rows, verdicts, strict=True)
    ]
    return "; ".join(listed) + ". "


def _predicted(row: Mapping[Any, Any]) -> str:
    if math.isnan(row["middle"]):
        return "no run has a value"
    return f"predicted {row['middle']:.3g} ({row['low']:.3g} to {row['high']:.3g})"
