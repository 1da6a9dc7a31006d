"""Morris's plane: how far each factor moves the outcome, against how much that depends."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import Normal, Stroke
from matplotlib.textpath import TextPath
from matplotlib.ticker import MaxNLocator

from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.studies.sensitivity.figures.analysed_outcome import (
    MOST_SAID,
    SIGMA,
    AnalysedOutcome,
)
from engager_sim.studies.sensitivity.figures.findings import ranking_finding
from engager_sim.studies.sensitivity.figures.label_placement import MARK, NEAR, name_offsets

MOST_NAMED = 15
RATIOS = (0.1, 0.5, 1.0)
"""Ratios of spread to size that tell nearly straight from monotone from other effects."""

WEDGE = "#9A9A9A"

ROLES = {
    "lever": (style.BLUE, "o", "lever"),
    "uncertainty": (style.VERMILLION, "D", "uncertainty"),
    "setting": (style.GREEN, "s", "setting"),
    "group": (style.BLUE, "o", "factors taken together"),
}
NAME_SIZE, NAME_HEIGHT = 7.2, 9.0
"""Size of the type of a name, and height of a name with its descenders, in points."""

HALO = [Stroke(linewidth=2.2, foreground=style.PAPER), Normal()]
"""Keeps a name apart from the lines that cross it."""


def morris_plane(outcome: AnalysedOutcome, note: str) -> Picture:
    """Draw the mean size of each factor's effects on an outcome against their spread."""
    rows = _rows(outcome)
    roles = [role for role in ROLES if (rows["role"] == role).any()]
    layout = style.Panels(
        1, 1, width=5.4, height=4.1, left=0.65, right=0.72, above=0.3, below=0.5, under_all=0.28
    )
    found = f"{outcome.label.label}: {ranking_finding(outcome)}"
    with style.styled():
        page = outcome.page(layout, found, _note(len(rows)) + note)
        axes = page.panels[0]
        _draw(axes, rows)
        axes.set_xlabel(f"μ*: {_uncapitalised(outcome.axis('mu_star').label)}")
        axes.set_ylabel(f"{SIGMA}: {_uncapitalised(outcome.axis('sigma').label)}")
        _name_marks(axes, rows, outcome.labels)
        page.legend_below([_mark(role) for role in roles], [ROLES[role][2] for role in roles], 4)
    description = _description(outcome, rows) + note
    return Picture(f"morris_plane_{outcome.column.name}", found, description, page.figure)


def _rows(outcome: AnalysedOutcome) -> pd.DataFrame:
    """Take the main index with its interval, in the outcome's unit, with spread and role."""
    rows, spread = outcome.ranked, outcome.index_rows("sigma").set_index("factor")["value"]
    times = outcome.axis("mu_star").times
    role = {factor.path: factor.role for factor in outcome.sensitivity.settings.study.factors}
    return pd.DataFrame(
        {
            "factor": rows["factor"],
            "size": times * rows["value"],
            "low": times * rows["low"],
            "high": times * rows["high"],
            "spread": times * rows["factor"].map(spread),
            "role": rows["factor"].map(lambda name: role.get(name, "group")),
        }
    )


def _mark(role: str, is_named: bool = True) -> Line2D:
    colour, marker, _ = ROLES[role]
    size, alpha = (MARK, 1.0) if is_named else (0.6 * MARK, 0.45)
    look: dict[str, Any] = {"ls": "none", "marker": marker, "mew": 0.0, "zorder": 3}
    return Line2D([], [], color=colour, ms=size, alpha=alpha, **look)


def _draw(axes: Axes, rows: pd.DataFrame) -> None:
    for rank, row in enumerate(rows.to_dict("records")):
        mark = _mark(row["role"], is_named=rank < MOST_NAMED)
        mark.set_data([row["size"]], [row["spread"]])
        axes.add_line(mark)
        if rank < MOST_NAMED:
            look: dict[str, Any] = {"color": mark.get_color(), "lw": 1.0, "alpha": 0.45}
            axes.hlines(row["spread"], row["low"], row["high"], **look)
    reach = float(np.nanmax(rows[["size", "high"]].to_numpy(), initial=0.0)) or 1.0
    top = float(np.nanmax(rows["spread"].to_numpy(), initial=0.0)) or 1.0
    right, upper = 1.06 * reach, 1.12 * top
    for ratio in RATIOS:
        _draw_ratio(axes, ratio, right, upper)
    axes.set(xlim=(-0.01 * right, right), ylim=(-0.02 * upper, upper))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))


