"""Morris's plane: how far each factor moves the outcome, against how much that depends."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import Normal, Stroke
from matplotlib.textpath import TextPath
from matplotlib.ticker import MaxNLocator

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.studies.sensitivity.figures.index_words import (
    SAID,
    SIGMA,
    index_axis,
    outcome_words,
    ranked,
    with_interval,
)
from engager_sim.studies.sensitivity.study import Sensitivity

type Numbers = npt.NDArray[np.float64]

MOST_NAMED = 15
WEDGES = (0.1, 0.5, 1.0)
"""Ratios of spread to size that tell nearly straight from monotone from other effects."""

WEDGE = "#9A9A9A"

ROLES = {
    "lever": (style.BLUE, "o", "lever"),
    "uncertainty": (style.VERMILLION, "D", "uncertainty"),
    "setting": (style.GREEN, "s", "setting"),
    "group": (style.BLUE, "o", "factors taken together"),
}
MARK, NAME, LINE = 4.6, 7.2, 9.0
"""Size of a mark, of the type of a name, and height of a name with its descenders, in points."""

ROUND = np.array([-2.0, 0.0, 2.0, 0.0])
"""Points that stay free around a name: to the left, below, to the right, above."""

DISTANCES = np.array([2.0, 5.0, 9.0, 14.0, 20.0, 27.0, 35.0, 45.0, 57.0, 70.0, 85.0, 100.0])
DIRECTIONS = np.arange(24) * np.pi / 12.0
"""Points from its mark, and directions around it, at which a name is tried."""

NEAR = 6.0
"""Points from its mark within which a name needs no line to it."""

HALO = [Stroke(linewidth=2.2, foreground=style.PAPER), Normal()]
"""Keeps a name apart from the lines that cross it."""

COVERING, STRIKING, CROSSING = 1000.0, 100.0, 25.0
"""What it costs, in points, that a name covers a mark or another name, that the line to it does,
and that a name covers an interval."""


def morris_plane(
    sensitivity: Sensitivity, column: OutcomeColumn, labels: Mapping[str, str], note: str
) -> Picture:
    """Draw the mean size of each factor's effects on an outcome against their spread.

    Parameters
    ----------
    sensitivity : Sensitivity
        A Morris study that was carried out, of which the spread is known.
    column : OutcomeColumn
        The outcome.
    labels : mapping of str to str
        Each factor's name in words.
    note : str
        What the indices were estimated from.
    """
    rows = _rows(sensitivity, column)
    roles = [role for role in ROLES if (rows["role"] == role).any()]
    layout = style.Panels(
        1, 1, width=5.4, height=4.1, left=0.65, right=0.72, above=0.3, below=0.5, under_all=0.28
    )
    asked = f"{outcome_words(sensitivity, column)}: how far do factors move it, and how evenly?"
    study = sensitivity.plan.study
    with style.styled():
        page = style.page(
            layout, asked, {study.scenario.name: study.question}, _note(len(rows)) + note
        )
        _draw(page.panels[0], rows, sensitivity, column)
        _name(page.panels[0], rows, labels)
        marks = [_mark(role) for role in roles]
        page.legend_below(marks, [ROLES[role][2] for role in roles], len(roles))
    words = _words(sensitivity, column, rows, labels) + note
    return Picture(f"morris_plane_{column.name}", asked, words, page.figure)


def _rows(sensitivity: Sensitivity, column: OutcomeColumn) -> pd.DataFrame:
    """Take the main index with its interval, in the outcome's unit, with spread and role."""
    table = sensitivity.indices
    spread = table[(table["outcome"] == column.name) & (table["index"] == "sigma")]
    rows = ranked(sensitivity, column)
    times = index_axis("mu_star", sensitivity.plan.method, column).times
    role = {factor.path: factor.role for factor in sensitivity.plan.study.factors}
    return pd.DataFrame(
        {
            "factor": rows["factor"],
            "size": times * rows["value"],
            "low": times * rows["low"],
            "high": times * rows["high"],
            "spread": times * rows["factor"].map(spread.set_index("factor")["value"]),
            "role": rows["factor"].map(lambda name: role.get(name, "group")),
        }
    )


def _mark(role: str, is_named: bool = True) -> Line2D:
    colour, marker, _ = ROLES[role]
    size, alpha = (MARK, 1.0) if is_named else (0.6 * MARK, 0.45)
    look: dict[str, Any] = {"linestyle": "none", "markeredgewidth": 0.0, "zorder": 3}
    return Line2D([], [], color=colour, marker=marker, markersize=size, alpha=alpha, **look)


