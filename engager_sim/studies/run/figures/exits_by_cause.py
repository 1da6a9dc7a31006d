"""By which route men leave first."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from engager_sim.figures import style
from engager_sim.runs.tables.weeks import CAUSES, exit_column
from engager_sim.statistics.intervals import estimate
from engager_sim.studies.run.figures.across_replicates import interval_note, replicates_in
from engager_sim.studies.run.summary import drawn_in
from engager_sim.theory.ways_out import EXIT_MEANINGS
from engager_sim.world.records import ARMS

NAMES_WIDTH = 2.15
COLUMNS = 3
NAMES = {"programme": "programme", "usual_care": "usual care", "all": "all men (one arm)"}
ROOM_OF_BARS = 0.8


def exits_by_cause(runs: pd.DataFrame, questions: Mapping[str, str]) -> Figure:
    """Draw the share of men by the cause of their first exit, arms and scenarios compared.

    Parameters
    ----------
    runs : pandas.DataFrame
        The table of runs.
    questions : mapping of str to str
        Each scenario's question.
    """
    scenarios = [str(name) for name in runs["scenario"].unique()]
    layout = style.Panels(
        len(scenarios), min(COLUMNS, len(scenarios)), width=2.9, height=2.45,
        left=0.12, before_all=NAMES_WIDTH, under_all=0.25,
    )  # fmt: skip
    note = (
        f"First exits within follow-up; {replicates_in(runs)}. Men without an exit make up the "
        f"rest of 100%. {interval_note(runs, 'Whiskers')}"
    )
    with style.styled():
        page = style.page(layout, "By which route men leave first", questions, note)
        widest = 0.0
        for place, (axes, scenario) in enumerate(zip(page.panels, scenarios, strict=True)):
            widest = max(widest, _draw_panel(axes, runs[runs["scenario"] == scenario]))
            axes.set_title(style.titled(scenario))
            if place % layout.columns:
                axes.set_yticklabels([])
        for axes in page.panels:
            axes.set_xlim(0.0, 1.04 * widest)
        _legend(page)
    return page.figure


def _draw_panel(axes: Axes, its: pd.DataFrame) -> float:
    """Draw the bars of one scenario; return how far the longest whisker reaches."""
    two_arms = f"{exit_column(CAUSES[0])}_{ARMS[0]}" in its
    two_arms = two_arms and not its[f"{exit_column(CAUSES[0])}_{ARMS[0]}"].isna().all()
    whose = {arm: f"_{arm}" for arm in ARMS} if two_arms else {"all": ""}
    thickness = ROOM_OF_BARS / len(whose)
    middles = np.arange(len(CAUSES), dtype=np.float64)
    reach = 0.0
    for place, (whom, suffix) in enumerate(whose.items()):
        drawn = drawn_in(its)
        values = [its[f"{exit_column(cause)}{suffix}"].to_numpy(np.float64) for cause in CAUSES]
        mean, low, high = np.array([estimate(each, drawn)[:3] for each in values]).T
        at = middles + thickness * (place - (len(whose) - 1) / 2.0)
        whiskers = np.nan_to_num(np.array([mean - np.maximum(low, 0.0), high - mean]))
        axes.barh(
            at, mean, thickness * 0.92, xerr=whiskers, label=NAMES[whom],
            color=style.ARM_COLOURS[whom], error_kw={"elinewidth": 1.0, "ecolor": style.INK},
        )  # fmt: skip
        reach = max(reach, float(np.nanmax(mean + whiskers[1])))
    axes.set_yticks(middles, [EXIT_MEANINGS[cause] for cause in CAUSES])
    axes.set_ylim(len(CAUSES) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel("Share of men")
    return reach


def _legend(page: style.Page) -> None:
    handles = {
        label: handle
        for axes in page.panels
        for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)
    }
    page.legend_below(list(handles.values()), list(handles), 3)
