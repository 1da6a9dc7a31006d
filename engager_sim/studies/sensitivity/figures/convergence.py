"""Whether the main index has settled: its value as samples grow."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.studies.sensitivity.figures.index_words import (
    NAMES,
    SAID,
    index_axis,
    outcome_words,
    pages_of,
    ranked,
    scenarios_compared,
    with_interval,
)
from engager_sim.studies.sensitivity.study import Sensitivity

MOST_NAMED, COLUMNS = 8, 2
HEIGHT, NAME = 2.3, 7.2
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
    method, study = sensitivity.plan.method, sensitivity.plan.study
    axis = [index_axis(method.main, method, column).label for column in columns]
    named = [labels[factor] for column in columns for factor in _order(sensitivity, column)]
    titles = [textwrap.wrap(column.label, LINE) for column in columns]
    layout = style.Panels(
        len(columns), min(COLUMNS, len(columns)), width=2.35, height=HEIGHT,
        above=0.15 + 0.16 * max(map(len, titles)),
        left=0.66 if max(map(len, axis)) <= LINE else 0.8,
        right=0.3 + 0.062 * max(map(len, named)),
    )  # fmt: skip
    asked = f"Has the {NAMES[method.main]} index settled{scenarios_compared(sensitivity)}?"
    with style.styled():
        count = len(sensitivity.plan.names)
        page = style.page(layout, asked, {study.scenario.name: study.question}, _note(count) + note)
        for axes, column, title in zip(page.panels, columns, titles, strict=True):
            _draw_panel(axes, sensitivity, column, labels)
            axes.set_title("\n".join(title))
    said = " ".join(_words(sensitivity, column, labels) for column in columns)
    return Picture(name, asked, f"{said} {note}", page.figure)


def _order(sensitivity: Sensitivity, column: OutcomeColumn) -> list[str]:
    return [str(name) for name in ranked(sensitivity, column)["factor"][:MOST_NAMED]]


def _rows(sensitivity: Sensitivity, column: OutcomeColumn) -> pd.DataFrame:
    table = sensitivity.convergence
    return table[table["outcome"] == column.name].sort_values("samples", kind="stable")


def _draw_panel(
    axes: Axes, sensitivity: Sensitivity, column: OutcomeColumn, labels: Mapping[str, str]
) -> None:
    rows, named = _rows(sensitivity, column), _order(sensitivity, column)
    axis = index_axis(sensitivity.plan.method.main, sensitivity.plan.method, column)
    sizes = sorted(rows["samples"].unique())
    ends = []
    for factor, its in rows.groupby("factor", sort=False):
        if factor not in named:
            axes.plot(its["samples"], axis.times * its["value"], color="#CFCFCF", linewidth=0.7)
    for place, factor in enumerate(named):
        its = rows[rows["factor"] == factor]
        shift = (sizes[-1] / sizes[0]) ** (APART * (place - (len(named) - 1) / 2.0))
        value, low, high = (axis.times * its[name].to_numpy() for name in ("value", "low", "high"))
        at = its["samples"].to_numpy() * shift
        axes.plot(at, value, color=style.LINES[place], linewidth=1.2, marker="o", markersize=3.0)
        axes.vlines(at, low, high, color=style.LINES[place], linewidth=0.9, alpha=0.6)
        ends.append((float(value[-1]), place, labels[factor]))
    axes.axhline(0.0, color=style.FAINT, linewidth=0.8, zorder=0)
    axes.set_xscale("log")
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.set(xlabel="Samples", ylabel="\n".join(textwrap.wrap(axis.label, LINE)))
    _name_lines(axes, ends)


def _name_lines(axes: Axes, ends: Sequence[tuple[float, int, str]]) -> None:
    """Write the factors' names to the right, apart from each other."""
    bottom, top = axes.get_ylim()
    inches = [HEIGHT * (value - bottom) / (top - bottom) for value, _, _ in sorted(ends)]
    up = style.spread(inches, RISE, LOWEST, HEIGHT)
    down = style.spread([-place for place in reversed(inches)], RISE, -HEIGHT, -LOWEST)
    places = [(one - other) / 2.0 for one, other in zip(up, reversed(down), strict=True)]
    for wanted, place, (_, number, label) in zip(inches, places, sorted(ends), strict=True):
        axes.plot(
            [1.01, 1.06], [wanted / HEIGHT, place / HEIGHT], transform=axes.transAxes,
            color=style.LINES[number], linewidth=1.2, clip_on=False,
        )  # fmt: skip
        axes.text(
            1.075, place / HEIGHT, label, transform=axes.transAxes, size=NAME, va="center",
        )  # fmt: skip


def _note(count: int) -> str:
    others = count - MOST_NAMED
    faint = f"; the other {others} of {count} factors are faint" if others > 0 else ""
    return (
        "Upright lines: 95% intervals from resampled points and replicates, set apart to be "
        f"seen{faint}. "
    )


def _words(sensitivity: Sensitivity, column: OutcomeColumn, labels: Mapping[str, str]) -> str:
    rows = _rows(sensitivity, column)
    axis = index_axis(sensitivity.plan.method.main, sensitivity.plan.method, column)
    fewest, most = rows["samples"].min(), rows["samples"].max()
    said = []
    for factor in _order(sensitivity, column)[:SAID]:
        its = rows[rows["factor"] == factor].to_dict("records")
        first, last = with_interval(its[0], axis), with_interval(its[-1], axis)
        said.append(f"{labels[factor]} {first}, then {last}")
    return (
        f"{outcome_words(sensitivity, column)}, from {fewest:,} to {most:,} samples: "
        f"{'; '.join(said)}."
    )
