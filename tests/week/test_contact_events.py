"""Contacts of a leaver's week, and how his episode ends or begins again."""

import pytest

from engager_sim.theory.justice import AT_LIBERTY, RECALLED
from engager_sim.theory.preparations_for_ending import NOT_RAISED, RAISED
from engager_sim.theory.ways_out import Exit
from engager_sim.week import contact, episode, observation
from engager_sim.week.event_log import Event
from engager_sim.world.observed import NOT_YET, Mark
from engager_sim.world.records import CLOSED, LOST_WAITING, NO_EPISODE, OPEN, QUEUED
from tests.week.scene import Scene


def test_plan_contacts__a_vacant_post_plans_none(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.planned = 3
    scene.post.vacancy = 1.0
    contact.plan_contacts(leaver, scene.post, scene.theory, scene.dice, scene.week)
    assert leaver.planned == 0


def test_meet__a_contact_that_is_kept_clears_the_misses(scene: Scene) -> None:
    leaver = scene.leaver
    scene.set("client_engagement", attend_base=50.0)
    leaver.planned, leaver.missed_in_a_row = 2, 3
    attended = int(leaver.attended_all)
    contact.meet(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    assert (leaver.contacted, leaver.missed, leaver.missed_in_a_row) == (1, 0, 0)
    assert leaver.attended_all == attended + 2
    assert scene.events().count(Event.ATTENDED) == 2


def test_meet__contacts_that_are_missed_add_up(scene: Scene) -> None:
    leaver = scene.leaver
    scene.set("client_engagement", attend_base=-50.0)
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
    leaver.agreed_ending = 1
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
    assert leaver.agreed_ending == 0
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


@pytest.mark.parametrize(("place", "statutory"), [(RECALLED, 0), (AT_LIBERTY, 1)])
def test_count_contact__neither_inside_nor_under_an_order_is_he_seen(
    scene: Scene, place: int, statutory: int
) -> None:
    leaver = scene.leaver
    leaver.place, leaver.statutory, leaver.contacted, leaver.rapport = place, statutory, 1, 0.5
    leaver.weeks_since_contact = 2.0
    contact.count_contact(leaver, scene.post, scene.theory, scene.week)
    assert (leaver.weeks_since_contact, leaver.rapport) == (3.0, 0.5)


def test_plan_contacts__on_recall_they_are_those_of_the_prison(scene: Scene) -> None:
    leaver, post = scene.leaver, scene.post
    scene.set("client_engagement", prison_contacts=2.0, early_contacts=0.0, later_contacts=0.0)
    scene.set("client_engagement", contact_hours=35.0)
    post.parts, leaver.ending = 1, NOT_RAISED
    planned = []
    for place in (AT_LIBERTY, RECALLED):
        leaver.place = place
        contact.plan_contacts(leaver, post, scene.theory, scene.dice, scene.week)
        planned.append(int(leaver.planned))
    assert planned == [0, 2]


def test_plan_contacts__meetings_at_the_gate_last_week_leave_fewer_hours(scene: Scene) -> None:
    leaver, post = scene.leaver, scene.post
    post.parts, post.supervision_hours = 100, 0.0
    hours = []
    for meetings in (0, 2):
        post.gate_meetings = meetings
        contact.plan_contacts(leaver, post, scene.theory, scene.dice, scene.week)
        hours.append(float(leaver.hours_per_contact))
    assert hours[1] < hours[0]


def under_an_order(scene: Scene) -> None:
    """Let the leaver's practitioner hold an order over him."""
    leaver = scene.leaver
    leaver.statutory, leaver.on_licence, leaver.planned = 1, 1, 2
    leaver.attended_free = leaver.attended_all = leaver.planned_free = 0
    leaver.statutory_contacts = 0


def test_meet__who_holds_an_order_sees_him_at_his_appointment_and_counts_apart(
    scene: Scene,
) -> None:
    leaver = scene.leaver
    under_an_order(scene)
    for kept in (1, 0):
        leaver.kept_appointment = kept
        contact.meet(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
        assert (leaver.contacted, leaver.missed) == ((1, 0) if kept else (0, 2))
        contact.follow_up(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    assert leaver.statutory_contacts == 2
    assert (leaver.attended_free, leaver.attended_all, leaver.planned_free) == (0, 0, 0)
    assert leaver.first_miss_week == NOT_YET or leaver.first_miss_week < scene.week
    assert Event.FOLLOWED_UP not in scene.events()


def test_plan_contacts__who_held_an_order_sees_him_no_more_once_it_ends(scene: Scene) -> None:
    leaver = scene.leaver
    under_an_order(scene)
    leaver.on_licence = 0
    parts = int(scene.post.parts_counted)
    contact.plan_contacts(leaver, scene.post, scene.theory, scene.dice, scene.week)
    contact.count_contact(leaver, scene.post, scene.theory, scene.week)
    assert leaver.planned == 0
    assert scene.post.parts_counted == parts


def test_follow_up__who_is_hard_to_reach_is_reached_less(scene: Scene) -> None:
    leaver = scene.leaver
    scene.set("client_engagement", follow_up=1.0, follow_up_success=0.5)
    reached = []
    for reach in (-30.0, 30.0):
        leaver.reach, leaver.peer_present = reach, 0
        leaver.missed, leaver.contacted = 1, 0
        contact.follow_up(leaver, scene.post, scene.theory, scene.dice, scene.week, None)
        reached.append(int(leaver.contacted))
    assert reached == [0, 1]


def waiting(scene: Scene) -> None:
    """Let the leaver wait for a practitioner, outside."""
    leaver = scene.leaver
    leaver.episode, leaver.queued, leaver.post, leaver.exit = NO_EPISODE, QUEUED, -1, Exit.NONE


def test_leave__waiting_for_a_practitioner_protects_from_no_way_out(scene: Scene) -> None:
    leaver = scene.leaver
    waiting(scene)
    leaver.trust = 0.0
    scene.set("ways_out", withdrawal_hazard=50.0)
    episode.leave(leaver, scene.theory, scene.dice, scene.week, scene.log)
    assert (leaver.queued, leaver.lost_waiting, leaver.episode) == (LOST_WAITING, 1, NO_EPISODE)
    assert scene.events() == [Event.LOST_WAITING]
    assert scene.log.rows["cause"][0] == Exit.WITHDREW


def test_come_back__who_was_lost_while_waiting_comes_back_to_the_list(scene: Scene) -> None:
    leaver = scene.leaver
    waiting(scene)
    leaver.queued, leaver.lost_at_gate, leaver.exit_week = LOST_WAITING, 1, 0
    leaver.trust = leaver.hope = 1.0
    scene.set("ways_out", recontact=50.0)
    scene.set("preparations_for_ending", support_weeks=52.0)
    post = scene.world.practitioners[leaver.post]
    episode.come_back(leaver, post, scene.theory, scene.dice, scene.week, scene.log)
    assert (leaver.queued, leaver.lost_at_gate, leaver.episode) == (QUEUED, 0, NO_EPISODE)
    assert scene.events() == [Event.CAME_BACK]


def test_come_back__who_moved_away_does_not(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.episode, leaver.exit, leaver.exit_week = CLOSED, Exit.LOST_WITH_WORKER, -3
    leaver.moved_away, leaver.trust, leaver.hope = 1, 1.0, 1.0
    scene.set("ways_out", recontact=50.0)
    episode.come_back(leaver, scene.post, scene.theory, scene.dice, scene.week, None)
    assert leaver.episode == CLOSED


def test_observe__a_man_seen_within_four_weeks_is_engaged(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.release_week, leaver.attended_free = scene.week - 12, 1
    leaver.weeks_since_service = 50.0
    engaged = []
    for since in (3.0, 4.0):
        leaver.weeks_since_contact = since
        observation.observe(leaver, scene.theory, scene.dice, scene.week)
        engaged.append(int(leaver.engaged_12w))
    assert engaged == [1, 0]


def test_observe__scores_are_seen_with_error_and_states_are_kept_without(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.release_week, leaver.distress = scene.week - 12, 20.0
    leaver.rapport = leaver.trust = leaver.understanding = 0.5
    observation.observe(leaver, scene.theory, scene.dice, scene.week)
    assert leaver.distress_at[Mark.WEEK_12] == 20.0
    assert leaver.core_om_at[Mark.WEEK_12] != 20.0
    assert leaver.alliance_at[Mark.WEEK_12] != 0.5
    seen = float(leaver.core_om_at[Mark.WEEK_12])
    scene.set("measurement", core_om_reliability=1.0, alliance_reliability=1.0)
    observation.observe(leaver, scene.theory, scene.dice, scene.week)
    assert leaver.core_om_at[Mark.WEEK_12] == 20.0
    assert leaver.alliance_at[Mark.WEEK_12] == 0.5
    assert leaver.core_om_at[Mark.WEEK_26] == 0.0
    assert seen != leaver.core_om_at[Mark.WEEK_12]


@pytest.mark.parametrize("on", [0, 1])
def test_alliance_that_holds__with_the_theme_off_a_man_stays_as_with_a_stranger(
    scene: Scene, on: int
) -> None:
    """Whatever has grown between the two counts with the theme on alone."""
    leaver = scene.leaver
    scene.set("client_engagement", on=on)
    leaver.prior_trust = 0.3
    holds = []
    for grown in (0.3, 0.9):
        leaver.rapport = leaver.trust = leaver.understanding = grown
        holds.append(episode.alliance_that_holds(leaver, scene.theory))
    assert (holds[0] < holds[1]) == (on == 1)
    assert 0.0 < holds[0] <= holds[1]
