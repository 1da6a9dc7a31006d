"""To whom people are assigned: men to posts and peers, sessions to those who are due."""

import numpy as np
import pytest

from engager_sim.theory.supervision import SHARED
from engager_sim.week import allocation, supervising
from engager_sim.week.event_log import Event
from engager_sim.world.records import NO_EPISODE, PROGRAMME, QUEUED, WAITING
from tests.week.scene import Scene


def allocate(scene: Scene) -> None:
    leaver, world = scene.leaver, scene.world
    leaver.episode, leaver.queued = NO_EPISODE, QUEUED
    world.waiting[0], world.clock[WAITING] = scene.index, 1
    allocation.allocate(world, scene.theories, scene.week, scene.log)


@pytest.mark.parametrize("roomiest", [0, -1])
def test_allocate__the_first_post_and_the_last_are_as_good(scene: Scene, roomiest: int) -> None:
    world = scene.world
    scene.leaver.team = int(np.flatnonzero(world.teams["first_post"] == 0)[0])
    posts = np.arange(world.teams["posts"][scene.leaver.team])
    world.practitioners["vacancy"][posts] = 0.0
    world.practitioners["cases"][posts] = 3
    world.practitioners["cases"][posts[roomiest]] = 2
    allocate(scene)
    assert scene.leaver.post == posts[roomiest]


def test_allocate__a_man_gets_the_peer_with_fewest_men_who_is_there(scene: Scene) -> None:
    world = scene.world
    scene.leaver.team = int(np.flatnonzero(world.teams["arm"] == PROGRAMME)[0])
    team = world.teams[scene.leaver.team]
    team.first_peer, team.peers = 0, len(world.peers)
    peers = world.peers
    assert len(peers) > 1
    scene.set("peers", on=1, hours=40.0, hours_per_man=1.0)
    world.practitioners["vacancy"], world.practitioners["cases"] = 0.0, 0
    peers["vacancy"], peers["linked"] = 0.0, 2
    peers["linked"][-1] = 1
    allocate(scene)
    assert scene.leaver.peer == len(peers) - 1
    assert peers["linked"].tolist() == [2] * len(peers)
    peers["linked"][-1], peers["vacancy"][-1] = 0, 1.0
    allocate(scene)
    assert scene.leaver.peer == 0


def test_hold_supervision__nobody_is_seen_before_his_session_is_due(scene: Scene) -> None:
    posts = scene.world.practitioners
    posts["vacancy"], posts["due"] = 0.0, 0
    scene.world.supervisors["vacancy"] = 0.0
    scene.set("supervision", interval=4.0, supervisor_hours=40.0, cancelled_by_burnout=0.0)
    before = int(posts["sessions_due"].sum())
    supervising.hold_supervision(scene.world, scene.theories, scene.dice, scene.week, scene.log)
    due = int(posts["sessions_due"].sum()) - before
    assert due < len(posts)
    assert scene.events().count(Event.SUPERVISOR_CHOSE) == due
    assert scene.events().count(Event.SUPERVISED) == due


def test_hold_supervision__a_shared_session_is_joint_work_over_every_tie_of_the_agency(
    scene: Scene,
) -> None:
    world = scene.world
    scene.set("supervision", interval=1.0, supervisor_hours=40.0, cancelled_by_burnout=0.0)
    scene.set("supervision", mode=SHARED, men_discussed=3)
    world.practitioners["vacancy"], world.supervisors["vacancy"] = 0.0, 0.0
    world.practitioners["cases"], world.ties["joint_work"] = 5, 0
    supervising.hold_supervision(world, scene.theories, scene.dice, scene.week, scene.log)
    expected = np.zeros(len(world.ties), np.int64)
    for agency in world.practitioners["agency"]:
        for tie in world.pair[agency]:
            if tie >= 0:
                expected[tie] += 3
    assert world.ties["joint_work"].tolist() == expected.tolist()
