"""Whether the main index has settled: its value as samples grow."""

import textwrap
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

from engager_sim.figures import style
from engager_sim.figures.outcome_labels import scenarios_compared
from engager_sim.figures.picture import Picture
from engager_sim.studies.sensitivity.figures.analysed_outcome import (
    MOST_SAID,
    AnalysedOutcome,
    with_interval,
)
from engager_sim.studies.sensitivity.figures.findings import convergence_finding

MOST_NAMED, COLUMNS = 8, 2
FAINT_LINE = "#CFCFCF"
HEIGHT, NAME_SIZE = 2.3, 7.2
"""Of a panel in inches, of a factor's name in points."""

APART = 0.012
"""Share of the axis by which intervals of neighbouring factors stand apart."""

LINE = 36
"""Letters in a line of a panel's title, and of the label of an axis."""

RISE, LOWEST = 0.135, -0.3
"""Inches between two names, and from the axis to the lowest."""


def convergence(outcomes: Sequence[AnalysedOutcome], note: str, name: str) -> Picture:
    """Draw the main index against the number of samples, a panel for each outcome."""
    settings, main = outcomes[0].sensitivity.settings, outcomes[0].method.main
    axis = [outcome.axis(main).label for outcome in outcomes]
    named = [outcome.labels[factor] for outcome in outcomes for factor in _named(outcome)]
    titles = [textwrap.wrap(outcome.column.label, LINE) for outcome in outcomes]
    layout = style.Panels(
        len(outcomes),
        min(COLUMNS, len(outcomes)),
        width=2.35,
        height=HEIGHT,
        above=0.15 + 0.16 * max(map(len, titles)),
        left=0.66 if max(map(len, axis)) <= LINE else 0.8,
        right=0.3 + 0.062 * max(map(len, named)),
    )
    found = convergence_finding(outcomes) + scenarios_compared(settings.study)
    with style.styled():
        page = outcomes[0].page(layout, found, _note(outcomes) + note)
        for axes, outcome, title in zip(page.panels, outcomes, titles, strict=True):
            _draw_panel(axes, outcome)
            axes.set_title("\n".join(title))
    description = " ".join(map(_description, outcomes))
    return Picture(name, found, f"{description} {note}", page.figure)


def _named(outcome: AnalysedOutcome) -> list[str]:
    """Take the factors that matter most, whose lines have names."""
    return [str(name) for name in outcome.ranked["factor"][:MOST_NAMED]]


def _acting_rows(outcome: AnalysedOutcome) -> pd.DataFrame:
    """Take the rows of factors that do something, by samples."""
    rows = outcome.rows(outcome.sensitivity.convergence)
    acting = rows["factor"].isin(outcome.ranked["factor"])
    return rows[acting].sort_values("samples", kind="stable")


def _draw_panel(axes: Axes, outcome: AnalysedOutcome) -> None:
    rows = _acting_rows(outcome)
    named, axis = _named(outcome), outcome.axis(outcome.method.main)
    sizes = sorted(rows["samples"].unique())
    ends = []
    for factor, line in rows.groupby("factor", sort=False):
        if factor not in named:
            axes.plot(line["samples"], axis.times * line["value"], color=FAINT_LINE, lw=0.7)
    for rank, factor in enumerate(named):
        line, colour = rows[rows["factor"] == factor], style.LINES[rank]
        shift = (sizes[-1] / sizes[0]) ** (APART * (rank - (len(named) - 1) / 2.0))
        value, low, high = (axis.times * line[name].to_numpy() for name in ("value", "low", "high"))
        samples = line["samples"].to_numpy() * shift
        axes.plot(samples, value, color=colour, lw=1.2, marker="o", ms=3.0)
        axes.vlines(samples, low, high, color=colour, lw=0.9, alpha=0.6)
        ends.append((float(value[-1]), rank, outcome.labels[factor]))
    axes.axhline(0.0, color=style.FAINT, lw=0.8, zorder=0)
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
    at = axes.transAxes
    for end, one, other, (_, rank, label) in zip(
        heights, up, reversed(down), sorted(ends), strict=True
    ):
        y, colour = (one - other) / 2.0 / HEIGHT, style.LINES[rank]
        axes.plot(
            [1.01, 1.06], [end / HEIGHT, y], transform=at, color=colour, lw=1.2, clip_on=False
        )
        axes.text(1.075, y, label, transform=at, size=NAME_SIZE, va="center")


def _note(outcomes: Sequence[AnalysedOutcome]) -> str:
    most = max(len(outcome.ranked) for outcome in outcomes)
    faint = "; factors without a name are faint" if most > MOST_NAMED else ""
    return (
        "Upright lines: 95% bootstrap intervals over points and replicates, set apart to be "
        f"seen{faint}. "
    )


def _description(outcome: AnalysedOutcome) -> str:
    """Say the index of the first factors from the fewest samples and from all."""
    rows = _acting_rows(outcome)
    axis = outcome.axis(outcome.method.main)
    fewest, most = rows["samples"].min(), rows["samples"].max()
    parts = []
    for factor in _named(outcome)[:MOST_SAID]:
        line = rows[rows["factor"] == factor].to_dict("records")
        parts.append(f"{outcome.said(line[0], axis)}, then {with_interval(line[-1], axis)}")
    return f"{outcome.label.label}, from {fewest:,} to {most:,} samples: {'; '.join(parts)}."
