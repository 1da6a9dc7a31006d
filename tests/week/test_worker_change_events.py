"""A change of worker: what it costs men who stayed, men who come back, and the never met."""

from engager_sim.theory.ways_out import Exit
from engager_sim.week import episode
from engager_sim.week.event_log import Event
from engager_sim.world.records import CLOSED, OPEN
from tests.week.scene import Scene


def test_change_worker__a_successor_costs_trust_and_ends_a_rupture(scene: Scene) -> None:
    leaver = scene.leaver
    scene.set("turnover", overlap=0)
    leaver.trust, leaver.rapport, leaver.open_rupture = 0.6, 0.5, 1
    scene.post.incumbent += 1
    episode.change_worker(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    assert leaver.incumbent == scene.post.incumbent
    assert leaver.trust < 0.6
    assert leaver.open_rupture == 0
    assert leaver.worker_changes == 1
    assert Event.WORKER_CHANGED in scene.events()


def test_change_worker__nobody_loses_trust_over_a_practitioner_whom_he_never_met(
    scene: Scene,
) -> None:
    leaver = scene.leaver
    leaver.trust, leaver.rapport, changes = 0.6, 0.0, int(leaver.worker_changes)
    scene.post.incumbent += 1
    episode.change_worker(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    assert (leaver.incumbent, leaver.worker_changes) == (scene.post.incumbent, changes)
    assert (leaver.trust, leaver.episode) == (0.6, OPEN)


def test_change_worker__who_comes_back_to_a_successor_loses_what_men_lost_who_stayed(
    scene: Scene,
) -> None:
    leaver = scene.leaver
    scene.set("turnover", overlap=0)
    leaver.trust, leaver.rapport, leaver.hope, leaver.reach = 0.6, 0.5, 1.0, 1.0
    leaver.episode, leaver.exit, leaver.exit_week = CLOSED, Exit.CRISIS, 0
    leaver.joint_ending, leaver.release_week = 1, scene.week - 2
    scene.set("preparations_for_ending", support_weeks=52.0)
    scene.post.incumbent += 1
    for week in range(scene.week, scene.week + 45):
        episode.come_back(leaver, scene.post, scene.theory, scene.dice, week, None)
        if leaver.episode == OPEN:
            break
    assert (leaver.episode, leaver.joint_ending) == (OPEN, 0)
    episode.change_worker(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    assert leaver.incumbent == scene.post.incumbent
    assert leaver.trust < 0.6


def test_change_worker__the_same_worker_changes_nothing(scene: Scene) -> None:
    before = scene.leaver.tobytes()
    leaver = scene.leaver
    episode.change_worker(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    assert leaver.tobytes() == before
