"""Which factors matter most: a method's indices with their intervals, the largest on top."""

import textwrap
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from engager_sim.figures import style
from engager_sim.figures.paired_differences import scale_of
from engager_sim.figures.picture import Picture
from engager_sim.studies.designs.outcome_columns import OutcomeColumn
from engager_sim.studies.sensitivity.analysis import Sensitivity
from engager_sim.studies.sensitivity.methods import Method
from engager_sim.studies.sensitivity.tables import SECOND_ORDER

MOST_SHOWN, SAID = 25, 5
"""Factors that are drawn, and that are said in words."""

ROW, LETTER = 0.2, 0.062
"""Inches that a row and a letter of a factor's name take."""

SHADE, RULE = "#F4F4F4", "#DDDDDD"
LOOKS = ((style.BLUE, "o"), (style.ORANGE, "D"), (style.GREEN, "s"))
"""Colour and marker of a method's indices."""

NAMES = {
    "ST": "total", "S1": "first-order", "mu_star": "μ*", "mu": "μ", "sigma": "σ", "delta": "delta",
    "median": "median", "maximum": "maximum", "dgsm": "bound", "vi": "mean squared slope",
    "mean": "mean", "ME": "main effect",
}  # fmt: skip
SHARE_OF_VARIANCE = "Share of the outcome's variance"
AXES = {
    "ST": SHARE_OF_VARIANCE,
    "S1": SHARE_OF_VARIANCE,
    "mu_star": "Change over the factor's range",
    "mu": "Change over the factor's range",
    "sigma": "Spread of that change",
    "delta": "Shift of the distribution (0 to 1)",
    "dgsm": "Bound on the total share of variance",
    "vi": "Mean squared slope over the range",
    "ME": "Half the change over the factor's range",
}
DISTANCES = {
    "pawn": "Kolmogorov-Smirnov distance (0 to 1)",
    "regional": "Cramér-von Mises distance, which grows with the number of samples",
}
IN_OUTCOME_UNITS = ("mu_star", "mu", "sigma", "ME")
OVER_DECADES = ("dgsm", "vi")


class IndexAxis(NamedTuple):
    """The label of an index's axis, what its values are multiplied by, and digits in words."""

    label: str
    times: float
    digits: int


def index_axis(index: str, method: Method, column: OutcomeColumn) -> IndexAxis:
    """Say how an index of an outcome is drawn and written."""
    if index in IN_OUTCOME_UNITS:
        scale = scale_of(column.outcome.unit)
        label = f"{AXES[index]} ({scale.of_differences})"
        return IndexAxis(label, scale.times, scale.digits)
    if index == "vi":
        return IndexAxis(f"{AXES[index]} (squared unit of the outcome)", 1.0, 4)
    return IndexAxis(DISTANCES.get(method.name) or AXES[index], 1.0, 2)


def ranked(sensitivity: Sensitivity, column: OutcomeColumn) -> pd.DataFrame:
    """Take the rows of an outcome's main index, the largest first."""
    table, main = sensitivity.indices, sensitivity.plan.method.main
    its = table[(table["outcome"] == column.name) & (table["index"] == main)]
    return its.sort_values("rank", kind="stable").reset_index(drop=True)


def outcome_words(sensitivity: Sensitivity, column: OutcomeColumn) -> str:
    """Write an outcome, and between which scenarios it is a difference, if it is one."""
    study = sensitivity.plan.study
    if study.compared_with is None:
        return column.label
    return f"{column.label}, {style.in_words(study.of_what)}"


def left_out(count: int, shown: int) -> str:
    """Say how many factors are not shown, if any."""
    return "" if count <= shown else f"The {shown} largest of {count} are shown, {count - shown} not. "


def with_interval(row: Mapping[Hashable, Any], axis: IndexAxis) -> str:
    """Write an index and the ends of its interval."""
    value, low, high = (axis.times * float(row[name]) for name in ("value", "low", "high"))
    if np.isnan(low):
        return f"{value:z.{axis.digits}f}"
    return f"{value:z.{axis.digits}f} ({low:z.{axis.digits}f} to {high:z.{axis.digits}f})"


