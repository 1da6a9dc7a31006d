"""A sweep's findings for its report: where an outcome is lowest and highest, and interactions."""

import math
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.outcomes.declaration import PERCENTAGE_POINTS
from engager_sim.reports.kept_table import kept_table
from engager_sim.reports.missing_text import MISSING, missing_sentences
from engager_sim.reports.outcome_text import outcome_label, outcome_text, titled, with_interval
from engager_sim.reports.report_table import ReportTable
from engager_sim.studies.sweep.ends import lowest_and_highest, moving_axes
from engager_sim.studies.sweep.interactions import NO_INTERVAL, NO_VALUE, WITHOUT_EFFECT
from engager_sim.studies.sweep.settings import AXES

type Axes = Mapping[str, Callable[[float], str]]
"""How a position on each axis is written; equal texts may be different positions."""

INTERACTIONS = "interactions"
HEADINGS = (
    "Outcome",
    "Themes",
    "Neither",
    "First alone",
    "Second alone",
    "Both",
    "Whole less sum",
    "",
)


def answer(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Say where every outcome is lowest and highest, and what themes do only together."""
    pairs = kept_table(folder, INTERACTIONS)
    sentences = []
    table, axes, remark = _positions(folder, manifest)
    for outcome, rows in table.groupby("outcome", sort=False):
        sentences.append(_range(str(outcome), rows, axes, list(manifest["scenarios"]), remark))
        of_outcome = pairs[pairs["outcome"] == outcome].to_dict("records")
        sentences += [_interaction(row, str(outcome)) for row in of_outcome]
    return [*sentences, *missing_sentences(kept_table(folder, MISSING))]


def uncertainty(_: Mapping[str, Any]) -> str:
    """Say what the points have in common."""
    return (
        "All points have common random numbers, so differences between them are better known "
        "than each value."
    )


def report_tables(folder: Path) -> Iterable[ReportTable]:
    """Give the table of themes alone and together; sampled designs have none."""
    pairs = kept_table(folder, INTERACTIONS).to_dict("records")
    yield ReportTable(
        "Is the whole more than the sum?",
        "Neither: both themes at the first of their levels; both: at the last. Whole less sum: "
        "what both do together less the sum of what each does alone, with its paired 95% interval "
        f"({PERCENTAGE_POINTS}; identical: the whole is the sum in every replicate); "
        "more (less) than the sum: further (less far) in the direction in which the sum goes.",
        HEADINGS,
        [_cells(row, str(row["outcome"])) for row in pairs],
        INTERACTIONS,
        range(1, len(pairs) + 1),
    )


def _positions(folder: Path, manifest: Mapping[str, Any]) -> tuple[pd.DataFrame, Axes, str]:
    """Give the outcome at every position on the axes, the axes, and on what if on no cell."""
    levels = {factor["path"]: factor["levels"] for factor in manifest["factors"]}
    paths = {axis: path for axis in AXES if (path := manifest["method"][axis]) is not None}
    table = kept_table(folder, "cells")
    if len(table):
        table = table.rename(columns={"mean": "value", "panel": "panels"})
        return (
            table,
            {
                axis: partial(_level, titled(path.rpartition(".")[2]), levels[path])
                for axis, path in paths.items()
            },
            "",
        )
    table = pd.read_parquet(folder / "surface.parquet").assign(low=math.nan, high=math.nan)
    return (
        table,
        {axis: f"{titled(paths[axis].rpartition('.')[2])} {{:g}}".format for axis in AXES[:2]},
        " on the fitted surface, which has no interval",
    )


def _level(name: str, texts: list[str], at: float) -> str:
    return f"{name} {texts[int(at)]}"


def _range(outcome: str, rows: pd.DataFrame, axes: Axes, scenarios: list[str], remark: str) -> str:
    """Say where an outcome, or its difference between two scenarios, is lowest and highest."""
    compared = len(scenarios) > 1
    label = outcome_label(outcome)
    if compared:
        label = f"{label}, {titled(scenarios[0])} less {titled(scenarios[1])}"
    values = rows["value"].dropna()
    if values.empty:
        return f"{label}: no value anywhere."
    if not (ends := lowest_and_highest(rows)):
        where = "everywhere"
        if len(values) < len(rows):
            where = f"at the {len(values)} of {len(rows)} combinations of levels that have a value"
        return f"{label}: {outcome_text(values.iloc[0], outcome, compared)} {where}."
    moving = moving_axes(rows, list(axes))
    lowest, highest = (
        f"{with_interval(row, outcome, 'value', compared)} at "
        + ", ".join(axes[axis](row[axis]) for axis in moving)
        for row in ends
    )
    return f"{label}: from {lowest}, to {highest}{remark}."


def _interaction(row: Mapping[Any, Any], outcome: str) -> str:
    """Say whether two themes do more together than the sum of each alone."""
    themes = titled(f"{row['first']} and {row['second']}")
    themes = themes[:1].upper() + themes[1:]
    beyond = with_interval(row, outcome, "whole_less_sum", True)
    if row["verdict"] == NO_VALUE:
        return f"{themes}: no replicate has a value for neither, each alone and both."
    if row["verdict"] == NO_INTERVAL:
        return f"{themes}: whole less sum {beyond}; too few replicates for an interval."
    if row["verdict"] in WITHOUT_EFFECT:
        return f"{themes}: {row['verdict']}."
    return f"{themes} do {row['verdict']} of what each does alone: whole less sum {beyond}."


def _cells(row: Mapping[Any, Any], outcome: str) -> list[str]:
    means = ("neither", "first_alone", "second_alone", "both")
    return [
        outcome_label(outcome),
        titled(f"{row['first']} and {row['second']}"),
        *(outcome_text(row[name], outcome) for name in means),
        with_interval(row, outcome, "whole_less_sum", True),
        str(row["verdict"]),
    ]
