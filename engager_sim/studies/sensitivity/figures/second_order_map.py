"""Which factors act together: what each pair has beyond the sum of each alone."""

import textwrap
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.patches import Rectangle

from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.figures.scales import MINUS
from engager_sim.studies.sensitivity.figures.analysed_outcome import (
    MOST_SAID,
    AnalysedOutcome,
    with_interval,
)
from engager_sim.studies.sensitivity.figures.findings import Pair, is_clear, pairs_finding
from engager_sim.studies.sensitivity.figures.index_marks import LETTER
from engager_sim.studies.sensitivity.figures.notes import not_shown
from engager_sim.studies.sensitivity.tables import SECOND_ORDER

MOST_SHOWN = 12
CELL, NAME_WIDTH = 0.42, 20
"""Inches of a cell, and letters in a line of a column's name."""

LEAST_REACH = 0.2
"""Share of variance of the strongest colour at least, so that noise looks faint."""

COLOURS = LinearSegmentedColormap.from_list("shares", [style.ORANGE, style.PAPER, style.BLUE])
WEAKEST_WHITE = 0.65
"""Share of the strongest blue from which numbers are white."""


def second_order_map(outcome: AnalysedOutcome, note: str) -> Picture:
    """Draw the second-order index of each pair of the factors that matter most."""
    order = outcome.ranked["factor"].tolist()
    shown = order[:MOST_SHOWN]
    pairs = _pairs(outcome, shown)
    names = [outcome.labels[name] for name in shown]
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
    every = _pairs(outcome, order)
    found = f"{outcome.label.label}: {pairs_finding(every)}"
    with style.styled():
        page = outcome.page(layout, found, _note(pairs, len(order)) + note)
        axes = page.panels[0]
        _draw(axes, pairs, shown)
        axes.set_xticks(range(len(below)), below, rotation=90)
        axes.set_yticks(range(1, len(names)), names[1:])
    description = _description(outcome, every) + note
    return Picture(f"second_order_{outcome.column.name}", found, description, page.figure)


def _pairs(outcome: AnalysedOutcome, shown: Sequence[str]) -> list[Pair]:
    """Take the pairs among some factors."""
    rows = outcome.rows(outcome.sensitivity.second_order)
    among = rows["factor"].isin(shown) & rows["other"].isin(shown)
    return [*rows[among].to_dict("records")]


def _draw(axes: Axes, pairs: Sequence[Pair], shown: Sequence[str]) -> None:
    """Draw each pair once, below the diagonal; those that are clear bold in a frame."""
    reach = max([LEAST_REACH, *(abs(pair["value"]) for pair in pairs)])
    for pair in pairs:
        across, down = sorted(shown.index(pair[name]) for name in ("factor", "other"))
        clear = is_clear(pair)
        frame = Rectangle((across - 0.47, down - 0.47), 0.94, 0.94, zorder=3 if clear else 2)
        frame.set_facecolor(COLOURS(Normalize(-reach, reach)(pair["value"])))
        frame.set(ec=style.INK if clear else "#E2E2E2", lw=1.3 if clear else 0.5)
        axes.add_patch(frame)
        text = f"{pair['value']:z.2f}".replace("-", MINUS)
        colour = style.PAPER if pair["value"] > WEAKEST_WHITE * reach else style.INK
        weight = "bold" if clear else "normal"
        look: dict[str, Any] = {"size": 6.8, "ha": "center", "va": "center", "zorder": 4}
        axes.text(across, down, text, color=colour, weight=weight, **look)
    axes.set(xlim=(-0.5, len(shown) - 1.5), ylim=(len(shown) - 0.5, 0.5))
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)


def _note(pairs: Sequence[Pair], count: int) -> str:
    clear = sum(map(is_clear, pairs))
    below = sum(pair["value"] < 0.0 for pair in pairs)
    note = (
        "Numbers: share of the outcome's variance that two factors have only together; blue above "
        f"0, orange below. Bold in a frame: the 95% interval excludes 0 ({clear} of {len(pairs)} "
        f"pairs). {not_shown(count, MOST_SHOWN)}"
    )
    if below:
        note += f"{below} are below 0, which no share is: the estimate's own noise. "
    return note


def _description(outcome: AnalysedOutcome, pairs: Sequence[Pair]) -> str:
    """Say the largest pairs, and how many are clear."""
    labels, axis = outcome.labels, outcome.axis(SECOND_ORDER)
    largest = [
        f"{labels[pair['factor']]} with {labels[pair['other']]} {with_interval(pair, axis)}"
        for pair in sorted(pairs, key=lambda pair: -pair["value"])[:MOST_SAID]
    ]
    return (
        f"{outcome.label.label}: of {len(pairs)} pairs of factors, {sum(map(is_clear, pairs))} "
        "have a share of variance only together whose 95% interval excludes 0; "
        f"the largest: {'; '.join(largest)}. "
    )
