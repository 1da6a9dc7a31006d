"""What happens as the week opens: staff leave and come, who enters and is allocated."""

import numpy as np
import pytest

from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.week import allocation, staff
from engager_sim.week.event_log import Event
from engager_sim.world import records
from engager_sim.world.records import LOST_WAITING, NO_EPISODE, OPEN, QUEUED
from tests.week.scene import Scene


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


def test_allocate__nobody_is_taken_on_in_the_week_in_which_support_would_end(scene: Scene) -> None:
    world, leaver = scene.world, scene.leaver
    posts = slice(scene.team.first_post, scene.team.first_post + scene.team.posts)
    world.practitioners["cases"][posts], world.practitioners["vacancy"][posts] = 0, 0.0
    scene.set("preparations_for_ending", support_weeks=20.0)
    leaver.episode, leaver.queued, leaver.release_week = NO_EPISODE, 1, scene.week - 20
    world.waiting[0], world.clock[records.WAITING] = scene.index, 1
    allocation.allocate(world, scene.theories, scene.week, scene.log)
    assert (leaver.episode, leaver.queued) == (NO_EPISODE, 0)


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


@pytest.mark.parametrize(("queued", "place"), [(LOST_WAITING, 1), (QUEUED, 2), (QUEUED, 3)])
def test_allocate__who_is_lost_or_inside_again_is_passed_over_and_keeps_his_position(
    scene: Scene, queued: int, place: int
) -> None:
    world, leaver = scene.world, scene.leaver
    world.practitioners["vacancy"], world.practitioners["cases"] = 0.0, 0
    leaver.episode, leaver.queued, leaver.place = NO_EPISODE, queued, place
    world.waiting[0], world.clock[records.WAITING] = scene.index, 1
    allocation.allocate(world, scene.theories, scene.week, None)
    assert (leaver.episode, leaver.queued) == (NO_EPISODE, queued)
    assert world.clock[records.WAITING] == 1


@pytest.mark.parametrize(
    ("enforces", "on_licence", "claims"), [(0, 0, True), (1, 1, True), (1, 0, False)]
)
def test_allocate__who_is_taken_on_claims_hours_at_once_if_he_is_to_be_seen(
    scene: Scene, enforces: int, on_licence: int, claims: bool
) -> None:
    world, leaver = scene.world, scene.leaver
    leaver.place, leaver.on_licence = AT_LIBERTY, on_licence
    world.practitioners["vacancy"], world.practitioners["cases"] = 0.0, 0
    world.practitioners["enforces"], world.practitioners["parts"] = enforces, 0
    leaver.episode, leaver.queued, leaver.statutory = NO_EPISODE, QUEUED, 1 - enforces
    world.waiting[0], world.clock[records.WAITING] = scene.index, 1
    allocation.allocate(world, scene.theories, scene.week, None)
    assert leaver.statutory == enforces
    assert (world.practitioners["parts"][leaver.post] > 0) == claims


def test_allocate__without_room_he_keeps_waiting(scene: Scene) -> None:
    world, leaver = scene.world, scene.leaver
    world.practitioners["vacancy"] = 3.0
    leaver.episode, leaver.queued = NO_EPISODE, 1
    world.waiting[0], world.clock[records.WAITING] = scene.index, 1
    allocation.allocate(world, scene.theories, scene.week, None)
    assert (leaver.episode, leaver.queued) == (NO_EPISODE, 1)
    assert world.clock[records.WAITING] == 1
