"""What each event of the week does: one behaviour of each, staged in a small world."""

import numpy as np
import pytest

from engager_sim.theory.justice import AT_LIBERTY, IN_PRISON, RECALLED
from engager_sim.theory.preparations_for_ending import CLOSED_PLANNED, NOT_RAISED, RAISED
from engager_sim.theory.services import IN_SERVICE, NO_SERVICE, WAITING
from engager_sim.theory.supervision import SHARED
from engager_sim.theory.ways_out import Exit
from engager_sim.week import (
    allocation,
    contact,
    episode,
    joint_work,
    life,
    observation,
    services_in_use,
    staff,
)
from engager_sim.week.event_log import Event
from engager_sim.week.order import WEEK
from engager_sim.world import records
from engager_sim.world.records import CLOSED, NO_EPISODE, OPEN, PROBATION
from tests.week.scene import Scene, staged


@pytest.fixture
def scene() -> Scene:
    """Stage a week of a man of the programme."""
    return staged()


def test_every_event_of_the_week_has_a_behaviour_here() -> None:
    tests = {name.removeprefix("test_").split("__")[0] for name in globals() if "__" in name[2:]}
    assert {event.name for event in WEEK} <= tests


# --- the week opens


def test_replace_staff__a_worker_who_leaves_is_succeeded_after_the_vacancy(scene: Scene) -> None:
    scene.set("turnover", annual_leaving=0.999999, overlap=0, vacancy_weeks=2.0)
    scene.theories["turnover"]["leaving_burnout"] = 50.0
    scene.post.burnout = 1.0
    before = int(scene.post.incumbent)
    weeks = 0
    while scene.post.vacancy <= 0.0:
        staff.replace_staff(scene.world, scene.theories, scene.dice, scene.week + weeks, None)
        weeks += 1
        assert weeks < 400
    assert scene.post.incumbent == before + 1
    assert scene.post.vacancy == 2.0
    scene.set("turnover", annual_leaving=0.0, leaving_burnout=0.0)
    for week in range(2):
        staff.replace_staff(scene.world, scene.theories, scene.dice, scene.week + week, scene.log)
    assert scene.post.vacancy == 0.0
    assert scene.post.burnout < 1.0
    assert Event.POST_FILLED in scene.events()


def test_replace_staff__with_an_overlap_no_post_stands_vacant(scene: Scene) -> None:
    scene.set("turnover", annual_leaving=0.999999, overlap=1, leaving_burnout=50.0)
    scene.world.practitioners["burnout"] = 1.0
    for week in range(60):
        staff.replace_staff(scene.world, scene.theories, scene.dice, scene.week + week, None)
        scene.world.practitioners["burnout"] = 1.0
    assert scene.world.practitioners["left"].sum() > 0
    assert (scene.world.practitioners["vacancy"] == 0.0).all()


def test_hold_supervision__a_session_that_is_due_teaches_and_takes_hours(scene: Scene) -> None:
    scene.set("supervision", interval=1.0, supervisor_hours=40.0, quality=1.0)
    scene.world.practitioners["burnout"] = 0.0
    before = int(scene.post.sessions)
    staff.hold_supervision(scene.world, scene.theories, scene.dice, scene.week, scene.log)
    assert scene.post.sessions == before + 1
    assert scene.post.supervision_hours == scene.theory.supervision.session_hours
    assert Event.SUPERVISED in scene.events()


def test_hold_supervision__without_hours_no_session_is_held(scene: Scene) -> None:
    scene.set("supervision", interval=1.0, supervisor_hours=0.0)
    before = scene.world.practitioners["sessions"].copy()
    staff.hold_supervision(scene.world, scene.theories, scene.dice, scene.week, scene.log)
    assert (scene.world.practitioners["sessions"] == before).all()
    assert (scene.world.practitioners["supervision_hours"] == 0.0).all()
    assert set(scene.events()) == {Event.SESSION_NOT_HELD}


