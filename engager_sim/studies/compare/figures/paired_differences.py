"""What differs between scenarios and their base: differences with their intervals."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.figures.scales import MARKERS, Scale, counted, scale_of
from engager_sim.outcomes.declaration import IDENTICAL
from engager_sim.outcomes.direction import DIRECTIONS
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.studies.compare.differences import group_name, headline_group
from engager_sim.studies.compare.study import Comparison


class UnitGroup(NamedTuple):
    """The heading of outcomes of one unit, and what less and more mean for them."""

    title: str
    less: str = "less"
    more: str = "more"


GROUPS = {
    "share": UnitGroup("Shares"),
    "0-1": UnitGroup("Trust and burnout", "lower", "higher"),
    "points": UnitGroup("Distress (CORE-OM)", "distress falls further", "falls less far"),
    "men": UnitGroup("Work", "fewer", "more"),
    "GBP": UnitGroup("Cost", "cheaper", "dearer"),
}

ROW, BETWEEN = 0.125, 0.09
"""Inches that the line of one scenario takes, and that lie between two outcomes."""

NAMES, IN_BASE, FOREST, NUMBERS = 2.05, 0.65, 2.75, 1.85
"""Widths of the columns in inches."""

SHADE, RULE = "#F4F4F4", "#DDDDDD"


def paired_differences(comparison: Comparison) -> Picture:
    """Draw by how much the headline outcomes differ from the base, with intervals."""
    rows = headline_rows(comparison)
    groups = [rows[rows["unit"] == unit] for unit in rows["unit"].unique()]
    scenarios = comparison.design.scenarios
    names = [scenario.name for scenario in scenarios]
    others = names[1:]
    heights = [group["outcome"].nunique() * _outcome_height(others) for group in groups]
    layout = style.Panels(
        len(groups), 1, width=FOREST, height=sum(heights) / len(heights),
        left=style.MARGIN + NAMES + IN_BASE, right=NUMBERS, above=0.27, below=0.47,
        under_all=0.05 + 0.18 * len(others),
    )  # fmt: skip
    what = _finding(names, rows)
    questions = {scenario.name: scenario.question for scenario in scenarios}
    with style.styled():
        page = style.page(layout, what, questions, _note(comparison, rows))
        _share_out_height(page, heights)
        for axes, group, height in zip(page.panels, groups, heights, strict=True):
            _draw_group(axes, group, others, height)
        marks = [_mark(line) for line in range(len(others))]
        page.legend_above(marks, [style.spaced(name, names) for name in others])
    name = "paired_differences" if comparison.paired else "differences"
    return Picture(name, what, _words(comparison, rows), page.figure)


def headline_rows(comparison: Comparison) -> pd.DataFrame:
    """Take the headline outcomes: the programme's where the scenarios have two arms."""
    table = comparison.differences
    rows = table[(table["whom"] == headline_group(table)) & table["outcome"].isin(HEADLINE)]
    return rows.sort_values("outcome", key=lambda names: names.map(HEADLINE.index), kind="stable")


def _where(rows: pd.DataFrame) -> str:
    return f"over {group_name(rows['whom'].iloc[0])}"


def _finding(names: Sequence[str], rows: pd.DataFrame) -> str:
    """Say which difference is the clearest: the farthest from 0, in widths of its interval.

    Of outcomes of men, where any differs: that a change costs something is seldom news.
    """
    base = style.spaced(names[0], names)
    clear = rows[_is_clear(rows)]
    of_direction = clear[clear["outcome"].isin(DIRECTIONS)]
    apart = clear if of_direction.empty else of_direction
    if apart.empty:
        return f"Nothing differs from {base} by more than its interval, {_where(rows)}"
    widths = (apart["high"] - apart["low"]).to_numpy(np.float64)
    with np.errstate(divide="ignore"):
        clearest = int(np.argmax(np.abs(apart["difference"].to_numpy(np.float64)) / widths))
    row: Any = next(apart.iloc[[clearest]].itertuples())
    other = style.capitalised(style.spaced(str(row.other), names))
    return f"{other} less {base}: {_difference_text(row)}, of {len(clear)} that differ clearly"


