"""The columns of a study's tables, declared once for its data dictionary."""

from collections.abc import Iterable

from engager_sim.designs.design import Design
from engager_sim.designs.execution.outcome_runs import FAILED, FATES
from engager_sim.designs.points_table import ERROR
from engager_sim.runs.tables.column import SCENARIO, Column
from engager_sim.studies.calibrate.columns import OF_CALIBRATIONS

OUTCOME = Column("outcome", "name of the outcome", "name")
LOW = Column("low", "lower end of the 95% interval", "as the value", missing="too few values")
HIGH = Column("high", "upper end of the 95% interval", "as the value", missing="too few values")
COUNT = Column("n", "replicates with a value", "number")
NOT_DRAWN = "parameters were not drawn"
SPREAD = (
    Column(
        "chance",
        "standard deviation of single runs from luck",
        "as the value",
        missing="too few values",
    ),
    Column(
        "parameters",
        "standard deviation of single runs from drawn parameters",
        "as the value",
        missing=NOT_DRAWN,
    ),
    Column(
        "structure",
        "standard deviation of single runs from rival theories",
        "as the value",
        missing=NOT_DRAWN,
    ),
)


def _columns(*facts: tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(*fact) for fact in facts)


DERIVED: dict[str, tuple[Column, ...]] = {
    "differences": (
        *_columns(
            ("base", "scenario that is compared with", "name"),
            ("other", "scenario that is compared", "name"),
        ),
        OUTCOME,
        *_columns(
            ("whom", "all men, or the men of one arm", "name"),
            ("label", "the outcome in words", "text"),
            ("unit", "unit of the outcome", "text"),
            ("mean_in_base", "mean over replicates in the base", "as the outcome"),
            ("mean_in_other", "mean over replicates in the other", "as the outcome"),
            ("difference", "other less base, mean over replicates", "as the outcome"),
        ),
        LOW,
        HIGH,
        COUNT,
        *_columns(
            ("of", "replicates asked for", "number"),
            (
                "independent_replicates",
                "replicates of each world that independent seeds would need for an interval as "
                "narrow",
                "number",
            ),
        ),
        *SPREAD,
    ),
    "fates": _columns(
        ("base", "scenario that is compared with", "name"),
        ("other", "scenario that is compared", "name"),
        ("arm", "programme or usual_care", "name"),
        ("fate_in_base", "how his first episode ended in the base", "name"),
        ("fate_in_other", "how his first episode ended in the other", "name"),
        ("men", "such men, mean per replicate", "men"),
        ("share", "of the men of the arm", "share"),
    ),
    "changed": (
        *_columns(
            ("base", "scenario that is compared with", "name"),
            ("other", "scenario that is compared", "name"),
            ("arm", "programme or usual_care", "name"),
            ("men_whose_fate_differs", "mean per replicate", "men"),
        ),
        LOW,
        HIGH,
        Column("share", "of the men of the arm", "share"),
        COUNT,
    ),
    "surface": (
        OUTCOME,
        *_columns(
            ("panel", "place of the panel's level in the study", "number"),
            ("across", "value of the factor shown across", "as the factor"),
            ("down", "value of the factor shown down", "as the factor"),
            ("value", "mean outcome there, or the fitted quadratic", "as the outcome"),
            ("explained", "share of variance that the quadratic explains", "share"),
        ),
    ),
    "cells": (
        OUTCOME,
        *_columns(
            ("across", "place of the level across", "number"),
            ("down", "place of the level down", "number"),
            ("panel", "place of the panel's level", "number"),
            ("points", "points averaged: those whose like has a value in every cell", "number"),
            ("of", "points that the cell has", "number"),
            ("mean", "mean over replicates and these points", "as the outcome"),
        ),
        LOW,
        HIGH,
        *_columns(
            ("difference", "from the first cell of the panel, paired", "as the outcome"),
            ("difference_low", "lower end of its paired 95% interval", "as the outcome"),
            ("difference_high", "upper end of its paired 95% interval", "as the outcome"),
        ),
        *SPREAD,
    ),
    "interactions": (
        OUTCOME,
        *_columns(
            ("first", "one theme", "name"),
            ("second", "the other theme", "name"),
            ("points", "points averaged in each corner", "number"),
            ("of", "points that each corner has", "number"),
            ("neither", "mean with both at their first levels", "as the outcome"),
            ("first_alone", "mean with the first theme at its last levels", "as the outcome"),
            ("second_alone", "mean with the second at its last levels", "as the outcome"),
            ("both", "mean with both at their last levels", "as the outcome"),
            (
                "whole_less_sum",
                "what both do together less the sum of what each does alone",
                "as the outcome",
            ),
        ),
        LOW,
        HIGH,
        COUNT,
        Column(
            "verdict",
            "whether the whole is more than the sum, in the direction in which the sum goes",
            "text",
        ),
        *SPREAD,
    ),
    "presets": _columns(
        ("preset", "name of a preset", "name"),
        ("arm", "whose values: programme or usual_care", "name"),
        ("across", "its value of the factor shown across", "as the factor"),
        ("down", "its value of the factor shown down", "as the factor"),
    ),
    "indices": (
        OUTCOME,
        *_columns(
            ("index", "name of the index", "name"),
            ("factor", "path of the factor, or name of the group", "name"),
            ("value", "the estimate from all points and replicates", "as the index"),
        ),
        LOW,
        HIGH,
        *_columns(
            ("rank", "by size of this index, 1 for the largest", "number"),
            ("tied_with", "factors whose intervals overlap this one's", "names"),
            ("note", "what to make of a value that no true index has", "text"),
            (
                "blocks",
                "parts of the design with an outcome at every point, which it uses",
                "number",
            ),
            ("of", "parts that the design has", "number"),
        ),
    ),
    "second_order": (
        OUTCOME,
        *_columns(
            ("factor", "one factor", "name"),
            ("other", "another", "name"),
            ("value", "share of variance that the two have only together", "share"),
        ),
        LOW,
        HIGH,
    ),
    "convergence": (
        OUTCOME,
        *_columns(
            ("samples", "samples used, from the first", "number"),
            ("index", "name of the index", "name"),
            ("factor", "path of the factor, or name of the group", "name"),
            ("value", "the estimate from so many samples", "as the index"),
        ),
        LOW,
        HIGH,
    ),
    "groups": (
        OUTCOME,
        *_columns(
            ("by", "theme or role", "name"),
            ("group", "name of the theme or role", "name"),
            ("value", "sum of its factors' first-order shares", "share"),
        ),
        LOW,
        HIGH,
    ),
    "chance": (
        OUTCOME,
        *_columns(
            ("factors", "share of single runs' variance that the factors make", "share"),
            ("common_luck", "share that a replicate has at every point alike", "share"),
            ("own_luck", "share of luck that is not shared between points", "share"),
            ("parameters", "share that a draw of the parameters makes at every point", "share"),
            (
                "parameters_with_factors",
                "share that a draw makes otherwise at other points",
                "share",
            ),
            (
                "chance_in_means",
                "share of the variance between points' means that other replicates or draws "
                "would change",
                "share",
            ),
        ),
    ),
}
"""The columns of every derived table."""


