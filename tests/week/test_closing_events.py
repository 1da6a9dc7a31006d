"""What is settled as the week closes: ties, staff, peers."""

import pytest

from engager_sim.week import staff
from tests.week.scene import Scene


def test_settle_ties__a_tie_follows_the_theory_of_the_arm_that_it_serves(scene: Scene) -> None:
    """A tie that a programme agency takes part in is the programme's; all others usual care's."""
    world = scene.world
    reached = [
        bool(
            world.agencies["has_programme"][tie.first] | world.agencies["has_programme"][tie.second]
        )
        for tie in world.ties
    ]
    assert any(reached)
    assert not all(reached)
    world.ties["strength"], world.ties["joint_work"], world.ties["shared_men"] = 0.5, 0, 4
    scene.theories["collaboration"]["tie_decay"] = [0.5, 0.0]
    staff.settle_ties(world, scene.theories)
    decayed = world.ties["strength"] < 0.5
    assert decayed.tolist() == reached


def test_settle_staff__what_was_counted_becomes_the_caseload_and_is_cleared(scene: Scene) -> None:
    post = scene.post
    post.cases_counted, post.parts_counted, post.crises_counted = 4, 6, 1
    post.gate_counted = 2
    staff.settle_staff(scene.world, scene.theories)
    assert (post.cases, post.parts) == (4, 6)
    assert (post.cases_counted, post.parts_counted, post.crises_counted) == (0, 0, 0)
    assert (post.gate_meetings, post.gate_counted) == (2, 0)
    assert post.difficult_week == 0.25


def test_settle_peers__load_strains_a_peer_and_its_count_is_cleared(scene: Scene) -> None:
    peers = scene.world.peers
    if len(peers) == 0:
        pytest.skip("the trial has no peers")
    peers["vacancy"], peers["strain"] = 0.0, 0.2
    strains = []
    for linked in (0, 12):
        peers["linked_counted"], peers["strain"] = linked, 0.2
        staff.settle_peers(scene.world, scene.theories)
        strains.append(float(peers["strain"][0]))
        assert (peers["linked"] == linked).all()
        assert (peers["linked_counted"] == 0).all()
    assert strains[0] < strains[1]