def _is_clear(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Tell which differences have an interval that does not hold 0."""
    holds = (rows["low"] <= 0.0) & (rows["high"] >= 0.0)
    return rows["difference"].notna() & ~holds


def _outcome_height(others: Sequence[str]) -> float:
    return len(others) * ROW + BETWEEN


def _share_out_height(page: style.Page, heights: Sequence[float]) -> None:
    """Make panels as high as their rows need, below the legend."""
    whole = page.figure.get_size_inches()[1]
    box = page.panels[0].get_position()
    top = whole * box.y1 - page.layout.under_all
    for axes, height in zip(page.panels, heights, strict=True):
        axes.set_position((box.x0, (top - height) / whole, box.width, height / whole))
        top -= height + page.layout.below + page.layout.above


def _draw_group(axes: Axes, group: pd.DataFrame, others: Sequence[str], height: float) -> None:
    """Draw the outcomes of one unit: names, means in the base, intervals, numbers."""
    unit = str(group["unit"].iloc[0])
    scale = scale_of(unit)
    for index, (_, rows) in enumerate(group.groupby("outcome", sort=False)):
        top = index * _outcome_height(others)
        middle = top + _outcome_height(others) / 2.0
        if index % 2 == 0:
            _shade(axes, top, _outcome_height(others))
        _write(axes, -IN_BASE - NAMES, middle, str(rows["label"].iloc[0]))
        base = float(rows["mean_in_base"].iloc[0])
        text = scale.number(base) + ("%" if scale.unit == "%" else "")
        _write(axes, -0.12, middle, "no value" if np.isnan(base) else text, ha="right")
        for row in rows.itertuples():
            line = others.index(str(row.other))
            _draw_row(axes, row, top + BETWEEN / 2.0 + ROW * (line + 0.5), line, scale)
    _finish(axes, group, GROUPS.get(unit, UnitGroup(unit.capitalize())), scale, height)


def _shade(axes: Axes, top: float, height: float) -> None:
    left, width = -(NAMES + IN_BASE + 0.03), NAMES + IN_BASE + FOREST + NUMBERS
    band = Rectangle((left / FOREST, top), width / FOREST, height, fc=SHADE, zorder=0)
    band.set(clip_on=False, transform=axes.get_yaxis_transform())
    axes.add_artist(band)


def _write(axes: Axes, inches: float, y: float, text: str, **look: Any) -> None:
    """Write beside the intervals; inches count from the left edge of their axes."""
    where = axes.get_yaxis_transform()
    axes.text(inches / FOREST, y, text, transform=where, size=7.2, va="center", **look)


def _mark(line: int) -> Line2D:
    colour, marker = style.LINES[line % len(style.LINES)], MARKERS[line % len(MARKERS)]
    return Line2D([], [], color=colour, marker=marker, ms=3.6, lw=1.4)


def _draw_row(axes: Axes, row: Any, y: float, line: int, scale: Scale) -> None:
    if np.isnan(row.difference):
        _write(axes, FOREST + 0.12, y, "no value", color=style.FAINT)
        return
    mark = _mark(line)
    mark.set_data(scale.times * np.array([row.low, row.difference, row.high]), [y, y, y])
    mark.set_markevery([1])
    axes.add_line(mark)
    _write(axes, FOREST + 0.12, y, scale.with_interval(row.difference, row.low, row.high))


def _finish(
    axes: Axes, group: pd.DataFrame, heading: UnitGroup, scale: Scale, height: float
) -> None:
    ends = scale.times * group[["difference", "low", "high"]].to_numpy(np.float64)
    low, high = np.nanmin(ends, initial=0.0), np.nanmax(ends, initial=0.0)
    margin = 0.05 * (high - low) or 1.0
    axes.set(xlim=(low - margin, high + margin), ylim=(height, 0.0))
    axes.axvline(0.0, color=style.INK, linewidth=0.8, zorder=1.5)
    axes.locator_params(axis="x", nbins=5)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    left, right = "\N{LEFTWARDS ARROW}", "\N{RIGHTWARDS ARROW}"
    axes.set_xlabel(f"{left} {heading.less}     {scale.of_differences}     {heading.more} {right}")
    columns: list[tuple[str, float, dict[str, Any]]] = [
        (heading.title, -IN_BASE - NAMES, {"size": 9.0, "weight": "bold"}),
        ("in the base", -0.12, {"size": 7.2, "color": style.FAINT, "ha": "right"}),
        ("difference (95% interval)", FOREST + 0.12, {"size": 7.2, "color": style.FAINT}),
    ]
    for text, inches, look in columns:
        position = (inches / FOREST, 1.0 + 0.05 / height)
        axes.text(*position, text, transform=axes.transAxes, va="bottom", **look)


def _note(comparison: Comparison, rows: pd.DataFrame) -> str:
    base = style.spaced(comparison.design.scenarios[0].name)
    fewest, most = rows["n"].min(), rows["n"].max()
    count = counted(most) if fewest == most else f"{fewest} to {most} replicates"
    note = f"Means over {count} of the other scenario less {base}, {_where(rows)}. "
    if most < 2:
        return note + "Fewer than two replicates have a value: there is no interval."
    drawn, line = comparison.design.fitted is not None, comparison.intervals.line
    if drawn:
        note += "Both have the same draws of the parameters. "
    if not comparison.paired:
        welch = "" if drawn else " of the difference of means (Welch)"
        return note + (
            "Scenarios have different men and independent replicates; lines: 95% intervals"
            f"{welch}. {line}"
        )
    return note + (
        "The same men have common random numbers in both, so that differences are paired; lines: "
        f"95% intervals. {line}{_saved(rows)}"
    )


def _saved(rows: pd.DataFrame) -> str:
    """Say what pairing saves, as the median over the outcomes that are drawn and differ."""
    rows = rows[rows["low"] < rows["high"]]
    times = (rows["independent_replicates"] / rows["n"]).to_numpy(np.float64)
    times = times[np.isfinite(times)]
    if len(times) == 0:
        return ""
    return (
        " With independent seeds, intervals as narrow would take "
        f"{np.median(times):,.0f} times as many replicates (median of these outcomes)."
    )


def _words(comparison: Comparison, rows: pd.DataFrame) -> str:
    """Say the differences, those whose interval holds 0 last."""
    base = style.words(comparison.design.scenarios[0].name)
    parts = []
    for other, compared in rows.groupby("other", sort=False):
        is_clear = _is_clear(compared)
        clear = [_difference_text(row) for row in compared[is_clear].itertuples()]
        unclear = [_difference_text(row) for row in compared[~is_clear].itertuples()]
        text = f"{style.capitalised(str(other))} less {base}, {_where(rows)}, with 95% intervals: "
        text += "; ".join(clear) if clear else "nothing differs clearly"
        parts.append(text + (f". No clear difference: {'; '.join(unclear)}." if unclear else "."))
    return " ".join(parts)


def _difference_text(row: Any) -> str:
    if np.isnan(row.difference):
        return f"{row.label}: no value"
    scale = scale_of(row.unit)
    said = scale.with_interval(row.difference, row.low, row.high)
    return f"{row.label} {said}" + ("" if said == IDENTICAL else f" {scale.of_differences}")
