"""Who is due, whom a supervisor sees, what it leaves, and supervisors who leave."""

import numpy as np
import pytest

from engager_sim.theory.supervision import SHARED
from engager_sim.theory.supervisors import share_asked
from engager_sim.week import joint_work, supervising
from engager_sim.week.event_log import Event, column_of
from tests.week.scene import Scene


def hold(scene: Scene, week: int | None = None) -> None:
    supervising.hold_supervision(
        scene.world, scene.theories, scene.dice, scene.week if week is None else week, scene.log
    )


@pytest.fixture
def rested(scene: Scene) -> Scene:
    """Stage a week in which everybody is due, and no session is cancelled."""
    scene.set("supervision", interval=1.0, supervisor_hours=40.0, cancelled_by_burnout=0.0)
    scene.world.practitioners["vacancy"] = 0.0
    scene.world.supervisors["vacancy"] = 0.0
    scene.world.supervisors["hours_left"] = 0.0
    return scene


def test_hold_supervision__a_session_that_is_due_teaches_both_and_takes_hours(
    rested: Scene,
) -> None:
    post = rested.post
    supervisor = rested.world.supervisors[post.supervisor]
    before, quality, spent = int(post.sessions), supervisor.quality, supervisor.hours_spent
    hold(rested)
    assert post.sessions == before + 1
    assert post.due == 0
    assert supervisor.quality > quality
    hours = rested.theory.supervision.session_hours
    seen = int((rested.world.practitioners["supervisor"] == post.supervisor).sum())
    assert supervisor.hours_spent == pytest.approx(spent + seen * hours)
    assert supervisor.hours_left == pytest.approx(40.0 - seen * hours)
    assert {Event.SUPERVISED, Event.SUPERVISOR_CHOSE} <= set(rested.events())


def test_hold_supervision__practitioners_keep_hours_free_whether_or_not_it_is_held(
    rested: Scene,
) -> None:
    rested.set("supervision", interval=3.0)
    rested.world.practitioners["vacancy"][rested.leaver.post] = 2.0
    hold(rested)
    hours = rested.world.practitioners["supervision_hours"]
    assert hours[rested.leaver.post] == 0.0
    others = np.delete(hours, rested.leaver.post)
    assert others == pytest.approx(rested.theory.supervision.session_hours / 3.0)


def test_hold_supervision__those_in_most_difficulty_come_first(rested: Scene) -> None:
    world, team = rested.world, rested.team
    hours = rested.theory.supervision.session_hours
    rested.set("supervision", supervisor_hours=hours)
    posts = world.practitioners[team.first_post : team.first_post + team.posts]
    posts["supervisor"] = rested.post.supervisor
    posts["burnout"], posts["difficult_week"] = 0.2, 0.0
    posts["burnout"][-1] = 0.6
    sessions = posts["sessions"].copy()
    hold(rested)
    assert (posts["sessions"] - sessions).tolist() == [0] * (len(posts) - 1) + [1]
    assert posts["due"].tolist() == [1] * (len(posts) - 1) + [0]
    rows = rested.log.rows[: rested.log.used[0]]
    ours = np.isin(rows["who"], posts["who"])
    reached = column_of(rows[ours], Event.SUPERVISOR_CHOSE, "reached")
    difficulty = column_of(rows[ours], Event.SUPERVISOR_CHOSE, "difficulty")
    assert reached.tolist() == [1.0] + [0.0] * (len(posts) - 1)
    assert difficulty.tolist() == sorted(difficulty, reverse=True)


def test_hold_supervision__equals_are_taken_in_the_order_of_their_own_lot(rested: Scene) -> None:
    world, team = rested.world, rested.team
    hours = rested.theory.supervision.session_hours
    rested.set("supervision", supervisor_hours=hours, skill_drift=0.0, fidelity_drift=0.0)
    posts = world.practitioners[team.first_post : team.first_post + team.posts]
    posts["supervisor"] = rested.post.supervisor
    first = set()
    for week in range(40):
        posts["burnout"], posts["difficult_week"] = 0.2, 0.1
        before = posts["sessions"].copy()
        hold(rested, rested.week + week)
        first.add(int(np.flatnonzero(posts["sessions"] > before)[0]))
    assert first == set(range(len(posts)))


def test_hold_supervision__who_is_not_reached_stays_due(rested: Scene) -> None:
    rested.set("supervision", interval=26.0, supervisor_hours=0.0)
    rested.world.practitioners["due"] = 1
    before = rested.world.practitioners["sessions"].copy()
    hold(rested)
    assert (rested.world.practitioners["due"] == 1).all()
    assert (rested.world.practitioners["sessions"] == before).all()
    assert set(rested.events()) == {Event.SUPERVISOR_CHOSE}
    rested.set("supervision", supervisor_hours=20.0)
    hold(rested, rested.week + 1)
    assert (rested.world.practitioners["sessions"] == before + 1).all()


def test_hold_supervision__a_session_that_is_cancelled_stays_due_and_costs_no_hours(
    rested: Scene,
) -> None:
    rested.set("supervision", cancelled_by_burnout=1.0)
    rested.world.practitioners["burnout"] = 1.0
    spent = rested.world.supervisors["hours_spent"].copy()
    hold(rested)
    assert (rested.world.practitioners["due"] == 1).all()
    assert (rested.world.supervisors["hours_spent"] == spent).all()
    assert Event.SESSION_NOT_HELD in rested.events()


