"""Every target: what was published, and what prior and posterior predict."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.studies.calibrate.study import Calibration

ROW, LETTER = 0.34, 0.062
FARTHEST = 12.0
"""Standard errors from the figure at which the axis ends."""
PRIOR, POSTERIOR, HELD_OUT = "#B8B8B8", style.BLUE, style.VERMILLION


def targets_met(calibration: Calibration, note: str) -> Picture:
    """Draw predictions against the published figures, in the figures' own standard errors.

    Parameters
    ----------
    calibration : Calibration
        Its result.
    note : str
        What was run.
    """
    rows = calibration.targets.drop_duplicates("target")
    others = calibration.targets[calibration.targets.duplicated("target")]
    study = calibration.settings.study
    names = [str(label) for label in rows["label"]]
    layout = style.Panels(
        1,
        1,
        width=3.9,
        height=ROW * len(rows),
        left=0.1,
        above=0.2,
        below=0.5,
        right=0.2,
        before_all=0.05 + LETTER * max(map(len, names)),
        under_all=0.45,
    )
    what = "Does the fitted model predict what was published?"
    told = (
        "0: the published figure; shaded: its own 95% interval. Lines: 90% predictive intervals, "
        "errors of observation included, dots their middles; lines are cut at "
        f"{FARTHEST:.0f} standard errors. A diamond marks a figure whose sign is not known. Held "
        "out: never fitted to. "
    )
    with style.styled():
        page = style.page(layout, what, {study.scenario.name: study.question}, told + note)
        axes = page.panels[0]
        axes.axvspan(-1.96, 1.96, color="#EEF1F4", zorder=0)
        axes.axvline(0.0, color=style.INK, linewidth=0.9)
        for line, row in enumerate(rows.to_dict("records")):
            fitted = row["role"] == "fit"
            _interval(axes, row, "prior_", line - 0.14, PRIOR)
            _interval(axes, row, "", line + 0.14, POSTERIOR if fitted else HELD_OUT)
        for row in others.to_dict("records"):
            line = list(rows["target"]).index(row["target"])
            first = rows.iloc[line]
            at = (row["value"] - first["value"]) / first["error"]
            axes.plot(at, line, marker="D", color=style.INK, markersize=4.5, linestyle="none")
        axes.set_xlim(-FARTHEST, FARTHEST)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_yticks(range(len(rows)), names)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("Standard errors of the published figure")
        handles = [
            Line2D([], [], color=colour, linewidth=3.0) for colour in (PRIOR, POSTERIOR, HELD_OUT)
        ]
        names = ["before fitting", "fitted", "held out"]
        page.legend_below(handles, names, 3)
    return Picture("targets_met", what, _described(calibration.targets) + note, page.figure)


def _interval(axes: Axes, row: Mapping[Any, Any], which: str, at: float, colour: str) -> None:
    low, middle, high = (
        np.clip((row[f"{which}{end}"] - row["value"]) / row["error"], -FARTHEST, FARTHEST)
        for end in ("low", "middle", "high")
    )
    axes.hlines(at, low, high, color=colour, linewidth=3.0)
    axes.plot(middle, at, marker="o", markersize=4.0, color=colour, markeredgecolor=style.PAPER)


def _described(targets: pd.DataFrame) -> str:
    predictions = []
    for row in targets.to_dict("records"):
        inside = "inside" if row["is_inside"] else "outside"
        predictions.append(
            f"{row['label']} ({row['role'].replace('_', ' ')}): published {row['value']:g}, "
            f"predicted {row['middle']:.3g} ({row['low']:.3g} to {row['high']:.3g}), {inside}"
        )
    return "; ".join(predictions) + ". "
