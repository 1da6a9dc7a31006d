"""Presets on the axes of a sweep: numbered dots, and free positions for numbers and labels."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import Normal, Stroke

from engager_sim.designs.samplers import Numbers
from engager_sim.figures import style
from engager_sim.studies.sweep.study import Sweep

CLEAR = 0.17
"""Inches around the label of a line in which nothing else stands."""

NEAR, DIRECTIONS = (0.14, 0.2, 0.28, 0.4, 0.55), 16
"""Where the number of a preset may stand: inches from its dot, and in how many directions."""

DIGIT, LINE_OF_DIGITS, DOT = 0.066, 0.14, 0.05
"""Inches that numbers and dots of presets take."""

HALO = [Stroke(linewidth=2.0, foreground="white"), Normal()]
NUMBER: Any = {"textcoords": "offset points", "size": 7.0, "weight": "bold", "zorder": 5}
NUMBER |= {"ha": "center", "va": "center", "path_effects": HALO}


type NumberBox = tuple[Numbers, Numbers]
"""Middle of a number, and half its width and height, in inches."""


def presets_within(sweep: Sweep) -> pd.DataFrame:
    """Take the presets that stand on the axes, and number them."""
    presets = sweep.presets
    for name in ("across", "down"):
        low, high = sweep.surface[name].min(), sweep.surface[name].max()
        presets = presets[presets[name].between(low, high)]
    return presets.assign(number=np.arange(1, len(presets) + 1))


def draw_presets(axes: Axes, presets: pd.DataFrame) -> list[Numbers]:
    """Draw dots where presets stand, with their numbers.

    Gives where both stand, in inches from the lower left corner of the axes.
    """
    dots = presets[["across", "down"]].drop_duplicates().to_numpy(np.float64)
    inches, taken = in_inches(axes, dots), list[NumberBox]()
    line = {"arrowstyle": "-", "color": style.INK, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 0}
    for dot, position in zip(dots, inches, strict=True):
        here = (presets[["across", "down"]] == dot).all(axis=1)
        text = ", ".join(map(str, presets.loc[here, "number"]))
        half = np.array([DIGIT * len(text), LINE_OF_DIGITS]) / 2.0
        middle = _free_position(position, half, _corner(axes), inches, taken)
        taken.append((middle, half))
        x, y = 72.0 * (middle - position)
        axes.annotate(text, tuple(dot.tolist()), (x, y), arrowprops=line, **NUMBER)
        axes.plot(*dot, "o", color=style.INK, mec="white", ms=4.5, clip_on=False, zorder=4)
    return [*inches, *(middle for middle, _ in taken)]


def list_columns(layout: style.Panels, presets: pd.DataFrame) -> int:
    """Find in how many columns the names of presets fit below the panels."""
    longest = max(map(len, presets["preset"]), default=0)
    return max(1, int(layout.whole_width / (0.066 * (longest + 4) + 0.7)))


def list_presets(page: style.Page, presets: pd.DataFrame) -> None:
    """Write the names of the numbered presets below all panels."""
    dot = Line2D([], [], color=style.INK, marker="o", markersize=4.0, linestyle="none")
    names = [style.spaced(str(name)) for name in presets["preset"]]
    numbered = [f"{number}  {name}" for number, name in enumerate(names, start=1)]
    if names:
        page.legend_below([dot] * len(names), numbered, list_columns(page.layout, presets))


def label_positions(
    axes: Axes, lines: Sequence[Sequence[Numbers]], obstacles: Sequence[Numbers]
) -> list[tuple[float, float]]:
    """Find where each line has most room for its label, if it has enough anywhere.

    ``lines`` holds the pieces of each line, as the axes count; ``obstacles`` is what stands there
    already, in inches from the lower left corner of the axes.
    """
    taken, positions = list(obstacles), []
    share = np.linspace(0.0, 1.0, 8)[:, None, None]
    for pieces in lines:
        points = np.concatenate(
            [(piece[:-1] + share * np.diff(piece, axis=0)).reshape(-1, 2) for piece in pieces]
        )
        inches = in_inches(axes, points)
        room = np.minimum(inches, _corner(axes) - inches).min(axis=1)
        for other in taken:
            room = np.minimum(room, np.hypot(*(inches - other).T))
        best = int(np.argmax(room))
        if room[best] >= CLEAR:
            positions.append((float(points[best, 0]), float(points[best, 1])))
            taken.append(inches[best])
    return positions


def in_inches(axes: Axes, points: Numbers) -> Numbers:
    """Turn positions on the axes into inches from their lower left corner."""
    box = axes.get_window_extent()
    return np.asarray(axes.transData.transform(points) - (box.x0, box.y0)) / axes.figure.dpi


def _corner(axes: Axes) -> Numbers:
    """Find how wide and high the axes are, in inches."""
    return in_inches(axes, np.array([axes.get_xlim()[1], axes.get_ylim()[1]]))


def _free_position(
    dot: Numbers, half: Numbers, corner: Numbers, dots: Numbers, taken: Sequence[NumberBox]
) -> Numbers:
    """Find the nearest position for a number that covers nothing and is inside, if it can be."""
    turns = 2.0 * np.pi * np.arange(DIRECTIONS) / DIRECTIONS
    around = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    tried = np.concatenate([dot + around * (near + half - half[1]) for near in NEAR])
    faults = (np.abs(tried[:, None] - dots) < half + DOT).all(axis=2).sum(axis=1)
    for other, half_of_other in taken:
        faults += (np.abs(tried - other) < half + half_of_other).all(axis=1)
    faults += ((tried < half) | (tried > corner - half)).any(axis=1)
    return np.asarray(tried[np.argmin(faults)])