def columns_of(design: Design, tables: Iterable[str]) -> dict[str, list[Column]]:
    """Declare the columns of the runs and of each named table of a study."""
    runs = [
        SCENARIO,
        Column("point", "number of the point of the design, from 0", "number"),
        Column("replicate", "number of the replicate; the same luck at every point", "number"),
        *(
            Column(
                column.name,
                f"{column.outcome.meaning} ({column.whom.replace('_', ' ')})",
                column.outcome.unit,
                column.outcome.denominator,
                column.outcome.missing,
                column.outcome.baseline,
            )
            for column in design.columns
        ),
        Column(FAILED, "why the run could not be made", "text", missing="it was made"),
    ]
    if design.fates:
        runs.append(
            Column(FATES, "a byte per man: cause of his first exit, plus 16 in usual care", "bytes")
        )
    draws = [Column(factor.path, factor.meaning, factor.unit) for factor in design.factors]
    points = [runs[1], *draws]
    for column in design.columns:
        points.append(Column(column.name, f"mean of {column.label}", column.outcome.unit))
        points.append(
            Column(
                f"{column.name}{ERROR}",
                "standard error of that mean",
                column.outcome.unit,
                missing="fewer than two replicates",
            )
        )
    points.append(COUNT)
    derived = DERIVED | OF_CALIBRATIONS
    known = {"points": points, "draws": draws, "posterior": draws}
    known |= {name: list(columns) for name, columns in derived.items()}
    named = [*tables]
    if "draws" in named:  # the same again, with what made them
        named.append("posterior")
    return {"runs": runs, **{name: known[name] for name in named}}
