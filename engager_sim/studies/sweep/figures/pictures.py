"""The pictures of a sweep, and what they say."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.designs.points_table import ERROR
from engager_sim.figures.picture import Picture
from engager_sim.figures.scales import counted
from engager_sim.figures.style import in_words
from engager_sim.studies.sweep.figures.factor_words import (
    Measure,
    axis_name,
    level_names,
    measure_of,
    panel_title,
    with_unit,
)
from engager_sim.studies.sweep.figures.interaction_plot import (
    interaction_plot,
    level_lines,
)
from engager_sim.studies.sweep.figures.response_surface import presets_within, response_surface
from engager_sim.studies.sweep.settings import SweepPlan
from engager_sim.studies.sweep.study import Sweep


def pictures_of_sweep(sweep: Sweep) -> list[Picture]:
    """Draw each outcome over the axes; of factorial designs, interactions and levels too.

    An outcome that has no value anywhere has no pictures.

    Parameters
    ----------
    sweep : Sweep
        Carried out.

    Returns
    -------
    list of Picture
        Outcome by outcome: the response surface, then pairs of themes if there are several, and
        what each level changes.
    """
    return [picture for column in sweep.design.columns for picture in _of_outcome(sweep, column)]


def _of_outcome(sweep: Sweep, column: OutcomeColumn) -> Iterator[Picture]:
    plan, name, measure = sweep.plan, column.name, measure_of(column, sweep.plan.study)
    axes = f"{plan.across.name} and {plan.down.name}"
    surface, pairs, cells = (
        table[table["outcome"] == name] if len(table) else table
        for table in (sweep.surface, sweep.interactions, sweep.cells)
    )
    if surface["value"].isna().all():
        return
    if cells.empty:
        note = _fitted_note(sweep, name, surface, measure)
    else:
        note = _cells_note(sweep, cells, measure)
    title = f"{measure.label}, over {axes}"
    figure = response_surface(sweep, column, title, note)
    words = _surface_in_words(plan, surface, measure)
    yield Picture(f"response_surface_{name}", title, words, figure)
    if len(pairs):
        title = f"{measure.label}: is the whole more than the sum?"
        note = _pairs_note(plan, pairs, measure.scale.of_differences)
        figure = interaction_plot(sweep, column, title, note)
        yield Picture(f"interactions_{name}", title, _pairs_in_words(pairs, measure), figure)
    if len(cells):
        title = f"{measure.label}: what levels of {axes} change"
        drawn = sweep.design.fitted is not None
        figure = level_lines(sweep, column, title, _levels_note(plan, drawn))
        yield Picture(f"levels_{name}", title, _levels_in_words(plan, cells, measure), figure)


def _cells_note(sweep: Sweep, cells: pd.DataFrame, measure: Measure) -> str:
    note = f"Means over {counted(sweep.plan.study.replicates)} and all levels of other factors."
    differ = cells[cells["difference"] != 0.0]
    of_mean = (cells["high"] - cells["low"]).median() / 2.0
    of_difference = (differ["difference_high"] - differ["difference_low"]).median() / 2.0
    if not np.isnan(of_mean + of_difference):
        mean, difference = (measure.scale.times * half for half in (of_mean, of_difference))
        note += (
            f" 95% intervals: \N{PLUS-MINUS SIGN}{mean:.2g} for a mean, "
            f"\N{PLUS-MINUS SIGN}{difference:.2g} for a difference from the first cell, which has "
            "the same luck (medians)."
        )
    return note + _presets_note(sweep)


def _fitted_note(sweep: Sweep, name: str, surface: pd.DataFrame, measure: Measure) -> str:
    plan = sweep.plan
    error = measure.scale.times * sweep.points[f"{name}{ERROR}"].median()
    note = (
        f"A quadratic in the two factors, fitted to the means of {len(plan.values)} points (small "
        f"dots) over {counted(plan.study.replicates)}."
    )
    explained = surface["explained"].iloc[0]
    if not np.isnan(explained):
        note += (
            f" It explains R squared = {explained:.2f} of their variance; the rest comes from "
            "other factors, from shapes that a quadratic cannot take and from chance."
        )
    if not np.isnan(error):
        note += f" Standard error of a mean: {error:.2g} (median)."
    return note + _presets_note(sweep)


def _presets_note(sweep: Sweep) -> str:
    if presets_within(sweep).empty:
        return ""
    return " Numbered dots: presets, which differ in more than these two factors."


def _surface_in_words(plan: SweepPlan, surface: pd.DataFrame, measure: Measure) -> str:
    """Say where the outcome is lowest and highest, panel by panel."""
    axes = f"{axis_name(plan.across)}, and {axis_name(plan.down)}"
    parts = [f"{measure.label}, {measure.unit}, over {axes}."]
    for panel, its in surface.dropna(subset="value").groupby("panel"):
        ends: list[Any] = list(its.sort_values("value", kind="stable").iloc[[0, -1]].itertuples())
        lowest, highest = (
            f"{measure.scale.number(row.value)} at {_place(plan, row.across, row.down)}"
            for row in ends
        )
        parts.append(_of_panel(plan, panel, f"from {lowest} to {highest}"))
    explained = float(surface["explained"].iloc[0])
    if not np.isnan(explained):
        parts.append(f"A quadratic fitted to sampled points; R squared {explained:.2f}.")
    return " ".join(parts)


def _place(plan: SweepPlan, across: float, down: float) -> str:
    """Write a place on the axes."""
    return (
        f"{plan.across.name} {plan.across.text(across)} and {plan.down.name} {plan.down.text(down)}"
    )


def _of_panel(plan: SweepPlan, panel: Any, text: str) -> str:
    title = panel_title(plan, int(panel))
    return f"{title}; {text}." if title else f"{text[:1].upper()}{text[1:]}."


def _pairs_note(plan: SweepPlan, pairs: pd.DataFrame, unit: str) -> str:
    """Say what with and without mean, and how to read the sum."""
    themes: dict[str, list[str]] = {}
    for factor in plan.study.factors:
        first, *_, last = level_names(factor)
        themes.setdefault(factor.theme, []).append(f"{with_unit(factor)} {first} to {last}")
    bundles = "; ".join(f"{in_words(theme)}: {', '.join(ends)}" for theme, ends in themes.items())
    runs = counted(int(pairs["n"].max()))
    return (
        f"Means over {runs} and all levels of other themes. From without to with {bundles}. The "
        "sum: where both together would be if each added what it does alone; bar, and numbers "
        f"above: whole less sum ({unit}) with its paired 95% interval. More (less) than the sum: "
        "further (less far) in the direction of the sum. About the sum: the interval holds 0."
    )


def _pairs_in_words(pairs: pd.DataFrame, measure: Measure) -> str:
    """Say of every pair of themes what they do alone and together."""
    scale, parts = measure.scale, [f"{measure.label}, {measure.scale.of_differences}."]
    rows: list[Any] = list(pairs.itertuples())
    for row in rows:
        first, second = in_words(row.first), in_words(row.second)
        gap = scale.with_interval(row.whole_less_sum, row.low, row.high)
        parts.append(
            f"{first.capitalize()} alone {scale.signed(row.first_alone - row.neither)}, {second} "
            f"alone {scale.signed(row.second_alone - row.neither)}, both "
            f"{scale.signed(row.both - row.neither)}; whole less sum {gap}: {row.verdict}."
        )
    return " ".join(parts)


def _levels_note(plan: SweepPlan, drawn: bool) -> str:
    bands = "over drawn parameters and theories" if drawn else "t-intervals"
    base = _place(plan, plan.across.levels[0], plan.down.levels[0])
    return (
        f"Differences from {base}{' in the same panel' if plan.panels else ''}, paired by "
        f"replicate over {counted(plan.study.replicates)}; means over all levels of other "
        f"factors. Lines: {axis_name(plan.down)}. Bands: 95% {bands}."
    )


def _levels_in_words(plan: SweepPlan, cells: pd.DataFrame, measure: Measure) -> str:
    """Say the largest difference from the first cell, panel by panel."""
    across, down = plan.across, plan.down
    base = _place(plan, across.levels[0], down.levels[0])
    parts = [f"{measure.label}, {measure.scale.of_differences}, less that at {base}."]
    for panel, its in cells.dropna(subset="difference").groupby("panel"):
        row: Any = its.iloc[int(its["difference"].abs().argmax())]
        at = _place(plan, across.levels[int(row.across)], down.levels[int(row.down)])
        said = measure.scale.with_interval(row.difference, row.difference_low, row.difference_high)
        text = f"most at {at}, {said}" if row.difference else "no difference anywhere"
        parts.append(_of_panel(plan, panel, text))
    return " ".join(parts)
