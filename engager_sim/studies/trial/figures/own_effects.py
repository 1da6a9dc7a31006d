"""Men by their own true effects: what the programme does to a man who could be in either arm."""

from typing import Any

import numpy as np

from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.figures.scales import MINUS
from engager_sim.outcomes.engagement import RELIABLE_CHANGE as RELIABLE
from engager_sim.studies.trial.individual_effects import FARTHEST, GROUPS, NOTICED
from engager_sim.studies.trial.study import Trials
from engager_sim.studies.trial.tables import primary_scores

GAINS, LOSES, BETWEEN = style.GREEN, style.VERMILLION, "#9DB7CC"
UNMOVED = GROUPS[2][0]
EMPTY = 0.0005
"""Share below which an outer bin is left off the page."""


def own_effects(trials: Trials) -> Picture:
    """Draw the histogram of men's own effects at the primary week."""
    study, bins = trials.study, trials.own_effects
    groups = trials.individual.set_index("group")["share"]
    what = f"The programme changes {groups[UNMOVED]:.0%} of men by less than {NOTICED:g} point"
    note = (
        f"Each man's CORE-OM at week {study.primary} in the programme less that in usual care, in "
        f"two worlds with common random numbers: {study.replicates:,} replicates of "
        f"{study.size:,} men. Below 0 he is better off in the programme. Green, orange: better or "
        f"worse by {RELIABLE:g} points or more. No trial can see these, because a man is in one "
        "arm only. Men who died before that week are left out."
    )
    centres = 0.5 * (bins["bin_low"] + bins["bin_high"]).to_numpy(np.float64)
    shares = 100.0 * bins["share"].to_numpy(np.float64)
    colours = [GAINS if at < -RELIABLE else LOSES if at > RELIABLE else BETWEEN for at in centres]
    widths = (bins["bin_high"] - bins["bin_low"]).to_numpy(np.float64)
    shown = abs(centres[shares > 100.0 * EMPTY]).max(initial=RELIABLE + 1.0) + widths[0]
    layout = style.Panels(1, 1, width=4.8, height=2.3, left=0.7)
    effect = _mean_effect(trials)
    with style.styled():
        page = style.page(layout, what, {study.title: study.question}, note)
        axes = page.panels[0]
        axes.bar(centres, shares, widths, color=colours, edgecolor=style.PAPER, linewidth=0.4)
        for at in (-RELIABLE, RELIABLE):
            axes.axvline(at, color=style.FAINT, linewidth=0.8, linestyle=(0, (2, 2)))
        axes.axvline(effect, color=style.INK, linewidth=1.2)
        text = f"mean {effect:z.2f}".replace("-", MINUS)
        offset: Any = {"xytext": (-4.0, -2.0), "textcoords": "offset points"}
        where = (effect, shares.max())
        axes.annotate(text, where, **offset, ha="right", va="top", fontsize=7.5)
        end = min(FARTHEST, shown)
        axes.set(xlim=(-end, end), xlabel="Own effect, points of CORE-OM", ylabel="% of men")
    shares_told = "; ".join(
        f"{100.0 * row['share']:.1f}% {row['group']}"
        for row in trials.individual.to_dict("records")
    )
    return Picture("own_effects", what, f"Of men: {shares_told}. {note}", page.figure)


def _mean_effect(trials: Trials) -> float:
    """Give the mean true effect of the study's own design at the primary week."""
    rows = primary_scores(trials.study, trials.trials)
    return float(rows["true_effect"].mean())
