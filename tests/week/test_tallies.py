"""Weekly sums: under each name, the sum of what the name says over those present."""

import numpy as np
import pytest

from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.ways_out import Exit
from engager_sim.week.engine import advance
from engager_sim.week.tallies import MEN_MEANINGS, STAFF_MEANINGS, WeeklyTables, weekly_tables
from engager_sim.world.deployment import fresh
from engager_sim.world.dice import dice_for
from engager_sim.world.observed import NOT_YET
from engager_sim.world.records import ARMS, OPEN, World
from tests.week.worlds import small_trial

WEEKS = 40


@pytest.fixture(scope="module")
def last_week() -> tuple[World, WeeklyTables]:
    """Let some weeks pass and tally the last of them alone."""
    scenario = small_trial(60)
    theories, entry, dice = scenario.theories(), scenario.entry(), dice_for(7, 0)
    world = fresh(scenario.template())
    tables = weekly_tables(entry.longest_to_release, entry.follow_up, WEEKS)
    advance(world, theories, entry, dice, 0, WEEKS - 1, tables, None)
    tables = weekly_tables(entry.longest_to_release, entry.follow_up, WEEKS)
    advance(world, theories, entry, dice, WEEKS - 1, WEEKS, tables, None)
    return world, tables


def test_sums_over_men_are_sums_over_the_men_who_are_present(
    last_week: tuple[World, WeeklyTables],
) -> None:
    world, tables = last_week
    every = world.leavers
    for arm in range(len(ARMS)):
        present = (every.entry_week < WEEKS) & (every.last_week >= WEEKS - 1)
        men = every[present & (every.arm == arm)]
        sums = {
            "men": np.ones(len(men)), "in_contact": men.engaged,
            "episode_open": men.episode == OPEN,
            "in_custody": (men.place != AT_LIBERTY) & (men.died_week == NOT_YET),
            "motivation": men.autonomous, "attended": men.contacted * (men.statutory == 0),
            "missed": men.missed * (men.statutory == 0),
        }  # fmt: skip
        for name in MEN_MEANINGS:
            values = sums[name] if name in sums else men[name]
            assert tables.men[arm][name].sum() == pytest.approx(np.sum(values)), name
        exits = np.bincount(men.first_exit, minlength=len(Exit))
        assert tables.men[arm]["exits"].sum(axis=0).tolist() == exits.tolist()


def test_a_mans_week_is_counted_from_his_release(last_week: tuple[World, WeeklyTables]) -> None:
    world, tables = last_week
    present = world.leavers[world.leavers.entry_week < WEEKS]
    weeks_before = tables.men.shape[1] - 1 - small_trial().entry().follow_up
    weeks = np.bincount(WEEKS - 1 - present.release_week + weeks_before)
    assert tables.men["men"].sum(axis=0)[: len(weeks)].tolist() == weeks.tolist()


def test_sums_over_staff_are_sums_over_the_posts_and_places_that_are_filled(
    last_week: tuple[World, WeeklyTables],
) -> None:
    world, tables = last_week
    for arm in range(len(ARMS)):
        posts = world.practitioners[world.practitioners.arm == arm]
        posts = posts[posts.vacancy <= 0.0]
        arm_of_peers = world.teams.arm[world.peers.team] if len(world.peers) else np.zeros(0)
        supervisors = world.supervisors[world.teams.arm[world.supervisors.team] == arm]
        supervisors = supervisors[supervisors.vacancy <= 0.0]
        peers = world.peers[(arm_of_peers == arm) & (world.peers.vacancy <= 0.0)]
        programme = world.agencies.has_programme
        reached = programme[world.ties.first] + programme[world.ties.second] > 0
        ties = world.ties[reached == (arm == 0)]
        sums = {
            "posts_filled": np.ones(len(posts)), "peers_present": np.ones(len(peers)),
            "peer_strain": peers.strain, "ties": np.ones(len(ties)),
            "tie_strength": ties.strength, "supervisors_present": np.ones(len(supervisors)),
            "supervisor_quality": supervisors.quality, "supervisor_strain": supervisors.strain,
        }  # fmt: skip
        for name in STAFF_MEANINGS:
            values = sums[name] if name in sums else posts[name]
            assert tables.staff[arm][name][WEEKS - 1] == pytest.approx(np.sum(values)), name
