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
from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.pairing import paired_difference
from engager_sim.studies.decide.run_values import RunValues
from engager_sim.studies.decide.settings import DecideSettings

TODAY = 0
BY_ID = {outcome.id: outcome for outcome in OUTCOMES}


def on_the_way_table(settings: DecideSettings, values: RunValues) -> pd.DataFrame:
    """Make a row per option and headline outcome, over all men: today's mean and the difference.

    Intervals hold Monte Carlo error, parameters and rival theories, as those of a comparison do.
    """
    replicates = values.outcomes[settings.outcome].shape[2]
    drawn = Drawn(np.repeat(values.draws, replicates), np.repeat(values.rivals, replicates))
    rows = [
        {"option": option.name, **_row(name, values.outcomes[name], world, drawn)}
        for world, option in enumerate(settings.options, start=1)
        for name in HEADLINE
    ]
    return pd.DataFrame(rows)


def _row(name: str, runs: npt.NDArray[np.float64], world: int, drawn: Drawn) -> dict[str, Any]:
    today, with_option = (runs[which].reshape(-1) for which in (TODAY, world))
    known = ~(np.isnan(today) | np.isnan(with_option))
    found = paired_difference(today, with_option, drawn)
    return {
        "outcome": name,
        "label": BY_ID[name].label,
        "unit": BY_ID[name].unit,
        "today": float(today[known].mean()) if known.any() else np.nan,
        "difference": found.mean,
        "low": found.low,
        "high": found.high,
        "n": found.n,
    }


def change_text(row: Mapping[Any, Any]) -> str:
    """Write a difference with its interval."""
    outcome = BY_ID[str(row["outcome"])]
    return outcome.with_interval(row["difference"], row["low"], row["high"], difference=True)


def today_text(row: Mapping[Any, Any]) -> str:
    """Write today's mean of an outcome."""
    return BY_ID[str(row["outcome"])].text(float(row["today"]))
