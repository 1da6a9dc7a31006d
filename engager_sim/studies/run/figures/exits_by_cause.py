"""By which cause men leave first."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from engager_sim.figures import style
from engager_sim.runs.tables.weeks import CAUSES, exit_column
from engager_sim.studies.run.figures.captions import averaged_over, interval_note, page_of
from engager_sim.studies.run.figures.findings import exits_finding
from engager_sim.studies.run.study import RunResult
from engager_sim.theory.ways_out import EXIT_MEANINGS
from engager_sim.world.records import ARMS

NAMES_WIDTH = 2.15
COLUMNS = 3
NAMES: Mapping[str, str] = {
    "programme": "programme",
    "usual_care": "usual care",
    "all": "all men (one arm)",
}
ROOM_OF_BARS = 0.8


def exits_by_cause(result: RunResult) -> Figure:
    """Draw the share of men by the cause of their first exit, arms and scenarios compared."""
    scenarios = result.workload.scenarios
    count = len(scenarios)
    room = {"left": 0.12, "before_all": NAMES_WIDTH, "under_all": 0.25}
    layout = style.Panels(count, min(COLUMNS, count), 2.9, 2.45, **room)
    intervals = interval_note(result, "Whiskers")
    note = (
        f"First exits within follow-up; {averaged_over(result.replicates)}. Men without an exit "
        f"make up the rest of 100%. {intervals}"
    )
    with style.styled():
        page = page_of(result, layout, exits_finding(result.summary), note)
        widest = 0.0
        for index, (axes, scenario) in enumerate(zip(page.panels, scenarios, strict=True)):
            rows = result.summary[result.summary["scenario"] == scenario.name]
            widest = max(widest, _draw_panel(axes, rows))
            axes.set_title(style.titled(scenario.name, beside=[each.name for each in scenarios]))
            if index % layout.columns:
                axes.set_yticklabels([])
        for axes in page.panels:
            axes.set_xlim(0.0, 1.04 * widest)
        _legend(page)
    return page.figure


def _draw_panel(axes: Axes, summary: pd.DataFrame) -> float:
    """Draw the bars of one scenario; return how far the longest whisker reaches."""
    groups = [arm for arm in ARMS if (summary["whom"] == arm).any()] or ["all"]
    thickness = ROOM_OF_BARS / len(groups)
    middles = np.arange(len(CAUSES), dtype=np.float64)
    estimates = summary.set_index(["whom", "outcome"])[["mean", "low", "high"]]
    reach = 0.0
    for index, whom in enumerate(groups):
        exits = [(whom, exit_column(cause)) for cause in CAUSES]
        mean, low, high = estimates.loc[exits].to_numpy(np.float64).T
        whiskers = np.nan_to_num(
            np.array([mean - np.maximum(low, 0.0), np.minimum(high, 1.0) - mean])
        )
        y = middles + thickness * (index - (len(groups) - 1) / 2.0)
        look: Any = {"label": NAMES[whom], "color": style.ARM_COLOURS[whom]}
        axes.barh(y, mean, thickness * 0.92, **look)
        axes.errorbar(mean, y, xerr=whiskers, fmt="none", elinewidth=1.0, ecolor=style.INK)
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
