"""How far each factor alone moves an outcome: its mean at both ends of the factor's range."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from engager_sim.designs.factors import Factor
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.figures.scales import scale_of
from engager_sim.studies.sensitivity.figures.conditional_means import (
    PLAIN_UNITS,
    Conditional,
    half_width,
    means_along,
    unit_of,
)
from engager_sim.studies.sensitivity.figures.index_words import (
    SAID,
    outcome_words,
)
from engager_sim.studies.sensitivity.figures.sensitivity_bars import (
    LETTER,
    MOST_SHOWN,
    ROW,
    RULE,
    left_out,
)
from engager_sim.studies.sensitivity.study import Sensitivity

LOW, HIGH = style.ORANGE, style.BLUE
UNCLEAR = 0.3
"""How strong colours are where the two ends cannot be told apart."""


class Swing(NamedTuple):
    """A factor, and the outcome's means at the low and the high end of its range."""

    factor: Factor
    low: Conditional
    high: Conditional

    @property
    def width(self) -> float:
        """How far the means are apart, high less low."""
        return self.high.mean - self.low.mean

    @property
    def half_width(self) -> float:
        """Half the width of the difference's 95% interval; a block may be at both ends."""
        pulls = np.nan_to_num(self.high.pulls) - np.nan_to_num(self.low.pulls)
        return half_width(pulls, min(self.low.blocks, self.high.blocks))

    @property
    def is_clear(self) -> bool:
        """Whether the difference's interval excludes 0."""
        return abs(self.width) > self.half_width


def tornado(
    sensitivity: Sensitivity, column: OutcomeColumn, labels: Mapping[str, str], note: str
) -> Picture:
    """Draw an outcome's mean at both ends of each factor's range, the widest apart on top.

    Parameters
    ----------
    sensitivity : Sensitivity
        A study whose points fill the factors' ranges.
    column : OutcomeColumn
        The outcome.
    labels : mapping of str to str
        Each factor's name in words.
    note : str
        What was run.
    """
    swings = _swings(sensitivity, column)
    shown = swings[:MOST_SHOWN]
    ends = [_ends(swing) for swing in shown]
    unit = unit_of(sensitivity, column)
    label = textwrap.wrap(f"{outcome_words(sensitivity, column)} ({unit})", 52)
    layout = style.Panels(
        1, 1, width=3.6, height=1.15 * ROW * len(shown), left=0.1, above=0.17,
        below=0.34 + 0.13 * len(label),
        right=0.25 + LETTER * max(map(len, ends)), under_all=0.28,
        before_all=0.05 + LETTER * max(len(labels[swing.factor.path]) for swing in shown),
    )  # fmt: skip
    asked = f"{outcome_words(sensitivity, column)}: how far does each factor alone move it?"
    study = sensitivity.plan.study
    with style.styled():
        page = style.page(
            layout, asked, {study.scenario.name: study.question},
            _note(sensitivity, column) + left_out(len(swings), MOST_SHOWN) + note,
        )  # fmt: skip
        axes = page.panels[0]
        _draw(axes, sensitivity, column, shown)
        axes.set_xlabel("\n".join(label))
        axes.set_yticks(range(len(shown)), [labels[swing.factor.path] for swing in shown])
        for place, text in enumerate(ends):
            where = axes.get_yaxis_transform()
            axes.text(1.03, place, text, transform=where, size=7.2, va="center", color=style.FAINT)
        patches = [Patch(color=LOW), Patch(color=HIGH)]
        page.legend_below(patches, ["low end, or first value", "high end, or last value"], 2)
    words = _words(sensitivity, column, swings, labels) + note
    return Picture(f"tornado_{column.name}", asked, words, page.figure)


def _swings(sensitivity: Sensitivity, column: OutcomeColumn) -> list[Swing]:
    found = []
    for factor in sensitivity.design.factors:
        parts = means_along(sensitivity, column, factor)
        if len(parts) > 1:
            found.append(Swing(factor, parts[0], parts[-1]))
    return sorted(found, key=lambda swing: -abs(swing.width))


def _ends(swing: Swing) -> str:
    """Write the two ends of a factor's range, or its first and last value."""
    factor = swing.factor
    unit = "" if factor.unit in PLAIN_UNITS else f" {factor.unit}"
    low, high = factor.text(factor.low), factor.text(factor.high)
    return f"{low} \N{RIGHTWARDS ARROW} {high}{unit}"


def _draw(
    axes: Axes, sensitivity: Sensitivity, column: OutcomeColumn, shown: Sequence[Swing]
) -> None:
    scale = scale_of(column.outcome.unit)
    middle = scale.times * float(np.nanmean(sensitivity.points[column.name]))
    reach = [middle]
    for place, swing in enumerate(shown):
        strength = 1.0 if swing.is_clear else UNCLEAR
        for part, colour, at in ((swing.low, LOW, -0.19), (swing.high, HIGH, 0.19)):
            mean, half = scale.times * part.mean, scale.times * np.nan_to_num(part.half_width)
            axes.barh(
                place + at, mean - middle, 0.36, left=middle, color=colour, alpha=strength,
                linewidth=0,
            )  # fmt: skip
            axes.hlines(place + at, mean - half, mean + half, color=style.INK, linewidth=0.9)
            reach += [mean - half, mean + half]
    axes.axvline(middle, color=style.INK, linewidth=0.9)
    margin = 0.04 * (max(reach) - min(reach)) or 1.0
    axes.set_xlim(min(reach) - margin, max(reach) + margin)
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))


def _note(sensitivity: Sensitivity, column: OutcomeColumn) -> str:
    scale = scale_of(column.outcome.unit)
    middle = scale.number(float(np.nanmean(sensitivity.points[column.name])))
    return (
        "Bars: the mean over the points in the lowest and the highest tenth of a factor's range, "
        f"or at its first and last value, from the mean of all points ({middle}); everything else "
        "varies too. Lines: 95% intervals over independent blocks of the design. Pale where both "
        "ends cannot be told apart. "
    )


def _words(
    sensitivity: Sensitivity,
    column: OutcomeColumn,
    swings: Sequence[Swing],
    labels: Mapping[str, str],
) -> str:
    scale = scale_of(column.outcome.unit)
    said = []
    for swing in swings[:SAID]:
        low, high = swing.width - swing.half_width, swing.width + swing.half_width
        said.append(
            f"{labels[swing.factor.path]} {scale.number(swing.low.mean)} to "
            f"{scale.number(swing.high.mean)} ({_ends(swing)}; difference "
            f"{scale.with_interval(swing.width, low, high)})"
        )
    clear = sum(swing.is_clear for swing in swings)
    outcome = f"{outcome_words(sensitivity, column)} ({unit_of(sensitivity, column)})"
    return (
        f"{outcome}, from the low to the high end of each factor: "
        f"{'; '.join(said)}. {clear} of {len(swings)} factors move it clearly. "
    )
