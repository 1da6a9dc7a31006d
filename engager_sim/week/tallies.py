"""Sums over men and staff, week by week, for the weekly tables. Read-only: no rule sees them."""

from typing import Any, NamedTuple

import numpy as np

from engager_sim.compilation import in_place, rule
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.ways_out import Exit
from engager_sim.world.observed import NOT_YET
from engager_sim.world.records import OPEN, Leaver, World

MEN_MEANINGS: dict[str, tuple[str, str]] = {
    "men": ("men who have entered and are followed; who died counts as he was", "men"),
    "in_contact": (
        "at liberty and seen in the last four weeks by his practitioner or any service",
        "share",
    ),
    "episode_open": ("an episode of support is open", "share"),
    "in_custody": ("in prison before release, recalled, or in new custody", "share"),
    "trust": ("reliance on his practitioner's goodwill", "0-1"),
    "rapport": ("ease and warmth with his practitioner", "0-1"),
    "understanding": ("how deeply practitioner and man understand his concerns together", "0-1"),
    "motivation": ("autonomous motivation", "0-1"),
    "coping": ("ways of coping that he has", "0-1"),
    "crisis": ("how acute his crisis is", "0-1"),
    "distress": ("distress on the CORE-OM scale", "points 0-40"),
    "hope": ("hope that things can change", "0-1"),
    "team_trust": ("trust in the team that he takes over from a peer", "0-1"),
    "attended": ("attended a contact with a practitioner of his own in that week", "share"),
    "missed": ("contacts with one missed in that week", "contacts per man"),
}
"""What each sum over an arm's men in one week counted from release is, with the unit of its mean;
exits by first cause follow them."""

MEN_SUMS = np.dtype(
    [*((name, np.float64) for name in MEN_MEANINGS), ("exits", np.float64, (len(Exit),))]
)

STAFF_MEANINGS: dict[str, tuple[str, str, str]] = {
    "posts_filled": ("posts of practitioners that are filled", "posts", ""),
    "skill": ("relational and therapeutic skill", "0-1", "posts_filled"),
    "fidelity": ("working as the approach intends", "0-1", "posts_filled"),
    "burnout": ("exhaustion", "0-1", "posts_filled"),
    "cases": ("men with an open episode", "men per practitioner", "posts_filled"),
    "supervision_hours": (
        "hours kept free for supervision",
        "hours per practitioner",
        "posts_filled",
    ),
    "supervisors_present": ("places of supervisors that are filled", "supervisors", ""),
    "supervisor_quality": ("quality of supervision", "0-1", "supervisors_present"),
    "supervisor_strain": ("strain of the work on supervisors", "0-1", "supervisors_present"),
    "peers_present": ("places of peers that are filled", "peers", ""),
    "peer_strain": ("strain of the work on peers", "0-1", "peers_present"),
    "ties": ("pairs of agencies that can work together", "ties", ""),
    "tie_strength": ("working tie between two agencies", "0-1", "ties"),
}
"""What each sum over an arm's staff, peers and ties in one week of the run is, with the unit of its
mean and what it is divided by for it; nothing for a number."""

STAFF_SUMS = np.dtype([(name, np.float64) for name in STAFF_MEANINGS])


class WeeklyTables(NamedTuple):
    """Weekly sums; of no length where they are not wanted.

    ``men`` holds ``MEN_SUMS``, shape (2 arms, weeks from release); ``staff`` holds ``STAFF_SUMS``,
    shape (2 arms, weeks of the run).
    """

    men: np.recarray
    staff: np.recarray


def weekly_tables(weeks_before: int, weeks_after: int, weeks: int) -> WeeklyTables:
    """Make empty weekly tables for a run of so many weeks."""
    return _empty(2, weeks_before + weeks_after + 1, weeks)


def no_tables() -> WeeklyTables:
    """Make tables of no length: nothing is tallied."""
    return _empty(0, 0, 0)


def _empty(arms: int, weeks_of_men: int, weeks_of_staff: int) -> WeeklyTables:
    men = np.zeros((arms, weeks_of_men), MEN_SUMS).view(np.recarray)
    return WeeklyTables(men, np.zeros((arms, weeks_of_staff), STAFF_SUMS).view(np.recarray))


@in_place
def tally_man(leaver: Leaver, week: int, weeks_after: int, tables: WeeklyTables) -> None:
    """Add a man's week to the weekly tables, which end so many weeks after release."""
    if len(tables.men) == 0:
        return
    weeks_before = tables.men.shape[1] - 1 - weeks_after
    column = week - leaver.release_week + weeks_before
    if 0 <= column < tables.men.shape[1]:
        _add_man(leaver, tables.men[leaver.arm, column])


@rule
def tally_staff(world: World, week: int, tables: WeeklyTables) -> None:
    """Add a week of staff, peers and ties to the weekly tables."""
    if len(tables.staff) > 0:
        for arm in range(2):
            _add_staff(world, arm, tables.staff[arm, week])


@in_place
def _add_man(leaver: Leaver, sums: Any) -> None:
    sums.men += 1.0
    sums.in_contact += leaver.engaged
    sums.episode_open += 1.0 if leaver.episode == OPEN else 0.0
    if leaver.place != AT_LIBERTY and leaver.died_week == NOT_YET:
        sums.in_custody += 1.0
    sums.trust += leaver.trust
    sums.rapport += leaver.rapport
    sums.understanding += leaver.understanding
    sums.motivation += leaver.autonomous
    sums.coping += leaver.coping
    sums.crisis += leaver.crisis
    sums.distress += leaver.distress
    sums.hope += leaver.hope
    sums.team_trust += leaver.team_trust
    if leaver.statutory == 0:
        sums.attended += leaver.contacted
        sums.missed += leaver.missed
    sums.exits[leaver.first_exit] += 1.0


@rule
def _add_staff(world: World, arm: int, sums: Any) -> None:
    for index in range(len(world.practitioners)):
        post = world.practitioners[index]
        if post.arm == arm and post.vacancy <= 0.0:
            sums.posts_filled += 1.0
            sums.skill += post.skill
            sums.fidelity += post.fidelity
            sums.burnout += post.burnout
            sums.cases += post.cases
            sums.supervision_hours += post.supervision_hours
    for index in range(len(world.supervisors)):
        supervisor = world.supervisors[index]
        if world.teams[supervisor.team].arm == arm and supervisor.vacancy <= 0.0:
            sums.supervisors_present += 1.0
            sums.supervisor_quality += supervisor.quality
            sums.supervisor_strain += supervisor.strain
    for index in range(len(world.peers)):
        peer = world.peers[index]
        if world.teams[peer.team].arm == arm and peer.vacancy <= 0.0:
            sums.peers_present += 1.0
            sums.peer_strain += peer.strain
    for index in range(len(world.ties)):
        tie = world.ties[index]
        reached = world.agencies[tie.first].has_programme + world.agencies[tie.second].has_programme
        if (1 if reached == 0 else 0) == arm:
            sums.ties += 1.0
            sums.tie_strength += tie.strength
