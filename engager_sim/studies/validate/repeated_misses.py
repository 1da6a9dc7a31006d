"""Pattern 27: whether the men who miss contacts are the men who missed others long before."""

import numpy as np
import pandas as pd

from engager_sim.runs.tables.events import LoggedRun
from engager_sim.studies.validate.declaration import observes
from engager_sim.studies.validate.observations import LogCounts, Numbers
from engager_sim.studies.validate.trial_measures import TRIAL
from engager_sim.week.event_log import Event, column_of

APART = 8
"""Weeks that lie at least between two contacts, so that one accident does not explain both."""
TRUST_STEP = 0.2
CERTAIN = 1.0
"""The logged chance of a contact that following up brought about: it was not planned."""
STRATA = ["trust_step", "needy", "motivated"]
ODDS = ("missed_again_and_kept_again", "missed_first_and_kept_first")


def odds_of_missing_again(run: LoggedRun) -> tuple[float, float]:
    """Sum both terms of Mantel and Haenszel's odds ratio over strata of equal circumstances.

    Each planned contact outside is held against the man's latest one at least eight weeks before.
    Strata: trust at the contact in fifths of its scale, needs and own motivation at entry above
    the run's median or not.
    """
    planned = _planned_outside(run)
    before = planned[["who", "week", "missed"]].rename(columns={"missed": "missed_before"})
    before["week"] += APART
    pairs = pd.merge_asof(planned, before, on="week", by="who").dropna(subset="missed_before")
    again = first = 0.0
    for _, stratum in pairs.groupby(STRATA):
        missed, missed_before = stratum["missed"], stratum["missed_before"] == 1.0
        both, neither = (missed & missed_before).sum(), (~missed & ~missed_before).sum()
        one, other = (missed & ~missed_before).sum(), (~missed & missed_before).sum()
        again += both * neither / len(stratum)
        first += one * other / len(stratum)
    return float(again), float(first)


@observes(LogCounts(TRIAL, ODDS, odds_of_missing_again))
def misses_of_the_same_men(odds: Numbers) -> float:
    """Odds ratio of missing a contact, given that the latest one 8 weeks before was missed."""
    again, first = odds.sum(axis=0)
    return float(again / first)


def _planned_outside(run: LoggedRun) -> pd.DataFrame:
    """List the contacts planned at liberty: week, man, whether missed, and his stratum."""
    kinds = (Event.ATTENDED, Event.MISSED)
    rows = run.rows[np.isin(run.rows["event"], kinds)]
    rows = rows[~_inside(run, rows)]
    table = pd.DataFrame({name: rows[name] for name in ("who", "week")})
    missed = rows["event"] == Event.MISSED
    table["missed"] = missed
    table["trust_step"] = np.floor(rows["values"][:, _position("trust")] / TRUST_STEP)
    men = pd.DataFrame(
        {name: run.world.leavers[name] for name in ("who", "needs_at_entry", "autonomous_at_entry")}
    )
    men["needy"] = men["needs_at_entry"] > men["needs_at_entry"].median()
    men["motivated"] = men["autonomous_at_entry"] > men["autonomous_at_entry"].median()
    by_plan = missed | (rows["values"][:, _position("chance_of_attending")] < CERTAIN)
    planned: pd.DataFrame = table[by_plan].merge(men, on="who")
    return planned.sort_values("week", kind="stable")


def _position(name: str) -> int:
    """Give the place of a value that contacts kept and missed both log there."""
    position = Event.ATTENDED.names.index(name)
    if Event.MISSED.names.index(name) != position:
        raise AssertionError(f"{name} stands in one place in the log of every contact")
    return position


def _inside(run: LoggedRun, contacts: np.ndarray) -> np.ndarray:
    """Tell which contacts took place before release, or in the weeks of a recall or custody."""
    leavers = run.world.leavers
    released = pd.Series(leavers["release_week"], leavers["who"])
    inside = contacts["week"] < released.reindex(contacts["who"]).to_numpy()
    for event in (Event.CUSTODY, Event.RECALLED):
        begun = run.rows[run.rows["event"] == event]
        weeks = column_of(run.rows, event, "weeks")
        for who, week, length in zip(begun["who"], begun["week"], weeks, strict=True):
            inside |= (
                (contacts["who"] == who)
                & (contacts["week"] >= week)
                & (contacts["week"] < week + length)
            )
    return np.asarray(inside)
