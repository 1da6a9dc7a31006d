"""Sums over men and staff, week by week, for the weekly tables. Read-only: no rule sees them."""

from typing import Any, NamedTuple

import numpy as np

from engager_sim.compilation import in_place, rule
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.ways_out import Exit
from engager_sim.world.records import OPEN, Leaver, World

MEN_COLUMNS = (
    "men",
    "in_contact",
    "episode_open",
    "in_custody",
    "trust",
    "rapport",
    "understanding",
    "motivation",
    "coping",
    "crisis",
    "distress",
    "hope",
    "attended",
    "missed",
)
"""Sums over an arm's men in one week counted from release; exits by first cause follow them."""

MEN_SUMS = np.dtype(
    [*((name, np.float64) for name in MEN_COLUMNS), ("exits", np.float64, (len(Exit),))]
)

STAFF_COLUMNS = (
    "posts_filled",
    "skill",
    "fidelity",
    "burnout",
    "cases",
    "supervision_hours",
    "peers_present",
    "peer_strain",
    "ties",
    "tie_strength",
)
"""Sums over an arm's staff, peers and ties in one week of the run."""

STAFF_SUMS = np.dtype([(name, np.float64) for name in STAFF_COLUMNS])


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
def tally_man(man: Leaver, week: int, weeks_after: int, tables: WeeklyTables) -> None:
    """Add a man's week to the weekly tables, which end so many weeks after release."""
    if len(tables.men) == 0:
        return
    weeks_before = tables.men.shape[1] - 1 - weeks_after
    place = week - man.release_week + weeks_before
    if 0 <= place < tables.men.shape[1]:
        _add_man(man, tables.men[man.arm, place])


@rule
def tally_staff(world: World, week: int, tables: WeeklyTables) -> None:
    """Add a week of staff, peers and ties to the weekly tables."""
    if len(tables.staff) > 0:
        for arm in range(2):
            _add_staff(world, arm, tables.staff[arm, week])


@in_place
def _add_man(man: Leaver, sums: Any) -> None:
    sums.men += 1.0
    sums.in_contact += man.engaged
    sums.episode_open += 1.0 if man.episode == OPEN else 0.0
    sums.in_custody += 0.0 if man.place == AT_LIBERTY else 1.0
    sums.trust += man.trust
    sums.rapport += man.rapport
    sums.understanding += man.understanding
    sums.motivation += man.autonomous
    sums.coping += man.coping
    sums.crisis += man.crisis
    sums.distress += man.distress
    sums.hope += man.hope
    sums.attended += man.contacted
    sums.missed += man.missed
    sums.exits[man.first_exit] += 1.0


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
