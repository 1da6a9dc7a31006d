"""Patterns 8, 10 and 17: practitioners change slowly, losing one costs trust, peers give hope."""

from functools import partial
from typing import NamedTuple

import numpy as np

from engager_sim.runs.tables.events import LoggedRun
from engager_sim.studies.validate.ensemble import Chosen, Ensemble
from engager_sim.studies.validate.worlds import (
    BEGINNERS,
    GOOD_SUPERVISION,
    NO_SUPERVISION,
    STAFF_STAY,
    World,
    trial,
    with_peers,
)
from engager_sim.week.event_log import Event, column_of
from engager_sim.world.records import PROGRAMME

LEARNING = trial(STAFF_STAY, GOOD_SUPERVISION, BEGINNERS)
QUIET_TIMES = trial(STAFF_STAY, NO_SUPERVISION, {"circumstances.crisis_rate": 0.05})
HARD_TIMES = trial(STAFF_STAY, NO_SUPERVISION, {"circumstances.crisis_rate": 0.5})
MANY_LEAVE = {"turnover.annual_leaving": 0.22}
WITHOUT_OVERLAP = trial(MANY_LEAVE, {"programme.turnover.overlap": False})
WITH_OVERLAP = trial(MANY_LEAVE, {"programme.turnover.overlap": True})
PEER_HOURS = {"programme.peers.hours": 12.0}
NO_PEERS = trial(PEER_HOURS, shape=partial(with_peers, peers=0))
THREE_PEERS = trial(PEER_HOURS, shape=partial(with_peers, peers=3))
MONTH, HALF_YEAR, YEAR = 4, 26, 52


class Lost(NamedTuple):
    """What a change of worker costs on average: trust, and the share of men lost."""

    trust: float
    men: float


def first_month_of_learning(seen: Ensemble, chosen: Chosen) -> float:
    """Of a year's gain under good supervision, the share gained in a month; the faster state's."""
    shares = []
    for state in ("skill", "fidelity"):
        first, month, year = (
            float(seen.practice(LEARNING, state, week)[chosen].mean()) for week in (0, MONTH, YEAR)
        )
        shares.append((month - first) / (year - first))
    return max(shares)


def falling_back_in_hard_times(seen: Ensemble, chosen: Chosen) -> float:
    """Skill after half a year without supervision, in quiet times less in hard times."""
    quiet, hard = (
        float(seen.practice(world, "skill", HALF_YEAR)[chosen].mean())
        for world in (QUIET_TIMES, HARD_TIMES)
    )
    return quiet - hard


def trust_lost_with_worker(seen: Ensemble, chosen: Chosen) -> float:
    """Trust that a man loses when his practitioner is succeeded without overlap."""
    return _per_change(seen, WITHOUT_OVERLAP, chosen).trust


def overlap_softens(seen: Ensemble, chosen: Chosen) -> float:
    """Trust lost with overlap, as a share of what is lost without."""
    softened = _per_change(seen, WITH_OVERLAP, chosen).trust
    return softened / _per_change(seen, WITHOUT_OVERLAP, chosen).trust


def contact_lost_with_worker(seen: Ensemble, chosen: Chosen) -> float:
    """Share of men who are lost when their practitioner is succeeded without overlap."""
    return _per_change(seen, WITHOUT_OVERLAP, chosen).men


def hope_from_peers(seen: Ensemble, chosen: Chosen) -> float:
    """Hope at week 12 with three peers in each team less with none."""
    difference = seen.course(THREE_PEERS, "hope", 12) - seen.course(NO_PEERS, "hope", 12)
    return float(difference[chosen].mean())


def trust_from_peers(seen: Ensemble, chosen: Chosen) -> float:
    """Trust at week 12 with three peers in each team less with none."""
    return _from_peers(seen, "trust_12w_programme", chosen)


def symptoms_from_peers(seen: Ensemble, chosen: Chosen) -> float:
    """CORE-OM at six months with three peers in each team less with none."""
    return _from_peers(seen, "core_om_26w_programme", chosen)


def changes_of_worker(run: LoggedRun) -> tuple[float, float, float]:
    """Count changes of worker of the programme's men, the trust lost in them and the men lost."""
    men = run.world.leavers
    programme = men["who"][men["arm"] == PROGRAMME]
    rows = run.rows[np.isin(run.rows["who"], programme)]
    before, after, lost = (
        column_of(rows, Event.WORKER_CHANGED, name) for name in ("trust_before", "trust", "lost")
    )
    return float(len(lost)), float((before - after).sum()), float(lost.sum())


def _per_change(seen: Ensemble, world: World, chosen: Chosen) -> Lost:
    changes, trust, men = seen.logged(world, changes_of_worker)[chosen].sum(axis=0).tolist()
    return Lost(trust / changes, men / changes)


def _from_peers(seen: Ensemble, outcome: str, chosen: Chosen) -> float:
    difference = seen.outcome(THREE_PEERS, outcome) - seen.outcome(NO_PEERS, outcome)
    return float(difference[chosen].mean())
