"""Every simulated trial's estimate and interval, sorted, with the published one beside."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.studies.trial.published import PUBLISHED
from engager_sim.studies.trial.study import Trials
from engager_sim.studies.trial.tables import primary_scores

MOST_SHOWN = 400
"""Trials that are shown; of more, evenly spaced ones in the order of their estimates."""
NULL, SEEN = "#9DB7CC", style.VERMILLION
BESIDE = 0.07
"""Part of the width, to the right of the trials, between the two published intervals."""


def estimates(trials: Trials) -> Picture:
    """Draw the simulated trials of the study's size at the primary week."""
    study = trials.study
    scores = primary_scores(study, trials.trials)
    rows = scores[scores["estimate"].notna()].sort_values("estimate")
    null = float(scores["is_null"].mean())
    effect = float(rows["true_effect"].mean())
    what = f"{null:.0%} of trials of {study.size:,} men see no difference"
    is_published = study.compared_with is None
    note = (
        f"Each line is the {100.0 * (1.0 - study.level):g}% interval of one simulated trial of "
        f"{study.size:,} men, by practitioners' means, sorted by its estimate (dot): CORE-OM at "
        f"week {study.primary}, programme less usual care; below 0 is better for the programme's "
        "men."
    )
    if is_published:
        note += (
            f" Black: the published difference of {PUBLISHED.difference} and its 95% interval, in "
            "both directions, because its direction is not visible "
            f"({PUBLISHED.citation.partition(';')[0]})."
        )
    layout = style.Panels(1, 1, width=5.4, height=2.9, left=0.7, below=0.3, under_all=0.45)
    with style.styled():
        page = style.page(layout, what, {study.title: study.question}, note)
        _draw(page.panels[0], rows, effect)
        if is_published:
            _draw_published(page.panels[0])
        handles = [
            Line2D([], [], color=NULL, linewidth=2.5),
            Line2D([], [], color=SEEN, linewidth=2.5),
            Line2D([], [], color=style.GREEN, linewidth=1.4, linestyle=(0, (4, 1.6))),
        ]
        names = ["covers 0", "does not cover 0", "mean true effect"]
        if is_published:
            dot: Any = {"linewidth": 2.0, "marker": "D", "markersize": 4.0}
            handles.append(Line2D([], [], color=style.INK, **dot))
            names.append("published, both directions")
        page.legend_below(handles, names, len(names))
    words = (
        f"{null:.0%} of simulated trials cover 0; the mean true effect is {effect:.2f} points, and "
        f"estimates range from {rows['estimate'].min():.1f} to {rows['estimate'].max():.1f}. "
    )
    return Picture("estimates", what, words + note, page.figure)


def _draw(axes: Axes, rows: pd.DataFrame, effect: float) -> None:
    shown = rows.iloc[
        np.unique(np.linspace(0, len(rows) - 1, min(MOST_SHOWN, len(rows))).astype(np.int64))
    ]
    across = (np.arange(len(shown)) + 0.5) / len(shown)
    colours = [NULL if null else SEEN for null in shown["is_null"]]
    axes.axhline(0.0, color=style.INK, linewidth=0.9)
    axes.vlines(across, shown["low"], shown["high"], colors=colours, linewidth=0.8)
    axes.scatter(across, shown["estimate"], s=1.5, color=style.INK, linewidths=0.0, zorder=3)
    axes.axhline(effect, color=style.GREEN, linewidth=1.4, linestyle=(0, (4, 1.6)))
    axes.set_xlim(-0.01, 1.01)
    axes.set_xticks([])
    axes.set_xlabel(f"Simulated trials ({len(rows):,}), sorted")
    axes.set_ylabel("Difference in CORE-OM, points")


def _draw_published(axes: Axes) -> None:
    for number, sign in enumerate((-1.0, 1.0), start=1):
        beside = 1.0 + number * BESIDE
        axes.vlines(
            beside, sign * PUBLISHED.low, sign * PUBLISHED.high, color=style.INK, linewidth=2.0
        )
        axes.plot(beside, sign * PUBLISHED.difference, marker="D", color=style.INK, markersize=4.0)
    axes.set_xlim(-0.01, 1.0 + 3 * BESIDE)
