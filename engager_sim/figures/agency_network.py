"""The agency network: how strong the ties are at the start, and what becomes of them."""

import textwrap
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import Normal, Stroke

from engager_sim.figures import style
from engager_sim.figures.across_replicates import replicates_in
from engager_sim.studies.tables.of_agencies import BETWEEN_SITES

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
INCHES = 1.12
"""Inches for the radius of a site."""

SIDES, ENDS = 1.72, 1.38
"""Room for names around a site, in radii."""

THICKEST = 7.0
NAME_WIDTH = 16
MOST_UPRIGHT_NAMES = 14
PLATE = {"boxstyle": "square,pad=0.15", "facecolor": style.PAPER, "edgecolor": "none"}
HALO = [Stroke(linewidth=2.0, foreground="white"), Normal()]
"""What keeps a name apart from the ties that it crosses."""
FAINTEST = 0.02
SAMPLES = (0.1, 0.4, 0.8)


def agency_network(ties: pd.DataFrame, agencies: pd.DataFrame, question: str) -> Figure:
    """Draw the network of one scenario at the start and at the end.

    Parameters
    ----------
    ties : pandas.DataFrame
        Its rows of the table of ties.
    agencies : pandas.DataFrame
        Its rows of the table of agencies, which says where to draw each.
    question : str
        The scenario's question.
    """
    scenario = str(agencies["scenario"].iloc[0])
    note = (
        f"Lines: working ties, thicker where stronger, {replicates_in(ties)}; ties below "
        f"{FAINTEST} are not drawn. Squares enforce orders; a dark ring marks agencies in which a "
        "team of the programme works."
    )
    height = INCHES * (2.0 * ENDS - _last_site(agencies)) + 0.3
    with style.styled():
        page = style.page(
            (2 * 2 * SIDES * INCHES + 1.6, height),
            f"{style.titled(scenario)}: how the agencies are tied, and what becomes of the ties",
            {scenario: question},
            note,
        )
        panels = page.body.subplots(1, 2)
        for axes, (moment, when) in zip(panels, MOMENTS.items(), strict=True):
            _draw_panel(axes, ties, agencies, moment)
            axes.set_title(when)
        _legend(page, agencies)
    return page.figure


def _last_site(agencies: pd.DataFrame) -> float:
    """Find the middle of the lowest site."""
    return float(np.min(_middles(agencies)))


def _middles(agencies: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Find the middle of each agency's site."""
    return BETWEEN_SITES * np.round(agencies["y"].to_numpy(np.float64) / BETWEEN_SITES)


def _draw_panel(axes: Axes, ties: pd.DataFrame, agencies: pd.DataFrame, moment: str) -> None:
    names = agencies["agency"].tolist()
    at = agencies[["x", "y"]].to_numpy(np.float64)
    places = dict(zip(names, at, strict=True))
    strengths = ties.groupby(["from", "to"], observed=True)[moment].mean().reset_index()
    for first, second, strength in strengths.to_numpy(object):
        if strength >= FAINTEST:
            ends = np.array([places[first], places[second]])
            axes.plot(
                ends[:, 0], ends[:, 1], color="#8A8A8A", linewidth=THICKEST * strength,
                solid_capstyle="butt", zorder=1,
            )  # fmt: skip
    facts = agencies[["kind", "enforces", "programme_team"]].to_numpy(object)
    for (x, y), (kind, enforces, hosts) in zip(at, facts, strict=True):
        axes.plot(
            x, y, marker="s" if enforces else "o", markersize=12.5, zorder=2,
            markerfacecolor=KIND_COLOURS[kind],
            markeredgecolor=style.BLACK if hosts else style.PAPER,
            markeredgewidth=2.2 if hosts else 1.0,
        )  # fmt: skip
    middles = _middles(agencies)
    crowded = np.unique(middles, return_counts=True)[1].max() > MOST_UPRIGHT_NAMES
    for name, (x, y), middle in zip(names, at, middles, strict=True):
        _name(axes, name, (x, y), (x, y - middle), bool(crowded))
    axes.set(xlim=(-SIDES, SIDES), ylim=(_last_site(agencies) - ENDS, ENDS), aspect="equal")
    axes.set_axis_off()


def _name(
    axes: Axes,
    agency: str,
    place: tuple[float, float],
    outwards: tuple[float, float],
    crowded: bool,
) -> None:
    """Write an agency's name on the outside of the circle; turned, where names are many."""
    in_the_middle = outwards == (0.0, 0.0)
    across, up = (0.0, -1.0) if in_the_middle else outwards
    text = "\n".join(textwrap.wrap(style.in_words(agency), NAME_WIDTH))
    look: dict[str, Any] = {
        "ha": "center" if abs(across) < 0.3 else "left" if across > 0.0 else "right",
        "va": "center" if abs(up) < 0.5 else "bottom" if up > 0.0 else "top",
    }
    if in_the_middle:
        look["bbox"] = PLATE
    elif crowded:
        text = textwrap.shorten(style.in_words(agency), 2 * NAME_WIDTH, placeholder=" ...")
        turned = np.degrees(np.arctan2(up, across)) + (180.0 if across < 0.0 else 0.0)
        look = {"ha": "left" if across >= 0.0 else "right", "va": "center", "rotation": turned}
    axes.annotate(
        text, place, (10.0 * across, 10.0 * up), textcoords="offset points", size=7.2, zorder=3,
        rotation_mode="anchor", linespacing=1.0, path_effects=HALO, **look,
    )  # fmt: skip


def _legend(page: style.Page, agencies: pd.DataFrame) -> None:
    kinds = [kind for kind in KIND_COLOURS if (agencies["kind"] == kind).any()]
    handles = [
        Line2D([], [], linestyle="none", marker="o", markersize=8, color=KIND_COLOURS[kind])
        for kind in kinds
    ]
    handles += [Line2D([], [], color="#8A8A8A", linewidth=THICKEST * size) for size in SAMPLES]
    names = [style.in_words(kind) for kind in kinds] + [f"tie of {size}" for size in SAMPLES]
    page.body.legend(handles, names, loc="outside right center", labelspacing=0.7)
