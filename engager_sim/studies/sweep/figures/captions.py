"""Notes below the pictures of a sweep, and descriptions of what they show."""

from typing import Any

import numpy as np
import pandas as pd

from engager_sim.designs.points_table import ERROR
from engager_sim.figures.factor_labels import axis_name, level_names, name_with_unit
from engager_sim.figures.outcome_labels import OutcomeLabel
from engager_sim.figures.scales import counted
from engager_sim.figures.style import spaced
from engager_sim.statistics.rounding import is_constant
from engager_sim.studies.sweep.figures.panels import panel_title
from engager_sim.studies.sweep.interactions import WITHOUT_EFFECT
from engager_sim.studies.sweep.settings import SweepSettings
from engager_sim.studies.sweep.study import Sweep


def cells_note(settings: SweepSettings, cells: pd.DataFrame, outcome: OutcomeLabel) -> str:
    """Say over what cells are means, and how sure they and their differences are."""
    note = f"Means over {counted(settings.study.replicates)} and all levels of other factors."
    differ = cells[cells["difference"] != 0.0]
    of_mean = _median(cells["high"] - cells["low"]) / 2.0
    of_difference = _median(differ["difference_high"] - differ["difference_low"]) / 2.0
    if not np.isnan(of_mean + of_difference):
        mean, difference = (outcome.scale.times * half for half in (of_mean, of_difference))
        note += (
            f" 95% intervals: \N{PLUS-MINUS SIGN}{mean:.2g} for a mean, "
            f"\N{PLUS-MINUS SIGN}{difference:.2g} for a difference from the first cell, with "
            f"common random numbers (medians). {settings.interval_line}"
        )
    return note


def fitted_note(sweep: Sweep, name: str, surface: pd.DataFrame, outcome: OutcomeLabel) -> str:
    """Say to what a surface was fitted, and how much it explains."""
    settings = sweep.settings
    error = outcome.scale.times * _median(sweep.points[f"{name}{ERROR}"])
    note = (
        f"A quadratic in the two factors, fitted to the means of {len(settings.values)} points "
        f"(small dots) over {counted(settings.study.replicates)}."
    )
    explained = surface["explained"].iloc[0]
    if not np.isnan(explained):
        note += (
            f" It explains R squared = {explained:.2f} of their variance; the rest comes from "
            "other factors, from shapes that a quadratic cannot take and from Monte Carlo error."
        )
    if not np.isnan(error):
        note += f" Standard error of a mean: {error:.2g} (median)."
    return f"{note} {settings.interval_line}"


def surface_description(
    settings: SweepSettings, surface: pd.DataFrame, outcome: OutcomeLabel
) -> str:
    """Say where the outcome is lowest and highest, panel by panel."""
    axes = f"{axis_name(settings.across)}, and {axis_name(settings.down)}"
    parts = [f"{outcome.label}, {outcome.unit}, over {axes}."]
    for panel, rows in surface.dropna(subset="value").groupby("panel"):
        ends: list[Any] = list(rows.sort_values("value", kind="stable").iloc[[0, -1]].itertuples())
        lowest, highest = (
            f"{outcome.scale.number(row.value)} at {position_text(settings, row.across, row.down)}"
            for row in ends
        )
        text = f"from {lowest} to {highest}"
        if is_constant(rows["value"].to_numpy()):
            text = f"{outcome.scale.number(ends[0].value)} everywhere"
        parts.append(_in_panel(settings, panel, text))
    explained = float(surface["explained"].iloc[0])
    if not np.isnan(explained):
        parts.append(f"A quadratic fitted to sampled points; R squared {explained:.2f}.")
    return " ".join(parts)


