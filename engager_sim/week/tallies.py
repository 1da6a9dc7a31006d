"""Sums over men and staff, week by week, for the weekly tables. Read-only: no rule sees them."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.compilation import in_place, rule
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.world.records import OPEN, Leaver, World

EXITS = 11
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


class WeeklyTables(NamedTuple):
    """Weekly sums; of no length where they are not wanted.

    ``men`` has shape (2 arms, weeks from release, columns and exits), ``staff`` has shape
    (2 arms, weeks of the run, columns).
    """

    men: npt.NDArray[np.float64]
    staff: npt.NDArray[np.float64]


def weekly_tables(weeks_before: int, weeks_after: int, weeks: int) -> WeeklyTables:
    """Make empty weekly tables for a run of so many weeks."""
    men = np.zeros((2, weeks_before + weeks_after + 1, len(MEN_COLUMNS) + EXITS))
    return WeeklyTables(men, np.zeros((2, weeks, len(STAFF_COLUMNS))))


def no_tables() -> WeeklyTables:
    """Make tables of no length: nothing is tallied."""
    return WeeklyTables(np.zeros((0, 0, 0)), np.zeros((0, 0, 0)))


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
def _add_man(man: Leaver, row: np.ndarray) -> None:
    row[0] += 1.0
    row[1] += man.engaged
    row[2] += 1.0 if man.episode == OPEN else 0.0
    row[3] += 0.0 if man.place == AT_LIBERTY else 1.0
    row[4] += man.trust
    row[5] += man.rapport
    row[6] += man.understanding
    row[7] += man.autonomous
    row[8] += man.coping
    row[9] += man.crisis
    row[10] += man.distress
    row[11] += man.hope
    row[12] += man.contacted
    row[13] += man.missed
    row[14 + man.first_exit] += 1.0


@rule
def _add_staff(world: World, arm: int, row: np.ndarray) -> None:
    for index in range(len(world.practitioners)):
        post = world.practitioners[index]
        if post.arm == arm and post.vacancy <= 0.0:
            row[0] += 1.0
            row[1] += post.skill
            row[2] += post.fidelity
            row[3] += post.burnout
            row[4] += post.cases
            row[5] += post.supervision_hours
    for index in range(len(world.peers)):
        peer = world.peers[index]
        if world.teams[peer.team].arm == arm and peer.vacancy <= 0.0:
            row[6] += 1.0
            row[7] += peer.strain
    for index in range(len(world.ties)):
        tie = world.ties[index]
        reached = world.agencies[tie.first].has_programme + world.agencies[tie.second].has_programme
        if (1 if reached == 0 else 0) == arm:
            row[8] += 1.0
            row[9] += tie.strength
