"""The agency network: how strong the ties are at the start, and what becomes of them."""

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import Normal, Stroke

from engager_sim.figures import style
from engager_sim.figures.drawn_text import box_note, drawable, fitting_lines, width_of
from engager_sim.runs.tables.agencies import BETWEEN_SITES
from engager_sim.studies.run.figures.captions import averaged_over

KIND_COLOURS = {
    "prison_healthcare": style.SKY,
    "mental_health": style.BLUE,
    "gp": "#9AD0C0",
    "substance_misuse": style.GREEN,
    "resettlement": "#B8B8B8",
    "probation": "#7A7A7A",
    "police": "#333333",
    "housing": style.ORANGE,
    "employment": style.YELLOW,
    "voluntary_sector": style.PURPLE,
}
"""Colours of the kinds of agency: health, justice, help with living."""

MOMENTS = {"initial_strength": "Start of the run", "strength": "End of the run"}
TIE_COLOUR = "#8A8A8A"
THICKEST = 7.0
FAINTEST = 0.02
SAMPLES = (0.1, 0.4, 0.8)

RADIUS = 1.12
BETWEEN_CROWDED = 0.26
NAME_WIDTH, NAME_LINE = 1.0, 0.11
"""Inches: of a site's circle, between agencies on a crowded circle, of a name and its lines."""

MOST_UPRIGHT_NAMES = 14
PLATE = {"boxstyle": "square,pad=0.15", "facecolor": style.PAPER, "edgecolor": "none"}
HALO = [Stroke(linewidth=2.0, foreground="white"), Normal()]
"""What keeps a name apart from the ties that it crosses."""


type Position = tuple[float, float]


class Room(NamedTuple):
    """How a network is drawn: whether names are turned, and sizes.

    ``radius`` is that of a site's circle in inches; ``aside`` and ``height`` are half the width
    and the whole height of a site with its names, in radii.
    """

    is_crowded: bool
    radius: float
    aside: float
    height: float


def agency_network(
    ties: pd.DataFrame, agencies: pd.DataFrame, question: str, replicates: int
) -> Figure:
    """Draw the network of one scenario, whose ties are means over replicates, at start and end."""
    scenario = str(agencies["scenario"].iloc[0])
    note = (
        f"Lines: working ties, thicker where stronger, {averaged_over(replicates)}; ties below "
        f"{FAINTEST} are not drawn. Squares enforce orders; a dark ring marks agencies in which a "
        "team of the programme works."
    )
    note += box_note(map(_drawn, agencies["agency"]))
    room, sites = _room(agencies), _sites(agencies)
    width = 2.0 * room.aside * room.radius
    height = (sites.max() + 1) * room.height * room.radius
    layout = style.Panels(2, 2, width, height, left=0.1, right=0.15, below=0.0, beside_all=1.75)
    what = ties_finding(ties, scenario)
    with style.styled():
        page = style.page(layout, what, {scenario: question}, note)
        for axes, (moment, when) in zip(page.panels, MOMENTS.items(), strict=True):
            _draw_panel(axes, ties, agencies, moment, room)
            axes.set_title(when)
        _legend(page, agencies)
    return page.figure


def ties_finding(ties: pd.DataFrame, scenario: str) -> str:
    """Say how many pairs of agencies are tied at the start and at the end, for a title."""
    start, end = (int((ties[moment] >= FAINTEST).sum()) for moment in MOMENTS)
    if start == end:
        return f"{style.titled(scenario)}: {start} of {len(ties)} ties, at the start and at the end"
    return f"{style.titled(scenario)}: {start} of {len(ties)} ties at the start, {end} at the end"


