"""Contacts of a leaver's week, and how his episode ends or begins again."""

import pytest

from engager_sim.theory.preparations_for_ending import NOT_RAISED, RAISED
from engager_sim.theory.ways_out import Exit
from engager_sim.week import contact, episode, observation
from engager_sim.week.event_log import Event
from engager_sim.world.records import CLOSED, OPEN
from tests.week.scene import Scene


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
