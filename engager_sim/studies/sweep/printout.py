"""What ``engager-sim sweep`` prints: themes together, ends of outcomes, or one factor's levels."""

from collections.abc import Iterable
from typing import Any, Literal

import numpy as np
from rich.table import Table

from engager_sim.console.plain_table import plain_table
from engager_sim.console.spread_tables import draws_described
from engager_sim.designs.factors import Factor
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.figures.factor_labels import factor_labels
from engager_sim.outcomes.declaration import PERCENTAGE_POINTS
from engager_sim.reports.missing_text import missing_sentences
from engager_sim.statistics.rounding import is_constant
from engager_sim.studies.sweep.ends import lowest_and_highest, moving_axes
from engager_sim.studies.sweep.interactions import NO_VALUE, WITHOUT_EFFECT
from engager_sim.studies.sweep.study import Sweep

HEADINGS = ("Outcome", "Themes", "Neither", "First", "Second", "Both", "Whole less sum")


def printed(sweep: Sweep) -> Iterable[Any]:
    """Give the table and the sentences that the command prints."""
    if len(sweep.interactions):
        yield interaction_table(sweep)
    else:
        yield range_table(sweep) if sweep.settings.has_surface else level_table(sweep)
    for column in sweep.design.columns:
        if _is_the_same_everywhere(sweep, column):
            known = int(sweep.points[column.name].notna().sum())
            lacking = "" if known == len(sweep.points) else f" of the {known} that have a value"
            yield f"{column.label} is the same at every point{lacking}."
    yield from missing_sentences(sweep.missing)
    yield from draws_described(sweep.design.fitted, sweep.design.scenarios, sweep.design.factors)


def interaction_table(sweep: Sweep) -> Table:
    """Make the table that is printed: themes alone and together."""
    columns = {column.name: column for column in sweep.design.columns}
    table = plain_table(
        sweep.settings.study.question,
        "simulated; neither: themes at the first of their levels, both: at the last; 95% "
        f"interval of paired replicates; {PERCENTAGE_POINTS}; identical: whole is sum",
        (),
    )
    for heading in HEADINGS:
        justify: Literal["left", "right"] = "left" if heading in HEADINGS[:2] else "right"
        table.add_column(heading, justify=justify, overflow="fold")
    for row in sweep.interactions.to_dict("records"):
        column = columns[str(row["outcome"])]
        numbers = [
            column.outcome.text(float(row[name]), _is_difference(sweep, column))
            for name in ("neither", "first_alone", "second_alone", "both")
        ]
        beyond = row["verdict"]
        if beyond not in (*WITHOUT_EFFECT, NO_VALUE):
            whole, low, high = (float(row[name]) for name in ("whole_less_sum", "low", "high"))
            beyond = column.outcome.with_interval(whole, low, high, difference=True)
        themes = f"{row['first']}, {row['second']}".replace("_", " ")
        table.add_row(column.label, themes, *numbers, beyond)
    return table


def level_table(sweep: Sweep) -> Table:
    """Make the table that is printed of one factor: its levels, and what each changes."""
    settings = sweep.settings
    caption = (
        "simulated; mean, and difference from the first level with the 95% interval of paired "
        f"replicates; {PERCENTAGE_POINTS}"
    )
    headings = ("Outcome", settings.across.name, "Mean", "Difference")
    table = plain_table(settings.study.question, caption, headings)
    for column in sweep.design.columns:
        is_difference = _is_difference(sweep, column)
        for row in sweep.cells[sweep.cells["outcome"] == column.name].to_dict("records"):
            mean, low, high = (float(row[name]) for name in ("mean", "low", "high"))
            change, least, most = (float(row[f"difference{end}"]) for end in ("", "_low", "_high"))
            difference = column.outcome.with_interval(change, least, most, difference=True)
            table.add_row(
                column.label if row["across"] == 0 else "",
                settings.across.text(settings.across.levels[row["across"]]),
                column.outcome.with_interval(mean, low, high, is_difference),
                "" if row["across"] == 0 else difference,
            )
    return table


def range_table(sweep: Sweep) -> Table:
    """Make the table that is printed where no themes are compared: the lowest and the highest."""
    settings, labels = sweep.settings, factor_labels(sweep.settings.study.factors)
    caption = (
        "simulated; mean over all other factors with its 95% interval; every "
        "combination of levels stands in cells.csv, every point in points.csv"
    )
    rows, on_axes = sweep.cells.rename(columns={"mean": "value"}), settings.axes
    if rows.empty:
        caption = "simulated; the fitted quadratic, without an interval; points stand in points.csv"
        rows, on_axes = sweep.surface.assign(low=np.nan, high=np.nan), settings.axes[:2]
    axes = dict(zip(("across", "down", "panel"), on_axes, strict=False))
    table = plain_table(settings.study.question, caption, ("Outcome", "", "Value", "At"))
    for column in sweep.design.columns:
        of_outcome = rows[rows["outcome"] == column.name]
        moving = moving_axes(of_outcome, list(axes))
        for word, row in zip(("lowest", "highest"), lowest_and_highest(of_outcome), strict=False):
            value, low, high = (float(row[name]) for name in ("value", "low", "high"))
            at = (
                f"{labels[axes[name].path]} {_level_text(sweep, axes[name], row[name])}"
                for name in moving
            )
            table.add_row(
                column.label if word == "lowest" else "",
                word,
                column.outcome.with_interval(value, low, high, _is_difference(sweep, column)),
                ", ".join(at),
            )
    return table


def _level_text(sweep: Sweep, axis: Factor, at: float) -> str:
    """Write a level by its position in a cell, or a value of a fitted surface."""
    return f"{at:g}" if sweep.cells.empty else axis.text(axis.levels[int(at)])


def _is_the_same_everywhere(sweep: Sweep, column: OutcomeColumn) -> bool:
    """Tell whether points have one mean and, where there are cells, every replicate one value."""
    means = sweep.points[column.name].to_numpy(np.float64)
    if np.isfinite(means).sum() < 2 or not is_constant(means):
        return False
    if sweep.cells.empty:
        return True
    cells = sweep.cells[sweep.cells["outcome"] == column.name]
    return not cells[["difference", "difference_low", "difference_high"]].any(axis=None)


def _is_difference(sweep: Sweep, column: OutcomeColumn) -> bool:
    """Tell whether an outcome is a difference between scenarios or arms."""
    return column.is_difference or len(sweep.design.scenarios) > 1
