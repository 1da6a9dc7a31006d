"""What themes and roles have by themselves: sums of first-order shares."""

import textwrap
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from engager_sim.designs.samplers import Numbers
from engager_sim.figures import style
from engager_sim.figures.outcome_labels import scenarios_compared
from engager_sim.figures.picture import Picture
from engager_sim.studies.sensitivity.figures.analysed_outcome import (
    SHARE_OF_VARIANCE,
    AnalysedOutcome,
)
from engager_sim.studies.sensitivity.figures.findings import groups_finding
from engager_sim.studies.sensitivity.figures.index_marks import (
    LETTER,
    ROW,
    SHADE,
    draw_marks,
    show_from_zero,
)

type Group = tuple[str, str]
"""Whether it is a theme or a role, and its name."""

COLUMNS = 2
TITLE_WIDTH = 32
"""Letters in a line of a panel's title."""

BETWEEN = 0.4
"""Rows between themes and roles."""

LOOKS = {"theme": (style.BLUE, "o"), "role": (style.VERMILLION, "D")}
NOTE = (
    "Marks: sums of the first-order shares of the factors of a theme or role; what factors do only "
    "together is in none of them. Lines: 95% intervals; hollow where the interval holds 0. Sums "
    "beyond 0 or 1 are the estimates' own noise. "
)


def group_sums(outcomes: Sequence[AnalysedOutcome], note: str, name: str) -> Picture:
    """Draw the sums of first-order shares by theme and by role, a panel for each outcome."""
    groups = _groups(outcomes)
    lines = np.array(
        [number + BETWEEN * (by != groups[0][0]) for number, (by, _) in enumerate(groups)]
    )
    names = [outcomes[0].labels[group] for _, group in groups]
    titles = [textwrap.wrap(outcome.column.label, TITLE_WIDTH) for outcome in outcomes]
    layout = style.Panels(
        len(outcomes),
        min(COLUMNS, len(outcomes)),
        width=2.7,
        height=ROW * (lines[-1] + 1.0),
        left=0.12,
        right=0.2,
        above=0.15 + 0.16 * max(map(len, titles)),
        below=0.5,
        under_all=0.26,
        before_all=0.05 + LETTER * max(map(len, names)),
    )
    found = groups_finding(outcomes) + scenarios_compared(outcomes[0].sensitivity.settings.study)
    with style.styled():
        page = outcomes[0].page(layout, found, NOTE + note)
        for panel, (axes, outcome) in enumerate(zip(page.panels, outcomes, strict=True)):
            _draw_panel(axes, outcome.rows(outcome.sensitivity.groups), groups, lines)
            axes.set_title("\n".join(titles[panel]))
            axes.set_yticks(lines, names if panel % layout.columns == 0 else [""] * len(names))
        reach = [axes.get_xlim() for axes in page.panels]
        for axes in page.panels:
            axes.set_xlim(min(low for low, _ in reach), max(high for _, high in reach))
        marks = [
            Line2D([], [], color=colour, marker=marker, ms=4.5, lw=1.4)
            for colour, marker in LOOKS.values()
        ]
        page.legend_below(marks, [f"sum over a {by}" for by in LOOKS], 2)
    description = " ".join(map(_description, outcomes))
    return Picture(name, found, f"{description} {note}", page.figure)


def _groups(outcomes: Sequence[AnalysedOutcome]) -> list[Group]:
    """List themes, then roles, those with most on average over the outcomes first."""
    table = pd.concat([outcome.rows(outcome.sensitivity.groups) for outcome in outcomes])
    means = table.groupby(["by", "group"], sort=False)["value"].mean()
    keys = [(str(by), str(group)) for by, group in means.index]
    return sorted(keys, key=lambda key: (list(LOOKS).index(key[0]), -means[key]))


def _draw_panel(axes: Axes, rows: pd.DataFrame, groups: Sequence[Group], lines: Numbers) -> None:
    by_group = rows.set_index(["by", "group"]).loc[list(groups)]
    numbers = by_group[["value", "low", "high"]].to_numpy()
    for line in lines[::2]:
        axes.axhspan(line - 0.5, line + 0.5, color=SHADE, zorder=0, lw=0)
    for by, look in LOOKS.items():
        chosen = np.array([group[0] == by for group in groups])
        draw_marks(axes, lines[chosen], numbers[chosen], look)
    show_from_zero(axes, numbers, SHARE_OF_VARIANCE)
    axes.set_ylim(lines[-1] + 0.5, -0.5)


def _description(outcome: AnalysedOutcome) -> str:
    """Say the sums of every theme and role, the largest first."""
    axis, parts = outcome.axis("S1"), []
    rows = outcome.rows(outcome.sensitivity.groups)
    for by in LOOKS:
        sums = rows[rows["by"] == by].sort_values("value", ascending=False, kind="stable")
        values = [outcome.said(row, axis) for row in sums.to_dict("records")]
        parts.append(f"by {by}: {', '.join(values)}")
    return f"{outcome.label.label}, sums of first-order shares {'; '.join(parts)}."
