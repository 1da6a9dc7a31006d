"""Means over replicates with their intervals, from tables, for the lines and bars of figures."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.figures import style
from engager_sim.runs.tables.runs import DRAW
from engager_sim.statistics.intervals import estimate
from engager_sim.studies.run.summary import drawn_in

ENOUGH_MEN = 0.5
"""Weeks in which fewer than this share of an arm's men are followed are not drawn."""


class Course(NamedTuple):
    """A measure by week: its mean over replicates and the ends of its 95% interval."""

    week: npt.NDArray[np.int64]
    mean: npt.NDArray[np.float64]
    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]


def groups(weekly: pd.DataFrame) -> list[tuple[str, str]]:
    """List the scenarios and arms of a weekly table that have men, in order."""
    pairs = weekly.loc[weekly["men"] > 0, ["scenario", "arm"]].drop_duplicates()
    return [(str(scenario), str(arm)) for scenario, arm in pairs.itertuples(index=False)]


def group_name(group: tuple[str, str], among: list[tuple[str, str]]) -> str:
    """Name a scenario, and its arm where it has two."""
    scenario, arm = group
    arms = [its_arm for name, its_arm in among if name == scenario]
    return style.titled(scenario, arm if len(arms) > 1 else None)


def followed(weekly: pd.DataFrame, scenario: str, arm: str) -> pd.DataFrame:
    """Take the rows of one scenario and arm, of weeks in which enough men are followed."""
    its = weekly[(weekly["scenario"] == scenario) & (weekly["arm"] == arm)]
    men = its.groupby("week")["men"].mean()
    enough = men.index[men >= ENOUGH_MEN * men.max()]
    return its[its["week"].isin(enough)]


def course(rows: pd.DataFrame, measure: str) -> Course:
    """Average a measure over replicates, week by week."""
    by_week = [
        (week, *estimate(its[measure].to_numpy(np.float64), drawn_in(its))[:3])
        for week, its in rows.groupby("week")
    ]
    week, mean, low, high = (np.array(column) for column in zip(*by_week, strict=True))
    return Course(week, mean, low, high)


def replicates_in(table: pd.DataFrame) -> str:
    """Say over how many replicates a table averages."""
    count = table["replicate"].nunique()
    return "one replicate" if count == 1 else f"mean of {count} replicates"


def interval_note(table: pd.DataFrame, mark: str) -> str:
    """Say what the intervals are, or why there are none."""
    if table["replicate"].nunique() == 1:
        return "One replicate has no interval."
    if DRAW in table:
        return f"{mark}: 95% intervals over drawn parameters and rival theories."
    return f"{mark}: 95% t-intervals of the mean across replicates."