def test_hold_supervision__shared_sessions_are_joint_work_of_the_agencies(scene: Scene) -> None:
    scene.set("supervision", interval=1.0, supervisor_hours=40.0, mode=SHARED, men_discussed=3)
    scene.world.practitioners["burnout"] = 0.0
    scene.world.practitioners["cases"] = 5
    before = int(scene.world.ties["joint_work"].sum())
    staff.hold_supervision(scene.world, scene.theories, scene.dice, scene.week, None)
    assert scene.world.ties["joint_work"].sum() > before


def test_replace_peers__a_place_is_filled_again_after_some_weeks(scene: Scene) -> None:
    peers = scene.world.peers
    if len(peers) == 0:
        pytest.skip("the trial has no peers")
    peers["vacancy"], peers["strain"] = 1.0, 0.9
    staff.replace_peers(scene.world, scene.theories, scene.dice, scene.week, scene.log)
    assert (peers["vacancy"] == 0.0).all()
    assert (peers["strain"] < 0.9).all()
    assert set(scene.events()) == {Event.PEER_STARTED}


def test_look_around__a_team_sees_its_strongest_tie_to_an_enforcing_agency(scene: Scene) -> None:
    world, team = scene.world, scene.team
    world.ties["strength"] = 0.1
    world.agencies["enforces"] = 0
    staff.look_around(world)
    assert team.enforcer_tie == 0.0
    tied = [o for o in range(len(world.agencies)) if world.pair[team.agency, o] >= 0]
    world.agencies["enforces"][tied[0]] = 1
    world.ties["strength"][world.pair[team.agency, tied[0]]] = 0.8
    team.load = 0.25
    staff.look_around(world)
    assert team.enforcer_tie == pytest.approx(0.8 * 0.75)


def test_enter__men_whose_week_has_come_join_those_who_wait(scene: Scene) -> None:
    world = scene.world
    world.clock[records.WAITING] = 0
    world.leavers["queued"] = 0
    coming = np.flatnonzero(world.leavers["entry_week"] == 5)
    assert len(coming) > 0
    allocation.enter(world, scene.dice, 5, scene.log)
    assert world.clock[records.WAITING] == len(coming)
    assert set(world.waiting[: len(coming)]) == set(coming)
    assert (world.leavers["queued"][coming] == 1).all()


def test_allocate__those_who_wait_get_the_post_with_most_room(scene: Scene) -> None:
    world, leaver = scene.world, scene.leaver
    posts = slice(scene.team.first_post, scene.team.first_post + scene.team.posts)
    world.practitioners["cases"][posts] = 4
    world.practitioners["vacancy"][posts] = 0.0
    world.practitioners["cases"][posts.stop - 1] = 1
    leaver.episode, leaver.queued = NO_EPISODE, 1
    world.waiting[0], world.clock[records.WAITING] = scene.index, 1
    allocation.allocate(world, scene.theories, scene.week, scene.log)
    assert leaver.post == posts.stop - 1
    assert (leaver.episode, leaver.queued) == (OPEN, 0)
    assert world.practitioners["cases"][leaver.post] == 2
    assert world.clock[records.WAITING] == 0


def test_allocate__without_room_he_keeps_waiting(scene: Scene) -> None:
    world, leaver = scene.world, scene.leaver
    world.practitioners["vacancy"] = 3.0
    leaver.episode, leaver.queued = NO_EPISODE, 1
    world.waiting[0], world.clock[records.WAITING] = scene.index, 1
    allocation.allocate(world, scene.theories, scene.week, None)
    assert (leaver.episode, leaver.queued) == (NO_EPISODE, 1)
    assert world.clock[records.WAITING] == 1


# --- each leaver lives the week


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


