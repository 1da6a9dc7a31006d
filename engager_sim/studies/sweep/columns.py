"""The columns of a sweep's tables."""

from collections.abc import Mapping, Sequence

from engager_sim.runs.tables.column import Column
from engager_sim.statistics.columns import COUNT, HIGH, LOW, OUTCOME, SPREAD, columns
from engager_sim.studies.sweep.study import Sweep

NO_POINT = "no point has a value there"
TOO_FEW = "too few values"
CORNER_MEANINGS = {
    "neither": "mean with both at their first levels",
    "first_alone": "mean with the first theme at its last levels",
    "second_alone": "mean with the second at its last levels",
    "both": "mean with both at their last levels",
    "whole_less_sum": "what both do together less the sum of what each does alone",
}
DERIVED: Mapping[str, Sequence[Column]] = {
    "surface": (
        OUTCOME,
        *columns(
            ("panel", "position of the panel's level in the study", "number"),
            ("across", "value of the factor shown across", "as the factor"),
            ("down", "value of the factor shown down", "as the factor"),
        ),
        Column(
            "value",
            "mean outcome there, or the fitted quadratic",
            "as the outcome",
            missing=NO_POINT,
        ),
        Column(
            "explained",
            "share of variance that the quadratic explains",
            "share",
            missing="no quadratic was fitted, or nothing varies",
        ),
    ),
    "cells": (
        OUTCOME,
        *columns(
            ("across", "position of the level across", "number"),
            ("down", "position of the level down", "number"),
            ("panel", "position of the panel's level", "number"),
            ("points", "points averaged: those whose like has a value in every cell", "number"),
            ("of", "points that the cell has", "number"),
        ),
        Column("mean", "mean over replicates and these points", "as the outcome", missing=NO_POINT),
        LOW,
        HIGH,
        Column(
            "difference",
            "from the first cell of the panel, paired",
            "as the outcome",
            missing=NO_POINT,
        ),
        Column(
            "difference_low",
            "lower end of the difference's paired 95% interval",
            "as the outcome",
            missing=TOO_FEW,
        ),
        Column(
            "difference_high",
            "upper end of the difference's paired 95% interval",
            "as the outcome",
            missing=TOO_FEW,
        ),
        *SPREAD,
    ),
    "interactions": (
        OUTCOME,
        *columns(
            ("first", "one theme", "name"),
            ("second", "the other theme", "name"),
            ("points", "points averaged in each corner", "number"),
            ("of", "points that each corner has", "number"),
        ),
        *(
            Column(name, meaning, "as the outcome", missing="no replicate has all four corners")
            for name, meaning in CORNER_MEANINGS.items()
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
    "presets": columns(
        ("preset", "name of a preset", "name"),
        ("arm", "whose values: programme or usual_care", "name"),
        ("across", "its value of the factor shown across", "as the factor"),
        ("down", "its value of the factor shown down", "as the factor"),
    ),
}


def declared(sweep: Sweep) -> Mapping[str, Sequence[Column]]:
    """Declare the columns of the runs, of the points and of every derived table."""
    return sweep.columns_with(DERIVED)
