"""What holds over whole courses: who is met, followed up, recalled, gone or dead."""

from collections.abc import Mapping

import numpy as np
import pytest

from engager_sim.scenarios.theory_values import Value
from engager_sim.theory.ways_out import Exit
from engager_sim.week.event_log import Event, column_of
from engager_sim.world.records import USUAL_CARE, World
from tests.week.worlds import lived, small_trial

SEEDS = range(20)
NO_CONTACT = {Event.ATTENDED, Event.MISSED, Event.REFERRED, Event.SERVICE_STARTED}


def mean_of(field: str, changes: Mapping[str, Value]) -> float:
    """Average a field over the programme's men of several worlds."""
    worlds = (lived(small_trial(60), changes, seed)[0] for seed in SEEDS)
    return float(np.mean([world.leavers[field][world.leavers["arm"] == 0] for world in worlds]))


def test_somebody_at_the_gate_does_not_lower_the_share_seen_in_the_first_week() -> None:
    seen = [
        mean_of(
            "seen_1w",
            {"programme.client_engagement.gate_presence": p, "client_engagement.gate_hours": 0.0},
        )
        for p in (0.0, 1.0)
    ]
    assert seen[0] < seen[1]


def test_following_up_does_not_lower_contact_within_four_weeks_of_a_miss() -> None:
    shares = []
    for follow_up in (0.0, 1.0):
        changes = {"programme.client_engagement.follow_up": follow_up}
        gaps = np.concatenate([
            world.leavers["weeks_missed_to_contact"][world.leavers["first_miss_week"] >= 0]
            for world, _ in (lived(small_trial(60), changes, seed) for seed in SEEDS)
        ])  # fmt: skip
        shares.append(((gaps >= 0) & (gaps <= 4)).mean())
    assert shares[0] < shares[1]


@pytest.fixture(scope="module")
def hard() -> tuple[World, np.ndarray]:
    """Let a trial pass in which men often die, move away and are recalled."""
    often = {"justice.death_year": 0.03, "ways_out.moved_away": 0.15, "justice.recall_lost": 0.6}
    return lived(small_trial(400), often)


def test_nothing_happens_to_a_man_after_his_death(hard: tuple[World, np.ndarray]) -> None:
    world, rows = hard
    died = rows[rows["event"] == Event.DIED]
    assert len(died) > 0
    for death in died:
        later = rows[(rows["who"] == death["who"]) & (rows["week"] > death["week"])]
        assert len(later) == 0
    dead = world.leavers[world.leavers["died_week"] >= 0]
    assert len(dead) == len(died)
    assert not dead["engaged"].any()
    assert not (dead["queued"] != 0).any()


def test_a_man_who_moved_away_is_seen_by_nobody_here(hard: tuple[World, np.ndarray]) -> None:
    world, rows = hard
    moved = world.leavers[world.leavers["moved_away"] == 1]
    assert len(moved) > 0
    assert moved["attended_free"].sum() == moved["service_contacts"].sum() == 0
    after = np.isin(rows["who"], moved["who"]) & np.isin(rows["event"], list(NO_CONTACT))
    release = dict(zip(moved["who"].tolist(), moved["release_week"].tolist(), strict=True))
    late = [row for row in rows[after] if row["week"] >= release[int(row["who"])]]
    assert late == []


def test_some_episodes_go_on_after_a_recall_and_some_do_not(hard: tuple[World, np.ndarray]) -> None:
    _, rows = hard
    resumed = column_of(rows, Event.EPISODE_RESUMED, "resumed")
    assert 0.0 < resumed.mean() < 1.0
    ended = rows[(rows["event"] == Event.EXIT) & (rows["cause"] == Exit.RECALL)]
    assert len(ended) == int((resumed == 0.0).sum())


def test_appointments_under_an_order_count_as_no_contact(hard: tuple[World, np.ndarray]) -> None:
    world, _ = hard
    usual = world.leavers[world.leavers["arm"] == USUAL_CARE]
    programme = world.leavers[world.leavers["arm"] != USUAL_CARE]
    assert usual["statutory_contacts"].sum() > 0
    assert usual["attended_free"].sum() == usual["attended_all"].sum() == 0
    assert programme["statutory_contacts"].sum() == 0
    assert programme["attended_free"].sum() > 0


def test_repeated_misses_go_with_the_man() -> None:
    """Men alike in everything else differ lastingly in how often they come."""
    rates = []
    for spread in (0.0, 1.2):
        world, _ = lived(small_trial(400), {"client_engagement.reach_spread": spread})
        men = world.leavers[world.leavers["planned_free"] >= 8]
        rates.append(np.std(men["attended_free"] / men["planned_free"]))
    assert rates[0] < rates[1]