def _draw_ratio(axes: Axes, ratio: float, right: float, upper: float) -> None:
    """Draw the line at one ratio of spread to size, and name it at its end."""
    end = min(right, upper / ratio)
    axes.plot([0.0, end], [0.0, ratio * end], color=WEDGE, lw=0.7, zorder=1)
    look: dict[str, Any] = {"size": 7.2, "color": style.FAINT, "va": "center"}
    look |= {"ha": "center", "va": "bottom"} if end < right else {}
    text, at = f"{SIGMA}/μ* = {ratio:g}", (end, ratio * end)
    axes.annotate(text, at, (2.0, 2.0), textcoords="offset points", **look)


def _uncapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]


def _name_marks(axes: Axes, rows: pd.DataFrame, labels: Mapping[str, str]) -> None:
    """Write the largest factors' names beside their marks, where they cover nothing."""
    named = rows.head(MOST_NAMED)
    texts = [labels[factor] for factor in named["factor"]]
    sizes = [
        np.array([TextPath((0, 0), text, size=NAME_SIZE).get_extents().width, NAME_HEIGHT])
        for text in texts
    ]
    to_points = axes.transData.transform
    dots = axes.figure.dpi / 72.0
    marks = to_points(rows[["size", "spread"]].to_numpy()) / dots
    ends = np.stack([named["low"], named["spread"], named["high"], named["spread"]], axis=1)
    intervals = to_points(ends.reshape(-1, 2)).reshape(-1, 4) / dots
    frame = np.concatenate([axes.bbox.p0, axes.bbox.p1]) / dots
    positions = named[["size", "spread"]].to_numpy().tolist()
    offsets = name_offsets(marks, sizes, intervals, frame)
    line = {"arrowstyle": "-", "color": style.FAINT, "linewidth": 0.6, "shrinkB": 0.5 * MARK}
    look: dict[str, Any] = {"size": NAME_SIZE, "ha": "center", "va": "center", "zorder": 4}
    for text, position, (offset, distance) in zip(texts, positions, offsets, strict=True):
        look |= {"arrowprops": line if distance > NEAR else None, "path_effects": HALO}
        at = tuple(offset.tolist())
        axes.annotate(text, tuple(position), at, textcoords="offset points", **look)


def _note(count: int) -> str:
    named = ""
    if count > MOST_NAMED:
        named = (
            f" The {MOST_NAMED} largest of {count} have names, the other {count - MOST_NAMED} "
            "faint marks."
        )
    return (
        "To the right: the factor moves the outcome further; lines: 95% intervals of μ*. Higher "
        "up: how far depends more on the other factors, or the effect bends. Spread of less than "
        "0.1 of the size is nearly a straight line, up to 0.5 one direction, up to 1 mostly one "
        f"direction, above 1 several.{named} "
    )


def _description(outcome: AnalysedOutcome, rows: pd.DataFrame) -> str:
    """Say the largest effects, and how many depend more than they move."""
    axis, largest = outcome.axis("mu_star"), []
    order = outcome.ranked.head(MOST_SAID).to_dict("records")
    for row, size, spread in zip(order, rows["size"], rows["spread"], strict=False):
        ratio = f", {SIGMA}/μ* {spread / size:.1f}" if size > 0.0 else ""
        largest.append(f"{outcome.said(row, axis)}{ratio}")
    uneven = int((rows["spread"] > rows["size"]).sum())
    return (
        f"{outcome.label.label}: largest μ* ({_uncapitalised(axis.label)}), with 95% intervals: "
        f"{'; '.join(largest)}. Of {len(rows)} factors, {uneven} have a spread above their mean "
        "size. "
    )
