"""Whether the main index has settled: its value as samples grow."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.outcome_labels import label_outcome, question_of, scenarios_compared
from engager_sim.figures.picture import Picture
from engager_sim.studies.sensitivity.figures.index_axes import (
    MOST_SAID,
    NAMES,
    index_axis,
    pages_of,
    ranked,
    with_interval,
)
from engager_sim.studies.sensitivity.study import Sensitivity

MOST_NAMED, COLUMNS = 8, 2
HEIGHT, NAME_SIZE = 2.3, 7.2
"""Of a panel in inches, of a factor's name in points."""

APART = 0.012
"""Share of the axis by which intervals of neighbouring factors stand apart."""

LINE = 36
"""Letters in a line of a panel's title, and of the label of an axis."""

RISE, LOWEST = 0.135, -0.3
"""Inches between two names, and from the axis to the lowest."""


def convergence(
    sensitivity: Sensitivity, labels: Mapping[str, str], note: str
) -> Iterator[Picture]:
    """Draw the main index against the number of samples, a panel for each outcome.

    Parameters
    ----------
    sensitivity : Sensitivity
        A study of which the index is known at more than one number of samples.
    labels : mapping of str to str
        Each factor's name in words.
    note : str
        What the indices were estimated from.

    Yields
    ------
    Picture
        For every few outcomes.
    """
    for name, columns in pages_of(sensitivity.columns, "convergence"):
        yield _picture(sensitivity, columns, labels, note, name)


def _picture(
    sensitivity: Sensitivity,
    columns: Sequence[OutcomeColumn],
    labels: Mapping[str, str],
    note: str,
    name: str,
) -> Picture:
    method, study = sensitivity.settings.method, sensitivity.settings.study
    axis = [index_axis(method.main, method, column).label for column in columns]
    named = [labels[factor] for column in columns for factor in _named(sensitivity, column)]
    titles = [textwrap.wrap(column.label, LINE) for column in columns]
    layout = style.Panels(
        len(columns),
        min(COLUMNS, len(columns)),
        width=2.35,
        height=HEIGHT,
        above=0.15 + 0.16 * max(map(len, titles)),
        left=0.66 if max(map(len, axis)) <= LINE else 0.8,
        right=0.3 + 0.062 * max(map(len, named)),
    )
    asked = f"Has the {NAMES[method.main]} index settled{scenarios_compared(study)}?"
    note_below = _note(len(sensitivity.settings.names)) + note
    with style.styled():
        page = style.page(layout, asked, question_of(study), note_below)
        for axes, column, title in zip(page.panels, columns, titles, strict=True):
            _draw_panel(axes, sensitivity, column, labels)
            axes.set_title("\n".join(title))
    description = " ".join(_description(sensitivity, column, labels) for column in columns)
    return Picture(name, asked, f"{description} {note}", page.figure)


def _named(sensitivity: Sensitivity, column: OutcomeColumn) -> list[str]:
    """Take the factors that matter most, whose lines have names."""
    return [str(name) for name in ranked(sensitivity, column)["factor"][:MOST_NAMED]]


def _rows(sensitivity: Sensitivity, column: OutcomeColumn) -> pd.DataFrame:
    table = sensitivity.convergence
    return table[table["outcome"] == column.name].sort_values("samples", kind="stable")


def _draw_panel(
    axes: Axes, sensitivity: Sensitivity, column: OutcomeColumn, labels: Mapping[str, str]
) -> None:
    rows, named = _rows(sensitivity, column), _named(sensitivity, column)
    method = sensitivity.settings.method
    axis = index_axis(method.main, method, column)
    sizes = sorted(rows["samples"].unique())
    ends = []
    for factor, line in rows.groupby("factor", sort=False):
        if factor not in named:
            axes.plot(line["samples"], axis.times * line["value"], color="#CFCFCF", linewidth=0.7)
    for rank, factor in enumerate(named):
        line, colour = rows[rows["factor"] == factor], style.LINES[rank]
        shift = (sizes[-1] / sizes[0]) ** (APART * (rank - (len(named) - 1) / 2.0))
        value, low, high = (axis.times * line[name].to_numpy() for name in ("value", "low", "high"))
        samples = line["samples"].to_numpy() * shift
        axes.plot(samples, value, color=colour, linewidth=1.2, marker="o", markersize=3.0)
        axes.vlines(samples, low, high, color=colour, linewidth=0.9, alpha=0.6)
        ends.append((float(value[-1]), rank, labels[factor]))
    axes.axhline(0.0, color=style.FAINT, linewidth=0.8, zorder=0)
    axes.set_xscale("log")
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.set(xlabel="Samples", ylabel="\n".join(textwrap.wrap(axis.label, LINE)))
    _name_lines(axes, ends)


def _name_lines(axes: Axes, ends: Sequence[tuple[float, int, str]]) -> None:
    """Write the factors' names to the right, apart from each other."""
    bottom, top = axes.get_ylim()
    heights = [HEIGHT * (value - bottom) / (top - bottom) for value, _, _ in sorted(ends)]
    up = style.spread(heights, RISE, LOWEST, HEIGHT)
    down = style.spread([-height for height in reversed(heights)], RISE, -HEIGHT, -LOWEST)
    moved = [(one - other) / 2.0 for one, other in zip(up, reversed(down), strict=True)]
    for end, beside, (_, rank, label) in zip(heights, moved, sorted(ends), strict=True):
        axes.plot(
            [1.01, 1.06],
            [end / HEIGHT, beside / HEIGHT],
            transform=axes.transAxes,
            color=style.LINES[rank],
            linewidth=1.2,
            clip_on=False,
        )
        axes.text(
            1.075, beside / HEIGHT, label, transform=axes.transAxes, size=NAME_SIZE, va="center"
        )


def _note(count: int) -> str:
    others = count - MOST_NAMED
    faint = f"; the other {others} of {count} factors are faint" if others > 0 else ""
    return (
        "Upright lines: 95% bootstrap intervals over points and replicates, set apart to be "
        f"seen{faint}. "
    )


def _description(sensitivity: Sensitivity, column: OutcomeColumn, labels: Mapping[str, str]) -> str:
    """Say the index of the first factors from the fewest samples and from all."""
    settings, rows = sensitivity.settings, _rows(sensitivity, column)
    axis = index_axis(settings.method.main, settings.method, column)
    fewest, most = rows["samples"].min(), rows["samples"].max()
    parts = []
    for factor in _named(sensitivity, column)[:MOST_SAID]:
        line = rows[rows["factor"] == factor].to_dict("records")
        first, last = with_interval(line[0], axis), with_interval(line[-1], axis)
        parts.append(f"{labels[factor]} {first}, then {last}")
    return (
        f"{label_outcome(column, settings.study).label}, from {fewest:,} to {most:,} samples: "
        f"{'; '.join(parts)}."
    )
