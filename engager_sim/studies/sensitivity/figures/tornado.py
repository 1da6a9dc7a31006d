"""How far each factor alone moves an outcome: its mean at both ends of the factor's range."""

import textwrap
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures import style
from engager_sim.figures.factor_labels import text_with_unit
from engager_sim.figures.outcome_labels import label_outcome, question_of
from engager_sim.figures.picture import Picture
from engager_sim.figures.scales import scale_of
from engager_sim.studies.sensitivity.conditional_means import Swing, swings
from engager_sim.studies.sensitivity.figures.index_axes import MOST_SAID
from engager_sim.studies.sensitivity.figures.index_marks import LETTER, ROW, RULE
from engager_sim.studies.sensitivity.figures.notes import not_shown
from engager_sim.studies.sensitivity.study import Sensitivity

MOST_SHOWN = 25
LOW, HIGH = style.ORANGE, style.BLUE
UNCLEAR = 0.3
"""How strong colours are where the two ends cannot be told apart."""


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
    study = sensitivity.settings.study
    compared = swings(sensitivity, column.name)
    shown = compared[:MOST_SHOWN]
    ends = [_ends(swing) for swing in shown]
    outcome = label_outcome(column, study)
    label = textwrap.wrap(f"{outcome.label} ({outcome.unit})", 52)
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
        before_all=0.05 + LETTER * max(len(labels[swing.factor.path]) for swing in shown),
    )
    asked = f"{outcome.label}: how far does each factor alone move it?"
    note_below = _note(sensitivity, column) + not_shown(len(compared), MOST_SHOWN) + note
    with style.styled():
        page = style.page(layout, asked, question_of(study), note_below)
        axes = page.panels[0]
        _draw(axes, sensitivity, column, shown)
        axes.set_xlabel("\n".join(label))
        axes.set_yticks(range(len(shown)), [labels[swing.factor.path] for swing in shown])
        for row, text in enumerate(ends):
            transform = axes.get_yaxis_transform()
            axes.text(
                1.03, row, text, transform=transform, size=7.2, va="center", color=style.FAINT
            )
        patches = [Patch(color=LOW), Patch(color=HIGH)]
        page.legend_below(patches, ["low end, or first value", "high end, or last value"], 2)
    description = _description(sensitivity, column, compared, labels) + note
    return Picture(f"tornado_{column.name}", asked, description, page.figure)


def _ends(swing: Swing) -> str:
    """Write the two ends of a factor's range, or its first and last value."""
    factor = swing.factor
    low, high = factor.text(factor.low), factor.text(factor.high)
    return text_with_unit(factor, f"{low} \N{RIGHTWARDS ARROW} {high}")


def _draw(
    axes: Axes, sensitivity: Sensitivity, column: OutcomeColumn, shown: Sequence[Swing]
) -> None:
    scale = scale_of(column.outcome.unit)
    middle = scale.times * _overall_mean(sensitivity, column)
    reach = [middle]
    for row, swing in enumerate(shown):
        strength = 1.0 if swing.is_clear else UNCLEAR
        for part, colour, shift in ((swing.low, LOW, -0.19), (swing.high, HIGH, 0.19)):
            mean, half = scale.times * part.mean, scale.times * np.nan_to_num(part.half_width)
            axes.barh(
                row + shift,
                mean - middle,
                0.36,
                left=middle,
                color=colour,
                alpha=strength,
                linewidth=0,
            )
            axes.hlines(row + shift, mean - half, mean + half, color=style.INK, linewidth=0.9)
            reach += [mean - half, mean + half]
    axes.axvline(middle, color=style.INK, linewidth=0.9)
    margin = 0.04 * (max(reach) - min(reach)) or 1.0
    axes.set_xlim(min(reach) - margin, max(reach) + margin)
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))


def _overall_mean(sensitivity: Sensitivity, column: OutcomeColumn) -> float:
    return float(np.nanmean(sensitivity.points[column.name]))


def _note(sensitivity: Sensitivity, column: OutcomeColumn) -> str:
    middle = scale_of(column.outcome.unit).number(_overall_mean(sensitivity, column))
    return (
        "Bars: the mean over the points in the lowest and the highest tenth of a factor's range, "
        f"or at its first and last value, from the mean of all points ({middle}); everything else "
        "varies too. Lines: 95% intervals over independent blocks of the design. Pale where both "
        "ends cannot be told apart. "
    )


def _description(
    sensitivity: Sensitivity,
    column: OutcomeColumn,
    compared: Sequence[Swing],
    labels: Mapping[str, str],
) -> str:
    """Say the widest swings, and how many are clear."""
    outcome, widest = label_outcome(column, sensitivity.settings.study), []
    for swing in compared[:MOST_SAID]:
        low, high = swing.difference - swing.half_width, swing.difference + swing.half_width
        widest.append(
            f"{labels[swing.factor.path]} {outcome.scale.number(swing.low.mean)} to "
            f"{outcome.scale.number(swing.high.mean)} ({_ends(swing)}; difference "
            f"{outcome.scale.with_interval(swing.difference, low, high)})"
        )
    clear = sum(swing.is_clear for swing in compared)
    return (
        f"{outcome.label} ({outcome.unit}), from the low to the high end of each factor: "
        f"{'; '.join(widest)}. {clear} of {len(compared)} factors move it clearly. "
    )
