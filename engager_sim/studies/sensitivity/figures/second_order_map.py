"""Which factors act together: what each pair has beyond the sum of each alone."""

import textwrap
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.patches import Rectangle

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.outcome_labels import label_outcome, question_of
from engager_sim.figures.picture import Picture
from engager_sim.figures.scales import MINUS
from engager_sim.studies.sensitivity.figures.index_axes import (
    MOST_SAID,
    index_axis,
    ranked,
    with_interval,
)
from engager_sim.studies.sensitivity.figures.index_marks import LETTER
from engager_sim.studies.sensitivity.figures.notes import not_shown
from engager_sim.studies.sensitivity.study import Sensitivity
from engager_sim.studies.sensitivity.tables import SECOND_ORDER

type Pair = Mapping[Hashable, Any]
"""A row of the table of second-order indices."""

MOST_SHOWN = 12
CELL, NAME_WIDTH = 0.42, 20
"""Inches of a cell, and letters in a line of a column's name."""

LEAST_REACH = 0.2
"""Share of variance of the strongest colour at least, so that noise looks faint."""

COLOURS = LinearSegmentedColormap.from_list("shares", [style.ORANGE, style.PAPER, style.BLUE])
WEAKEST_WHITE = 0.65
"""Share of the strongest blue from which numbers are white."""


def second_order_map(
    sensitivity: Sensitivity, column: OutcomeColumn, labels: Mapping[str, str], note: str
) -> Picture:
    """Draw the second-order index of each pair of the factors that matter most.

    Parameters
    ----------
    sensitivity : Sensitivity
        A Sobol study that was carried out.
    column : OutcomeColumn
        The outcome.
    labels : mapping of str to str
        Each factor's name in words.
    note : str
        What the indices were estimated from.
    """
    study = sensitivity.settings.study
    order = ranked(sensitivity, column)["factor"].tolist()
    shown = order[:MOST_SHOWN]
    pairs = _pairs(sensitivity, column, shown)
    names = [labels[name] for name in shown]
    below = ["\n".join(textwrap.wrap(name, NAME_WIDTH)) for name in names[:-1]]
    side = CELL * (len(shown) - 1)
    layout = style.Panels(
        1,
        1,
        width=side,
        height=side,
        left=0.05,
        right=max(0.3, 3.4 - side),
        above=0.2,
        below=0.15 + LETTER * max(len(line) for name in below for line in name.split("\n")),
        before_all=0.05 + LETTER * max(map(len, names[1:])),
    )
    asked = f"{label_outcome(column, study).label}: which factors act together?"
    with style.styled():
        page = style.page(layout, asked, question_of(study), _note(pairs, len(order)) + note)
        axes = page.panels[0]
        _draw(axes, pairs, shown)
        axes.set_xticks(range(len(below)), below, rotation=90)
        axes.set_yticks(range(1, len(names)), names[1:])
    description = _description(sensitivity, column, labels) + note
    return Picture(f"second_order_{column.name}", asked, description, page.figure)


def _pairs(sensitivity: Sensitivity, column: OutcomeColumn, shown: Sequence[str]) -> list[Pair]:
    """Take the pairs among some factors."""
    table = sensitivity.second_order
    rows = table[table["outcome"] == column.name]
    among = rows["factor"].isin(shown) & rows["other"].isin(shown)
    return [*rows[among].to_dict("records")]


def _is_clear(pair: Pair) -> bool:
    return bool(pair["low"] > 0.0 or pair["high"] < 0.0)


def _draw(axes: Axes, pairs: Sequence[Pair], shown: Sequence[str]) -> None:
    """Draw each pair once, below the diagonal."""
    reach = max([LEAST_REACH, *(abs(pair["value"]) for pair in pairs)])
    for pair in pairs:
        across, down = sorted(shown.index(pair[name]) for name in ("factor", "other"))
        _draw_cell(axes, pair, across, down, reach)
    axes.set(xlim=(-0.5, len(shown) - 1.5), ylim=(len(shown) - 0.5, 0.5))
    axes.tick_params(length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _draw_cell(axes: Axes, pair: Pair, across: int, down: int, reach: float) -> None:
    is_clear = _is_clear(pair)
    frame = Rectangle(
        (across - 0.47, down - 0.47),
        0.94,
        0.94,
        facecolor=COLOURS(Normalize(-reach, reach)(pair["value"])),
        edgecolor=style.INK if is_clear else "#E2E2E2",
        linewidth=1.3 if is_clear else 0.5,
        zorder=3 if is_clear else 2,
    )
    axes.add_patch(frame)
    is_dark = pair["value"] > WEAKEST_WHITE * reach
    axes.text(
        across,
        down,
        f"{pair['value']:z.2f}".replace("-", MINUS),
        size=6.8,
        ha="center",
        va="center",
        color=style.PAPER if is_dark else style.INK,
        weight="bold" if is_clear else "normal",
        zorder=4,
    )


def _note(pairs: Sequence[Pair], count: int) -> str:
    clear = sum(_is_clear(pair) for pair in pairs)
    below = sum(pair["value"] < 0.0 for pair in pairs)
    note = (
        "Numbers: share of the outcome's variance that two factors have only together; blue above "
        f"0, orange below. Bold in a frame: the 95% interval excludes 0 ({clear} of {len(pairs)} "
        f"pairs). {not_shown(count, MOST_SHOWN)}"
    )
    if below:
        note += f"{below} are below 0, which no share is: the estimate's own noise. "
    return note


def _description(sensitivity: Sensitivity, column: OutcomeColumn, labels: Mapping[str, str]) -> str:
    """Say the largest pairs, and how many are clear."""
    names = ranked(sensitivity, column)["factor"].tolist()
    pairs = _pairs(sensitivity, column, names)
    axis = index_axis(SECOND_ORDER, sensitivity.settings.method, column)
    largest = [
        f"{labels[pair['factor']]} with {labels[pair['other']]} {with_interval(pair, axis)}"
        for pair in sorted(pairs, key=lambda pair: -pair["value"])[:MOST_SAID]
    ]
    clear = sum(_is_clear(pair) for pair in pairs)
    return (
        f"{label_outcome(column, sensitivity.settings.study).label}: of {len(pairs)} pairs of "
        f"factors, {clear} have a share of variance only together whose 95% interval excludes 0; "
        f"the largest: {'; '.join(largest)}. "
    )
