"""Patterns 8, 10 and 17: practitioners change slowly, losing one costs trust, peers give hope."""

from functools import partial

import numpy as np

from engager_sim.runs.tables.events import LoggedRun
from engager_sim.studies.validate.declaration import difference_of_means, mean_difference, observes
from engager_sim.studies.validate.observations import (
    LogCounts,
    Numbers,
    RunOutcome,
    StaffMean,
    WeeklyMean,
)
from engager_sim.studies.validate.variants import (
    BEGINNERS,
    GOOD_SUPERVISION,
    NO_SUPERVISION,
    STAFF_STAY,
    TRAINED,
    trial,
    with_peers,
)
from engager_sim.week.event_log import Event, column_of
from engager_sim.world.records import PROGRAMME

LEARNING = trial("staff_learn", STAFF_STAY, GOOD_SUPERVISION, BEGINNERS)
UNSUPERVISED = {**STAFF_STAY, **NO_SUPERVISION, **TRAINED}
QUIET_TIMES = trial("quiet_times", UNSUPERVISED, {"circumstances.crisis_rate": 0.05})
HARD_TIMES = trial("hard_times", UNSUPERVISED, {"circumstances.crisis_rate": 0.5})
MANY_LEAVE = {"turnover.annual_leaving": 0.22}
WITHOUT_OVERLAP = trial(
    "staff_leave_without_overlap", MANY_LEAVE, {"programme.turnover.overlap": False}
)
WITH_OVERLAP = trial("staff_leave_with_overlap", MANY_LEAVE, {"programme.turnover.overlap": True})
PEER_HOURS = {"programme.peers.hours": 12.0}
NO_PEERS = trial("no_peers", PEER_HOURS, shape=partial(with_peers, peers=0))
THREE_PEERS = trial("three_peers", PEER_HOURS, shape=partial(with_peers, peers=3))
MONTH, HALF_YEAR, YEAR = 4, 26, 52


WORKER_CHANGES = ("worker_changes", "trust_lost_with_worker", "men_lost_with_worker")


def worker_changes(run: LoggedRun) -> tuple[float, float, float]:
    """Count changes of worker of the programme's men, the trust lost in them and the men lost."""
    men = run.world.leavers
    programme = men["who"][men["arm"] == PROGRAMME]
    rows = run.rows[np.isin(run.rows["who"], programme)]
    before, after, lost = (
        column_of(rows, Event.WORKER_CHANGED, name) for name in ("trust_before", "trust", "lost")
    )
    return float(len(lost)), float((before - after).sum()), float(lost.sum())


OVERLAP_COUNTS, NO_OVERLAP_COUNTS = (
    LogCounts(variant, WORKER_CHANGES, worker_changes)
    for variant in (WITH_OVERLAP, WITHOUT_OVERLAP)
)


@observes(
    *(
        StaffMean(LEARNING, state, week)
        for state in ("skill", "fidelity")
        for week in (0, MONTH, YEAR)
    )
)
def first_month_of_learning(*states: Numbers) -> float:
    """Of a year's gain under good supervision, the share gained in a month; the faster state's."""
    skill, fidelity = states[:3], states[3:]
    return max(_share_gained_in_a_month(*skill), _share_gained_in_a_month(*fidelity))


falling_back_in_hard_times = difference_of_means(
    StaffMean(QUIET_TIMES, "skill", HALF_YEAR), StaffMean(HARD_TIMES, "skill", HALF_YEAR)
)
"""Skill of trained staff after half a year without supervision, quiet times less hard times."""


@observes(NO_OVERLAP_COUNTS)
def trust_lost_with_worker(without: Numbers) -> float:
    """Trust that a man loses when his practitioner is succeeded without overlap."""
    return _trust_lost_per_change(without)


@observes(OVERLAP_COUNTS, NO_OVERLAP_COUNTS)
def overlap_softens(overlap: Numbers, without: Numbers) -> float:
    """Trust lost with overlap, as a share of what is lost without."""
    return _trust_lost_per_change(overlap) / _trust_lost_per_change(without)


@observes(NO_OVERLAP_COUNTS)
def contact_lost_with_worker(without: Numbers) -> float:
    """Share of men who are lost when their practitioner is succeeded without overlap."""
    changes, _, men = without.sum(axis=0).tolist()
    return float(men / changes)


hope_from_peers = mean_difference(
    WeeklyMean(THREE_PEERS, "hope", 12), WeeklyMean(NO_PEERS, "hope", 12)
)
"""Hope at week 12 with three peers in each team less with none."""


trust_from_peers = mean_difference(
    RunOutcome(THREE_PEERS, "trust_12w_programme"), RunOutcome(NO_PEERS, "trust_12w_programme")
)
"""Trust at week 12 with three peers in each team less with none."""


symptoms_from_peers = mean_difference(
    RunOutcome(THREE_PEERS, "core_om_26w_programme"), RunOutcome(NO_PEERS, "core_om_26w_programme")
)
"""CORE-OM at six months with three peers in each team less with none."""


def _share_gained_in_a_month(first: Numbers, month: Numbers, year: Numbers) -> float:
    start = float(first.mean())
    return (float(month.mean()) - start) / (float(year.mean()) - start)


def _trust_lost_per_change(counts: Numbers) -> float:
    changes, trust, _ = counts.sum(axis=0).tolist()
    return float(trust / changes)
