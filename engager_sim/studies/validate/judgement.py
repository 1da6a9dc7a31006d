"""How figures are judged: parts of patterns against their bounds, published figures, patterns."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import stdtrit

from engager_sim.scenarios.fitted_parameters import STRUCTURE, Drawn, FittedParameters
from engager_sim.scenarios.posterior_file import RESULT
from engager_sim.statistics.intervals import estimate
from engager_sim.studies.validate.expected import NOT_TESTED, Expected, Pattern, PatternPart
from engager_sim.studies.validate.settings import GROUPS

FEWEST_OF_A_RIVAL = 20
"""Replicates under a rival theory below which it is not judged alone."""
WORSE = ("met", "near", "missed", NOT_TESTED)
"""Verdicts, each worse than the one before."""
RIVALS = ("gated", "additive")
FIGURE_COLUMNS = ("target", "label", "role", "mark", "value", "error", "low", "middle", "high")

type Numbers = npt.NDArray[np.float64]
type FigureOver = Callable[[npt.NDArray[np.int64]], float | Numbers]
"""Computes a figure over some replicates, given by number."""


def judged_part(
    pattern: Pattern, part: PatternPart, figure_over: FigureOver, drawn: Drawn, has_rivals: bool
) -> dict[str, Any]:
    """Judge one part of a pattern: a row of the table of parts."""
    everything = np.arange(len(drawn.draws))
    figure = _figure(part, figure_over, everything, drawn)
    half_width = _half_width(part, figure_over, drawn)
    row: dict[str, Any] = {
        "number": pattern.number,
        "pattern": pattern.name,
        "measure": part.measure,
        "label": part.label,
        "take": part.take,
        "figure": figure,
        "low": figure - half_width,
        "high": figure + half_width,
        "at_least": math.nan if part.at_least is None else part.at_least,
        "at_most": math.nan if part.at_most is None else part.at_most,
        "near_within": part.near,
        "verdict": part.verdict(figure),
        "off": part.off(figure),
        "why": part.why,
    }
    for number, rival in enumerate(RIVALS):
        under_it = everything[drawn.rivals == number]
        tested = has_rivals and len(under_it) >= FEWEST_OF_A_RIVAL
        row[rival] = _figure(part, figure_over, under_it, drawn) if tested else math.nan
        row[f"verdict_{rival}"] = part.verdict(row[rival]) if tested else NOT_TESTED
    return row


def has_rivals(fitted: FittedParameters) -> bool:
    """Tell whether a posterior draws rival theories."""
    return STRUCTURE in [parameter.path for parameter in fitted.parameters]


def judged_patterns(expected: Expected, parts: pd.DataFrame) -> pd.DataFrame:
    """Judge every pattern by the worst verdict of its parts."""
    verdicts = ["verdict", *(f"verdict_{rival}" for rival in RIVALS)]
    worst = parts.groupby("number")[verdicts].agg(_worst)
    facts = [
        (pattern.number, pattern.name, pattern.claim, pattern.source, pattern.standing_text)
        for pattern in expected.patterns
    ]
    names = ["number", "pattern", "claim", "source", "standing"]
    return pd.DataFrame(facts, columns=names).join(worst, on="number")


def judged_figures(expected: Expected, fitted: FittedParameters) -> pd.DataFrame:
    """Judge the published figures by what the calibration predicted of them.

    A figure inside its predictive interval is met. Outside, it is near within
    ``expected.near_errors`` of its own standard errors. One that no run had a value of is not
    tested.
    """
    rows = []
    for row in _predictions(fitted):
        if row["low"] is None or row["high"] is None:
            rows.append(
                {name: row[name] for name in FIGURE_COLUMNS}
                | {"verdict": NOT_TESTED, "off": math.nan}
            )
            continue
        value, low, high = (float(row[name]) for name in ("value", "low", "high"))
        outside = max(low - value, value - high, 0.0) / float(row["error"])
        is_near = 0.0 < outside <= expected.near_errors
        verdict = "met" if outside == 0.0 else "near" if is_near else "missed"
        rows.append(
            {name: row[name] for name in FIGURE_COLUMNS} | {"verdict": verdict, "off": outside}
        )
    return pd.DataFrame(rows)


def _worst(verdicts: "pd.Series[str]") -> str:
    return max(verdicts, key=WORSE.index)


def _figure(
    part: PatternPart, figure_over: FigureOver, chosen: npt.NDArray[np.int64], drawn: Drawn
) -> float:
    with np.errstate(invalid="ignore", divide="ignore"):
        figure = np.asarray(figure_over(chosen), np.float64)
    if figure.ndim == 0:
        return float(figure)
    if part.take == "whole":
        return float(np.mean(figure))
    interval = estimate(figure, Drawn(drawn.draws[chosen], drawn.rivals[chosen]))
    return interval.low if part.take == "low" else interval.high


def _half_width(part: PatternPart, figure_over: FigureOver, drawn: Drawn) -> float:
    """Give half of a 95% interval by the jackknife over groups of posterior draws."""
    replicates, group_of = np.arange(len(drawn.draws)), drawn.draws % GROUPS
    without = [
        _figure(part, figure_over, replicates[group_of != group], drawn) for group in range(GROUPS)
    ]
    error = math.sqrt((GROUPS - 1.0) * float(np.var(without)))
    return float(stdtrit(GROUPS - 1, 0.975)) * error


def _predictions(fitted: FittedParameters) -> list[Any]:
    """Give what the calibration predicted of each figure, if the posterior tells it."""
    calibration = fitted.facts.get(RESULT)
    targets = calibration.get("targets") if isinstance(calibration, dict) else None
    return [
        row
        for row in (targets if isinstance(targets, list) else [])
        if isinstance(row, dict) and set(row) >= set(FIGURE_COLUMNS) and row["error"] > 0.0
    ]