def test_hold_supervision__more_hours_of_supervisors_are_never_fewer_sessions(
    rested: Scene,
) -> None:
    practitioners, supervisors = rested.world.practitioners, rested.world.supervisors
    rested.set("supervision", interval=2.0)
    held = []
    for hours in (0.5, 1.0, 2.0, 8.0):
        rested.set("supervision", supervisor_hours=hours)
        practitioners["sessions"], practitioners["due"] = 0, 0
        supervisors["hours_left"] = 0.0
        for week in range(26):
            hold(rested, rested.week + week)
        held.append(int(practitioners["sessions"].sum()))
    assert held == sorted(held)
    assert held[0] < held[-1]


def test_hold_supervision__without_a_supervisor_nobody_is_seen(rested: Scene) -> None:
    rested.world.supervisors["vacancy"] = 3.0
    before = rested.world.practitioners["sessions_due"].copy()
    hold(rested)
    assert rested.events() == []
    assert (rested.world.practitioners["sessions_due"] == before + 1).all()


def test_hold_supervision__shared_sessions_are_joint_work_of_the_agencies(rested: Scene) -> None:
    rested.set("supervision", mode=SHARED, men_discussed=3)
    rested.world.practitioners["cases"] = 5
    before = int(rested.world.ties["joint_work"].sum())
    hold(rested)
    assert rested.world.ties["joint_work"].sum() > before
    assert (rested.world.practitioners["shared_session"] == 1).all()
    rested.world.supervisors["vacancy"] = 3.0
    hold(rested, rested.week + 1)
    assert (rested.world.practitioners["shared_session"] == 0).all()


def test_work_jointly__a_man_discussed_in_a_shared_session_gets_a_formulation(
    rested: Scene,
) -> None:
    leaver, world = rested.leaver, rested.world
    world.ties["strength"], world.ties["colocated"] = 0.0, 0
    rested.set("collaboration", joint_formulation=1.0, joint_work_base=0.0)
    rested.set("supervision", men_discussed=10)
    rested.post.cases = 5
    made = []
    for shared in (0, 1):
        leaver.formulation, rested.post.shared_session = 0, shared
        joint_work.work_jointly(
            leaver, rested.post, rested.team, world, rested.theory, rested.dice, rested.week,
            rested.log,
        )  # fmt: skip
        made.append(int(leaver.formulation))
    assert made == [0, 1]


def test_work_jointly__a_lost_message_is_put_right_in_a_shared_session(rested: Scene) -> None:
    leaver = rested.leaver
    rested.set(
        "collaboration", messages_lost=1.0, messages_lost_recorded=1.0, messages_contradict=0.0
    )
    rested.set("supervision", men_discussed=10)
    rested.post.cases = 5
    lost = []
    for shared in (0, 1):
        rested.post.shared_session = shared
        joint_work.work_jointly(
            leaver, rested.post, rested.team, rested.world, rested.theory, rested.dice,
            rested.week, rested.log,
        )  # fmt: skip
        lost.append(int(leaver.message_lost))
    assert lost == [1, 0]
    assert Event.MESSAGE_PUT_RIGHT in rested.events()


def test_replace_supervisors__who_leaves_is_succeeded_after_the_vacancy(scene: Scene) -> None:
    supervisor = scene.world.supervisors[scene.post.supervisor]
    scene.set("turnover", annual_leaving=0.999999, overlap=0, vacancy_weeks=2.0)
    scene.theories["turnover"]["leaving_burnout"] = 50.0
    supervisor.strain, supervisor.vacancy, supervisor.hours_left = 1.0, 0.0, 5.0
    before, quality = int(supervisor.incumbent), float(supervisor.quality)
    weeks = 0
    while supervisor.vacancy <= 0.0:
        week = scene.week + weeks
        supervising.replace_supervisors(scene.world, scene.theories, scene.dice, week, scene.log)
        weeks += 1
        assert weeks < 400
    assert supervisor.incumbent == before + 1
    assert supervisor.vacancy == 2.0
    scene.set("turnover", annual_leaving=0.0, leaving_burnout=0.0)
    for week in range(2):
        supervising.replace_supervisors(
            scene.world, scene.theories, scene.dice, scene.week + week, scene.log
        )
    assert (supervisor.vacancy, supervisor.hours_left) == (0.0, 0.0)
    assert supervisor.quality != quality
    assert supervisor.strain < 1.0
    assert {Event.SUPERVISOR_LEFT, Event.SUPERVISOR_STARTED} <= set(scene.events())


def test_settle_supervisors__what_is_asked_and_heard_strains_them(scene: Scene) -> None:
    world = scene.world
    world.supervisors["vacancy"] = 0.0
    number = int(scene.post.supervisor)
    strains = []
    for hours, burnout in ((40.0, 0.0), (1.0, 0.0), (1.0, 0.9)):
        scene.set("supervision", interval=1.0, supervisor_hours=hours)
        world.practitioners["burnout"], world.supervisors["strain"] = burnout, 0.3
        supervising.settle_supervisors(world, scene.theories)
        strains.append(float(world.supervisors["strain"][number]))
    assert strains[0] < strains[1] < strains[2]
    assert share_asked(1.0, 1.5, 1.0, 40.0) < share_asked(1.0, 1.5, 1.0, 1.0)


def test_settle_supervisors__a_vacant_place_strains_nobody(scene: Scene) -> None:
    world = scene.world
    world.supervisors["vacancy"], world.supervisors["strain"] = 3.0, 0.3
    supervising.settle_supervisors(world, scene.theories)
    assert (world.supervisors["strain"] == 0.3).all()
