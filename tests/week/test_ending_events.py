"""The end of support: raised, agreed, tapered, closed as planned, or come without a word."""

import pytest

from engager_sim.theory.justice import AT_LIBERTY, RECALLED
from engager_sim.theory.preparations_for_ending import (
    CLOSED_PLANNED,
    CLOSED_UNPLANNED,
    NOT_RAISED,
    RAISED,
    TAPERING,
)
from engager_sim.theory.services import DUE, IN_SERVICE, NO_SERVICE, WAITING
from engager_sim.theory.ways_out import Exit
from engager_sim.week import ending
from engager_sim.week.event_log import Event, column_of
from engager_sim.world.records import CLOSED, OPEN
from tests.week.scene import Scene

SUPPORT, TAPER, RAISE = 26, 2, 4
WORK = 2


def prepared(scene: Scene, weeks_out: int, progress: float = 0.0) -> None:
    """Stage a man whose ending will be prepared, some weeks out, who is not ready for it."""
    leaver = scene.leaver
    scene.set("preparations_for_ending", support_weeks=SUPPORT, taper_weeks=TAPER, near_goals=0.5)
    scene.set("preparations_for_ending", joint_contact=0.0)
    leaver.release_week, leaver.contacted = scene.week - weeks_out, 1
    leaver.is_prepared, leaver.ending, leaver.goal_progress = 1, NOT_RAISED, progress
    leaver.coping, leaver.trust, leaver.prior_trust, leaver.rapport = 0.2, 0.6, 0.3, 0.5
    for need in range(len(leaver.service)):
        leaver.service[need] = NO_SERVICE
        leaver.need[need] = 0.1
    serve(scene, NO_SERVICE, 0.0)


def serve(scene: Scene, stage: int, trust: float) -> None:
    """Let one service be the next."""
    leaver = scene.leaver
    leaver.need[WORK], leaver.service[WORK], leaver.service_trust[WORK] = 1.0, stage, trust
    leaver.agency_for[WORK] = max(0, leaver.agency_for[WORK])


def pass_weeks(scene: Scene, weeks: int = 1) -> None:
    for _ in range(weeks):
        ending.prepare_ending(scene.leaver, scene.theory, scene.dice, scene.week, scene.log)
        scene.week += 1


@pytest.mark.parametrize("on", [0, 1])
def test_prepare_ending__support_that_runs_out_unprepared_ends_abruptly(
    scene: Scene, on: int
) -> None:
    prepared(scene, SUPPORT)
    leaver = scene.leaver
    leaver.is_prepared, stirred_up = 0, float(leaver.stirred_up)
    scene.set("preparations_for_ending", on=on)
    pass_weeks(scene)
    assert (leaver.episode, leaver.exit) == (CLOSED, Exit.ABRUPT_ENDING)
    assert leaver.ending == CLOSED_UNPLANNED
    assert leaver.trust < leaver.prior_trust
    assert leaver.stirred_up > stirred_up
    assert (Event.ENDING_STAGE in scene.events()) == (on == 1)


def test_prepare_ending__support_that_never_came_costs_nobody_trust(scene: Scene) -> None:
    prepared(scene, SUPPORT)
    leaver = scene.leaver
    leaver.is_prepared, leaver.rapport, stirred_up = 0, 0.0, float(leaver.stirred_up)
    pass_weeks(scene)
    assert leaver.exit == Exit.ABRUPT_ENDING
    assert (leaver.trust, leaver.stirred_up) == (0.6, stirred_up)


def test_prepare_ending__it_is_raised_when_time_is_short_then_tapered_then_closed(
    scene: Scene,
) -> None:
    prepared(scene, SUPPORT - TAPER - RAISE - 1)
    leaver = scene.leaver
    course = []
    for _ in range(TAPER + RAISE + 2):
        pass_weeks(scene)
        course.append(int(leaver.ending))
    assert course == [NOT_RAISED, *[RAISED] * RAISE, *[TAPERING] * TAPER, CLOSED_PLANNED]
    assert leaver.exit == Exit.PLANNED_ENDING
    assert leaver.exit_week == SUPPORT


def test_prepare_ending__it_is_raised_early_with_a_man_whose_goals_are_near(scene: Scene) -> None:
    prepared(scene, 6, progress=0.5)
    pass_weeks(scene)
    assert scene.leaver.ending == RAISED
    row = scene.log.rows[0]
    assert row["event"] == Event.ENDING_RAISED
    assert row["values"][:2].tolist() == [0.5, SUPPORT - 6]


