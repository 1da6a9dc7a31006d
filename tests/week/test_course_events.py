"""What befalls a man between meetings: housing, an offence, a recall, a service of his own."""

import pytest

from engager_sim.theory.circumstances import SUBSTANCE
from engager_sim.theory.justice import AT_LIBERTY, RECALLED
from engager_sim.theory.services import NO_SERVICE, WAITING
from engager_sim.week import ending, justice, life, services_in_use
from engager_sim.week.event_log import Event
from engager_sim.world.observed import NOT_YET
from tests.week.scene import Scene, in_need


@pytest.mark.parametrize("on", [0, 1])
def test_live_on__a_home_that_is_found_is_a_win(scene: Scene, on: int) -> None:
    leaver = scene.leaver
    leaver.housed, leaver.goal_progress = 0, 0.1
    scene.set("circumstances", housing_gain=1e3, housing_loss=0.0)
    scene.set("client_motivation", on=on)
    life.live_on(leaver, scene.theory, scene.dice, scene.week, scene.log)
    assert leaver.housed == 1
    assert Event.HOUSING_CHANGED in scene.events()
    assert (leaver.goal_progress > 0.1) == (on == 1)


def test_answer_to_justice__an_offence_without_custody_leaves_him_open_to_recall(
    scene: Scene,
) -> None:
    leaver = scene.leaver
    leaver.first_offence_week = NOT_YET
    scene.set("justice", custody_after_offence=0.0, recall_lost=50.0)
    scene.set("justice", reoffending_year=1.0 - 1e-12)
    leaver.age, leaver.crisis, leaver.housed = 18.0, 1.0, 0
    both = 0
    for week in range(scene.week, scene.week + 60):
        leaver.place, leaver.on_licence, leaver.release_week = AT_LIBERTY, 1, week - 3
        leaver.weeks_out_of_touch, leaver.weeks_at_liberty = 500.0, 1.0
        before = len(scene.events())
        justice.answer_to_justice(leaver, scene.theory, scene.dice, week, scene.log)
        if Event.OFFENCE in scene.events()[before:]:
            both += 1
            assert leaver.place == RECALLED
    assert both > 0
    assert leaver.first_offence_week == 3
    assert Event.CUSTODY not in scene.events()


def test_use_services__a_man_in_need_takes_up_a_service_by_himself(scene: Scene) -> None:
    leaver = in_need(scene, SUBSTANCE)
    leaver.just_released = 0
    for hazard, stage in ((0.0, NO_SERVICE), (1e3, WAITING)):
        scene.set("services", pick_up_substance=hazard)
        services_in_use.use_services(
            leaver, scene.world, scene.theory, scene.dice, scene.week, scene.log
        )
        assert leaver.service[SUBSTANCE] == stage


@pytest.mark.parametrize("worst", [0, 1, 3])
def test_prepare_ending__he_is_handed_on_for_his_worst_need(scene: Scene, worst: int) -> None:
    leaver = in_need(scene)
    leaver.need[:] = 0.2
    leaver.need[worst] = 0.9
    leaver.agency_for[:] = 0
    leaver.is_prepared, leaver.ending, leaver.goal_progress, leaver.handed_on[:] = 1, 0, 0.0, 0
    leaver.release_week, leaver.contacted, leaver.rapport = scene.week - 25, 1, 0.5
    scene.set("preparations_for_ending", support_weeks=26, taper_weeks=2, joint_contact=0.0)
    scene.set("collaboration", handover_base=1.0)
    for week in range(scene.week, scene.week + 2):
        ending.prepare_ending(leaver, scene.theory, scene.dice, week, scene.log)
    assert [need for need in range(4) if leaver.handed_on[need] == 1] == [worst]
