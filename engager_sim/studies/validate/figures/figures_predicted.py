"""Every published figure against what the fitted model predicts: fitted, or held out."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from engager_sim.figures import style
from engager_sim.figures.picture import Picture

ROW, LETTER = 0.3, 0.0605
FARTHEST = 12.0
"""Standard errors from the figure at which the axis ends."""
FITTED = style.FAINT
HELD_OUT = {"met": style.BLUE, "near": style.ORANGE, "missed": style.VERMILLION}


def figures_predicted(figures: pd.DataFrame, question: str, note: str) -> Picture:
    """Draw predictive intervals against the published figures, in the figures' standard errors.

    Parameters
    ----------
    figures : pandas.DataFrame
        A row per figure, as :class:`~engager_sim.studies.validate.study.Validation` has them.
    question : str
        The question.
    note : str
        What was run.
    """
    rows = figures.drop_duplicates("target").to_dict("records")
    names = [str(row["label"]) for row in rows]
    layout = style.Panels(
        1,
        1,
        width=3.4,
        height=ROW * len(rows),
        left=0.1,
        above=0.2,
        below=0.5,
        right=0.2,
        before_all=0.05 + LETTER * max(map(len, names)),
        under_all=0.4,
    )
    what = "Does it predict figures that it was never fitted to?"
    how_to_read = (
        "0: the published figure; shaded: its own 95% interval. Lines: 90% predictive intervals, "
        "errors of observation included, dots their middles; cut at the ends. Where the sign of a "
        "figure is not known, the first is drawn. "
    )
    with style.styled():
        page = style.page(layout, what, {"": question}, how_to_read + note)
        axes = page.panels[0]
        axes.axvspan(-1.96, 1.96, color="#EEF1F4", zorder=0)
        axes.axvline(0.0, color=style.INK, linewidth=0.9)
        for position, row in enumerate(rows):
            _draw(axes, row, position)
        axes.set_xlim(-FARTHEST, FARTHEST)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_yticks(range(len(rows)), names)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("Standard errors of the published figure")
        colours = {"fitted": FITTED} | {
            f"held out, {verdict}": colour for verdict, colour in HELD_OUT.items()
        }
        handles = [Line2D([], [], color=colour, linewidth=3.0) for colour in colours.values()]
        page.legend_below(handles, list(colours), 4)
    return Picture("figures_predicted", what, _description(figures) + note, page.figure)


def _draw(axes: Axes, row: Mapping[Any, Any], position: int) -> None:
    colour = FITTED if row["role"] == "fit" else HELD_OUT[str(row["verdict"])]
    low, middle, high = (
        float(np.clip((row[end] - row["value"]) / row["error"], -FARTHEST, FARTHEST))
        for end in ("low", "middle", "high")
    )
    axes.hlines(position, low, high, color=colour, linewidth=3.0)
    axes.plot(
        middle,
        position,
        marker="o",
        markersize=4.5,
        color=colour,
        clip_on=False,
        markeredgecolor=style.PAPER,
    )


def _description(figures: pd.DataFrame) -> str:
    """Say what was published and what is predicted of each figure."""
    listed = [
        f"{row['label']} ({str(row['role']).replace('_', ' ')}): published {row['value']:g}, "
        f"predicted {row['middle']:.3g} ({row['low']:.3g} to {row['high']:.3g}), {row['verdict']}"
        for row in figures.to_dict("records")
    ]
    return "; ".join(listed) + ". "
