"""The scenario as it is, today's service, on the axes of a sweep; free positions for labels."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from engager_sim.designs.factors import Factor
from engager_sim.designs.samplers import Numbers
from engager_sim.figures import style
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value, named_values
from engager_sim.studies.sweep.settings import SweepSettings
from engager_sim.studies.sweep.study import Sweep
from engager_sim.world.records import ARMS

CLEAR = 0.17
"""Inches around the label of a line in which nothing else stands."""
STAR: Any = {"marker": "*", "color": style.VERMILLION, "mec": style.PAPER, "mew": 0.9}
STAR |= {"ls": "none", "ms": 13.0, "clip_on": False, "zorder": 5}
LEGEND_ROOM = 0.29
"""Inches that the line under the panels takes."""


def today_by_panel(sweep: Sweep) -> dict[int, Numbers]:
    """Find where the study's scenario stands as it is: the panel, and the values across and down.

    Nowhere, if a value is not among the levels of the panels, is off the axes, or is not one
    value: arms or teams may differ.
    """
    settings, scenario = sweep.settings, sweep.design.scenarios[0]
    across, down = (_number(scenario, factor) for factor in (settings.across, settings.down))
    if across is None or down is None or not _is_within(settings, across, down):
        return {}
    if not settings.is_factorial or settings.panels is None:
        return {0: np.array([across, down])}
    panel = _number(scenario, settings.panels)
    levels = settings.panels.levels
    return {levels.index(panel): np.array([across, down])} if panel in levels else {}


def today_note(today: Mapping[int, Numbers]) -> str:
    """Say where today's service stands, or that it is not on the picture."""
    if today:
        return " Star: your service today, which is the scenario as it is, in these factors."
    return " Your service today, which is the scenario as it is, stands off this picture."


def draw_today(axes: Axes, at: Numbers) -> None:
    """Draw the star."""
    axes.plot(*at, **STAR)


def name_today(page: style.Page, sweep: Sweep) -> None:
    """Name the star below all panels."""
    name = style.spaced(sweep.design.scenarios[0].name)
    page.legend_below([Line2D([], [], **STAR)], [f"your service today: {name}"], 1)


def label_positions(
    axes: Axes, lines: Sequence[Sequence[Numbers]], obstacles: Sequence[Numbers]
) -> list[tuple[float, float]]:
    """Find where each line has most room for its label, if it has enough anywhere.

    ``lines`` holds the pieces of each line and ``obstacles`` what stands there already, as the
    axes count.
    """
    taken, positions = [_in_inches(axes, other) for other in obstacles], []
    corner = _in_inches(axes, np.array([axes.get_xlim()[1], axes.get_ylim()[1]]))
    share = np.linspace(0.0, 1.0, 8)[:, None, None]
    for pieces in lines:
        points = np.concatenate(
            [(piece[:-1] + share * np.diff(piece, axis=0)).reshape(-1, 2) for piece in pieces]
        )
        inches = _in_inches(axes, points)
        room = np.minimum(inches, corner - inches).min(axis=1)
        for other in taken:
            room = np.minimum(room, np.hypot(*(inches - other).T))
        best = int(np.argmax(room))
        if room[best] >= CLEAR:
            positions.append((float(points[best, 0]), float(points[best, 1])))
            taken.append(inches[best])
    return positions


def _in_inches(axes: Axes, points: Numbers) -> Numbers:
    """Turn positions on the axes into inches from their lower left corner."""
    box = axes.get_window_extent()
    return np.asarray(axes.transData.transform(points) - (box.x0, box.y0)) / axes.figure.dpi


def _is_within(settings: SweepSettings, *at: float) -> bool:
    """Tell whether a position is on the axes; between cells there is none."""
    axes = (settings.across, settings.down)
    if settings.has_cells:
        return all(value in axis.levels for axis, value in zip(axes, at, strict=True))
    ends = (axis.levels if settings.is_factorial else (axis.low, axis.high) for axis in axes)
    return all(min(end) <= value <= max(end) for end, value in zip(ends, at, strict=True))


def _number(scenario: Scenario, factor: Factor) -> float | None:
    """Read a factor's value in a scenario: in its arm, or in every arm that has men."""
    *head, table, name = factor.path.split(".")
    values: set[Value]
    if table == "teams":
        teams = [team for team in scenario.setting.teams if not head or team.arm == head[0]]
        values = {getattr(team, name) for team in teams}
    elif factor.is_setting:
        values = {getattr(getattr(scenario.setting, table), name)}
    else:
        parts = zip(ARMS, scenario.setting.population.allocation, strict=True)
        arms = head or [arm for arm, part in parts if part > 0]
        theories = named_values(scenario.theories())
        values = {theories[arm][table][name] for arm in arms}
    if len(values) != 1 or (factor.choices and not values <= set(factor.choices)):
        return None
    return factor.number(values.pop())