@pytest.mark.parametrize(("place", "contacted"), [(AT_LIBERTY, 0), (RECALLED, 1)])
def test_prepare_ending__it_is_raised_only_with_a_man_who_is_met_outside(
    scene: Scene, place: int, contacted: int
) -> None:
    prepared(scene, 0, progress=1.0)
    scene.leaver.place, scene.leaver.contacted = place, contacted
    pass_weeks(scene)
    assert scene.leaver.ending == NOT_RAISED
    scene.leaver.place, scene.leaver.contacted = AT_LIBERTY, 1
    pass_weeks(scene)
    assert scene.leaver.ending == RAISED


def test_prepare_ending__with_goals_met_and_his_agreement_support_ends_before_its_last_week(
    scene: Scene,
) -> None:
    prepared(scene, 6, progress=0.8)
    leaver = scene.leaver
    serve(scene, IN_SERVICE, 0.9)
    pass_weeks(scene, 2)
    assert (leaver.agreed_ending, leaver.ending, leaver.episode) == (1, TAPERING, OPEN)
    pass_weeks(scene, TAPER)
    assert (leaver.ending, leaver.exit) == (CLOSED_PLANNED, Exit.PLANNED_ENDING)
    assert leaver.trust == 0.6


def test_prepare_ending__goals_alone_end_nothing_early_for_a_man_who_is_not_ready(
    scene: Scene,
) -> None:
    prepared(scene, 6, progress=0.8)
    pass_weeks(scene, 8)
    assert (scene.leaver.agreed_ending, scene.leaver.ending) == (0, RAISED)


@pytest.mark.parametrize(
    ("stage", "trust", "agreed"),
    [(NO_SERVICE, 0.9, 0), (WAITING, 0.7, 0), (IN_SERVICE, 0.7, 1), (IN_SERVICE, 0.2, 0)],
)
def test_prepare_ending__he_agrees_once_a_service_that_he_trusts_is_there(
    scene: Scene, stage: int, trust: float, agreed: int
) -> None:
    prepared(scene, SUPPORT - TAPER - 1)
    serve(scene, stage, trust)
    pass_weeks(scene)
    assert scene.leaver.agreed_ending == agreed
    assert (Event.ENDING_AGREED in scene.events()) == (agreed == 1)


def test_prepare_ending__an_ending_without_his_agreement_costs_some_trust(scene: Scene) -> None:
    prepared(scene, SUPPORT - 1)
    scene.set("preparations_for_ending", planned_shock=0.1)
    pass_weeks(scene, 2)
    leaver = scene.leaver
    assert (leaver.exit, leaver.agreed_ending) == (Exit.PLANNED_ENDING, 0)
    assert leaver.trust == pytest.approx(0.54)


def test_prepare_ending__a_planned_one_hands_him_on_with_trust_and_a_joint_contact(
    scene: Scene,
) -> None:
    prepared(scene, SUPPORT - 1)
    scene.set("preparations_for_ending", joint_contact=1.0)
    scene.set("collaboration", handover_base=1.0, handover_tie=0.0)
    leaver = scene.leaver
    serve(scene, WAITING, 0.2)
    pass_weeks(scene, 2)
    assert (leaver.joint_ending, leaver.handed_on[WORK]) == (1, 1)
    assert (leaver.service[WORK], leaver.admission[WORK]) == (WAITING, DUE)
    assert leaver.service_trust[WORK] > 0.2


def test_prepare_ending__no_trust_carries_where_nothing_is_arranged(scene: Scene) -> None:
    prepared(scene, SUPPORT - 1)
    scene.set("collaboration", handover_base=0.0, handover_tie=0.0)
    serve(scene, NO_SERVICE, 0.2)
    pass_weeks(scene, 2)
    assert scene.leaver.exit == Exit.PLANNED_ENDING
    assert scene.leaver.service_trust[WORK] == 0.2


def test_prepare_ending__what_was_noted_tells_the_weeks_that_are_left(scene: Scene) -> None:
    prepared(scene, SUPPORT - TAPER - 1)
    pass_weeks(scene, TAPER + 2)
    rows = scene.log.rows[: scene.log.used[0]]
    assert column_of(rows, Event.ENDING_STAGE, "stage").tolist() == [TAPERING, CLOSED_PLANNED]
    assert column_of(rows, Event.ENDING_STAGE, "weeks_to_end").tolist() == [TAPER, 0.0]
