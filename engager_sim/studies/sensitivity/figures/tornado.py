"""How far each factor alone moves an outcome: its mean at both ends of the factor's range."""

import textwrap
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from engager_sim.figures import style
from engager_sim.figures.factor_labels import text_with_unit
from engager_sim.figures.picture import Picture
from engager_sim.studies.sensitivity.conditional_means import Swing, acting_factors, swings
from engager_sim.studies.sensitivity.figures.analysed_outcome import MOST_SAID, AnalysedOutcome
from engager_sim.studies.sensitivity.figures.findings import swings_finding
from engager_sim.studies.sensitivity.figures.index_marks import LETTER, ROUND, ROW, RULE
from engager_sim.studies.sensitivity.figures.notes import not_shown

MOST_SHOWN = 25
LOW, HIGH = style.ORANGE, style.BLUE
UNCLEAR = 0.3
"""How strong colours are where the two ends cannot be told apart."""


def tornado(outcome: AnalysedOutcome, note: str) -> Picture:
    """Draw an outcome's mean at both ends of each factor's range, the widest apart on top."""
    acting = acting_factors(outcome.sensitivity, outcome.column.name)
    compared = swings(outcome.sensitivity, outcome.column.name, acting)
    shown, written = compared[:MOST_SHOWN], outcome.label
    ends = [_ends(swing) for swing in shown]
    names = [outcome.labels[swing.factor.path] for swing in shown]
    label = textwrap.wrap(f"{written.label} ({written.unit})", 52)
    layout = style.Panels(
        1,
        1,
        width=3.6,
        height=1.15 * ROW * len(shown),
        left=0.1,
        above=0.17,
        below=0.34 + 0.13 * len(label),
        right=0.25 + LETTER * max(map(len, ends)),
        under_all=0.28,
        before_all=0.05 + LETTER * max(map(len, names)),
    )
    middle = float(np.nanmean(outcome.sensitivity.points[outcome.column.name]))
    found = f"{written.label}: {swings_finding(compared)}"
    below = _note(written.scale.number(middle)) + not_shown(len(compared), MOST_SHOWN) + note
    with style.styled():
        page = outcome.page(layout, found, below)
        axes = page.panels[0]
        _draw(axes, shown, written.scale.times, written.scale.times * middle)
        axes.set_xlabel("\n".join(label))
        axes.set_yticks(range(len(shown)), names)
        at = axes.get_yaxis_transform()
        for row, text in enumerate(ends):
            axes.text(1.03, row, text, transform=at, size=7.2, va="center", color=style.FAINT)
        patches = [Patch(color=LOW), Patch(color=HIGH)]
        page.legend_below(patches, ["low end, or first value", "high end, or last value"], 2)
    description = _description(outcome, compared) + note
    return Picture(f"tornado_{outcome.column.name}", found, description, page.figure)


def _ends(swing: Swing) -> str:
    """Write the two ends of a factor's range, or its first and last value."""
    factor = swing.factor
    low, high = factor.text(factor.low), factor.text(factor.high)
    return text_with_unit(factor, f"{low} \N{RIGHTWARDS ARROW} {high}")


def _draw(axes: Axes, shown: Sequence[Swing], times: float, middle: float) -> None:
    reach = [middle]
    for row, swing in enumerate(shown):
        strength = 1.0 if swing.is_clear else UNCLEAR
        for part, colour, y in ((swing.low, LOW, row - 0.19), (swing.high, HIGH, row + 0.19)):
            mean, half = times * part.mean, times * np.nan_to_num(part.half_width)
            axes.barh(y, mean - middle, 0.36, left=middle, color=colour, alpha=strength, lw=0)
            axes.hlines(y, mean - half, mean + half, color=style.INK, lw=0.9)
            reach += [mean - half, mean + half]
    axes.axvline(middle, color=style.INK, lw=0.9)
    margin = 0.04 * (max(reach) - min(reach)) or 1.0
    axes.set_xlim(min(reach) - margin, max(reach) + margin)
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_locator(ROUND())


def _note(middle: str) -> str:
    return (
        "Bars: the mean over the points in the lowest and the highest tenth of a factor's range, "
        f"or at its first and last value, from the mean of all points ({middle}); everything else "
        "varies too. Lines: 95% intervals over independent blocks of the design. Pale where both "
        "ends cannot be told apart. "
    )


def _description(outcome: AnalysedOutcome, compared: Sequence[Swing]) -> str:
    """Say the widest swings, and how many are clear."""
    written, widest = outcome.label, []
    for swing in compared[:MOST_SAID]:
        low, high = swing.difference - swing.half_width, swing.difference + swing.half_width
        widest.append(
            f"{outcome.labels[swing.factor.path]} {written.scale.number(swing.low.mean)} to "
            f"{written.scale.number(swing.high.mean)} ({_ends(swing)}; difference "
            f"{written.scale.with_interval(swing.difference, low, high)})"
        )
    clear = sum(swing.is_clear for swing in compared)
    return (
        f"{written.label} ({written.unit}), from the low to the high end of each factor: "
        f"{'; '.join(widest)}. {clear} of {len(compared)} factors move it clearly. "
    )
