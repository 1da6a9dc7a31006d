"""Which factors matter most: a method's indices with their intervals, the largest on top."""

import itertools
import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import StrMethodFormatter

from engager_sim.designs.samplers import Numbers
from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.studies.sensitivity.figures.analysed_outcome import (
    MOST_SAID,
    NAMES,
    SLOPES,
    AnalysedOutcome,
)
from engager_sim.studies.sensitivity.figures.findings import (
    foremost,
    interval_ends,
    ranking_finding,
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
from engager_sim.studies.sensitivity.tables import SECOND_ORDER

MOST_SHOWN = 25
BETWEEN = 0.32
"""Rows between two indices of a factor."""

LOOKS = ((style.BLUE, "o"), (style.ORANGE, "D"), (style.GREEN, "s"))
"""Colour and marker of a method's indices."""


def index_bars(outcome: AnalysedOutcome, note: str) -> Picture:
    """Draw a method's indices of one outcome, factors sorted by the main index."""
    order, panels = outcome.ranked, _panels(outcome)
    shown = order["factor"].tolist()[:MOST_SHOWN]
    names = [outcome.labels[name] for name in shown]
    marks, lines = _legend(outcome.method, panels)
    row = ROW * (1.3 if max(map(len, panels)) > 1 else 1.0)
    width = 3.7 if len(panels) == 1 else 2.35
    axis = [outcome.axis(indices[0]).label for indices in panels]
    layout = style.Panels(
        len(panels),
        len(panels),
        width=width,
        height=row * len(shown),
        left=0.12,
        right=0.62,
        above=0.17,
        below=0.47 if max(map(len, axis)) * LETTER < width else 0.6,
        before_all=0.05 + LETTER * max(map(len, names)),
        under_all=0.08 + sum(0.02 + 0.135 * (text.count("\n") + 1) for text in lines),
    )
    found = f"{outcome.label.label}: {ranking_finding(outcome)}"
    with style.styled():
        page = outcome.page(layout, found, _note(outcome, len(order)) + note)
        for panel, (axes, indices) in enumerate(zip(page.panels, panels, strict=True)):
            _draw_panel(axes, outcome, indices, shown)
            axes.set_yticks(range(len(shown)), [""] * len(shown) if panel else names)
        _write_ties(page.panels[0], order[:MOST_SHOWN])
        page.legend_below(marks, lines, 1)
    description = _description(outcome) + note
    return Picture(f"indices_{outcome.column.name}", found, description, page.figure)


def _panels(outcome: AnalysedOutcome) -> list[list[str]]:
    """Put indices of one axis into one panel; of groups, some methods have no sign or spread."""
    panels: dict[str, list[str]] = {}
    for index in outcome.method.meanings:
        if outcome.index_rows(index)["value"].notna().any():
            panels.setdefault(outcome.axis(index).label, []).append(index)
    return list(panels.values())


def _look(index: str, method: Method) -> tuple[str, str]:
    return LOOKS[[name for name in method.meanings if name != SECOND_ORDER].index(index)]


def _legend(method: Method, panels: Sequence[Sequence[str]]) -> tuple[list[Line2D], list[str]]:
    """Make the marks of the legend, and what stands beside each."""
    marks, lines = [], []
    for index in itertools.chain(*panels):
        colour, marker = _look(index, method)
        marks.append(Line2D([], [], color=colour, marker=marker, ms=4.5, lw=1.4))
        text = f"{NAMES[index]}: {method.meanings[index]}"
        lines.append("\n".join(textwrap.wrap(text, 82 if len(panels) == 1 else 100)))
    return marks, lines


def _draw_panel(
    axes: Axes, outcome: AnalysedOutcome, indices: Sequence[str], shown: Sequence[str]
) -> None:
    axis, rows = outcome.axis(indices[0]), np.arange(len(shown), dtype=np.float64)
    drawn = []
    for position, index in enumerate(indices):
        estimates = outcome.index_rows(index).set_index("factor").loc[list(shown)]
        numbers = np.asarray(
            axis.times * estimates[["value", "low", "high"]].to_numpy(), np.float64
        )
        shift = BETWEEN * (position - (len(indices) - 1) / 2.0)
        draw_marks(axes, rows + shift, numbers, _look(index, outcome.method))
        drawn.append(numbers)
    for row in rows[::2]:
        axes.axhspan(row - 0.5, row + 0.5, color=SHADE, zorder=0, lw=0)
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
        axes.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))


def _write_ties(axes: Axes, rows: pd.DataFrame) -> None:
    transform = axes.get_yaxis_transform()
    look: dict[str, Any] = {"size": 7.2, "color": style.FAINT}
    axes.text(1.03, 1.0, "ties", transform=axes.transAxes, va="bottom", **look)
    low, high = interval_ends(rows)
    for row, letters in enumerate(tie_letters(low.tolist(), high.tolist())):
        axes.text(1.03, row, letters, transform=transform, va="center", **look)


def _note(outcome: AnalysedOutcome, count: int) -> str:
    table = outcome.rows(outcome.sensitivity.indices)
    note = (
        "Marks: indices; lines: their 95% intervals; hollow where the interval holds 0. Factors "
        "that share a letter are tied: their intervals of the "
        f"{NAMES[outcome.method.main]} index overlap, and their order is not settled. "
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


def _description(outcome: AnalysedOutcome) -> str:
    """Say the largest values of every index, and which factors are tied with the first."""
    parts = []
    for index in itertools.chain(*_panels(outcome)):
        rows, axis = outcome.index_rows(index), outcome.axis(index)
        known = rows[rows["value"].notna()].head(MOST_SAID).to_dict("records")
        largest = ", ".join(outcome.said(row, axis) for row in known)
        parts.append(f"largest {NAMES[index]} ({axis.label}), with 95% intervals: {largest}")
    first, *tied = foremost(outcome)
    more = f" and {len(tied) - MOST_SAID} more" if len(tied) > MOST_SAID else ""
    return (
        f"{outcome.label.label}, {outcome.method.label}: {'; '.join(parts)}. Not told apart from "
        f"{first}: {', '.join(tied[:MOST_SAID]) or 'none'}{more}. "
    )
