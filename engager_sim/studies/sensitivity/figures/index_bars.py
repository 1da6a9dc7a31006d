"""Which factors matter most: a method's indices with their intervals, the largest on top."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.designs.samplers import Numbers
from engager_sim.figures import style
from engager_sim.figures.outcome_labels import label_outcome, question_of
from engager_sim.figures.picture import Picture
from engager_sim.studies.sensitivity.figures.index_axes import (
    MOST_SAID,
    NAMES,
    SLOPES,
    index_axis,
    ranked,
    with_interval,
)
from engager_sim.studies.sensitivity.figures.index_marks import (
    LETTER,
    ROW,
    SHADE,
    draw_marks,
    show_from_zero,
)
from engager_sim.studies.sensitivity.figures.notes import not_shown
from engager_sim.studies.sensitivity.figures.tie_letters import tie_letters
from engager_sim.studies.sensitivity.methods import Method
from engager_sim.studies.sensitivity.study import Sensitivity
from engager_sim.studies.sensitivity.tables import SECOND_ORDER, interval_of_size

MOST_SHOWN = 25
BETWEEN = 0.32
"""Rows between two indices of a factor."""

LOOKS = ((style.BLUE, "o"), (style.ORANGE, "D"), (style.GREEN, "s"))
"""Colour and marker of a method's indices."""


def index_bars(
    sensitivity: Sensitivity, column: OutcomeColumn, labels: Mapping[str, str], note: str
) -> Picture:
    """Draw a method's indices of one outcome, factors sorted by the main index.

    Parameters
    ----------
    sensitivity : Sensitivity
        A study that was carried out.
    column : OutcomeColumn
        One of its outcomes.
    labels : mapping of str to str
        Each factor's or group's name in words.
    note : str
        What the indices were estimated from.
    """
    order = ranked(sensitivity, column)
    shown = order["factor"].tolist()[:MOST_SHOWN]
    panels = _panels(sensitivity, column)
    lines = _legend_lines(sensitivity, panels)
    row = ROW * (1.3 if max(map(len, panels)) > 1 else 1.0)
    width = 3.7 if len(panels) == 1 else 2.35
    method, study = sensitivity.settings.method, sensitivity.settings.study
    axis = [index_axis(indices[0], method, column).label for indices in panels]
    layout = style.Panels(
        len(panels),
        len(panels),
        width=width,
        height=row * len(shown),
        left=0.12,
        right=0.62,
        above=0.17,
        below=0.47 if max(map(len, axis)) * LETTER < width else 0.6,
        before_all=0.05 + LETTER * max(len(labels[name]) for name in shown),
        under_all=0.08 + sum(0.02 + 0.135 * (text.count("\n") + 1) for _, text in lines),
    )
    asked = f"{label_outcome(column, study).label}: which factors matter most?"
    with style.styled():
        note_below = _note(sensitivity, column, len(order)) + note
        page = style.page(layout, asked, question_of(study), note_below)
        for panel, (axes, indices) in enumerate(zip(page.panels, panels, strict=True)):
            _draw_panel(axes, sensitivity, column, indices, shown)
            names = [labels[name] if panel == 0 else "" for name in shown]
            axes.set_yticks(range(len(shown)), names)
        _write_ties(page.panels[0], order[:MOST_SHOWN])
        page.legend_below([mark for mark, _ in lines], [text for _, text in lines], 1)
    description = _description(sensitivity, column, labels) + note
    return Picture(f"indices_{column.name}", asked, description, page.figure)


def _panels(sensitivity: Sensitivity, column: OutcomeColumn) -> list[list[str]]:
    """Put indices of one axis into one panel; of groups, some methods have no sign or spread."""
    table, method = sensitivity.indices, sensitivity.settings.method
    known = table[table["outcome"] == column.name].groupby("index")["value"].count()
    panels: dict[str, list[str]] = {}
    for index in method.meanings:
        if known.get(index, 0) > 0:
            panels.setdefault(index_axis(index, method, column).label, []).append(index)
    return list(panels.values())


def _look(index: str, method: Method) -> tuple[str, str]:
    return LOOKS[[name for name in method.meanings if name != SECOND_ORDER].index(index)]


def _legend_lines(
    sensitivity: Sensitivity, panels: Sequence[Sequence[str]]
) -> list[tuple[Line2D, str]]:
    method, lines = sensitivity.settings.method, []
    for index in [index for indices in panels for index in indices]:
        colour, marker = _look(index, method)
        mark = Line2D([], [], color=colour, marker=marker, markersize=4.5, linewidth=1.4)
        text = f"{NAMES[index]}: {method.meanings[index]}"
        lines.append((mark, "\n".join(textwrap.wrap(text, 82 if len(panels) == 1 else 100))))
    return lines


