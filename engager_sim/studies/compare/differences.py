"""The difference of one outcome between two scenarios, paired or not, with its interval."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.reports.outcome_text import chance_text
from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.draw_bootstrap import UNKNOWN, UNKNOWN_ENDS, DrawBootstrap
from engager_sim.statistics.pairing import independent_difference, paired_difference, stein_interval
from engager_sim.world.records import ARMS, PROGRAMME

TIE, EVEN = "tie", 0.5
"""What is written where neither is higher, and the probability that stands for it."""
UNSAID = "not known"
CERTAIN = (
    "A probability near 0% or 100% says that the draws of the posterior agree; what all of them "
    "assume alike, no draw can doubt. It follows the draws' own shape, and the interval of a "
    "difference is symmetric: where effects are skewed, that may hold 0 beside a probability near "
    "certainty."
)


def difference(
    base: npt.NDArray[np.float64],
    other: npt.NDArray[np.float64],
    drawn: Drawn | None,
    unpaired: bool,
    first_stage: int | None,
    bootstrap: DrawBootstrap | None = None,
) -> dict[str, float]:
    """Compare one outcome of two scenarios; columns as in the table of differences.

    ``first_stage`` is the replicates of the first of Stein's two stages, if a precision was wanted;
    ``bootstrap`` that of the draws, if parameters were drawn.
    """
    if not unpaired:  # over the same replicates, so that the means' difference is the mean one
        known = ~(np.isnan(base) | np.isnan(other))
        base, other = np.where(known, base, np.nan), np.where(known, other, np.nan)
    # Replicates of the same posterior draws are paired by them, even where seeds differ.
    if unpaired and drawn is None:
        estimate = independent_difference(base, other)
    else:
        estimate = paired_difference(base, other, drawn)
    if first_stage is not None:
        mean, low, high = stein_interval(other - base, first_stage)
        estimate = estimate._replace(mean=mean, low=low, high=high)
    ends, likely = UNKNOWN_ENDS, UNKNOWN
    if bootstrap is not None:
        ends = bootstrap.part_ends(other - base)
        likely = bootstrap.probability_above_0(other - base)
    return {
        "mean_in_base": _mean(base),
        "mean_in_other": _mean(other),
        "difference": estimate.mean,
        "low": estimate.low,
        "high": estimate.high,
        "n": estimate.n,
        "of": len(base),
        "independent_replicates": estimate.independent,
        "chance": estimate.chance,
        "parameters": estimate.parameters,
        "structure": estimate.structure,
        **ends._asdict(),
        "probability_higher": likely.probability,
        "probability_low": likely.low,
        "probability_high": likely.high,
    }


def _mean(values: npt.NDArray[np.float64]) -> float:
    known = values[~np.isnan(values)]
    return float(np.mean(known)) if len(known) else np.nan


def has_probabilities(rows: pd.DataFrame) -> bool:
    """Tell whether any difference has a probability of being above 0."""
    return "probability_higher" in rows and bool(rows["probability_higher"].notna().any())


def headline_group(rows: pd.DataFrame) -> str:
    """Say whom headlines are about: the programme's men, where scenarios have two arms, or all."""
    programme = ARMS[PROGRAMME]
    return programme if (rows["whom"] == programme).any() else "all"


def group_name(whom: str) -> str:
    """Name the men whom a difference is about."""
    return "all men" if whom == "all" else f"men of the {whom.replace('_', ' ')}"


def are_identical(rows: pd.DataFrame) -> bool:
    """Tell whether every outcome of a scenario was that of its base, in every replicate."""
    numbers = rows[["difference", "low", "high"]].fillna(0.0)
    return bool((numbers == 0.0).all(axis=None))


def said_identical(base: str, other: str) -> str:
    """Say that two scenarios gave the same."""
    return f"{other} and {base} are identical: every outcome is the same in every replicate."


def probability_text(row: Mapping[Any, Any], between: str = " ") -> str:
    """Write how likely the other's expectation is the higher one, with its interval."""
    names = ("probability_higher", "probability_low", "probability_high")
    # Folders of former versions have no such columns.
    probability, low, high = (float(row.get(name, math.nan)) for name in names)
    if math.isnan(probability):
        return UNSAID
    if low == high == EVEN:
        return TIE
    return f"{chance_text(probability)}{between}[{chance_text(low)}, {chance_text(high)}]"
