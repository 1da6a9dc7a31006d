"""Runs in a few numbers: means over replicates, their intervals, and where the spread lies."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.execution.store import Store
from engager_sim.designs.execution.workload import RUNS
from engager_sim.outcomes.declaration import Outcome
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.runs.tables.runs import DIFFERENCE, DRAW, RIVAL, SUFFIXES
from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.draw_bootstrap import UNKNOWN_ENDS, DrawBootstrap, PartEnds
from engager_sim.statistics.intervals import Estimate, estimate
from engager_sim.studies.run.course_runs import CourseRuns
from engager_sim.studies.run.replicate_values import replicate_values
from engager_sim.world.records import ARMS

ABOUT = ("scenario", "outcome", "label", "unit", "whom")
COLUMNS = (*ABOUT, *Estimate._fields[:4], "of", *Estimate._fields[4:], *PartEnds._fields)
"""Columns of a summary."""

ARMS_SIDE_BY_SIDE = (*ARMS, DIFFERENCE)

type Numbers = npt.NDArray[np.float64]
type SummaryRow = tuple[object, ...]


def summarise(runs: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """Summarise a table of runs.

    Parameters
    ----------
    runs : pandas.DataFrame
        A row per scenario and replicate.
    level : float
        Coverage of the intervals.

    Returns
    -------
    pandas.DataFrame
        A row per scenario, outcome and whom it is about (all, programme, usual_care, difference):
        mean, low and high end of the interval, ``n`` replicates with a value ``of`` so many run,
        and the standard deviation between single runs that comes from ``chance``, ``parameters``
        and ``structure`` (the last two only where parameters were drawn; see
        :class:`engager_sim.statistics.intervals.Estimate`), each with its 95% interval.
    """
    rows = []
    for scenario, of_scenario in runs.groupby("scenario", sort=False, observed=True):
        drawn = _drawn_in(of_scenario)
        bootstrap = None if drawn is None else DrawBootstrap(drawn)
        for outcome, suffix in _described(_suffixes_in(of_scenario)):
            values = of_scenario[f"{outcome.id}{suffix}"].to_numpy(np.float64)
            rows.append(_row(str(scenario), outcome, suffix, values, drawn, bootstrap, level))
    return pd.DataFrame(rows, columns=COLUMNS)


def groups_of(summary: pd.DataFrame) -> Sequence[str]:
    """List whom one scenario's headlines are about: both arms and their difference, or all men."""
    return ARMS_SIDE_BY_SIDE if (summary["whom"] == DIFFERENCE).any() else ("all",)


def missing_in(summary: pd.DataFrame) -> pd.DataFrame:
    """Count the runs of one scenario without a value, as :func:`missing_table` does."""
    suffix_of = {whom: suffix for suffix, whom in SUFFIXES.items()}
    reasons = {outcome.id: outcome.missing for outcome in OUTCOMES}
    lacks = summary[(summary["n"] < summary["of"]) & (summary["whom"] != DIFFERENCE)]
    return pd.DataFrame(
        {
            "outcome": lacks["outcome"] + lacks["whom"].map(suffix_of),
            "runs": lacks["of"],
            "failed": 0,
            "no_value": lacks["of"] - lacks["n"],
            "reason": lacks["outcome"].map(reasons),
            "points": 1,
        }
    )


def summarise_kept(store: Store, workload: CourseRuns, replicates: int) -> pd.DataFrame:
    """Summarise the runs that a store keeps, a few columns at a time.

    Returns
    -------
    pandas.DataFrame
        What :func:`summarise` gives of the whole table of runs.
    """
    drawn = None if workload.fitted is None else workload.fitted.drawn(replicates)
    bootstrap = None if drawn is None else DrawBootstrap(drawn)
    suffixes = [
        tuple(SUFFIXES) if workload.has_two_arms(point) else ("",)
        for point in range(workload.points)
    ]
    described = {
        f"{outcome.id}{suffix}": (outcome, suffix)
        for outcome, suffix in _described(max(suffixes, key=len))
    }
    rows: list[list[SummaryRow]] = [[] for _ in workload.scenarios]
    one_row = [1] * workload.points
    for values in replicate_values(store, RUNS, list(described), one_row, replicates):
        outcome, suffix = described[values.column]
        if suffix in suffixes[values.scenario]:
            name = workload.scenarios[values.scenario].name
            rows[values.scenario].append(
                _row(name, outcome, suffix, values.numbers[:, 0], drawn, bootstrap, 0.95)
            )
    return pd.DataFrame([row for some in rows for row in some], columns=COLUMNS)


def bounded_estimate(
    values: Numbers, outcome: Outcome, is_difference: bool, drawn: Drawn | None, level: float = 0.95
) -> Estimate:
    """Average an outcome over replicates; no end of a mean's interval lies outside its range.

    Parameters
    ----------
    values : float64 array, shape (replicates,)
        NaN where a replicate has no value.
    is_difference : bool
        Whether it is one between arms, which may be below 0.
    drawn : Drawn or None
        Under which parameters each was run, if they were drawn.
    level : float
        Coverage of the interval.
    """
    estimated = estimate(values, drawn, level)
    return estimated if is_difference else estimated.within(*outcome.bounds)


def _described(suffixes: Sequence[str]) -> Iterable[tuple[Outcome, str]]:
    return ((outcome, suffix) for outcome in OUTCOMES for suffix in suffixes)


def _row(
    scenario: str,
    outcome: Outcome,
    suffix: str,
    values: Numbers,
    drawn: Drawn | None,
    bootstrap: DrawBootstrap | None,
    level: float,
) -> SummaryRow:
    estimated = bounded_estimate(values, outcome, suffix == f"_{DIFFERENCE}", drawn, level)
    parts = UNKNOWN_ENDS if bootstrap is None else bootstrap.part_ends(values)
    about = (outcome.id, outcome.label, outcome.unit, SUFFIXES[suffix])
    return (scenario, *about, *estimated[:4], len(values), *estimated[4:], *parts)


def _drawn_in(runs: pd.DataFrame) -> Drawn | None:
    """Read from a table of runs which draw each replicate had; None where none were drawn."""
    if DRAW not in runs:
        return None
    return Drawn(runs[DRAW].to_numpy(np.int64), runs[RIVAL].to_numpy(np.int64))


def _suffixes_in(runs: pd.DataFrame) -> list[str]:
    """List the suffixes of one scenario's columns; those of arms only where it has two."""
    first = OUTCOMES[0].id  # an outcome of all men, so that an arm with men has a value
    return [
        suffix
        for suffix in SUFFIXES
        if f"{first}{suffix}" in runs and not (suffix and runs[f"{first}{suffix}"].isna().all())
    ]
