"""Power of simulated trials against their size, for each number of practitioners."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.studies.trial.replicate import CORE_OM, INDIVIDUALS
from engager_sim.studies.trial.study import Trials
from engager_sim.studies.trial.tables import WANTED_POWER

ASIDE = 1.05
"""Factor by which dots of one size stand apart, so that their intervals do not overlap."""
COLOURS = (style.BLUE, style.GREEN, style.VERMILLION)
MARKERS = ("o", "^", "D")
OWN = "#7A7A7A"
PERCENT = ([0.0, 0.2, 0.4, 0.6, 0.8, 1.0], ["0%", "20%", "40%", "60%", "80%", "100%"])


def power_by_size(trials: Trials) -> Picture:
    """Draw the power at the primary week of every design, by the main analysis."""
    study = trials.study
    main, own = _rows(trials)
    staff = sorted(int(number) for number in main["practitioners"].unique())
    what = _finding(main, staff)
    bars = "Wilson's 95% interval" if trials.fitted is None else "95% interval over parameters"
    note = (
        f"Share of {study.replicates:,} simulated trials whose interval does not cover 0, at week "
        f"{study.primary}, attrition as in the trial; bars: {bars}. Filled: practitioners' means, "
        f"the main analysis. Hollow: the trial's own analysis with {study.design[1]} "
        "practitioners, for which men are independent. Larger trials recruit for longer, at the "
        "same rate; with more practitioners, faster."
    )
    layout = style.Panels(1, 1, width=4.6, height=2.5, left=0.7, under_all=0.5)
    with style.styled():
        page = style.page(layout, what, {study.title: study.question}, note)
        axes = page.panels[0]
        axes.axhline(WANTED_POWER, color=style.FAINT, linewidth=0.8, linestyle=(0, (2, 2)))
        handles = []
        for index, number in enumerate(staff):
            aside = ASIDE ** (index - len(staff) / 2.0)
            colour, marker = COLOURS[index % len(COLOURS)], MARKERS[index % len(MARKERS)]
            _draw(axes, main[main["practitioners"] == number], aside, colour, marker, colour)
            handles.append(Line2D([], [], color=colour, marker=marker, linewidth=1.1))
        _draw(axes, own, ASIDE ** (len(staff) / 2.0), OWN, "s", style.PAPER)
        handles.append(Line2D([], [], color=OWN, marker="s", markerfacecolor=style.PAPER))
        axes.set_xscale("log")
        axes.set_xticks(study.men, [f"{men:,}" for men in study.men])
        axes.set_xticks([], minor=True)
        axes.set(
            xlim=(study.men[0] / 1.25, study.men[-1] * 1.25),
            ylim=(-0.02, 1.0),
            xlabel="Men in both arms, before attrition",
            ylabel="Power",
        )
        axes.set_yticks(*PERCENT)
        names = [f"{number} practitioners" for number in staff]
        page.legend_below(handles, [*names, "men taken as independent"], 2)
    words = "; ".join(
        f"{row['men']:,} men and {row['practitioners']} practitioners: {row['power']:.0%} "
        f"({row['power_low']:.0%} to {row['power_high']:.0%})"
        for row in main.to_dict("records")
    )
    return Picture("power_by_size", what, f"Power of {words}. {note}", page.figure)


def _rows(trials: Trials) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Choose the power at the primary week: of every design, and of the trial's own analysis."""
    study, power, table = trials.study, trials.power, trials.by_analysis
    main = power[(power["outcome"] == CORE_OM) & (power["week"] == study.primary)]
    own = table[(table["analysis"] == INDIVIDUALS) & (table["week"] == study.primary)]
    return main, own[own["practitioners"] == study.design[1]]


def _finding(main: pd.DataFrame, staff: list[int]) -> str:
    """Say which design is the smallest with the wanted power, or that none has it."""
    enough = main[main["power"] >= WANTED_POWER].sort_values(["men", "practitioners"])
    if enough.empty:
        largest = main.sort_values(["men", "practitioners"]).iloc[-1]
        return (
            f"Not even {largest['men']:,} men and {staff[-1]} practitioners reach a power of 80%"
            if len(main) > 1
            else f"{largest['men']:,} men and {staff[-1]} practitioners give "
            f"{largest['power']:.0%} power"
        )
    first = enough.iloc[0]
    about = "" if first["power_low"] >= WANTED_POWER else "about "
    return (
        f"{first['men']:,} men and {first['practitioners']} practitioners reach a power of {about}"
        "80%"
    )


def _draw(
    axes: Axes, rows: pd.DataFrame, aside: float, colour: str, marker: str, inside: str
) -> None:
    men = rows["men"] * aside
    axes.vlines(men, rows["power_low"], rows["power_high"], color=colour, linewidth=1.0)
    dots: Any = {"marker": marker, "markersize": 5.0, "markerfacecolor": inside}
    axes.plot(men, rows["power"], color=colour, linewidth=0.8, alpha=0.95, **dots)
