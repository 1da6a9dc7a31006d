"""What themes and roles have by themselves: sums of first-order shares."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.outcome_labels import label_outcome, question_of, scenarios_compared
from engager_sim.figures.picture import Picture
from engager_sim.studies.sensitivity.figures.index_axes import (
    SHARE_OF_VARIANCE,
    index_axis,
    pages_of,
    with_interval,
)
from engager_sim.studies.sensitivity.figures.index_marks import (
    LETTER,
    ROW,
    SHADE,
    draw_marks,
    show_from_zero,
)
from engager_sim.studies.sensitivity.study import Sensitivity

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


def group_sums(sensitivity: Sensitivity, labels: Mapping[str, str], note: str) -> Iterator[Picture]:
    """Draw the sums of first-order shares by theme and by role, a panel for each outcome.

    Parameters
    ----------
    sensitivity : Sensitivity
        A study that has such sums.
    labels : mapping of str to str
        Each theme's and role's name in words.
    note : str
        What the indices were estimated from.

    Yields
    ------
    Picture
        For every few outcomes.
    """
    for name, columns in pages_of(sensitivity.columns, "groups"):
        yield _picture(sensitivity, columns, labels, note, name)


def _picture(
    sensitivity: Sensitivity,
    columns: Sequence[OutcomeColumn],
    labels: Mapping[str, str],
    note: str,
    name: str,
) -> Picture:
    study = sensitivity.settings.study
    groups = _groups(sensitivity, columns)
    titles = [textwrap.wrap(column.label, TITLE_WIDTH) for column in columns]
    layout = style.Panels(
        len(columns),
        min(COLUMNS, len(columns)),
        width=2.7,
        height=ROW * _height(groups),
        left=0.12,
        right=0.2,
        above=0.15 + 0.16 * max(map(len, titles)),
        below=0.5,
        under_all=0.26,
        before_all=0.05 + LETTER * max(len(labels[group]) for _, group in groups),
    )
    asked = "What do themes have by themselves, and levers against uncertainties"
    asked += f"{scenarios_compared(study)}?"
    with style.styled():
        page = style.page(layout, asked, question_of(study), NOTE + note)
        for panel, (axes, column) in enumerate(zip(page.panels, columns, strict=True)):
            _draw_panel(axes, _rows(sensitivity, column), groups)
            axes.set_title("\n".join(titles[panel]))
            names = [labels[group] if panel % layout.columns == 0 else "" for _, group in groups]
            axes.set_yticks([_line(groups, number) for number in range(len(groups))], names)
        reach = [axes.get_xlim() for axes in page.panels]
        for axes in page.panels:
            axes.set_xlim(min(low for low, _ in reach), max(high for _, high in reach))
        page.legend_below([_mark(by) for by in LOOKS], [f"sum over a {by}" for by in LOOKS], 2)
    description = " ".join(_description(sensitivity, column, labels) for column in columns)
    return Picture(name, asked, f"{description} {note}", page.figure)


def _rows(sensitivity: Sensitivity, column: OutcomeColumn) -> pd.DataFrame:
    return sensitivity.groups[sensitivity.groups["outcome"] == column.name]


def _groups(sensitivity: Sensitivity, columns: Sequence[OutcomeColumn]) -> list[Group]:
    """List themes, then roles, those with most on average over the outcomes first."""
    table = pd.concat([_rows(sensitivity, column) for column in columns])
    means = table.groupby(["by", "group"], sort=False)["value"].mean()
    keys = [(str(by), str(group)) for by, group in means.index]
    return sorted(keys, key=lambda key: (list(LOOKS).index(key[0]), -means[key]))


def _line(groups: Sequence[Group], number: int) -> float:
    """Say in which line a group stands; roles stand apart from themes."""
    return number + (BETWEEN if groups[number][0] != groups[0][0] else 0.0)


def _height(groups: Sequence[Group]) -> float:
    """Count the lines of all groups."""
    return _line(groups, len(groups) - 1) + 1.0


def _mark(by: str) -> Line2D:
    colour, marker = LOOKS[by]
    return Line2D([], [], color=colour, marker=marker, markersize=4.5, linewidth=1.4)


def _draw_panel(axes: Axes, rows: pd.DataFrame, groups: Sequence[Group]) -> None:
    lines = np.array([_line(groups, number) for number in range(len(groups))])
    by_group = rows.set_index(["by", "group"]).loc[list(groups)]
    numbers = by_group[["value", "low", "high"]].to_numpy()
    for line in lines[::2]:
        axes.axhspan(line - 0.5, line + 0.5, color=SHADE, zorder=0, linewidth=0)
    for by, look in LOOKS.items():
        chosen = np.array([group[0] == by for group in groups])
        draw_marks(axes, lines[chosen], numbers[chosen], look)
    show_from_zero(axes, numbers, SHARE_OF_VARIANCE)
    axes.set_ylim(_height(groups) - 0.5, -0.5)


def _description(sensitivity: Sensitivity, column: OutcomeColumn, labels: Mapping[str, str]) -> str:
    """Say the sums of every theme and role, the largest first."""
    settings, parts = sensitivity.settings, []
    axis = index_axis("S1", settings.method, column)
    rows = _rows(sensitivity, column)
    for by in LOOKS:
        sums = rows[rows["by"] == by].sort_values("value", ascending=False, kind="stable")
        values = [
            f"{labels[row['group']]} {with_interval(row, axis)}" for row in sums.to_dict("records")
        ]
        parts.append(f"by {by}: {', '.join(values)}")
    return (
        f"{label_outcome(column, settings.study).label}, sums of first-order shares "
        f"{'; '.join(parts)}."
    )
