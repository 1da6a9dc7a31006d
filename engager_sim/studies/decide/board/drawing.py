"""How the charts of a board's page are drawn; marks tell by form and colour, on white paper."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.markers import MarkerStyle

from engager_sim.figures import style
from engager_sim.studies.decide.board.content import (
    TODAY_LOOK,
    Axis,
    Chart,
    ChartMark,
    GainAgainstSpend,
    WithoutThemes,
)

COLOURS = (style.BLUE, style.VERMILLION, style.GREEN, style.PURPLE, "#8C6D1F", style.BLACK)
"""Those of the house that stand out on white by three to one."""
FORMS, TODAY_FORM = "oD^vP*X", "s"
"""Of the options, and of today's service."""
DRAWN: Any = {"svg.fonttype": "path", "svg.hashsalt": "board"}
SHADE, RULE = "#EDF3F8", "#C9D3DC"
"""Behind what matters most, and between rows."""
DASHED = (0, (4, 2))
ABOVE = -0.8
"""Where, among rows from 0 on, the whole gain is named."""
WIDTH, HEIGHT = 3.6, 2.15
"""Inches of a chart on the page in HTML."""


def look_of(look: int) -> tuple[str, str]:
    """Give the form and colour by which a choice is known in table and chart."""
    if look == TODAY_LOOK:
        return TODAY_FORM, style.INK
    return FORMS[look % len(FORMS)], COLOURS[look % len(COLOURS)]


def outline(look: int) -> list[tuple[float, float]]:
    """Give the corners of a choice's mark, between -1 and 1, upwards."""
    form = MarkerStyle(look_of(look)[0])
    corners = np.asarray(form.get_path().transformed(form.get_transform()).to_polygons()[0])
    return [(float(x), float(y)) for x, y in corners / np.abs(corners).max()]


def draw(chart: Chart, axes: Axes) -> None:
    """Draw a chart."""
    _scale(axes, chart.across)
    if isinstance(chart, GainAgainstSpend):
        _draw_gain(chart, axes)
    else:
        _draw_themes(chart, axes)


def room_before(chart: Chart) -> float:
    """Give the inches that what stands to the left of a chart takes."""
    longest = max((len(text) for text in _beside(chart)), default=0)
    return 0.12 + 0.068 * longest + (0.2 if isinstance(chart, GainAgainstSpend) else 0.0)


def svg(chart: Chart) -> str:
    """Draw a chart by itself; equal charts give equal text."""
    with style.styled(), mpl.rc_context(DRAWN):
        figure = Figure(figsize=(WIDTH, HEIGHT), facecolor=style.PAPER)
        FigureCanvasSVG(figure)
        left, below, around = room_before(chart), 0.42, 0.08
        draw(
            chart,
            figure.add_axes(
                (
                    left / WIDTH,
                    below / HEIGHT,
                    (WIDTH - left - around) / WIDTH,
                    (HEIGHT - below - around) / HEIGHT,
                )
            ),
        )
        written = StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return written.getvalue()


def _beside(chart: Chart) -> Iterator[str]:
    if isinstance(chart, GainAgainstSpend):
        yield from (text for _, text in chart.up.ticks)
    else:
        yield from chart.names


def _scale(axes: Axes, across: Axis) -> None:
    axes.set(xlim=(across.low, across.high), xlabel=across.label)
    axes.set_xticks(*zip(*across.ticks, strict=True))


def _draw_gain(chart: GainAgainstSpend, axes: Axes) -> None:
    axes.set(ylim=(chart.up.low, chart.up.high), ylabel=chart.up.label)
    axes.set_yticks(*zip(*chart.up.ticks, strict=True))
    axes.axhline(0.0, color=style.FAINT, linewidth=0.7)
    if chart.budget is not None:
        place, words = chart.budget
        axes.axvline(place, color=style.FAINT, linewidth=0.9, linestyle=DASHED)
        axes.text(
            place, 1.0, f"{words} ", transform=axes.get_xaxis_transform(), ha="right", va="top",
            color=style.FAINT, **style.SMALL,
        )  # fmt: skip
    form, colour = look_of(TODAY_LOOK)
    axes.plot(0.0, 0.0, marker=form, color=colour, markersize=5.0, clip_on=False, zorder=4)
    for mark in reversed(chart.marks):
        _draw_mark(mark, axes)


def _draw_mark(mark: ChartMark, axes: Axes) -> None:
    form, colour = look_of(mark.look)
    look: dict[str, Any] = {"color": colour, "linewidth": 0.9}
    axes.vlines(mark.spend.value, mark.gain.low, mark.gain.high, **look)
    axes.hlines(mark.gain.value, mark.spend.low, mark.spend.high, **look)
    inside = colour if mark.is_affordable else style.PAPER
    axes.plot(
        mark.spend.value, mark.gain.value, marker=form, color=colour, markerfacecolor=inside,
        markersize=6.0, zorder=3,
    )  # fmt: skip


def _draw_themes(chart: WithoutThemes, axes: Axes) -> None:
    axes.set_ylim(len(chart.names) - 0.5, ABOVE - 0.3)
    axes.set_yticks(range(len(chart.names)), chart.names)
    axes.tick_params(axis="y", length=0)
    axes.axvline(0.0, color=style.INK, linewidth=0.9)
    axes.axvline(chart.whole, color=style.BLUE, linewidth=1.0, linestyle=DASHED)
    axes.text(
        chart.whole, ABOVE, "whole", ha="center", va="center", color=style.BLUE,
        backgroundcolor=style.PAPER, **style.SMALL,
    )  # fmt: skip
    for at, span in enumerate(chart.left):
        axes.hlines(at, span.low, span.high, color=style.BLUE, linewidth=2.0)
        axes.plot(span.value, at, marker="o", color=style.BLUE, markersize=4.5)
