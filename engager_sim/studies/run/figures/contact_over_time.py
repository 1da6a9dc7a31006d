"""Who is in contact over time, and by which cause the others left first."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import Normal, Stroke
from matplotlib.ticker import PercentFormatter

from engager_sim.figures import style
from engager_sim.figures.exit_names import NO_EXIT, exit_name
from engager_sim.runs.tables.weeks import exit_column
from engager_sim.studies.run.course_summary import Course, Group, followed
from engager_sim.studies.run.figures.captions import (
    averaged_over,
    group_name,
    interval_note,
    page_of,
)
from engager_sim.studies.run.figures.findings import CONTACT_TOLD, outcome_finding
from engager_sim.studies.run.study import RunResult
from engager_sim.theory.ways_out import Exit

BANDS: dict[Exit, str] = {
    Exit.NONE: "#D9ECF8",
    Exit.PLANNED_ENDING: style.GREEN,
    Exit.ABRUPT_ENDING: "#8FD3BF",
    Exit.CRISIS: style.VERMILLION,
    Exit.RESIGNED: "#EFA77A",
    Exit.OVERCONFIDENT: style.YELLOW,
    Exit.WITHDREW: style.ORANGE,
    Exit.LOST_AT_GATE: style.PURPLE,
    Exit.LOST_WITH_WORKER: "#E9C6D8",
    Exit.RECALL: "#4D4D4D",
    Exit.NEW_CUSTODY: "#A6A6A6",
    Exit.MOVED_AWAY: "#C8B9A0",
    Exit.DIED: "#1A1A1A",
}
"""The bands from bottom to top, and their colours: endings, own decisions, lost, custody, gone."""

LEAST_SHOWN = 0.0005
LEADER = 2.6
"""Weeks that the line from a band to its label takes."""

HALO = [Stroke(linewidth=3.0, foreground="white", alpha=0.8), Normal()]
"""Keeps the line apart from the colours it crosses."""


def contact_over_time(result: RunResult) -> Figure:
    """Draw the share of men by first exit, week by week, and the share in contact."""
    groups = _two_armed_first(list(result.courses))
    layout = style.Panels(
        len(groups), min(2, len(groups)), width=2.75, height=2.3, right=2.0, under_all=0.25
    )
    intervals = interval_note(result, "Shading around the line")
    note = (
        f"Areas: share of men by their first exit so far, {averaged_over(result.replicates)}; a "
        "man who comes back keeps his first exit's colour. Weeks in which fewer than half of the "
        f"men are followed are left out. {intervals}"
    )
    what = outcome_finding(result.summary, CONTACT_TOLD)
    with style.styled():
        page = page_of(result, layout, what, note)
        for axes, group in zip(page.panels, groups, strict=True):
            _draw_panel(axes, followed(result.courses[group]))
            axes.set_title(group_name(group, groups))
        line = Line2D([], [], color=style.INK, linewidth=1.6)
        page.legend_below([line], ["in contact: at liberty and seen in the last four weeks"], 1)
    return page.figure


def _two_armed_first(groups: list[Group]) -> list[Group]:
    """Put the arms of a scenario side by side."""
    scenarios = [group.scenario for group in groups]
    return sorted(groups, key=lambda group: scenarios.count(group.scenario) == 1)


def _draw_panel(axes: Axes, courses: Mapping[str, Course]) -> None:
    weeks = courses["in_contact"].week
    shares = {cause: courses[exit_column(cause)].mean for cause in BANDS if cause}
    without = 1.0 - np.sum(list(shares.values()), axis=0)
    heights = [shares.get(cause, without) for cause in BANDS]
    axes.stackplot(weeks, heights, colors=list(BANDS.values()), edgecolor="white", linewidth=0.4)
    seen = courses["in_contact"].during(weeks >= 0)
    axes.fill_between(seen.week, seen.low, seen.high, color=style.INK, alpha=0.25, linewidth=0)
    axes.plot(seen.week, seen.mean, color=style.INK, linewidth=1.6, path_effects=HALO)
    if weeks[0] < -4:
        axes.text(weeks[0] / 2.0, 0.5, NO_EXIT, size=7.2, rotation=90, ha="center", va="center")
    _label_bands(axes, [float(height[-1]) for height in heights], float(weeks[-1]))
    style.weeks_from_release(axes, int(weeks[0]), int(weeks[-1]))
    axes.set(ylim=(0, 1), ylabel="Share of men")
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))


def _label_bands(axes: Axes, heights: list[float], last_week: float) -> None:
    tops = np.cumsum(heights)
    shown = [
        (float(top) - height / 2.0, cause, height)
        for top, height, cause in zip(tops, heights, BANDS, strict=True)
        if height >= LEAST_SHOWN
    ]
    positions = style.spread([middle for middle, _, _ in shown], 0.066, 0.0, 1.0)
    for position, (middle, cause, height) in zip(positions, shown, strict=True):
        weeks = [last_week, last_week + LEADER]
        axes.plot(weeks, [middle, position], color=style.FAINT, lw=0.6, clip_on=False)
        text = f"{exit_name(cause)}, {height:.1%}"
        axes.text(last_week + LEADER + 0.3, position, text, size=7.2, va="center")
