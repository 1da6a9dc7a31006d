"""Which factors matter most: a method's indices with their intervals, the largest on top."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.studies.sensitivity.figures.index_words import (
    NAMES,
    SHARE_OF_VARIANCE,
    SLOPES,
    index_axis,
    outcome_words,
    ranked,
    with_interval,
)
from engager_sim.studies.sensitivity.methods import Method
from engager_sim.studies.sensitivity.study import Sensitivity
from engager_sim.studies.sensitivity.tables import SECOND_ORDER

MOST_SHOWN, SAID = 25, 5
"""Factors that are drawn, and that are said in words."""

ROW, LETTER = 0.2, 0.062
"""Inches that a row and a letter of a factor's name take."""

BESIDE = 0.32
"""Rows between two indices of a factor."""

SHADE, RULE = "#F4F4F4", "#DDDDDD"
LOOKS = ((style.BLUE, "o"), (style.ORANGE, "D"), (style.GREEN, "s"))
"""Colour and marker of a method's indices."""

type Numbers = npt.NDArray[np.float64]

TINY = 1e-3


def left_out(count: int, shown: int) -> str:
    """Say how many factors are not shown, if any."""
    more = count - shown
    return f"The {shown} largest of {count} are shown, {more} not. " if more > 0 else ""


def tie_letters(low: Sequence[float], high: Sequence[float]) -> list[str]:
    """Give factors letters such that two share one exactly if their intervals overlap.

    Parameters
    ----------
    low, high : sequence of float
        Ends of each factor's interval.

    Returns
    -------
    list of str
        Letters of each factor, as a range where there are many; ``a`` for the highest intervals.
    """
    ends = list(zip(low, high, strict=True))
    at = {
        start: frozenset(place for place, (one, other) in enumerate(ends) if one <= start <= other)
        for start in sorted(set(low), reverse=True)
    }
    groups = [
        group for group in at.values() if group and not any(group < one for one in at.values())
    ]
    letters = []
    for place in range(len(ends)):
        its = [chr(ord("a") + number) for number, group in enumerate(groups) if place in group]
        letters.append("".join(its) if len(its) < 3 else f"{its[0]}\N{EN DASH}{its[-1]}")
    return letters


