"""Trust, rapport, understanding and motivation over time."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from engager_sim.figures import style
from engager_sim.figures.drawn_text import width_of
from engager_sim.studies.run.course_summary import Group, followed
from engager_sim.studies.run.figures.captions import (
    averaged_over,
    group_name,
    interval_note,
    page_of,
)
from engager_sim.studies.run.figures.findings import RELATIONSHIP_TOLD, outcome_finding
from engager_sim.studies.run.study import RunResult

MOST_BANDS = 3
"""Groups whose bands can be told apart; intervals of more stand side by side."""
APART, SPAN = 1.2, 10.0
"""Weeks between these at most, and from the first to the last."""
ROOM, HANDLE, LEGEND = 7.2, 0.6, 8.0
"""Inches of the legend and beside each name in it; size of its type."""

STATES = {
    "trust": "Trust",
    "rapport": "Rapport",
    "understanding": "Shared understanding",
    "motivation": "Autonomous motivation",
}


def relationship_over_time(result: RunResult) -> Figure:
    """Draw the mean of each state by week from release, scenarios and arms compared."""
    groups = list(result.courses)
    has_bands = len(groups) <= MOST_BANDS
    intervals = interval_note(result, "Bands" if has_bands else "Upright lines, set apart")
    note = (
        "Means over all men who are followed, in contact or not; "
        f"{averaged_over(result.replicates)}. Weeks in which fewer than half of the men are "
        f"followed are left out. {intervals}"
    )
    looks = [_look(group, groups) for group in groups]
    longest = max(width_of(look["label"], size=LEGEND) for look in looks)
    columns = max(1, min(3, len(groups), int(ROOM / (longest + HANDLE))))
    layout = style.Panels(
        len(STATES), 2, width=3.1, height=1.75, under_all=0.1 + 0.18 * -(-len(groups) // columns)
    )
    what = outcome_finding(result.summary, RELATIONSHIP_TOLD)
    with style.styled():
        page = page_of(result, layout, what, note)
        for index, (group, look) in enumerate(zip(groups, looks, strict=True)):
            courses, aside = followed(result.courses[group]), index - (len(groups) - 1) / 2.0
            for axes, state in zip(page.panels, STATES, strict=True):
                week, mean, low, high = courses[state]
                axes.plot(week, mean, linewidth=1.5, **look)
                if has_bands:
                    axes.fill_between(week, low, high, color=look["color"], alpha=0.2, linewidth=0)
                else:
                    told = week % style.QUARTER == 0
                    at = week[told] + min(APART, SPAN / len(groups)) * aside
                    axes.vlines(at, low[told], high[told], color=look["color"], linewidth=1.0)
                    axes.plot(at, mean[told], "o", markersize=2.5, color=look["color"])
        for axes, title in zip(page.panels, STATES.values(), strict=True):
            _finish(axes, title)
        handles, names = page.panels[0].get_legend_handles_labels()
        page.legend_below(handles, names, columns)
    return page.figure


def _look(group: Group, groups: list[Group]) -> dict[str, Any]:
    """Give arms their colour in one scenario; scenarios their colour and arms their dashes."""
    scenarios = list(dict.fromkeys(other.scenario for other in groups))
    label = group_name(group, groups)
    if len(scenarios) == 1:
        return {"color": style.ARM_COLOURS[group.arm], "label": label}
    colour = style.LINES[scenarios.index(group.scenario) % len(style.LINES)]
    arms = [other.arm for other in groups if other.scenario == group.scenario]
    dashes = style.ARM_LINES[group.arm] if len(arms) > 1 else "solid"
    return {"color": colour, "linestyle": dashes, "label": label}


def _finish(axes: Axes, title: str) -> None:
    first, last = axes.dataLim.intervalx
    axes.set(title=title, ylabel="Mean over men (0 to 1)")
    axes.set_ylim(0.0, None)
    style.weeks_from_release(axes, int(first), int(last))