def _sites(agencies: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Find the number of each agency's site, from the top."""
    return np.round(-agencies["y"].to_numpy(np.float64) / BETWEEN_SITES).astype(np.int64)


def _room(agencies: pd.DataFrame) -> Room:
    """Find how much room the names need."""
    largest = int(np.bincount(_sites(agencies)).max())
    if largest > MOST_UPRIGHT_NAMES:
        radius = max(RADIUS, largest * BETWEEN_CROWDED / (2.0 * math.pi))
        every = agencies["agency"].tolist()
        turned = (style.spaced(name, every) for name in every)
        names_take = 0.25 + max(width_of(name, **style.SMALL) for name in turned)
        return Room(True, radius, 1.0 + names_take / radius, 2.0 * (1.0 + names_take / radius))
    names = [_name_lines(name) for name in agencies["agency"]]
    longest = max(width_of(line, **style.SMALL) for lines in names for line in lines)
    above = 0.2 + NAME_LINE * max(2, *map(len, names))
    return Room(False, RADIUS, 1.0 + (0.2 + longest) / RADIUS, 2.0 * (1.0 + above / RADIUS))


def _draw_panel(
    axes: Axes, ties: pd.DataFrame, agencies: pd.DataFrame, moment: str, room: Room
) -> None:
    sites, names = _sites(agencies), agencies["agency"].tolist()
    around = agencies[["x", "y"]].to_numpy(np.float64) + np.outer(sites, [0.0, BETWEEN_SITES])
    at = around - np.outer(sites, [0.0, room.height])
    positions = dict(zip(names, at, strict=True))
    for first, second, strength in ties[["from", "to", moment]].to_numpy(object):
        if strength >= FAINTEST:
            ends = np.array([positions[first], positions[second]])
            width = THICKEST * strength
            axes.plot(*ends.T, color=TIE_COLOUR, lw=width, solid_capstyle="butt", zorder=1)
    facts = agencies[["kind", "enforces", "programme_team"]].to_numpy(object)
    for (x, y), (kind, enforces, hosts) in zip(at, facts, strict=True):
        ring: Any = {"mec": style.BLACK, "mew": 2.2} if hosts else {"mec": style.PAPER, "mew": 1.0}
        shape = "s" if enforces else "o"
        axes.plot(x, y, shape, ms=12.5, mfc=KIND_COLOURS[kind], zorder=2, **ring)
    for name, (x, y), (across, up) in zip(names, at, around.round(9), strict=True):
        text = style.spaced(name, names) if room.is_crowded else "\n".join(_name_lines(name))
        _name(axes, text, (x, y), (across, up), room.is_crowded)
    top = room.height / 2.0
    axes.set(xlim=(-room.aside, room.aside), ylim=(top - (sites.max() + 1) * room.height, top))
    axes.set_axis_off()


def _name(axes: Axes, text: str, position: Position, outwards: Position, is_crowded: bool) -> None:
    """Write an agency's name on the outside of the circle; turned, where names are many."""
    in_the_middle = outwards == (0.0, 0.0)
    across, up = (0.0, -1.0) if in_the_middle else outwards
    look: dict[str, Any] = {
        "ha": "center" if abs(across) < 0.3 else "left" if across > 0.0 else "right",
        "va": "center" if abs(up) < 0.5 else "bottom" if up > 0.0 else "top",
    }
    if in_the_middle:
        look["bbox"] = PLATE
    elif is_crowded:
        turned = np.degrees(np.arctan2(up, across)) + (180.0 if across < 0.0 else 0.0)
        look = {"ha": "left" if across >= 0.0 else "right", "va": "center", "rotation": turned}
    look |= style.SMALL | {"zorder": 3, "rotation_mode": "anchor", "path_effects": HALO}
    look |= {"textcoords": "offset points", "linespacing": 1.0}
    axes.annotate(text, position, (10.0 * across, 10.0 * up), **look)


def _drawn(agency: str) -> str:
    return drawable(style.words(agency))


def _name_lines(agency: str) -> list[str]:
    return fitting_lines(_drawn(agency), NAME_WIDTH, style.SMALL)


def _legend(page: style.Page, agencies: pd.DataFrame) -> None:
    kinds = [kind for kind in KIND_COLOURS if (agencies["kind"] == kind).any()]
    handles = [
        Line2D([], [], ls="none", marker="o", ms=8, color=KIND_COLOURS[kind]) for kind in kinds
    ]
    handles += [Line2D([], [], color=TIE_COLOUR, linewidth=THICKEST * size) for size in SAMPLES]
    names = [style.words(kind) for kind in kinds] + [f"tie of {size}" for size in SAMPLES]
    page.legend_beside(handles, names)