def sensitivity_bars(
    sensitivity: Sensitivity, column: OutcomeColumn, labels: Mapping[str, str], note: str
) -> Picture:
    """Draw a method's indices of one outcome, factors sorted by the main index.

    Parameters
    ----------
    sensitivity : Sensitivity
        A study that was carried out.
    column : OutcomeColumn
        The outcome.
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
    axis = [index_axis(indices[0], sensitivity.plan.method, column).label for indices in panels]
    layout = style.Panels(
        len(panels), len(panels), width=width, height=row * len(shown), left=0.12, right=0.62,
        above=0.17, below=0.47 if max(map(len, axis)) * LETTER < width else 0.6,
        before_all=0.05 + LETTER * max(len(labels[name]) for name in shown),
        under_all=0.08 + sum(0.02 + 0.135 * (text.count("\n") + 1) for _, text in lines),
    )  # fmt: skip
    asked = f"{outcome_words(sensitivity, column)}: which factors matter most?"
    study = sensitivity.plan.study
    with style.styled():
        page = style.page(
            layout, asked, {study.scenario.name: study.question},
            _note(sensitivity, column, len(order)) + note,
        )  # fmt: skip
        for place, (axes, indices) in enumerate(zip(page.panels, panels, strict=True)):
            _draw_panel(axes, sensitivity, column, indices, shown)
            axes.set_yticks(
                range(len(shown)), [labels[name] if not place else "" for name in shown]
            )
        _write_ties(page.panels[0], order[:MOST_SHOWN])
        page.legend_below([mark for mark, _ in lines], [text for _, text in lines], 1)
    words = _words(sensitivity, column, labels) + note
    return Picture(f"indices_{column.name}", asked, words, page.figure)


def _panels(sensitivity: Sensitivity, column: OutcomeColumn) -> list[list[str]]:
    """Put indices of one axis into one panel; of groups, some methods have no sign or spread."""
    table, method = sensitivity.indices, sensitivity.plan.method
    known = table[table["outcome"] == column.name].groupby("index")["value"].count()
    panels: dict[str, list[str]] = {}
    for index in method.meanings:
        if known.get(index, 0) > 0:
            panels.setdefault(index_axis(index, method, column).label, []).append(index)
    return list(panels.values())


def _look(index: str, method: Method) -> tuple[str, str]:
    return LOOKS[[each for each in method.meanings if each != SECOND_ORDER].index(index)]


def _legend_lines(
    sensitivity: Sensitivity, panels: Sequence[Sequence[str]]
) -> list[tuple[Line2D, str]]:
    method, lines = sensitivity.plan.method, []
    for index in [each for indices in panels for each in indices]:
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
    axis = index_axis(indices[0], sensitivity.plan.method, column)
    drawn = []
    for place, index in enumerate(indices):
        its = table[table["index"] == index].set_index("factor").loc[list(shown)]
        numbers = np.asarray(axis.times * its[["value", "low", "high"]].to_numpy(), np.float64)
        at = np.arange(len(shown), dtype=np.float64) + BESIDE * (place - (len(indices) - 1) / 2.0)
        draw_marks(axes, at, numbers, _look(index, sensitivity.plan.method))
        drawn.append(numbers)
    for row in range(0, len(shown), 2):
        axes.axhspan(row - 0.5, row + 0.5, color=SHADE, zorder=0, linewidth=0)
    show_from_zero(axes, np.concatenate(drawn), axis.label)
    if axis.label in SLOPES.values():
        _over_decades(axes, np.concatenate(drawn))
    axes.set_ylim(len(shown) - 0.5, -0.5)


def draw_marks(axes: Axes, at: Numbers, numbers: Numbers, look: tuple[str, str]) -> None:
    """Draw values with their intervals, hollow where the interval holds 0.

    Parameters
    ----------
    axes : Axes
        Where.
    at : float64 array, shape (rows,)
        Places down the page.
    numbers : float64 array, shape (rows, 3)
        Values, and lower and upper ends of their intervals.
    look : tuple of str
        Colour and marker.
    """
    (colour, marker), (value, low, high) = look, numbers.T
    axes.hlines(at, low, high, color=colour, linewidth=1.4)
    is_clear = ~((low <= 0.0) & (high >= 0.0))
    for chosen, face in ((is_clear, colour), (~is_clear, style.PAPER)):
        axes.plot(
            value[chosen], at[chosen], linestyle="none", marker=marker, markersize=4.5,
            markerfacecolor=face, markeredgecolor=colour, markeredgewidth=1.2,
        )  # fmt: skip


def show_from_zero(axes: Axes, numbers: Numbers, label: str) -> None:
    """Show all numbers and 0; those that no share can have lie beyond a line at 0 or 1."""
    low, high = np.nanmin(numbers, initial=0.0), np.nanmax(numbers, initial=0.0)
    margin = 0.04 * (high - low) or 1.0
    for whole in (0.0, 1.0):
        if whole == 0.0 or (label == SHARE_OF_VARIANCE and high > 1.0):
            axes.axvline(whole, color=style.FAINT, linewidth=0.8, zorder=1.5)
    axes.set_xlim(low - margin, high + margin)
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    if max(-low, high) < TINY:  # in full, because a factor at the axis's end meets its label
        axes.xaxis.set_major_formatter(StrMethodFormatter("{x:.1g}"))
    inches = axes.get_window_extent().width / axes.figure.dpi
    axes.set_xlabel("\n".join(textwrap.wrap(label, round(inches / LETTER))))
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)


def _over_decades(axes: Axes, numbers: Numbers) -> None:
    """Stretch the axis where a few numbers are far larger than the others."""
    positive = numbers[numbers > 0.0]
    if len(positive) and positive.max() > 20.0 * np.median(positive):
        smallest = 10.0 ** np.floor(np.log10(np.quantile(positive, 0.2)))
        axes.set_xscale("symlog", linthresh=smallest)
        axes.set_xlim(-0.2 * smallest, 1.5 * positive.max())


def _sizes(rows: pd.DataFrame) -> tuple[Numbers, Numbers]:
    """Give the ends of the intervals by which factors are ranked; main effects have a sign."""
    low, high = rows["low"].to_numpy(np.float64), rows["high"].to_numpy(np.float64)
    if rows["index"].iloc[0] != "ME":
        return low, high
    holds_0 = (low <= 0.0) & (high >= 0.0)
    return np.where(holds_0, 0.0, np.minimum(abs(low), abs(high))), np.maximum(abs(low), abs(high))


def _write_ties(axes: Axes, rows: pd.DataFrame) -> None:
    where = axes.get_yaxis_transform()
    look: dict[str, Any] = {"size": 7.2, "color": style.FAINT}
    axes.text(1.03, 1.0, "ties", transform=axes.transAxes, va="bottom", **look)
    low, high = _sizes(rows)
    for place, letters in enumerate(tie_letters(low.tolist(), high.tolist())):
        axes.text(1.03, place, letters, transform=where, va="center", **look)


def _note(sensitivity: Sensitivity, column: OutcomeColumn, count: int) -> str:
    table = sensitivity.indices[sensitivity.indices["outcome"] == column.name]
    note = (
        "Marks: indices; lines: their 95% intervals; hollow where the interval holds 0. Factors "
        "that share a letter are tied: their intervals of the "
        f"{NAMES[sensitivity.plan.method.main]} index overlap, and their order is not settled. "
        f"{left_out(count, MOST_SHOWN)}"
    )
    for meaning, its in table[table["value"].notna()].groupby("note", sort=True):
        if str(meaning).startswith(("below", "above")):
            note += f"Indices {meaning} ({len(its)} of {len(table)}). "
    outside = int(((table["value"] < table["low"]) | (table["value"] > table["high"])).sum())
    if outside:
        note += (
            f"Indices outside their interval: resampled points repeat, which moves this index "
            f"({outside} of {len(table)}). "
        )
    return note


def _words(sensitivity: Sensitivity, column: OutcomeColumn, labels: Mapping[str, str]) -> str:
    method, table = sensitivity.plan.method, sensitivity.indices
    parts = []
    for index in [each for indices in _panels(sensitivity, column) for each in indices]:
        its = table[(table["outcome"] == column.name) & (table["index"] == index)]
        known = its[its["value"].notna()].sort_values("rank", kind="stable")
        axis = index_axis(index, method, column)
        said = [
            f"{labels[row['factor']]} {with_interval(row, axis)}"
            for row in known.head(SAID).to_dict("records")
        ]
        parts.append(
            f"largest {NAMES[index]} ({axis.label}), with 95% intervals: {', '.join(said)}"
        )
    order = ranked(sensitivity, column)
    low, high = _sizes(order)
    first, *tied = (labels[name] for name in order["factor"][(high >= low[0]) & (low <= high[0])])
    more = f" and {len(tied) - SAID} more" if len(tied) > SAID else ""
    return (
        f"{outcome_words(sensitivity, column)}, {method.label}: {'; '.join(parts)}. Not told "
        f"apart from {first}: {', '.join(tied[:SAID]) or 'none'}{more}. "
    )