def tie_letters(low: Sequence[float], high: Sequence[float]) -> list[str]:
    """Give factors letters such that two share one exactly if their intervals overlap.

    Parameters
    ----------
    low, high : sequence of float
        Ends of each factor's interval.

    Returns
    -------
    list of str
        Letters of each factor, as a range where there are many; ``a`` for the highest intervals.
    """
    ends = sorted(
        [(value, 0, place) for place, value in enumerate(low) if not np.isnan(value)]
        + [(value, 1, place) for place, value in enumerate(high) if not np.isnan(value)]
    )
    groups: list[set[int]] = []
    current: set[int] = set()
    has_grown = False
    for _, is_end, place in ends:
        if not is_end:
            current.add(place)
        elif has_grown:
            groups.append(set(current))
        has_grown = not is_end
        current -= {place} if is_end else set()
    groups.reverse()
    letters = []
    for place in range(len(low)):
        its = [chr(ord("a") + number) for number, group in enumerate(groups) if place in group]
        letters.append("".join(its) if len(its) < 3 else f"{its[0]}\N{EN DASH}{its[-1]}")
    return letters


def sensitivity_bars(
    sensitivity: Sensitivity, column: OutcomeColumn, labels: Mapping[str, str], note: str
) -> Picture:
    """Draw a method's indices of one outcome, factors sorted by the main index.

    Parameters
    ----------
    sensitivity : Sensitivity
        A study that was carried out.
    column : OutcomeColumn
        The outcome.
    labels : mapping of str to str
        Each factor's or group's name in words.
    note : str
        What the indices were estimated from.
    """
    method = sensitivity.plan.method
    order = ranked(sensitivity, column)
    shown = order["factor"].tolist()[:MOST_SHOWN]
    panels = _panels(sensitivity, column)
    lines = _legend_lines(sensitivity, panels)
    row = ROW * (1.3 if max(map(len, panels)) > 1 else 1.0)
    layout = style.Panels(
        len(panels), len(panels), width=3.7 if len(panels) == 1 else 2.35, height=row * len(shown),
        left=0.12, right=0.62, above=0.17, below=0.6 if len(panels) > 1 else 0.47,
        before_all=0.05 + LETTER * max(len(labels[name]) for name in shown),
        under_all=0.08 + sum(0.02 + 0.135 * (text.count("\n") + 1) for _, text in lines),
    )  # fmt: skip
    asked = f"{outcome_words(sensitivity, column)}: which factors matter most?"
    study = sensitivity.plan.study
    with style.styled():
        page = style.page(
            layout, f"{asked} ({method.label})", {study.scenario.name: study.question},
            _note(sensitivity, column, len(order)) + note,
        )  # fmt: skip
        for place, (axes, indices) in enumerate(zip(page.panels, panels, strict=True)):
            _draw_panel(axes, sensitivity, column, indices, shown)
            axes.set_yticks(range(len(shown)), [labels[name] if not place else "" for name in shown])
        _write_ties(page.panels[0], order[:MOST_SHOWN])
        page.legend_below([mark for mark, _ in lines], [text for _, text in lines], 1)
    words = _words(sensitivity, column, labels) + note
    return Picture(f"indices_{column.name}", asked, words, page.figure)


def _panels(sensitivity: Sensitivity, column: OutcomeColumn) -> list[list[str]]:
    """Put indices of one axis into one panel; of groups, some methods have no sign or spread."""
    table, method = sensitivity.indices, sensitivity.plan.method
    known = table[table["outcome"] == column.name].groupby("index")["value"].count()
    panels: dict[str, list[str]] = {}
    for index in method.meanings:
        if known.get(index, 0) > 0:
            panels.setdefault(index_axis(index, method, column).label, []).append(index)
    return list(panels.values())


def _look(index: str, method: Method) -> tuple[str, str]:
    return LOOKS[[each for each in method.meanings if each != SECOND_ORDER].index(index)]


def _legend_lines(
    sensitivity: Sensitivity, panels: Sequence[Sequence[str]]
) -> list[tuple[Line2D, str]]:
    method, lines = sensitivity.plan.method, []
    for index in [each for indices in panels for each in indices]:
        colour, marker = _look(index, method)
        mark = Line2D([], [], color=colour, marker=marker, markersize=4.5, linewidth=1.4)
        text = f"{NAMES[index]}: {method.meanings[index]}"
        lines.append((mark, "\n".join(textwrap.wrap(text, 82 if len(panels) == 1 else 100))))
    return lines