def test_keep_hope__a_peer_is_counted_and_hope_grows_beside_one(scene: Scene) -> None:
    leaver, peers = scene.leaver, scene.world.peers
    if len(peers) == 0:
        pytest.skip("the trial has no peers")
    leaver.peer, leaver.hope = 0, 0.2
    peers["vacancy"], peers["strain"] = 0.0, 0.0
    counted = int(peers["linked_counted"][0])
    life.keep_hope(leaver, scene.world, scene.theory)
    assert peers["linked_counted"][0] == counted + 1
    assert leaver.hope > 0.2
    assert leaver.peer_present == 1


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


def test_plan_contacts__a_vacant_post_plans_none(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.planned = 3
    scene.post.vacancy = 1.0
    contact.plan_contacts(leaver, scene.post, scene.theory, scene.dice, scene.week)
    assert leaver.planned == 0


def test_meet__a_contact_that_is_kept_clears_the_misses(scene: Scene) -> None:
    leaver = scene.leaver
    scene.set("client_engagement", on=0, reference_attendance=1.0)
    leaver.planned, leaver.missed_in_a_row = 2, 3
    attended = int(leaver.attended_all)
    contact.meet(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    assert (leaver.contacted, leaver.missed, leaver.missed_in_a_row) == (1, 0, 0)
    assert leaver.attended_all == attended + 2
    assert scene.events().count(Event.ATTENDED) == 2


def test_meet__contacts_that_are_missed_add_up(scene: Scene) -> None:
    leaver = scene.leaver
    scene.set("client_engagement", on=0, reference_attendance=0.0)
    leaver.planned, leaver.missed_in_a_row = 2, 1
    contact.meet(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    assert (leaver.contacted, leaver.missed, leaver.missed_in_a_row) == (0, 2, 3)
    assert scene.events().count(Event.MISSED) == 2


def test_follow_up__a_miss_that_is_followed_up_becomes_a_contact(scene: Scene) -> None:
    leaver = scene.leaver
    scene.set("client_engagement", follow_up=1.0, follow_up_success=1.0)
    leaver.missed, leaver.contacted, leaver.missed_in_a_row, leaver.peer_present = 1, 0, 1, 0
    contact.follow_up(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    assert leaver.contacted == 1
    assert leaver.missed_in_a_row == 0
    assert Event.FOLLOWED_UP in scene.events()


def test_follow_up__who_was_seen_is_not_followed_up(scene: Scene) -> None:
    leaver = scene.leaver
    scene.set("client_engagement", follow_up=1.0, follow_up_success=1.0)
    leaver.missed, leaver.contacted = 1, 1
    contact.follow_up(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    assert scene.events() == []


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


def test_prepare_ending__support_that_runs_out_unprepared_ends_abruptly(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.is_prepared = 0
    leaver.release_week = scene.week - 60
    episode.prepare_ending(leaver, scene.theory, scene.dice, scene.week, scene.log)
    assert (leaver.episode, leaver.exit) == (CLOSED, Exit.ABRUPT_ENDING)


def test_prepare_ending__a_prepared_one_is_raised_in_good_time_and_closed_as_planned(
    scene: Scene,
) -> None:
    leaver = scene.leaver
    leaver.is_prepared, leaver.ending = 1, NOT_RAISED
    scene.set("preparations_for_ending", support_weeks=26.0, taper_weeks=2.0, raise_weeks=3.0)
    leaver.release_week = scene.week - 22
    episode.prepare_ending(leaver, scene.theory, scene.dice, scene.week, scene.log)
    assert (leaver.ending, leaver.episode) == (RAISED, OPEN)
    leaver.release_week = scene.week - 26
    episode.prepare_ending(leaver, scene.theory, scene.dice, scene.week, scene.log)
    assert (leaver.ending, leaver.exit) == (CLOSED_PLANNED, Exit.PLANNED_ENDING)


@pytest.mark.parametrize(
    ("hazard", "cause"),
    [
        ("crisis_hazard", Exit.CRISIS),
        ("resigned_hazard", Exit.RESIGNED),
        ("overconfident_hazard", Exit.OVERCONFIDENT),
        ("withdrawal_hazard", Exit.WITHDREW),
    ],
)
def test_leave__who_leaves_while_one_hazard_is_open_leaves_by_its_cause(
    scene: Scene, hazard: str, cause: Exit
) -> None:
    leaver = scene.leaver
    hazards = ("crisis_hazard", "resigned_hazard", "overconfident_hazard", "withdrawal_hazard")
    scene.set("ways_out", **dict.fromkeys(hazards, 0.0))
    leaver.crisis, leaver.coping, leaver.hope, leaver.autonomous = 0.5, 0.0, 0.0, 0.0
    leaver.perceived_need, leaver.trust, leaver.open_rupture = 0.0, 0.0, 1
    episode.leave(leaver, scene.theory, scene.dice, scene.week, None)
    assert leaver.episode == OPEN
    scene.set("ways_out", **{hazard: 50.0})
    episode.leave(leaver, scene.theory, scene.dice, scene.week, scene.log)
    assert (leaver.episode, leaver.exit) == (CLOSED, cause)
    assert leaver.exit_week == scene.week - leaver.release_week


def test_come_back__a_new_episode_starts_without_the_old_misses(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.episode, leaver.exit = CLOSED, Exit.RESIGNED
    leaver.exit_week = scene.week - leaver.release_week - 4
    leaver.missed_in_a_row, leaver.lost_at_gate, leaver.ending = 4, 1, RAISED
    leaver.trust = leaver.hope = 1.0
    scene.set("ways_out", recontact=5.0)
    scene.set("preparations_for_ending", support_weeks=52.0)
    episodes = int(leaver.episodes)
    for week in range(scene.week, scene.week + 30):
        if leaver.episode == OPEN:
            break
        episode.come_back(leaver, scene.post, scene.theory, scene.dice, week, scene.log)
    assert leaver.episode == OPEN
    assert leaver.episodes == episodes + 1
    assert (leaver.missed_in_a_row, leaver.lost_at_gate, leaver.ending) == (0, 0, NOT_RAISED)
    assert leaver.incumbent == scene.post.incumbent


def test_come_back__nobody_comes_back_after_a_planned_ending(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.episode, leaver.exit, leaver.exit_week = CLOSED, Exit.PLANNED_ENDING, 0
    for week in range(scene.week, scene.week + 30):
        episode.come_back(leaver, scene.post, scene.theory, scene.dice, week, None)
    assert leaver.episode == CLOSED


def test_count_contact__weeks_without_contact_are_counted_and_crises_claim_staff(
    scene: Scene,
) -> None:
    leaver, post = scene.leaver, scene.post
    leaver.contacted, leaver.weeks_since_contact, leaver.rapport, leaver.crisis = 0, 2.0, 0.5, 0.9
    cases, crises = int(post.cases_counted), int(post.crises_counted)
    contact.count_contact(leaver, post, scene.theory, scene.week)
    assert leaver.weeks_since_contact == 3.0
    assert leaver.rapport < 0.5
    assert (post.cases_counted, post.crises_counted) == (cases + 1, crises + 1)
    leaver.contacted, leaver.crisis, before = 1, 0.0, float(leaver.rapport)
    contact.count_contact(leaver, post, scene.theory, scene.week)
    assert leaver.weeks_since_contact == 0.0
    assert leaver.rapport == before
    assert post.crises_counted == crises + 1


def test_observe__a_man_seen_within_four_weeks_is_engaged(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.release_week, leaver.attended_free = scene.week - 12, 1
    leaver.weeks_since_service = 50.0
    engaged = []
    for since in (3.0, 4.0):
        leaver.weeks_since_contact = since
        observation.observe(leaver, scene.theory, scene.week)
        engaged.append(int(leaver.engaged_12w))
    assert engaged == [1, 0]


# --- the week closes


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
    staff.settle_staff(scene.world, scene.theories)
    assert (post.cases, post.parts) == (4, 6)
    assert (post.cases_counted, post.parts_counted, post.crises_counted) == (0, 0, 0)
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