def _draw(axes: Axes, rows: pd.DataFrame, sensitivity: Sensitivity, column: OutcomeColumn) -> None:
    for place, row in enumerate(rows.to_dict("records")):
        mark = _mark(row["role"], is_named=place < MOST_NAMED)
        mark.set_data([row["size"]], [row["spread"]])
        axes.add_line(mark)
        if place < MOST_NAMED:
            axes.hlines(
                row["spread"], row["low"], row["high"],
                color=mark.get_color(), linewidth=1.0, alpha=0.45,
            )  # fmt: skip
    reach = float(np.nanmax(rows[["size", "high"]].to_numpy(), initial=0.0)) or 1.0
    top = float(np.nanmax(rows["spread"].to_numpy(), initial=0.0)) or 1.0
    right, upper = 1.06 * reach, 1.12 * top
    for ratio in WEDGES:
        end = min(right, upper / ratio)
        axes.plot([0.0, end], [0.0, ratio * end], color=WEDGE, linewidth=0.7, zorder=1)
        look: dict[str, Any] = {"ha": "center", "va": "bottom"} if end < right else {"va": "center"}
        axes.annotate(
            f"{SIGMA}/μ* = {ratio:g}", (end, ratio * end), (2.0, 2.0), textcoords="offset points",
            size=7.2, color=style.FAINT, **look,
        )  # fmt: skip
    method = sensitivity.plan.method
    axes.set(xlim=(-0.01 * right, right), ylim=(-0.02 * upper, upper))
    axes.set_xlabel(f"μ*: {_small(index_axis('mu_star', method, column).label)}")
    axes.set_ylabel(f"{SIGMA}: {_small(index_axis('sigma', method, column).label)}")
    for side in (axes.xaxis, axes.yaxis):
        side.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _name(axes: Axes, rows: pd.DataFrame, labels: Mapping[str, str]) -> None:
    """Write the largest factors' names beside their marks, where they cover nothing."""
    named = rows.head(MOST_NAMED)
    texts = [labels[factor] for factor in named["factor"]]
    sizes = [
        np.array([TextPath((0, 0), text, size=NAME).get_extents().width, LINE]) for text in texts
    ]
    to_points = axes.transData.transform
    dots = axes.figure.dpi / 72.0
    marks = to_points(rows[["size", "spread"]].to_numpy()) / dots
    ends = np.stack([named["low"], named["spread"], named["high"], named["spread"]], axis=1)
    intervals = to_points(ends.reshape(-1, 2)).reshape(-1, 4) / dots
    frame = np.concatenate([axes.bbox.p0, axes.bbox.p1]) / dots
    places = named[["size", "spread"]].to_numpy().tolist()
    offsets = _offsets(marks, sizes, intervals, frame)
    for text, place, (offset, distance) in zip(texts, places, offsets, strict=True):
        line = {"arrowstyle": "-", "color": style.FAINT, "linewidth": 0.6, "shrinkB": 0.5 * MARK}
        axes.annotate(
            text, tuple(place), tuple(offset.tolist()), textcoords="offset points", size=NAME,
            ha="center", va="center", zorder=4, path_effects=HALO,
            arrowprops=line if distance > NEAR else None,
        )  # fmt: skip


def _offsets(
    marks: Numbers, sizes: Sequence[Numbers], intervals: Numbers, frame: Numbers
) -> Iterator[tuple[Numbers, float]]:
    """Yield where each name goes relative to its mark, and how far that is, all in points."""
    distance = np.repeat(DISTANCES, len(DIRECTIONS))
    angle = np.tile(DIRECTIONS, len(DISTANCES))
    towards = np.stack([np.cos(angle), np.sin(angle)], axis=1).round(9)
    taken = np.concatenate([marks - MARK / 2.0, marks + MARK / 2.0], axis=1)
    for mark, size in zip(marks, sizes, strict=False):
        offset = towards * (distance[:, None] + MARK / 2.0 + size / 2.0)
        boxes = np.concatenate([mark + offset - size / 2.0, mark + offset + size / 2.0], axis=1)
        along = mark + offset[:, None] * np.linspace(0.15, 0.75, 8)[None, :, None]
        lines = np.concatenate([along, along], axis=2)
        is_outside = (boxes[:, :2] < frame[:2]) | (boxes[:, 2:] > frame[2:])
        cost = distance + CROSSING * _hits(boxes, intervals) + COVERING * is_outside.sum(axis=1)
        cost += COVERING * _hits(boxes, taken)
        crossed = _hits(lines.reshape(-1, 4), taken).reshape(len(cost), -1).sum(axis=1)
        cost += np.where(distance > NEAR, STRIKING * crossed, 0.0)
        best = int(np.argmin(cost))
        taken = np.concatenate([taken, boxes[best : best + 1] + ROUND])
        if distance[best] > NEAR:
            taken = np.concatenate([taken, lines[best]])
        yield offset[best], float(distance[best])


def _hits(boxes: Numbers, others: Numbers) -> Numbers:
    """Count for each box how many others it overlaps; boxes are left, bottom, right, top."""
    one, other = boxes[:, None], others[None]
    apart = (one[..., :2] > other[..., 2:]) | (one[..., 2:] < other[..., :2])
    return np.asarray((~apart.any(axis=2)).sum(axis=1), np.float64)


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


def _words(
    sensitivity: Sensitivity, column: OutcomeColumn, rows: pd.DataFrame, labels: Mapping[str, str]
) -> str:
    axis = index_axis("mu_star", sensitivity.plan.method, column)
    order, said = ranked(sensitivity, column).head(SAID).to_dict("records"), []
    for row, size, spread in zip(order, rows["size"], rows["spread"], strict=False):
        ratio = f", {SIGMA}/μ* {spread / size:.1f}" if size > 0.0 else ""
        said.append(f"{labels[row['factor']]} {with_interval(row, axis)}{ratio}")
    uneven = int((rows["spread"] > rows["size"]).sum())
    return (
        f"{outcome_words(sensitivity, column)}: largest μ* ({_small(axis.label)}), with 95% "
        f"intervals: {'; '.join(said)}. Of {len(rows)} factors, {uneven} have a spread above their "
        "mean size. "
    )
