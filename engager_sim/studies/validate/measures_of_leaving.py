"""Patterns 7, 9, 11 and 13: who leaves, by which way, and what the relationship does for a man."""

from typing import Any

import numpy as np
import numpy.typing as npt

from engager_sim.runs.tables.events import LoggedRun
from engager_sim.studies.validate.ensemble import Chosen, Ensemble, Numbers
from engager_sim.studies.validate.measures_of_the_trial import TRIAL
from engager_sim.studies.validate.worlds import trial, usual_care
from engager_sim.theory.relationship import alliance
from engager_sim.theory.ways_out import Exit
from engager_sim.week.event_log import Event
from engager_sim.world.dice import Kind
from engager_sim.world.observed import Mark
from engager_sim.world.records import PROGRAMME

VOLUNTARY = (Exit.CRISIS, Exit.RESIGNED, Exit.OVERCONFIDENT, Exit.WITHDREW)
NEVER_FOLLOWED_UP = trial({"programme.client_engagement.follow_up": 0.0})
ALWAYS_FOLLOWED_UP = trial({"programme.client_engagement.follow_up": 1.0})
USUAL_CARE = usual_care()
SOON, HALF_YEAR = 8, 26


def rarest_way_out(seen: Ensemble, chosen: Chosen) -> float:
    """Rarest voluntary way out, as a share of voluntary exits; the lower of the arms."""
    return min(float(_ways_out(seen, arm, chosen).min()) for arm in ("programme", "usual_care"))


def commonest_way_out(seen: Ensemble, chosen: Chosen) -> float:
    """Commonest voluntary way out, as a share of voluntary exits; the higher of the arms."""
    return max(float(_ways_out(seen, arm, chosen).max()) for arm in ("programme", "usual_care"))


def depth_beyond_dose(seen: Ensemble, chosen: Chosen) -> float:
    """Improvement per SD of understanding at week 12, contacts and distress at release held equal.

    Of the programme's men whose episode is open then, in standard deviations of improvement.
    """
    men = _men(seen, chosen)
    men = men[men["engaged_at"][:, Mark.WEEK_12] == 1.0]
    others = (men["attended_all"], men["distress_at"][:, Mark.RELEASE])
    columns = [_standardised(each) for each in (men["understanding_at"][:, Mark.WEEK_12], *others)]
    terms = np.stack([np.ones(len(men)), *columns], axis=1)
    slopes, *_ = np.linalg.lstsq(terms, _standardised(_improvement(men)), rcond=None)
    return float(slopes[1])


def dose_after_planned_endings(seen: Ensemble, chosen: Chosen) -> float:
    """Correlation of contacts with improvement among the programme's men who ended as planned."""
    men = _men(seen, chosen)
    men = men[men["exit"] == Exit.PLANNED_ENDING]
    return float(np.corrcoef(men["attended_all"], _improvement(men))[0, 1])


def dropout_by_alliance(seen: Ensemble, chosen: Chosen) -> float:
    """Drop-out in the lowest third of alliance at release less in the highest."""
    low, _, high = _dropout_by_third(seen, chosen)
    return low - high


def dropout_step(seen: Ensemble, chosen: Chosen) -> float:
    """Take the smaller of the two steps of drop-out from third to third of alliance."""
    low, middle, high = _dropout_by_third(seen, chosen)
    return min(low - middle, middle - high)


def lost_after_missing_once(seen: Ensemble, chosen: Chosen) -> float:
    """Leaving by oneself within 8 weeks of the first contact outside: missed less kept.

    In usual care.
    """
    missed, missed_left, kept, kept_left = seen.logged(USUAL_CARE, first_contacts)[chosen].sum(0)
    return float(missed_left / missed - kept_left / kept)


def follow_up_keeps(seen: Ensemble, chosen: Chosen) -> float:
    """Drop-out after a miss that is never followed up, less if it always is."""
    never, always = (
        float(seen.outcome(world, "dropout_after_missed_programme")[chosen].mean())
        for world in (NEVER_FOLLOWED_UP, ALWAYS_FOLLOWED_UP)
    )
    return never - always


def first_contacts(run: LoggedRun) -> tuple[float, float, float, float]:
    """Count men by their first contact planned outside, and those who then soon leave.

    Returns
    -------
    missed, missed and left, kept, kept and left : float
    """
    released = dict(zip(run.world.leavers["who"], run.world.leavers["release_week"], strict=True))
    first: dict[int, tuple[int, int]] = {}
    left: dict[int, int] = {}
    rows = run.rows
    of_men = rows["who"] >> 29 == Kind.LEAVER
    wanted = np.isin(rows["event"], (Event.ATTENDED, Event.MISSED, Event.EXIT))
    for row in rows[of_men & wanted]:
        who, week = int(row["who"]), int(row["week"])
        if week < released[who]:
            continue
        if row["event"] != Event.EXIT:
            first.setdefault(who, (int(row["event"]), week))
        elif row["cause"] in VOLUNTARY:
            left.setdefault(who, week)
    counts = {Event.MISSED: [0.0, 0.0], Event.ATTENDED: [0.0, 0.0]}
    for who, (event, week) in first.items():
        counts[Event(event)][0] += 1.0
        counts[Event(event)][1] += float(0 <= left.get(who, -1) - week <= SOON)
    (missed, missed_left), (kept, kept_left) = counts[Event.MISSED], counts[Event.ATTENDED]
    return missed, missed_left, kept, kept_left


def _ways_out(seen: Ensemble, arm: str, chosen: Chosen) -> Numbers:
    means = np.array(
        [
            seen.outcome(TRIAL, f"exit_{cause.name.lower()}_{arm}")[chosen].mean()
            for cause in VOLUNTARY
        ]
    )
    return np.asarray(means / means.sum())


def _men(seen: Ensemble, chosen: Chosen) -> npt.NDArray[Any]:
    men = seen.men(TRIAL)[chosen].ravel()
    return np.asarray(men[men["arm"] == PROGRAMME])


def _improvement(men: npt.NDArray[Any]) -> Numbers:
    distress = men["distress_at"]
    return np.asarray(distress[:, Mark.RELEASE] - distress[:, Mark.WEEK_26])


def _dropout_by_third(seen: Ensemble, chosen: Chosen) -> tuple[float, float, float]:
    """Share who leave by themselves within 26 weeks, by third of alliance at release."""
    men = _men(seen, chosen)
    men = men[men["engaged_at"][:, Mark.RELEASE] == 1.0]
    states = ("rapport_at", "trust_at", "understanding_at")
    bond = alliance(*(men[state][:, Mark.RELEASE] for state in states))
    weeks = men["first_exit_week"]
    left = np.isin(men["first_exit"], VOLUNTARY) & (weeks >= 0) & (weeks < HALF_YEAR)
    third = np.searchsorted(np.quantile(bond, (1.0 / 3.0, 2.0 / 3.0)), bond)
    low, middle, high = (float(left[third == place].mean()) for place in range(3))
    return low, middle, high


def _standardised(values: npt.NDArray[Any]) -> Numbers:
    return np.asarray((values - values.mean()) / values.std())
