"""What each option changes on the way: headline outcomes beside today's, to see why it gives more.

An option that gives no more than another may change what does not bind: more contact where men are
not waiting for it, closer ties where a wait is for places. What it moves, and what not, says so.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.outcomes.headline import HEADLINE
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.statistics.expectations import expectations, with_error_of_mean
from engager_sim.studies.decide.option_tables import INTERVAL, TODAY
from engager_sim.studies.decide.run_values import RunValues
from engager_sim.studies.decide.settings import DecideSettings

type Numbers = npt.NDArray[np.float64]

BY_ID = {outcome.id: outcome for outcome in OUTCOMES}


def on_the_way_table(settings: DecideSettings, values: RunValues) -> pd.DataFrame:
    """Make a row per option and headline outcome other than the one that the decision is for."""
    names = [name for name in HEADLINE if name != settings.outcome]
    rows = [
        {"option": option.name, **_row(name, values.outcomes[name][[TODAY, world]])}
        for world, option in enumerate(settings.options, start=1)
        for name in names
    ]
    return pd.DataFrame(rows)


def _row(name: str, runs: Numbers) -> dict[str, Any]:
    known = ~np.isnan(runs).any(axis=(0, 2))
    runs = runs[:, known]
    today = float(runs[TODAY].mean()) if known.any() else np.nan
    mean, low, high = expected_change(runs)
    return {
        "outcome": name,
        "label": BY_ID[name].label,
        "unit": BY_ID[name].unit,
        "today": today,
        "difference": mean,
        "low": low,
        "high": high,
        "n": runs[TODAY].size,
    }


def expected_change(runs: Numbers) -> tuple[float, float, float]:
    """Give the mean change and the central 95% of what is expected of it.

    Parameters
    ----------
    runs : float64 array, shape (2, draws, replicates)
        Of today's service and of an option, no value missing.

    Returns
    -------
    mean, low, high : float
        Of the draws' expectations, as gains are told, with the Monte Carlo error of their mean: an
        outcome that nothing moves has an interval that holds 0, as often as it says.
    """
    if runs.shape[1] < 2:
        return np.nan, np.nan, np.nan
    expected = expectations(runs)
    change = with_error_of_mean(expected[1] - expected[0], runs[1] - runs[0])
    low, high = np.percentile(change, INTERVAL)
    return float((expected[1] - expected[0]).mean()), float(low), float(high)


def change_text(row: Mapping[Any, Any]) -> str:
    """Write a difference with its interval."""
    outcome = BY_ID[str(row["outcome"])]
    return outcome.with_interval(row["difference"], row["low"], row["high"], difference=True)


def today_text(row: Mapping[Any, Any]) -> str:
    """Write today's mean of an outcome."""
    return BY_ID[str(row["outcome"])].text(float(row["today"]))
