"""What the pictures of a sweep find, for their titles: never more than intervals bear out."""

from typing import Any

import numpy as np
import pandas as pd

from engager_sim.figures import style
from engager_sim.figures.factor_labels import text_with_unit
from engager_sim.figures.outcome_labels import OutcomeLabel
from engager_sim.studies.sweep.figures.captions import first_cell, position_text
from engager_sim.studies.sweep.figures.panels import panel_title
from engager_sim.studies.sweep.settings import SweepSettings


def surface_finding(settings: SweepSettings, cells: pd.DataFrame, outcome: OutcomeLabel) -> str:
    """Say which cell lies farthest from the first, of those that clearly differ from it.

    Without cells, or intervals, it says what is drawn.
    """
    clear = clear_cells(cells)
    if clear is None:
        return f"{outcome.label}, over {settings.across.name} and {settings.down.name}"
    if clear.empty:
        return f"{outcome.label}: nothing can be told from {first_cell(settings)}"
    row = _farthest(clear)
    across, down = settings.across.levels[int(row.across)], settings.down.levels[int(row.down)]
    panel = panel_title(settings, int(row.panel))
    where = position_text(settings, across, down) + (f" ({panel.lower()})" if panel else "")
    return (
        f"{outcome.label}: {_difference(row, outcome)} at {where}, against {first_cell(settings)}"
    )


def levels_finding(settings: SweepSettings, cells: pd.DataFrame, outcome: OutcomeLabel) -> str:
    """Say how many cells clearly differ from the first."""
    clear = clear_cells(cells)
    axes = f"{settings.across.name} and {settings.down.name}"
    if clear is None:
        return f"{outcome.label}: what levels of {axes} change"
    others = cells["difference"].notna() & ((cells["across"] > 0) | (cells["down"] > 0))
    return (
        f"{outcome.label}: {len(clear)} of {int(others.sum())} other levels of {axes} differ "
        "clearly from the first"
    )


def curve_finding(settings: SweepSettings, cells: pd.DataFrame, outcome: OutcomeLabel) -> str:
    """Say which level lies farthest from the first, of those that clearly differ from it."""
    factor, clear = settings.across, clear_cells(cells)
    if clear is None:
        return f"{outcome.label}, over {factor.name}"
    first = f"{factor.name} {text_with_unit(factor, factor.text(factor.levels[0]))}"
    if clear.empty:
        return f"{outcome.label}: nothing can be told from {first}"
    row = _farthest(clear)
    level = text_with_unit(factor, factor.text(factor.levels[int(row.across)]))
    return f"{outcome.label}: {_difference(row, outcome)} at {level}, against {first}"


def pairs_finding(pairs: pd.DataFrame, outcome: OutcomeLabel) -> str:
    """Say which two themes do clearly more, or less, together than the sum of each alone."""
    clear = pairs[(pairs["low"] > 0.0) | (pairs["high"] < 0.0)]
    if pairs["low"].isna().all():
        return f"{outcome.label}: the whole against the sum of its parts, without intervals"
    if clear.empty:
        return f"{outcome.label}: no whole can be told from the sum of its parts"
    widths = (clear["high"] - clear["low"]).to_numpy(np.float64)
    distance = clear["whole_less_sum"].abs().to_numpy(np.float64)
    row: Any = clear.iloc[int(np.argmax(distance / np.maximum(widths, np.finfo(float).tiny)))]
    themes = f"{style.spaced(row['first'])} and {style.spaced(row['second'])}"
    return f"{outcome.label}: {themes} do {row['verdict']} of what each does alone"


def clear_cells(cells: pd.DataFrame) -> pd.DataFrame | None:
    """Take the cells whose difference from the first has an interval without 0.

    Nothing, where no difference has an interval.
    """
    if cells.empty or cells.loc[cells["difference"] != 0.0, "difference_low"].isna().all():
        is_known = len(cells) > 0 and bool((cells["difference"] == 0.0).all())
        return cells.iloc[:0] if is_known else None
    return cells[(cells["difference_low"] > 0.0) | (cells["difference_high"] < 0.0)]


def _farthest(clear: pd.DataFrame) -> Any:
    return clear.iloc[int(clear["difference"].abs().argmax())]


def _difference(row: Any, outcome: OutcomeLabel) -> str:
    scale = outcome.scale
    said = scale.with_interval(row.difference, row.difference_low, row.difference_high)
    return f"{said} {scale.of_differences}"
