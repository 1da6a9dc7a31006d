"""Patterns 7, 9, 11, 13 and 20: who leaves, why, and what keeps men."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.runs.tables.events import KIND_SHIFT, LoggedRun
from engager_sim.runs.tables.weeks import exit_column
from engager_sim.studies.validate.declaration import difference_of_means, observes
from engager_sim.studies.validate.observations import LogCounts, Men, MenFields, Numbers, RunOutcome
from engager_sim.studies.validate.trial_measures import TRIAL
from engager_sim.studies.validate.variants import trial, usual_care
from engager_sim.theory.ways_out import Exit
from engager_sim.week.event_log import Event
from engager_sim.world.dice import Kind
from engager_sim.world.records import ARMS, PROGRAMME

VOLUNTARY = (Exit.CRISIS, Exit.RESIGNED, Exit.OVERCONFIDENT, Exit.WITHDREW)
NEVER_FOLLOWED_UP = trial(
    "misses_never_followed_up", {"programme.client_engagement.follow_up": 0.0}
)
ALWAYS_FOLLOWED_UP = trial(
    "misses_always_followed_up", {"programme.client_engagement.follow_up": 1.0}
)
USUAL_CARE = usual_care("usual_care")
SOON, HALF_YEAR = 8, 26

VOLUNTARY_EXITS = [
    RunOutcome(TRIAL, f"{exit_column(cause)}_{arm}") for arm in ARMS for cause in VOLUNTARY
]
IMPROVEMENT = ("arm", "attended_all", "core_om_at_release", "core_om_at_week_26")
ALLIANCE = "alliance_at_release"


FIRST_CONTACTS = (
    "first_contact_missed",
    "first_contact_missed_and_left",
    "first_contact_kept",
    "first_contact_kept_and_left",
)


def first_contacts(run: LoggedRun) -> list[float]:
    """Count men by their first contact planned outside, and those of them who then soon leave."""
    men = run.world.leavers
    released = pd.Series(men["release_week"], men["who"])
    logged = run.rows[run.rows["who"] >> KIND_SHIFT == Kind.LEAVER]
    rows = pd.DataFrame({name: logged[name] for name in ("who", "week", "event", "cause")})
    rows = rows[rows["week"] >= rows["who"].map(released)]
    contacts = rows[rows["event"].isin((Event.ATTENDED, Event.MISSED))]
    exits = rows[(rows["event"] == Event.EXIT) & rows["cause"].isin(VOLUNTARY)]
    first, left = (table.drop_duplicates("who").set_index("who") for table in (contacts, exits))
    soon = (left["week"].reindex(first.index) - first["week"]).between(0, SOON)
    return [
        float(np.count_nonzero(counted))
        for event in (Event.MISSED, Event.ATTENDED)
        for counted in (first["event"] == event, soon & (first["event"] == event))
    ]


@observes(*VOLUNTARY_EXITS)
def rarest_way_out(*exits: Numbers) -> float:
    """Rarest voluntary exit cause, as a share of voluntary exits; the lower of the arms."""
    return float(_cause_shares(exits).min())


@observes(*VOLUNTARY_EXITS)
def commonest_way_out(*exits: Numbers) -> float:
    """Commonest voluntary exit cause, as a share of voluntary exits; the higher of the arms."""
    return float(_cause_shares(exits).max())


@observes(MenFields(TRIAL, (*IMPROVEMENT, "engaged_at_week_12", "understanding_at_week_12")))
def depth_beyond_dose(men: Men) -> float:
    """Improvement per SD of understanding at week 12, contacts and CORE-OM at release held equal.

    Of the programme's men whose episode is open then, in standard deviations of improvement.
    """
    men = _of_programme(men)
    men = men[men["engaged_at_week_12"] == 1.0]
    explaining = ("understanding_at_week_12", "attended_all", "core_om_at_release")
    columns = [_standardised(men[name]) for name in explaining]
    terms = np.stack([np.ones(len(men)), *columns], axis=1)
    slopes, *_ = np.linalg.lstsq(terms, _standardised(_improvement(men)), rcond=None)
    return float(slopes[1])


@observes(MenFields(TRIAL, (*IMPROVEMENT, "exit")))
def dose_after_planned_endings(men: Men) -> float:
    """Correlation of contacts with improvement among the programme's men who ended as planned."""
    men = _of_programme(men)
    men = men[men["exit"] == Exit.PLANNED_ENDING]
    return float(np.corrcoef(men["attended_all"], _improvement(men))[0, 1])


DROPOUT = MenFields(TRIAL, ("arm", "engaged_at_release", "first_exit", "first_exit_week", ALLIANCE))


@observes(DROPOUT)
def dropout_by_alliance(men: Men) -> float:
    """Drop-out in the lowest third of alliance at release less in the highest."""
    low, _, high = _dropout_by_third(men)
    return low - high


@observes(DROPOUT)
def dropout_step(men: Men) -> float:
    """Take the smaller of the two steps of drop-out from third to third of alliance."""
    low, middle, high = _dropout_by_third(men)
    return min(low - middle, middle - high)


@observes(LogCounts(USUAL_CARE, FIRST_CONTACTS, first_contacts))
def lost_after_missing_once(contacts: Numbers) -> float:
    """Leaving by oneself within 8 weeks of the first contact outside: missed less kept.

    In usual care.
    """
    missed, missed_left, kept, kept_left = contacts.sum(axis=0).tolist()
    return float(missed_left / missed - kept_left / kept)


follow_up_keeps = difference_of_means(
    RunOutcome(NEVER_FOLLOWED_UP, "dropout_after_missed_programme"),
    RunOutcome(ALWAYS_FOLLOWED_UP, "dropout_after_missed_programme"),
)
"""Drop-out after a miss that is never followed up, less if it always is."""


@observes(MenFields(TRIAL, ("arm", "episodes", "autonomous_at_entry", "first_exit")))
def motivation_and_attrition(men: Men) -> float:
    """Correlation of own motivation at entry with a first exit by oneself.

    Of the programme's men who had a practitioner.
    """
    men = _of_programme(men)
    men = men[men["episodes"] > 0]
    left = np.isin(men["first_exit"], VOLUNTARY).astype(float)
    return float(np.corrcoef(men["autonomous_at_entry"], left)[0, 1])


def _cause_shares(exits: tuple[Numbers, ...]) -> Numbers:
    """Divide the voluntary exits of each arm by cause, shape (arms, causes)."""
    means = np.array([values.mean() for values in exits]).reshape(len(ARMS), len(VOLUNTARY))
    return np.asarray(means / means.sum(axis=1, keepdims=True))


def _of_programme(men: Men) -> Men:
    return np.asarray(men[men["arm"] == PROGRAMME])


def _improvement(men: Men) -> Numbers:
    return np.asarray(men["core_om_at_release"] - men["core_om_at_week_26"])


def _dropout_by_third(men: Men) -> tuple[float, float, float]:
    """Share who leave by themselves within 26 weeks, by third of alliance at release."""
    men = _of_programme(men)
    men = men[men["engaged_at_release"] == 1.0]
    bond = men[ALLIANCE]
    weeks = men["first_exit_week"]
    left = np.isin(men["first_exit"], VOLUNTARY) & (weeks >= 0) & (weeks < HALF_YEAR)
    thirds = np.searchsorted(np.quantile(bond, (1.0 / 3.0, 2.0 / 3.0)), bond)
    low, middle, high = (float(left[thirds == third].mean()) for third in range(3))
    return low, middle, high


def _standardised(values: npt.NDArray[Any]) -> Numbers:
    return np.asarray((values - values.mean()) / values.std())
