"""The weekly tables: men by week from release, staff by week of the run, an arm a row."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.runs.tables.column import ARM, REPLICATE, SCENARIO, Column, one_word, words
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.week.tallies import MEN_MEANINGS, STAFF_MEANINGS
from engager_sim.world.records import ARMS

FOLLOWED = "men of the arm who have entered and are followed in that week"
NOBODY = "no such man in that week"

CAUSES = tuple(cause for cause in EXIT_MEANINGS if cause != Exit.NONE)


def exit_column(cause: Exit) -> str:
    """Name the column of one cause of exit, the same in every table."""
    return f"exit_{cause.name.lower()}"


def weekly_table(
    scenario: str, sums: npt.NDArray[np.void], weeks_before: int, arms: Sequence[int],
    first: int = 0,
) -> pd.DataFrame:  # fmt: skip
    """Make the weekly table of men.

    Parameters
    ----------
    sums : structured array, shape (replicates, 2 arms, weeks from release)
        Records of :data:`engager_sim.week.tallies.MEN_SUMS`.
    weeks_before : int
        Weeks before release with which the table begins.
    arms : sequence of int
        The arms that have men.
    first : int
        Number of the first replicate.
    """
    frame = _index(scenario, sums, arms, np.arange(sums.shape[2]) - weeks_before, first)
    rows = sums[:, list(arms)].reshape(-1)
    men = rows["men"]
    frame["men"] = men.astype(np.int64)
    for name in MEN_MEANINGS:
        if name != "men":
            frame[name] = _mean(rows[name], men)
    for cause in CAUSES:
        frame[exit_column(cause)] = _mean(rows["exits"][:, cause], men)
    return frame


def staff_table(
    scenario: str, sums: npt.NDArray[np.void], arms: Sequence[int], first: int = 0
) -> pd.DataFrame:
    """Make the weekly table of staff, peers and ties.

    Parameters
    ----------
    sums : structured array, shape (replicates, 2 arms, weeks of the run)
        Records of :data:`engager_sim.week.tallies.STAFF_SUMS`.
    arms : sequence of int
        The arms that have teams.
    first : int
        Number of the first replicate.
    """
    frame = _index(scenario, sums, arms, np.arange(sums.shape[2]), first)
    rows = sums[:, list(arms)].reshape(-1)
    for name, (_, _, divisor) in STAFF_MEANINGS.items():
        if divisor:
            frame[name] = _mean(rows[name], rows[divisor])
        else:
            frame[name] = rows[name].astype(np.int64)
    return frame


def weekly_columns() -> list[Column]:
    """Declare the columns of the weekly table of men."""
    week = Column("week", "week from release, below 0 before it", "week")
    declared = [SCENARIO, REPLICATE, ARM, week]
    for name, (meaning, unit) in MEN_MEANINGS.items():
        over = () if name == "men" else (FOLLOWED, NOBODY)
        declared.append(Column(name, meaning, unit, *over))
    for cause in CAUSES:
        meaning = f"the first exit so far was: {EXIT_MEANINGS[cause]}"
        declared.append(Column(exit_column(cause), meaning, "share", FOLLOWED, NOBODY))
    return declared


def staff_columns() -> list[Column]:
    """Declare the columns of the weekly table of staff."""
    declared = [SCENARIO, REPLICATE, ARM, Column("week", "week of the run, from 0", "week")]
    for name, (meaning, unit, divisor) in STAFF_MEANINGS.items():
        over = (STAFF_MEANINGS[divisor][0], f"{divisor} is 0") if divisor else ()
        declared.append(Column(name, meaning, unit, *over))
    return declared


def _index(
    scenario: str, sums: npt.NDArray[np.void], arms: Sequence[int], weeks: npt.NDArray[np.int64],
    first: int,
) -> pd.DataFrame:  # fmt: skip
    replicates, count = sums.shape[0], len(arms) * len(weeks)
    return pd.DataFrame(
        {
            "scenario": one_word(scenario, replicates * count),
            "replicate": np.repeat(first + np.arange(replicates), count),
            "arm": words(np.tile(np.repeat(np.array(arms), len(weeks)), replicates), ARMS),
            "week": np.tile(weeks, replicates * len(arms)),
        }
    )


def _mean(total: npt.NDArray[np.float64], count: npt.NDArray[np.float64]) -> pd.Series:
    empty = np.full(len(total), np.nan)
    return pd.Series(np.divide(total, count, out=empty, where=count > 0.0))