def pairs_note(settings: SweepSettings, pairs: pd.DataFrame, unit: str) -> str:
    """Say what the first and the last levels are, and how to read the sum."""
    themes: dict[str, list[str]] = {}
    for factor in settings.study.factors:
        first, *_, last = level_names(factor)
        themes.setdefault(factor.theme, []).append(f"{name_with_unit(factor)} {first} to {last}")
    bundles = "; ".join(f"{spaced(theme)}: {', '.join(ends)}" for theme, ends in themes.items())
    runs = counted(int(pairs["n"].max()))
    return (
        f"Means over {runs} and all levels of other themes. First to last levels: {bundles}. The "
        "sum: where both together would be if each added what it does alone; bar, and numbers "
        f"above: whole less sum ({unit}) with its paired 95% interval. More (less) than the sum: "
        "further (less far) in the direction of the sum. About the sum: the interval holds 0. "
        f"{settings.interval_line}"
    )


def pairs_description(pairs: pd.DataFrame, outcome: OutcomeLabel) -> str:
    """Say of every pair of themes what they do alone and together."""
    scale, parts = outcome.scale, [f"{outcome.label}, {outcome.scale.of_differences}."]
    rows: list[Any] = list(pairs.itertuples())
    for row in rows:
        first, second = spaced(row.first), spaced(row.second)
        beyond = row.verdict
        if beyond not in WITHOUT_EFFECT:
            numbers = scale.with_interval(row.whole_less_sum, row.low, row.high)
            beyond = f"whole less sum {numbers}: {beyond}"
        parts.append(
            f"{first.capitalize()} alone {scale.signed(row.first_alone - row.neither)}, {second} "
            f"alone {scale.signed(row.second_alone - row.neither)}, both "
            f"{scale.signed(row.both - row.neither)}; {beyond}."
        )
    return " ".join(parts)


def levels_note(settings: SweepSettings, cells: pd.DataFrame) -> str:
    """Say from what levels differ, and over what."""
    panel = " in the same panel" if settings.panels else ""
    return (
        f"Differences from {first_cell(settings)}{panel}, paired by replicate over "
        f"{counted(settings.study.replicates)}; means over all levels of other factors. Lines: "
        f"{axis_name(settings.down)}.{interval_words(settings, cells, 'Upright lines, set apart')}"
    )


def interval_words(settings: SweepSettings, cells: pd.DataFrame, marks: str) -> str:
    """Say what the marks of intervals hold; nothing where there is no interval."""
    if cells["low"].isna().all():
        return ""
    return f" {marks}: 95% intervals. {settings.interval_line}"


def levels_description(settings: SweepSettings, cells: pd.DataFrame, outcome: OutcomeLabel) -> str:
    """Say the largest difference from the first cell, panel by panel."""
    across, down, scale = settings.across, settings.down, outcome.scale
    parts = [f"{outcome.label}, {scale.of_differences}, less that at {first_cell(settings)}."]
    for panel, rows in cells.dropna(subset="difference").groupby("panel"):
        row: Any = rows.iloc[int(rows["difference"].abs().argmax())]
        position = position_text(
            settings, across.levels[int(row.across)], down.levels[int(row.down)]
        )
        difference = scale.with_interval(row.difference, row.difference_low, row.difference_high)
        text = f"most at {position}, {difference}" if row.difference else "no difference anywhere"
        parts.append(_in_panel(settings, panel, text))
    return " ".join(parts)


def _median(values: "pd.Series[float]") -> float:
    """Take the median of what is known; NaN where nothing is, as with one replicate."""
    known = values.dropna()
    return float(known.median()) if len(known) else np.nan


def first_cell(settings: SweepSettings) -> str:
    """Write the position of the first cell, from which others differ."""
    return position_text(settings, settings.across.levels[0], settings.down.levels[0])


def position_text(settings: SweepSettings, across: float, down: float) -> str:
    """Write a position on the axes."""
    return (
        f"{settings.across.name} {settings.across.text(across)} and "
        f"{settings.down.name} {settings.down.text(down)}"
    )


def _in_panel(settings: SweepSettings, panel: Any, text: str) -> str:
    title = panel_title(settings, int(panel))
    return f"{title}; {text}." if title else f"{text[:1].upper()}{text[1:]}."
