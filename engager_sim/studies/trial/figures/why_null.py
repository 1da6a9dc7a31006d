"""Why a trial looks null: from an undiluted programme to the one delivered, step by step."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import Normal, Stroke

from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.figures.scales import MINUS
from engager_sim.studies.trial.decomposition import DELIVERED, FOLLOW_UP, REMAINS
from engager_sim.studies.trial.study import Trials
from engager_sim.studies.trial.undiluted_delivery import PARTS

STEPS = {
    REMAINS: "All undiluted, no attrition",
    "delivery": "Delivery as it was",
    "supervision": "Supervision as it was",
    "caseload": "Caseload as it was",
    FOLLOW_UP: "Attrition",
    DELIVERED: "The trial as it was",
}
WHOLE, MORE, LESS = style.BLUE, style.VERMILLION, style.GREEN
HALO = [Stroke(linewidth=2.5, foreground=style.PAPER), Normal()]
"""Keeps a number legible where it stands on the line of nothing."""
ROW = 0.36


def finding(steps: pd.DataFrame) -> str:
    """Say which part takes most from the effect, or that this cannot be told."""
    first, second, *_ = sorted(PARTS, key=lambda part: -float(steps["points"][part]))
    low, next_high = float(steps["low"][first]), float(steps["high"][second])
    if low > max(0.0, next_high):
        return f"Of what dilution takes from the effect, {first} takes most"
    if low <= 0.0:
        return "Nothing that dilutes the programme can be told from no effect"
    if low <= next_high:
        return f"{first.capitalize()} or {second} takes most from the effect: which, is not clear"
    return "What dilution takes from the effect"


def why_null(trials: Trials) -> Picture:
    """Draw the steps twice: in points of CORE-OM, and in null trials."""
    study = trials.study
    steps = trials.null.set_index("step").loc[list(STEPS)]
    what = finding(steps)
    note = (
        f"CORE-OM at week {study.primary}, trials of {study.size:,} men. Blue: the whole; orange "
        "and green: what each step adds, averaged over all orders of taking the steps (Shapley "
        "values, over 8 worlds with the same men and common random numbers, "
        f"{study.replicates:,} replicates); thin lines: 95% intervals. In points, attrition is the "
        "bias of the estimate and no part of the true effect below it. What counts as undiluted "
        "is an assumption."
    )
    layout = style.Panels(
        2, 2, width=2.3, height=ROW * len(steps), left=0.12, right=0.3, before_all=1.45
    )
    with style.styled():
        page = style.page(layout, what, {study.title: study.question}, note)
        left, right = page.panels
        _waterfall(left, steps, ("points", "low", "high"), _points)
        left.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace("-", MINUS))
        right.xaxis.set_major_formatter(lambda value, _: _percent(value))
        left.set(title="True effect", xlabel="Points of CORE-OM; below 0 is better")
        _waterfall(right, steps, ("null_share", "null_low", "null_high"), _percent)
        right.set(title="Trials that see nothing", xlabel="Of simulated trials")
        left.set_yticks(range(len(steps)), list(STEPS.values()))
        right.set_yticks([])
    words = "; ".join(
        f"{STEPS[str(step)].lower()} {_points(row['points'])} points, "
        f"{_percent(row['null_share'])} of trials"
        for step, row in steps.iterrows()
    )
    return Picture("why_null", what, f"{words[:1].upper()}{words[1:]}. {note}", page.figure)


def _waterfall(
    axes: Axes, steps: pd.DataFrame, names: tuple[str, str, str], text: Callable[[float], str]
) -> None:
    reached, farthest = 0.0, [0.0]
    for line, (step, row) in enumerate(steps.iterrows()):
        middle, low, high = (float(row[name]) for name in names)
        is_whole = step in (REMAINS, DELIVERED)
        start = 0.0 if is_whole else reached
        colour = WHOLE if is_whole else (MORE if middle >= 0.0 else LESS)
        axes.barh(line, middle, left=start, height=0.62, color=colour, linewidth=0)
        axes.hlines(line, start + low, start + high, color=style.INK, linewidth=0.9)
        if not is_whole:
            axes.vlines(start, line - 1.0, line, color=style.FAINT, linewidth=0.6)
        reached = start + middle
        farthest += [start, reached, start + low, start + high]
        words = text(middle) if is_whole or middle <= 0.0 else f"+{text(middle)}"
        beside = (max(start, reached, start + low, start + high), line)
        offset: Any = {"xytext": (4.0, 0.0), "textcoords": "offset points"}
        axes.annotate(words, beside, **offset, va="center", fontsize=7.5, path_effects=HALO)
    low, high = min(farthest), max(farthest)
    axes.set_xlim(low - 0.22 * (high - low), high + 0.22 * (high - low))
    axes.axvline(0.0, color=style.INK, linewidth=0.9)
    axes.set_ylim(len(steps) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def _points(value: float) -> str:
    return f"{value:z.2f}".replace("-", MINUS)


def _percent(value: float) -> str:
    return f"{100.0 * value:z.0f}%".replace("-", MINUS)
