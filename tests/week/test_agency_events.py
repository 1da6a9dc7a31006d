"""What agencies do for a leaver together: who covers him, what they share, what fails."""

import numpy as np

from engager_sim.theory.circumstances import SUBSTANCE
from engager_sim.week import contact, joint_work, staff
from engager_sim.week.event_log import Event
from engager_sim.world.records import NO_EPISODE, PROBATION
from tests.week.scene import Scene, in_need


def work(scene: Scene) -> None:
    joint_work.work_jointly(
        scene.leaver, scene.post, scene.team, scene.world, scene.theory, scene.dice, scene.week,
        scene.log,
    )  # fmt: skip


def test_work_jointly__a_need_that_nobody_serves_lowers_coverage_and_what_is_shared(
    scene: Scene,
) -> None:
    leaver = in_need(scene, 0, SUBSTANCE)
    work(scene)
    whole = leaver.coverage * leaver.shared_practice, leaver.effective_tie, leaver.recorded
    assert leaver.coverage == 1.0
    leaver.agency_for[SUBSTANCE] = -1
    work(scene)
    assert leaver.coverage == 0.5
    left = leaver.coverage * leaver.shared_practice, leaver.effective_tie, leaver.recorded
    assert all(less <= more for less, more in zip(left, whole, strict=True))


def test_work_jointly__a_team_has_no_credit_for_an_order_that_no_agency_holds(scene: Scene) -> None:
    leaver = in_need(scene)
    leaver.on_licence, leaver.agency_for[PROBATION] = 1, -1
    work(scene)
    assert (leaver.coverage, leaver.shared_practice, leaver.effective_tie) == (0.0, 0.0, 0.0)


def test_work_jointly__who_needs_nobody_is_covered_and_held_as_usual(scene: Scene) -> None:
    leaver = in_need(scene)
    work(scene)
    reference = scene.theory.collaboration.reference_tie
    assert (leaver.coverage, leaver.recorded) == (1.0, 0.0)
    assert leaver.shared_practice == leaver.effective_tie == reference


def test_work_jointly__a_need_counts_while_help_holds_it_down(scene: Scene) -> None:
    leaver = in_need(scene, SUBSTANCE)
    work(scene)
    before = float(leaver.shared_practice)
    leaver.need[SUBSTANCE], leaver.need_level[SUBSTANCE] = 0.0, 1.0
    work(scene)
    assert (leaver.coverage, leaver.shared_practice) == (1.0, before)


def test_work_jointly__a_man_without_a_practitioner_is_asked_for_consent_too(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.episode, leaver.consents, leaver.trust, leaver.reluctance = NO_EPISODE, 0, 1.0, 0.0
    work(scene)
    assert leaver.consents == 1


def test_work_jointly__the_record_is_not_used_for_a_man_who_does_not_consent(scene: Scene) -> None:
    leaver = in_need(scene, SUBSTANCE)
    scene.world.ties["shared_record"] = 1
    leaver.trust, recorded = 0.1, []
    for reluctance in (0.0, 0.99):
        leaver.reluctance = reluctance
        work(scene)
        recorded.append((int(leaver.consents), float(leaver.recorded)))
    assert recorded == [(1, 1.0), (0, 0.0)]
    assert Event.CONSENT in scene.events()


def test_work_jointly__what_failed_over_him_is_felt_by_the_ties_at_work_once(scene: Scene) -> None:
    world, leaver = scene.world, in_need(scene, SUBSTANCE)
    scene.set("collaboration", messages_lost=0.0)
    tie = world.pair[scene.team.agency, leaver.agency_for[SUBSTANCE]]
    leaver.failures, world.ties["failures"] = 2, 0
    for _ in range(2):
        work(scene)
        assert world.ties["failures"][tie] == world.ties["failures"].sum() == 2
        assert leaver.failures == 0


def test_work_jointly__a_message_that_goes_wrong_counts_as_a_failure(scene: Scene) -> None:
    leaver = in_need(scene, SUBSTANCE)
    scene.set("collaboration", messages_lost=1.0, messages_lost_recorded=1.0)
    work(scene)
    assert leaver.failures == 1


def test_meet__a_broken_promise_counts_as_a_failure(scene: Scene) -> None:
    leaver = scene.leaver
    scene.set("collaboration", promise_break=1.0, promise_tie=0.0)
    scene.set("client_engagement", attend_base=50.0)
    leaver.planned, leaver.failures = 1, 0
    contact.meet(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    assert leaver.failures == 1


def test_settle_ties__who_left_takes_a_part_of_the_ties_of_the_agency_along_once(
    scene: Scene,
) -> None:
    world, post = scene.world, scene.post
    world.ties["strength"], world.ties["shared_men"] = 0.5, 0
    scene.set("turnover", overlap=0, change_loss=0.4)
    world.practitioners["left_felt"] = world.practitioners["left"]
    post.left += 1
    for _ in range(2):
        staff.settle_ties(world, scene.theories)
        touched = (world.ties["first"] == post.agency) | (world.ties["second"] == post.agency)
        assert np.allclose(world.ties["strength"][touched], 0.5 * (1.0 - 0.4 / 2))
        assert np.all(world.ties["strength"][~touched] == 0.5)
        assert post.left_felt == post.left
