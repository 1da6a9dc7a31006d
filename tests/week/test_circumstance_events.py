"""What happens to a leaver in a week besides contacts: justice, gate, life, agencies."""

import pytest

from engager_sim.theory.justice import AT_LIBERTY, IN_PRISON, NEW_CUSTODY, RECALLED
from engager_sim.theory.services import IN_SERVICE, NO_LIMIT, NO_SERVICE, WAITING
from engager_sim.theory.ways_out import Exit
from engager_sim.week import gate, joint_work, justice, life, services_in_use
from engager_sim.week.event_log import Event, column_of
from engager_sim.world.observed import NOT_YET, Mark
from engager_sim.world.records import CLOSED, LOST_WAITING, NO_EPISODE, OPEN, PROBATION, QUEUED
from tests.week.scene import Scene


def test_answer_to_justice__a_man_who_is_due_is_released(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.place, leaver.release_week = IN_PRISON, scene.week
    justice.answer_to_justice(leaver, scene.theory, scene.dice, scene.week, scene.log)
    assert leaver.just_released == 1
    assert leaver.on_licence == 1
    assert Event.RELEASED in scene.events()


def test_answer_to_justice__weeks_out_of_touch_end_in_recall_which_suspends_the_episode(
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
        justice.answer_to_justice(leaver, scene.theory, scene.dice, week, scene.log)
    assert leaver.place == RECALLED
    assert (leaver.service == IN_SERVICE).all()
    assert leaver.episode == OPEN
    assert leaver.recalls_lost == 1


def test_answer_to_justice__new_custody_ends_the_episode_and_every_service(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.service[:] = IN_SERVICE
    scene.set("justice", reoffending_year=1.0 - 1e-12, custody_after_offence=1.0)
    for week in range(scene.week, scene.week + 40):
        if leaver.place != AT_LIBERTY:
            break
        justice.answer_to_justice(leaver, scene.theory, scene.dice, week, scene.log)
    assert leaver.place == NEW_CUSTODY
    assert (leaver.service == NO_SERVICE).all()
    assert (leaver.episode, leaver.exit) == (CLOSED, Exit.NEW_CUSTODY)


def test_answer_to_justice__who_moves_away_at_release_is_out_of_reach(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.place, leaver.release_week = IN_PRISON, scene.week
    scene.set("ways_out", moved_away=1.0)
    justice.answer_to_justice(leaver, scene.theory, scene.dice, scene.week, scene.log)
    assert (leaver.moved_away, leaver.episode, leaver.exit) == (1, CLOSED, Exit.MOVED_AWAY)
    assert Event.MOVED_AWAY in scene.events()
    leaver.service[:], leaver.weeks_since_service = WAITING, 2.0
    services_in_use.use_services(leaver, scene.world, scene.theory, scene.dice, scene.week, None)
    assert leaver.weeks_since_service == 3.0
    assert (leaver.service == WAITING).all()


def test_survive__the_dead_keep_their_state_and_leave_their_episode(scene: Scene) -> None:
    """Their score, observed without error here, stands at later marks too."""
    leaver = scene.leaver
    scene.set("measurement", core_om_reliability=1.0)
    leaver.trust, leaver.distress, leaver.engaged = 0.6, 21.0, 1
    life.survive(leaver, scene.theory, scene.dice, scene.week, None)
    assert leaver.died_week == NOT_YET
    scene.set("justice", death_year=1.0 - 1e-12)
    for week in range(scene.week, scene.week + 60):
        if leaver.died_week != NOT_YET:
            break
        life.survive(leaver, scene.theory, scene.dice, week, scene.log)
    assert (leaver.episode, leaver.exit, leaver.engaged) == (CLOSED, Exit.DIED, 0)
    assert leaver.trust_at[Mark.WEEK_52] == 0.6
    assert leaver.distress_at[Mark.WEEK_52] == 21.0
    assert leaver.core_om_at[Mark.WEEK_52] == 21.0
    assert scene.events() == [Event.DIED, Event.EXIT]


def test_pass_the_gate__nobody_is_lost_who_is_met_for_certain(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.just_released, leaver.release_week = 1, scene.week
    scene.set("client_engagement", gate_presence=1.0)
    scene.set("ways_out", gate_loss=1.0)
    gate.pass_the_gate(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    assert Event.MET_AT_GATE in scene.events()
    assert scene.post.gate_counted == 1


def test_pass_the_gate__who_waits_for_a_practitioner_passes_it_alone(scene: Scene) -> None:
    scene.set("client_engagement", gate_presence=1.0)
    scene.set("ways_out", gate_loss=1.0, gate_loss_met=0.0)
    leaver = scene.leaver
    leaver.episode, leaver.queued = NO_EPISODE, QUEUED
    leaver.just_released, leaver.release_week, leaver.rapport = 1, scene.week, 0.0
    gate.pass_the_gate(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    assert (leaver.queued, leaver.lost_at_gate, leaver.lost_waiting) == (LOST_WAITING, 1, 1)
    assert scene.events() == [Event.LOST_WAITING]
    assert scene.post.gate_counted == 0


@pytest.mark.parametrize("follow_up", [0.0, 1.0])
def test_pass_the_gate__after_a_recall_an_episode_goes_on_or_ends(
    scene: Scene, follow_up: float
) -> None:
    leaver = scene.leaver
    leaver.just_released, leaver.release_week = 1, scene.week - 6
    leaver.rapport = leaver.trust = leaver.understanding = 0.0
    scene.set("client_engagement", follow_up=follow_up)
    scene.set("ways_out", gate_loss=0.0)
    gate.pass_the_gate(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    rows = scene.log.rows[: scene.log.used[0]]
    assert column_of(rows, Event.EPISODE_RESUMED, "resumed").tolist() == [follow_up]
    assert leaver.episode == (OPEN if follow_up else CLOSED)
    if not follow_up:
        assert leaver.exit == Exit.RECALL


def test_pass_the_gate__a_man_whom_nobody_meets_may_be_lost(scene: Scene) -> None:
    scene.set("client_engagement", gate_presence=0.0)
    lost = 0
    for replicate in range(40):
        leaver = scene.world.leavers[replicate]
        leaver.episode, leaver.just_released, leaver.release_week = OPEN, 1, scene.week
        leaver.rapport, leaver.lost_at_gate = 0.0, 0
        theory = scene.theories[0]
        gate.pass_the_gate(leaver, scene.post, theory, scene.dice, scene.week, None)
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


def test_settle_motivation__with_the_theme_off_he_does_nothing_between_meetings(
    scene: Scene,
) -> None:
    leaver = scene.leaver
    scene.set("client_motivation", on=0)
    leaver.autonomous = leaver.autonomous_at_entry
    leaver.coping, leaver.goal_progress = 0.6, 0.0
    life.settle_motivation(leaver, scene.theory, scene.week)
    assert leaver.autonomous == leaver.autonomous_at_entry
    assert (leaver.coping, leaver.goal_progress) == (0.6, 0.0)


def test_settle_motivation__felt_need_jumps_in_a_crisis(scene: Scene) -> None:
    leaver = scene.leaver
    felt = []
    for crisis in (0.0, 1.0):
        leaver.perceived_need, leaver.crisis = 0.3, crisis
        life.settle_motivation(leaver, scene.theory, scene.week)
        felt.append(float(leaver.perceived_need))
    assert felt[0] < felt[1]


def test_settle_motivation__with_support_he_practises_and_gets_on_with_his_goals(
    scene: Scene,
) -> None:
    leaver = scene.leaver
    leaver.autonomous, leaver.coping, leaver.goal_progress = 0.8, 0.6, 0.599
    life.settle_motivation(leaver, scene.theory, scene.week)
    assert leaver.coping > 0.6
    assert leaver.goal_progress > 0.599


def test_settle_motivation__without_support_nothing_is_practised(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.episode = CLOSED
    leaver.autonomous, leaver.coping, leaver.goal_progress = 0.8, 0.6, 0.599
    life.settle_motivation(leaver, scene.theory, scene.week)
    assert (leaver.coping, leaver.goal_progress) == (0.6, 0.599)


def test_use_services__a_service_sees_the_motivated_more_often(scene: Scene) -> None:
    leaver, seen = scene.leaver, []
    scene.set("client_motivation", between_meetings=2.0)
    for drive in (0.0, 1.0):
        contacts = 0
        for week in range(scene.week, scene.week + 200):
            leaver.autonomous, leaver.perceived_need = drive, 1.0
            leaver.service[:], leaver.service[1] = NO_SERVICE, IN_SERVICE
            leaver.need[:], leaver.need[1] = 0.05, 0.9
            before = int(leaver.service_contacts)
            services_in_use.use_services(leaver, scene.world, scene.theory, scene.dice, week, None)
            contacts += int(leaver.service_contacts) - before
        seen.append(contacts)
    assert seen[0] + 20 < seen[1]


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
    leaver.need[:], scene.world.agencies["places"] = 1.0, NO_LIMIT
    for week in range(scene.week, scene.week + 60):
        services_in_use.use_services(leaver, scene.world, scene.theory, scene.dice, week, scene.log)
        leaver.need[:] = 1.0
    assert Event.SERVICE_STARTED in scene.events()
    leaver.service[:] = IN_SERVICE
    leaver.need[:] = 0.0
    services_in_use.use_services(leaver, scene.world, scene.theory, scene.dice, scene.week, None)
    assert [int(leaver.service[need]) for need in served] == [NO_SERVICE] * len(served)


def test_use_services__nobody_uses_any_in_custody(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.place, leaver.weeks_since_service = RECALLED, 2.0
    before = leaver.service.copy()
    services_in_use.use_services(leaver, scene.world, scene.theory, scene.dice, scene.week, None)
    assert (leaver.service == before).all()
    assert leaver.weeks_since_service == 3.0


def test_stay_in_touch__any_contact_clears_the_weeks_out_of_touch(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.on_licence, leaver.weeks_since_service = 1, 5.0
    touched = []
    for contacted, kept in ((0, 0), (1, 0), (0, 1)):
        leaver.weeks_out_of_touch = 3.0
        leaver.contacted, leaver.kept_appointment = contacted, kept
        justice.stay_in_touch(leaver)
        touched.append(float(leaver.weeks_out_of_touch))
    assert touched == [4.0, 0.0, 0.0]


def test_report_to_probation__an_appointment_is_kept_missed_or_not_due(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.crisis = leaver.needs_mean = 0.0
    kept = []
    for base, on_licence in ((1.0, 1), (0.0, 1), (1.0, 0)):
        scene.set("justice", appointment_base=base)
        leaver.on_licence = on_licence
        justice.report_to_probation(leaver, scene.theory, scene.dice, scene.week, scene.log)
        kept.append(int(leaver.kept_appointment))
    assert kept == [1, 0, 0]
    assert scene.events() == [Event.APPOINTMENT_MISSED]
