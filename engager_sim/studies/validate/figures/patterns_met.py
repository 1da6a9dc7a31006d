"""Every part of every pattern: how far inside or outside its bounds the fitted model lies."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from engager_sim.figures import style
from engager_sim.figures.interval_rows import name_rows, rows_layout
from engager_sim.figures.picture import Picture

FARTHEST = 4.0
"""Margins from the nearer bound at which the axis ends."""
COLOURS = {"met": style.BLUE, "near": style.ORANGE, "missed": style.VERMILLION}
ABBREVIATIONS = {"core om": "CORE-OM", "qaly": "QALY"}
RIVALS = {"gated": ">", "additive": "s"}


def patterns_met(parts: pd.DataFrame, question: str, note: str) -> Picture:
    """Draw every part's figure against its bounds, in units of what counts as near."""
    names = [f"{row['number']}  {_short(row)}" for row in parts.to_dict("records")]
    layout = rows_layout(names, width=3.6, row=0.225, letter=0.0585, above=0.3)
    what = finding(parts)
    how_to_read = (
        "Distance from the nearer bound, in units of what counts as near: right of 0 a part is "
        "met, left of -1 it is missed; dots are cut at the ends. Whiskers: 95% intervals by "
        "leaving out groups of draws. Small marks: each rival theory alone. "
    )
    with style.styled():
        page = style.page(layout, what, {"": question}, how_to_read + note)
        axes = page.panels[0]
        axes.axvspan(0.0, FARTHEST, color="#EAF1F7", zorder=0)
        axes.axvspan(-1.0, 0.0, color="#FBF3E2", zorder=0)
        name_rows(axes, names, FARTHEST, "Margins inside (right) or outside (left)")
        for position, row in enumerate(parts.to_dict("records")):
            _draw(axes, row, position)
        page.legend_below(*_legend(), 5)
    return Picture("patterns_met", what, _description(parts) + note, page.figure)


def finding(parts: pd.DataFrame) -> str:
    """Say how many parts of patterns are met, near and missed."""
    counts = [int((parts["verdict"] == verdict).sum()) for verdict in COLOURS]
    told = [f"{count} {verdict}" for count, verdict in zip(counts, COLOURS, strict=True)]
    return f"Of {len(parts)} parts of patterns {told[0]}, {told[1]} and {told[2]}"


def _draw(axes: Axes, row: Mapping[Any, Any], position: int) -> None:
    colour = COLOURS[str(row["verdict"])]
    low, high = (_margins(row, row[end]) for end in ("low", "high"))
    axes.hlines(position, low, high, color=colour, linewidth=2.0)
    for rival, mark in RIVALS.items():
        at = (_margins(row, row[rival]), position + 0.27)
        small: Any = {"marker": mark, "markersize": 3.0, "color": style.FAINT, "linestyle": "none"}
        axes.plot(*at, **small, clip_on=False)
    large: Any = {"marker": "o", "markersize": 5.0, "color": colour, "markeredgecolor": style.PAPER}
    axes.plot(_margins(row, row["figure"]), position, **large, clip_on=False, zorder=5)


def _margins(row: Mapping[Any, Any], figure: float) -> float:
    """Count the margins by which a figure lies inside (above 0) or outside its nearer bound."""
    inside = [
        distance
        for distance in (figure - row["at_least"], row["at_most"] - figure)
        if not np.isnan(distance)
    ]
    if not inside:
        return -FARTHEST
    return float(np.clip(min(inside) / max(row["near_within"], 1e-12), -FARTHEST, FARTHEST))


def _short(row: Mapping[Any, Any]) -> str:
    end = {"low": ", lower end", "high": ", upper end", "whole": ""}[str(row["take"])]
    words = str(row["measure"]).replace("_", " ")
    for spoken, written in ABBREVIATIONS.items():
        words = words.replace(spoken, written)
    return words + end


def _legend() -> tuple[list[Line2D], list[str]]:
    handles = [
        Line2D([], [], color=colour, marker="o", linewidth=2.0, markersize=5.0)
        for colour in COLOURS.values()
    ]
    handles += [
        Line2D([], [], color=style.FAINT, marker=mark, linestyle="none", markersize=4.0)
        for mark in RIVALS.values()
    ]
    return handles, [*COLOURS, *RIVALS]


def _description(parts: pd.DataFrame) -> str:
    """Say which parts are met, near and missed."""
    listed = []
    for verdict in COLOURS:
        rows = parts.loc[parts["verdict"] == verdict].to_dict("records")
        names = ", ".join(f"{row['number']} ({_short(row)})" for row in rows)
        listed.append(f"{verdict.capitalize()}: {names or 'none'}")
    return "; ".join(listed) + ". "
