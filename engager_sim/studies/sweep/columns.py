"""The columns of a sweep's tables."""

from collections.abc import Mapping, Sequence

from engager_sim.runs.tables.column import Column
from engager_sim.statistics.columns import COUNT, HIGH, LOW, OUTCOME, SPREAD, columns
from engager_sim.studies.sweep.study import Sweep

NO_POINT = "no point has a value there"
TOO_FEW = "too few values"
NO_QUADRATIC = "no quadratic was fitted, or nothing varies"
NO_CORNERS = "no replicate has all four corners"
END_OF_DIFFERENCE = "end of the difference's paired 95% interval"
WHOLE_LESS_SUM = "what both do together less the sum of what each does alone"
VERDICT = "whether the whole is more than the sum, in the direction in which the sum goes"
THERE = "as the outcome"
DERIVED: Mapping[str, Sequence[Column]] = {
    "surface": (
        OUTCOME,
        *columns(
            ("panel", "position of the panel's level in the study", "number"),
            ("across", "value of the factor shown across", "as the factor"),
            ("down", "value of the factor shown down", "as the factor"),
            ("value", "mean outcome there, or the fitted quadratic", THERE, NO_POINT),
            ("explained", "share of variance that the quadratic explains", "share", NO_QUADRATIC),
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
            ("mean", "mean over replicates and these points", THERE, NO_POINT),
        ),
        LOW,
        HIGH,
        *columns(
            ("difference", "from the first cell of the panel, paired", THERE, NO_POINT),
            ("difference_low", f"lower {END_OF_DIFFERENCE}", THERE, TOO_FEW),
            ("difference_high", f"upper {END_OF_DIFFERENCE}", THERE, TOO_FEW),
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
            ("neither", "mean with both at their first levels", THERE, NO_CORNERS),
            ("first_alone", "mean with the first theme at its last levels", THERE, NO_CORNERS),
            ("second_alone", "mean with the second at its last levels", THERE, NO_CORNERS),
            ("both", "mean with both at their last levels", THERE, NO_CORNERS),
            ("whole_less_sum", WHOLE_LESS_SUM, THERE, NO_CORNERS),
        ),
        LOW,
        HIGH,
        COUNT,
        *columns(("verdict", VERDICT, "text")),
        *SPREAD,
    ),
}


def declared(sweep: Sweep) -> Mapping[str, Sequence[Column]]:
    """Declare the columns of the runs, of the points and of every derived table."""
    return sweep.columns_with(DERIVED)
