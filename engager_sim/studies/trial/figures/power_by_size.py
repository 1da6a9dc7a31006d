"""Power of simulated trials against their size, beside the textbook formula."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.studies.trial.replicate import CORE_OM
from engager_sim.studies.trial.study import Trials
from engager_sim.studies.trial.tables import WANTED_POWER

ASIDE = 1.025
"""Factor by which the two kinds of dots stand apart, so that their intervals do not overlap."""
KINDS = (
    ("power", "simulated, attrition as in the trial", style.BLUE, "o", 1.0 / ASIDE),
    ("complete_power", "simulated, no attrition", style.VERMILLION, "s", ASIDE),
)


def power_by_size(trials: Trials) -> Picture:
    """Draw the power at the primary week of every size."""
    study, power = trials.study, trials.power
    chosen = (power["outcome"] == CORE_OM) & (power["week"] == study.primary)
    rows = power[chosen]
    what = "What power would trials of other sizes have?"
    bars = "Wilson's 95% interval" if trials.fitted is None else "95% interval over parameters"
    effect = "mean true effect" if trials.fitted is None else "true effects, averaged"
    note = (
        f"Dots: share of {study.replicates:,} simulated trials whose interval does not cover 0, at "
        f"week {study.primary}; bars: {bars}. Line: noncentral t distribution for "
        f"each size's {effect}, residual standard deviation and numbers analysed. Larger "
        "trials recruit for longer, at the same rate."
    )
    layout = style.Panels(1, 1, width=4.6, height=2.5, left=0.7, under_all=0.5)
    with style.styled():
        page = style.page(layout, what, {study.scenario.name: study.question}, note)
        axes = page.panels[0]
        _draw(axes, rows)
        axes.set_xscale("log")
        axes.set_xticks(study.men, [f"{men:,}" for men in study.men])
        axes.set_xticks([], minor=True)
        axes.set(
            xlim=(study.men[0] / 1.2, study.men[-1] * 1.2),
            ylim=(0.0, 1.0),
            xlabel="Men in both arms, before attrition",
            ylabel="Power",
        )
        axes.set_yticks([0.0, 0.2, 0.4, 0.6, 0.8, 1.0], ["0%", "20%", "40%", "60%", "80%", "100%"])
        handles = [
            Line2D([], [], color=colour, marker=marker, linestyle="none", markersize=5.0)
            for _, _, colour, marker, _ in KINDS
        ]
        handles.append(Line2D([], [], color=style.INK, linewidth=1.1, marker="_"))
        names = [name for _, name, _, _, _ in KINDS]
        page.legend_below(handles, [*names, "textbook formula, attrition as in the trial"], 2)
    words = "; ".join(
        f"{row['men']:,} men: {row['power']:.0%} ({row['power_low']:.0%} to "
        f"{row['power_high']:.0%}), no attrition {row['complete_power']:.0%}, formula "
        f"{row['textbook_power']:.0%}"
        for row in rows.to_dict("records")
    )
    return Picture("power_by_size", what, f"Power of {words}. {note}", page.figure)


def _draw(axes: Axes, rows: pd.DataFrame) -> None:
    axes.axhline(WANTED_POWER, color=style.FAINT, linewidth=0.8, linestyle=(0, (2, 2)))
    line: Any = {"color": style.INK, "linewidth": 1.1, "marker": "_", "markersize": 9.0}
    axes.plot(rows["men"], rows["textbook_power"], **line, zorder=1)
    for column, _, colour, marker, aside in KINDS:
        men = rows["men"] * aside
        axes.vlines(men, rows[f"{column}_low"], rows[f"{column}_high"], color=colour)
        dots: Any = {"marker": marker, "markersize": 5.0, "markeredgecolor": style.PAPER}
        axes.plot(men, rows[column], color=colour, linestyle="none", **dots)
