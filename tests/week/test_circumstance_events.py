"""What happens to a leaver in a week besides contacts: worker, justice, gate, life, agencies."""

import pytest

from engager_sim.theory.justice import AT_LIBERTY, IN_PRISON, RECALLED
from engager_sim.theory.services import IN_SERVICE, NO_SERVICE, WAITING
from engager_sim.theory.ways_out import Exit
from engager_sim.week import episode, joint_work, life, services_in_use
from engager_sim.week.event_log import Event
from engager_sim.world.records import CLOSED, OPEN, PROBATION
from tests.week.scene import Scene


def test_change_worker__a_successor_costs_trust_and_ends_a_rupture(scene: Scene) -> None:
    leaver = scene.leaver
    scene.set("turnover", overlap=0)
    leaver.trust, leaver.open_rupture = 0.6, 1
    scene.post.incumbent += 1
    episode.change_worker(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    assert leaver.incumbent == scene.post.incumbent
    assert leaver.trust < 0.6
    assert leaver.open_rupture == 0
    assert leaver.worker_changes == 1
    assert Event.WORKER_CHANGED in scene.events()


def test_change_worker__the_same_worker_changes_nothing(scene: Scene) -> None:
    before = scene.leaver.tobytes()
    leaver = scene.leaver
    episode.change_worker(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    assert leaver.tobytes() == before


def test_answer_to_justice__a_man_who_is_due_is_released(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.place, leaver.release_week = IN_PRISON, scene.week
    life.answer_to_justice(leaver, scene.theory, scene.dice, scene.week, scene.log)
    assert leaver.just_released == 1
    assert leaver.on_licence == 1
    assert Event.RELEASED in scene.events()


def test_answer_to_justice__weeks_out_of_touch_end_in_recall_and_close_the_episode(
    scene: Scene,
) -> None:
    leaver = scene.leaver
    leaver.weeks_out_of_touch = 500.0
    leaver.service[:] = IN_SERVICE
    leaver.release_week = scene.week - 3
    scene.set("justice", recall_lost=5.0)
    for week in range(scene.week, scene.week + 8):
        if leaver.place != AT_LIBERTY:
            break
        life.answer_to_justice(leaver, scene.theory, scene.dice, week, scene.log)
    assert leaver.place == RECALLED
    assert (leaver.service == NO_SERVICE).all()
    assert (leaver.episode, leaver.exit) == (CLOSED, Exit.RECALL)
    assert leaver.recalls_lost == 1


def test_pass_the_gate__nobody_is_lost_who_is_met_for_certain(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.just_released, leaver.release_week = 1, scene.week
    scene.set("client_engagement", gate_presence=1.0)
    scene.set("ways_out", gate_loss=1.0)
    episode.pass_the_gate(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    assert Event.MET_AT_GATE in scene.events()


def test_pass_the_gate__a_man_whom_nobody_meets_may_be_lost(scene: Scene) -> None:
    scene.set("client_engagement", gate_presence=0.0)
    lost = 0
    for replicate in range(40):
        leaver = scene.world.leavers[replicate]
        leaver.episode, leaver.just_released, leaver.release_week = OPEN, 1, scene.week
        leaver.rapport, leaver.lost_at_gate = 0.0, 0
        theory = scene.theories[0]
        episode.pass_the_gate(leaver, scene.post, theory, scene.dice, scene.week, None)
        if leaver.lost_at_gate == 1:
            assert (leaver.episode, leaver.exit) == (CLOSED, Exit.LOST_AT_GATE)
            lost += 1
    assert 0 < lost < 40


def test_live_on__the_mean_of_needs_follows_the_needs(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.need[:] = 0.0
    leaver.need_level[:] = 0.0
    leaver.housed = 1
    life.live_on(leaver, scene.theory, scene.dice, scene.week, None)
    assert leaver.needs_mean == pytest.approx(leaver.need.mean())


def test_settle_motivation__a_theme_that_is_off_settles_nothing(scene: Scene) -> None:
    scene.set("client_motivation", on=0)
    before = scene.leaver.tobytes()
    life.settle_motivation(scene.leaver, scene.theory, scene.week)
    assert scene.leaver.tobytes() == before


def test_settle_motivation__felt_need_jumps_in_a_crisis(scene: Scene) -> None:
    leaver = scene.leaver
    felt = []
    for crisis in (0.0, 1.0):
        leaver.perceived_need, leaver.crisis = 0.3, crisis
        life.settle_motivation(leaver, scene.theory, scene.week)
        felt.append(float(leaver.perceived_need))
    assert felt[0] < felt[1]


def test_work_jointly__without_a_tie_there_is_no_joint_work(scene: Scene) -> None:
    world, leaver = scene.world, scene.leaver
    world.ties["strength"], world.ties["joint_work"], world.ties["colocated"] = 0.0, 0, 0
    joint_work.work_jointly(
        leaver, scene.post, scene.team, world, scene.theory, scene.dice, scene.week, None
    )
    assert world.ties["joint_work"].sum() == 0


def test_work_jointly__probation_counts_while_he_is_on_licence(scene: Scene) -> None:
    world, leaver = scene.world, scene.leaver
    leaver.need[:], leaver.service[:] = 0.0, NO_SERVICE
    tie = world.pair[scene.team.agency, leaver.agency_for[PROBATION]]
    assert tie >= 0
    world.ties["strength"] = 0.6
    arguments = (scene.post, scene.team, world, scene.theory, scene.dice, scene.week, None)
    shared = []
    for on_licence in (1, 0):
        leaver.on_licence = on_licence
        before = int(world.ties["shared_men"][tie])
        joint_work.work_jointly(leaver, *arguments)
        shared.append(int(world.ties["shared_men"][tie]) - before)
    assert shared == [1, 0]


def test_use_services__a_wait_ends_in_use_and_use_ends_when_the_need_is_met(scene: Scene) -> None:
    leaver = scene.leaver
    served = [need for need in range(len(leaver.need)) if leaver.agency_for[need] >= 0]
    leaver.service[:] = WAITING
    leaver.need[:] = 1.0
    for week in range(scene.week, scene.week + 60):
        services_in_use.use_services(leaver, scene.theory, scene.dice, week, scene.log)
        leaver.need[:] = 1.0
    assert Event.SERVICE_STARTED in scene.events()
    leaver.service[:] = IN_SERVICE
    leaver.need[:] = 0.0
    services_in_use.use_services(leaver, scene.theory, scene.dice, scene.week, None)
    assert [int(leaver.service[need]) for need in served] == [NO_SERVICE] * len(served)


def test_use_services__nobody_uses_any_in_custody(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.place, leaver.weeks_since_service = RECALLED, 2.0
    before = leaver.service.copy()
    services_in_use.use_services(leaver, scene.theory, scene.dice, scene.week, None)
    assert (leaver.service == before).all()
    assert leaver.weeks_since_service == 3.0


def test_stay_in_touch__any_contact_clears_the_weeks_out_of_touch(scene: Scene) -> None:
    leaver = scene.leaver
    scene.set("justice", appointment_base=0.0)
    leaver.on_licence, leaver.weeks_since_service, leaver.crisis = 1, 5.0, 1.0
    leaver.needs_mean = 1.0
    touched = []
    for contacted in (0, 1):
        leaver.weeks_out_of_touch, leaver.contacted = 3.0, contacted
        life.stay_in_touch(leaver, scene.theory, scene.dice, scene.week)
        touched.append(float(leaver.weeks_out_of_touch))
    assert touched == [4.0, 0.0]