def _draw_panel(
    axes: Axes,
    sensitivity: Sensitivity,
    column: OutcomeColumn,
    indices: Sequence[str],
    shown: Sequence[str],
) -> None:
    table = sensitivity.indices[sensitivity.indices["outcome"] == column.name]
    method = sensitivity.settings.method
    axis = index_axis(indices[0], method, column)
    drawn = []
    for position, index in enumerate(indices):
        rows = table[table["index"] == index].set_index("factor").loc[list(shown)]
        numbers = np.asarray(axis.times * rows[["value", "low", "high"]].to_numpy(), np.float64)
        shift = BETWEEN * (position - (len(indices) - 1) / 2.0)
        draw_marks(
            axes, np.arange(len(shown), dtype=np.float64) + shift, numbers, _look(index, method)
        )
        drawn.append(numbers)
    for row in range(0, len(shown), 2):
        axes.axhspan(row - 0.5, row + 0.5, color=SHADE, zorder=0, linewidth=0)
    show_from_zero(axes, np.concatenate(drawn), axis.label)
    if axis.label in SLOPES.values():
        _stretch_over_decades(axes, np.concatenate(drawn))
    axes.set_ylim(len(shown) - 0.5, -0.5)


def _stretch_over_decades(axes: Axes, numbers: Numbers) -> None:
    """Make the axis logarithmic where a few numbers are far larger than the others."""
    positive = numbers[numbers > 0.0]
    if len(positive) and positive.max() > 20.0 * np.median(positive):
        smallest = 10.0 ** np.floor(np.log10(np.quantile(positive, 0.2)))
        axes.set_xscale("symlog", linthresh=smallest)
        axes.set_xlim(-0.2 * smallest, 1.5 * positive.max())


def _ends(rows: pd.DataFrame) -> tuple[Numbers, Numbers]:
    """Take the ends of the intervals by which factors are ranked."""
    low, high = rows["low"].to_numpy(np.float64), rows["high"].to_numpy(np.float64)
    return interval_of_size(str(rows["index"].iloc[0]), low, high)


def _write_ties(axes: Axes, rows: pd.DataFrame) -> None:
    transform = axes.get_yaxis_transform()
    look: dict[str, Any] = {"size": 7.2, "color": style.FAINT}
    axes.text(1.03, 1.0, "ties", transform=axes.transAxes, va="bottom", **look)
    low, high = _ends(rows)
    for row, letters in enumerate(tie_letters(low.tolist(), high.tolist())):
        axes.text(1.03, row, letters, transform=transform, va="center", **look)


def _note(sensitivity: Sensitivity, column: OutcomeColumn, count: int) -> str:
    table = sensitivity.indices[sensitivity.indices["outcome"] == column.name]
    note = (
        "Marks: indices; lines: their 95% intervals; hollow where the interval holds 0. Factors "
        "that share a letter are tied: their intervals of the "
        f"{NAMES[sensitivity.settings.method.main]} index overlap, and their order is not settled. "
        f"{not_shown(count, MOST_SHOWN)}"
    )
    for meaning, rows in table[table["value"].notna()].groupby("note", sort=True):
        if str(meaning).startswith(("below", "above")):
            note += f"Indices {meaning} ({len(rows)} of {len(table)}). "
    outside = int(((table["value"] < table["low"]) | (table["value"] > table["high"])).sum())
    if outside:
        note += (
            "Indices outside their interval: bootstrap resamples repeat points, which moves this "
            f"index ({outside} of {len(table)}). "
        )
    return note


def _description(sensitivity: Sensitivity, column: OutcomeColumn, labels: Mapping[str, str]) -> str:
    """Say the largest values of every index, and which factors are tied with the first."""
    method, table = sensitivity.settings.method, sensitivity.indices
    parts = []
    for index in [index for indices in _panels(sensitivity, column) for index in indices]:
        rows = table[(table["outcome"] == column.name) & (table["index"] == index)]
        known = rows[rows["value"].notna()].sort_values("rank", kind="stable")
        axis = index_axis(index, method, column)
        largest = [
            f"{labels[row['factor']]} {with_interval(row, axis)}"
            for row in known.head(MOST_SAID).to_dict("records")
        ]
        parts.append(
            f"largest {NAMES[index]} ({axis.label}), with 95% intervals: {', '.join(largest)}"
        )
    order = ranked(sensitivity, column)
    low, high = _ends(order)
    first, *tied = (labels[name] for name in order["factor"][(high >= low[0]) & (low <= high[0])])
    more = f" and {len(tied) - MOST_SAID} more" if len(tied) > MOST_SAID else ""
    return (
        f"{label_outcome(column, sensitivity.settings.study).label}, {method.label}: "
        f"{'; '.join(parts)}. Not told apart from {first}: "
        f"{', '.join(tied[:MOST_SAID]) or 'none'}{more}. "
    )
