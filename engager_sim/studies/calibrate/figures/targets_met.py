"""Every target: what was published, and what prior and posterior predict."""

import numpy as np
from matplotlib.lines import Line2D

from engager_sim.figures import style
from engager_sim.figures.interval_rows import (
    FARTHEST_ERRORS,
    described_predictions,
    draw_prediction,
    name_published,
    rows_layout,
)
from engager_sim.figures.picture import Picture
from engager_sim.studies.calibrate.study import Calibration

PRIOR, POSTERIOR, HELD_OUT = "#B8B8B8", style.BLUE, style.VERMILLION


def targets_met(calibration: Calibration, note: str) -> Picture:
    """Draw predictions against the published figures, in the figures' own standard errors."""
    rows = calibration.targets.drop_duplicates("target")
    others = calibration.targets[calibration.targets.duplicated("target")]
    study = calibration.settings.study
    names = [str(label) for label in rows["label"]]
    layout = rows_layout(names, width=3.9, row=0.34, letter=0.062, under_all=0.45)
    inside = int(rows["is_inside"].sum())
    what = (
        f"{inside} of {len(rows)} published figures lie in their predictive intervals once fitted"
    )
    told = (
        "0: the published figure; shaded: its own 95% interval. Lines: 90% predictive intervals, "
        "errors of observation included, dots their middles; lines are cut at "
        f"{FARTHEST_ERRORS:.0f} standard errors. A diamond marks a figure whose sign is not known. "
        "Held out: never fitted to. "
    )
    with style.styled():
        page = style.page(layout, what, {study.scenario.name: study.question}, told + note)
        axes = page.panels[0]
        name_published(axes, names)
        for line, row in enumerate(rows.to_dict("records")):
            colour = POSTERIOR if row["role"] == "fit" else HELD_OUT
            draw_prediction(axes, row, line - 0.14, PRIOR, "prior_", markersize=4.0)
            draw_prediction(axes, row, line + 0.14, colour, markersize=4.0)
        for row in others.to_dict("records"):
            line = list(rows["target"]).index(row["target"])
            first = rows.iloc[line]
            at = (row["value"] - first["value"]) / first["error"]
            axes.plot(at, line, marker="D", color=style.INK, markersize=4.5, linestyle="none")
        handles = [
            Line2D([], [], color=colour, linewidth=3.0) for colour in (PRIOR, POSTERIOR, HELD_OUT)
        ]
        page.legend_below(handles, ["before fitting", "fitted", "held out"], 3)
    sides = np.where(calibration.targets["is_inside"], "inside", "outside").tolist()
    words = described_predictions(calibration.targets.to_dict("records"), sides)
    return Picture("targets_met", what, words + note, page.figure)