def _draw_panel(
    axes: Axes,
    sensitivity: Sensitivity,
    column: OutcomeColumn,
    indices: Sequence[str],
    shown: Sequence[str],
) -> None:
    table = sensitivity.indices[sensitivity.indices["outcome"] == column.name]
    axis = index_axis(indices[0], sensitivity.plan.method, column)
    drawn = []
    for place, index in enumerate(indices):
        colour, marker = _look(index, sensitivity.plan.method)
        its = table[table["index"] == index].set_index("factor").loc[list(shown)]
        value, low, high = (axis.times * its[name].to_numpy() for name in ("value", "low", "high"))
        at = np.arange(len(shown)) + 0.32 * (place - (len(indices) - 1) / 2.0)
        axes.hlines(at, low, high, color=colour, linewidth=1.4)
        is_clear = ~((low <= 0.0) & (high >= 0.0))
        for chosen, face in ((is_clear, colour), (~is_clear, style.PAPER)):
            axes.plot(
                value[chosen], at[chosen], linestyle="none", marker=marker, markersize=4.5,
                markerfacecolor=face, markeredgecolor=colour, markeredgewidth=1.2,
            )  # fmt: skip
        drawn.append(np.concatenate([value, low, high]))
    for row in range(0, len(shown), 2):
        axes.axhspan(row - 0.5, row + 0.5, color=SHADE, zorder=0, linewidth=0)
    _finish(axes, np.concatenate(drawn), indices[0])
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("\n".join(textwrap.wrap(axis.label, 40)))


def _finish(axes: Axes, values: "np.ndarray[tuple[int], np.dtype[np.float64]]", index: str) -> None:
    """Show all values from 0 on; those that no share can have stand beyond a line at 0 or 1."""
    low, high = np.nanmin(values, initial=0.0), np.nanmax(values, initial=0.0)
    margin = 0.04 * (high - low) or 1.0
    axes.axvline(0.0, color=style.FAINT, linewidth=0.8, zorder=1.5)
    if AXES.get(index) == SHARE_OF_VARIANCE and high > 1.0:
        axes.axvline(1.0, color=style.FAINT, linewidth=0.8, zorder=1.5)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    axes.set_xlim(low - margin, high + margin)
    positive = values[values > 0.0]
    if index in OVER_DECADES and len(positive) and high > 20.0 * np.median(positive):
        smallest = 10.0 ** np.floor(np.log10(np.quantile(positive, 0.2)))
        axes.set_xscale("symlog", linthresh=smallest)
        axes.set_xlim(-0.2 * smallest, 1.5 * high)


def _write_ties(axes: Axes, rows: pd.DataFrame) -> None:
    where = axes.get_yaxis_transform()
    look = {"size": 7.2, "color": style.FAINT}
    axes.text(1.03, 1.0, "ties", transform=axes.transAxes, va="bottom", **look)  # type: ignore[arg-type]
    for place, letters in enumerate(tie_letters(rows["low"].tolist(), rows["high"].tolist())):
        axes.text(1.03, place, letters, transform=where, va="center", **look)  # type: ignore[arg-type]


def _note(sensitivity: Sensitivity, column: OutcomeColumn, count: int) -> str:
    main = NAMES[sensitivity.plan.method.main]
    table = sensitivity.indices[sensitivity.indices["outcome"] == column.name]
    parts = [
        f"Marks: indices; lines: their 95% intervals; hollow where the interval holds 0. Factors "
        f"that share a letter are tied: their intervals of the {main} index overlap, and their "
        f"order is not settled. {left_out(count, MOST_SHOWN)}"
    ]
    for meaning, its in table[table["value"].notna()].groupby("note", sort=True):
        if str(meaning).startswith(("below", "above")):
            parts.append(f"Of the indices, {len(its)} {_is(len(its))} {meaning}. ")
    outside = int(((table["value"] < table["low"]) | (table["value"] > table["high"])).sum())
    if outside:
        parts.append(
            f"Of the indices, {outside} {_is(outside)} outside the interval: resampled points "
            "repeat, which moves this index. "
        )
    return "".join(parts)


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _words(sensitivity: Sensitivity, column: OutcomeColumn, labels: Mapping[str, str]) -> str:
    method, table = sensitivity.plan.method, sensitivity.indices
    parts = []
    for indices in _panels(sensitivity, column):
        for index in indices:
            its = table[(table["outcome"] == column.name) & (table["index"] == index)]
            its = its.sort_values("rank", kind="stable").head(SAID)
            axis = index_axis(index, method, column)
            said = [f"{labels[row['factor']]} {with_interval(row, axis)}" for row in its.to_dict("records")]
            parts.append(f"largest {NAMES[index]} ({axis.label}), with 95% intervals: {', '.join(said)}")
    first, *others = ranked(sensitivity, column).to_dict("records")
    tied = [labels[row["factor"]] for row in others if row["high"] >= first["low"]]
    said = f"{outcome_words(sensitivity, column)}, {method.label}: {'; '.join(parts)}. "
    return said + _tied(labels[first["factor"]], tied)


def _tied(first: str, tied: Sequence[str]) -> str:
    if not tied:
        return f"{first} is clearly first. "
    more = f" and {len(tied) - SAID} more" if len(tied) > SAID else ""
    return f"Not told apart from {first}: {', '.join(tied[:SAID])}{more}. "
