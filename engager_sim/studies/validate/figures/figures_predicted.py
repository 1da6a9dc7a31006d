"""Every published figure against what the fitted model predicts: fitted, or held out."""

import pandas as pd
from matplotlib.lines import Line2D

from engager_sim.figures import style
from engager_sim.figures.interval_rows import (
    described_predictions,
    draw_prediction,
    name_published,
    rows_layout,
)
from engager_sim.figures.picture import Picture
from engager_sim.studies.validate.expected import NOT_TESTED

FITTED = style.FAINT
HELD_OUT = {"met": style.BLUE, "near": style.ORANGE, "missed": style.VERMILLION}


def finding(tested: pd.DataFrame) -> str:
    """Say how many figures that were never fitted to lie in their predictive intervals."""
    held_out = tested[tested["role"] != "fit"].drop_duplicates("target")
    met = int((held_out["verdict"] == "met").sum())
    return (
        f"Of {len(held_out)} figures that it was never fitted to {met} lie in their predictive "
        "intervals"
    )


def figures_predicted(figures: pd.DataFrame, question: str, note: str) -> Picture:
    """Draw predictive intervals against the published figures, in the figures' standard errors."""
    tested = figures[figures["verdict"] != NOT_TESTED]
    rows = tested.drop_duplicates("target").to_dict("records")
    names = [str(row["label"]) for row in rows]
    layout = rows_layout(names, width=3.4, row=0.3, letter=0.0605)
    what = finding(tested)
    how_to_read = (
        "0: the published figure; shaded: its own 95% interval. Lines: 90% predictive intervals, "
        "errors of observation included, dots their middles; cut at the ends. Where the sign of a "
        "figure is not known, the first is drawn; one of which no run has a value is not. "
    )
    with style.styled():
        page = style.page(layout, what, {"": question}, how_to_read + note)
        name_published(page.panels[0], names)
        for position, row in enumerate(rows):
            colour = FITTED if row["role"] == "fit" else HELD_OUT[str(row["verdict"])]
            draw_prediction(page.panels[0], row, position, colour, markersize=4.5, clip_on=False)
        colours = {"fitted": FITTED} | {
            f"held out, {verdict}": colour for verdict, colour in HELD_OUT.items()
        }
        handles = [Line2D([], [], color=colour, linewidth=3.0) for colour in colours.values()]
        page.legend_below(handles, list(colours), 4)
    words = described_predictions(figures.to_dict("records"), figures["verdict"].tolist())
    return Picture("figures_predicted", what, words + note, page.figure)
