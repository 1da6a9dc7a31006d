"""Trust, rapport, understanding and motivation over time."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from engager_sim.figures import style
from engager_sim.studies.run.figures.across_replicates import (
    course,
    followed,
    group_name,
    groups,
    interval_note,
    replicates_in,
)

STATES = {
    "trust": "Trust",
    "rapport": "Rapport",
    "understanding": "Shared understanding",
    "motivation": "Autonomous motivation",
}


def relationship_over_time(weekly: pd.DataFrame, questions: Mapping[str, str]) -> Figure:
    """Draw the mean of each state by week from release, scenarios and arms compared.

    Parameters
    ----------
    weekly : pandas.DataFrame
        The weekly table of men.
    questions : mapping of str to str
        Each scenario's question.
    """
    lines = groups(weekly)
    note = (
        f"Means over all men who are followed, in contact or not; {replicates_in(weekly)}. Weeks "
        "in which fewer than half of the men are followed are left out. "
        f"{interval_note(weekly, 'Bands')}"
    )
    columns = min(3, len(lines))
    layout = style.Panels(
        len(STATES), 2, width=3.1, height=1.75, under_all=0.1 + 0.18 * -(-len(lines) // columns)
    )
    what = "How the relationship and motivation develop over time"
    with style.styled():
        page = style.page(layout, what, questions, note)
        for scenario, arm in lines:
            rows = followed(weekly, scenario, arm)
            look = _look(scenario, arm, lines)
            for axes, state in zip(page.panels, STATES, strict=True):
                values = course(rows, state)
                axes.plot(values.week, values.mean, linewidth=1.5, **look)
                axes.fill_between(
                    values.week, values.low, values.high,
                    color=look["color"], alpha=0.2, linewidth=0,
                )  # fmt: skip
        for axes, title in zip(page.panels, STATES.values(), strict=True):
            _finish(axes, title)
        handles, names = page.panels[0].get_legend_handles_labels()
        page.legend_below(handles, names, columns)
    return page.figure


def _look(scenario: str, arm: str, lines: list[tuple[str, str]]) -> dict[str, Any]:
    """Give arms their colour in one scenario; scenarios their colour and arms their dashes."""
    scenarios = list(dict.fromkeys(name for name, _ in lines))
    label = group_name((scenario, arm), lines)
    if len(scenarios) == 1:
        return {"color": style.ARM_COLOURS[arm], "label": label}
    colour = style.LINES[scenarios.index(scenario) % len(style.LINES)]
    arms = [its_arm for name, its_arm in lines if name == scenario]
    dashes = style.ARM_LINES[arm] if len(arms) > 1 else "solid"
    return {"color": colour, "linestyle": dashes, "label": label}


def _finish(axes: Axes, title: str) -> None:
    first, last = axes.dataLim.intervalx
    axes.set(title=title, ylabel="Mean over men (0 to 1)")
    axes.set_ylim(0.0, None)
    style.weeks_from_release(axes, int(first), int(last))
