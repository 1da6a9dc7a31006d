"""What happens in a meeting: respect, the judgement on emotional work, and how help may hurt."""

import pytest

from engager_sim.theory.justice import AT_LIBERTY, IN_PRISON, RECALLED
from engager_sim.theory.preparations_for_ending import NOT_RAISED, TAPERING
from engager_sim.theory.therapeutic_approach import (
    EMOTIONAL,
    MISSED_RIPE,
    SEEN_RIPE,
    SEEN_UNRIPE,
    TAKEN_FOR_RIPE,
)
from engager_sim.week import session
from engager_sim.week.event_log import Event, column_of
from tests.week.scene import Scene


def ripe(scene: Scene) -> None:
    """Stage a man with whom emotional work is ripe, and a practitioner who sees it and begins."""
    leaver = scene.leaver
    leaver.crisis, leaver.trust, leaver.understanding, leaver.judgement = 0.0, 0.6, 0.5, 0
    leaver.release_week, leaver.place, leaver.open_rupture = scene.week - 4, AT_LIBERTY, 0
    leaver.stirred_up, leaver.coping, leaver.reflection = 0.2, 0.3, 0.5
    leaver.ending = NOT_RAISED
    scene.set("preparations_for_ending", support_weeks=26.0)
    scene.set("therapeutic_approach", misjudgement=0.0, emotional_share=1.0, ripe_weeks=4.0)
    scene.set("therapeutic_approach", rupture=0.0, stirring=0.1)


def meet(scene: Scene) -> int:
    """Hold a session; return the judgement."""
    leaver = scene.leaver
    session.hold_session(
        leaver, scene.post, scene.theory, scene.dice, scene.week, 0, 1.0, scene.log
    )
    return int(leaver.judgement)


def wrong_always(scene: Scene) -> None:
    scene.set("therapeutic_approach", misjudgement=50.0)  # so that nearness does not matter
    scene.post.skill = 0.0


def test_meet__ripe_work_that_is_seen_so_builds_coping_and_works_through(scene: Scene) -> None:
    ripe(scene)
    assert meet(scene) == SEEN_RIPE
    leaver = scene.leaver
    assert leaver.focus == EMOTIONAL
    assert leaver.coping > 0.3
    assert leaver.stirred_up < 0.2
    rows = scene.log.rows[: scene.log.used[0]]
    assert column_of(rows, Event.JUDGED, "judgement").tolist() == [SEEN_RIPE]
    assert column_of(rows, Event.JUDGED, "weeks_left").tolist() == [22.0]


def test_meet__unripe_work_that_is_seen_so_is_not_begun(scene: Scene) -> None:
    ripe(scene)
    scene.leaver.crisis = 0.9
    assert meet(scene) == SEEN_UNRIPE
    assert scene.leaver.focus != EMOTIONAL
    assert scene.leaver.stirred_up <= 0.2


def test_meet__only_a_wrong_judgement_begins_unripe_work_and_that_hurts(scene: Scene) -> None:
    ripe(scene)
    scene.leaver.crisis = 0.9
    wrong_always(scene)
    assert meet(scene) == TAKEN_FOR_RIPE
    assert scene.leaver.focus == EMOTIONAL
    assert scene.leaver.coping == 0.3
    after = 0.2 * (1.0 - scene.theory.therapeutic_approach.working_through * 0.5)
    assert scene.leaver.stirred_up > after


def test_meet__ripe_work_that_is_not_seen_so_is_left(scene: Scene) -> None:
    ripe(scene)
    wrong_always(scene)
    assert meet(scene) == MISSED_RIPE
    assert scene.leaver.focus != EMOTIONAL


def test_meet__a_judgement_is_noted_when_it_differs_from_the_last(scene: Scene) -> None:
    ripe(scene)
    for _ in range(3):
        meet(scene)
    assert scene.events().count(Event.JUDGED) == 1
    scene.leaver.crisis = 0.9
    meet(scene)
    assert scene.events().count(Event.JUDGED) == 2


@pytest.mark.parametrize(
    ("place", "weeks", "judgement"),
    [
        (IN_PRISON, 3, SEEN_UNRIPE),
        (IN_PRISON, 4, SEEN_RIPE),
        (RECALLED, 3, SEEN_UNRIPE),
        (RECALLED, 4, SEEN_RIPE),
        (AT_LIBERTY, 3, SEEN_UNRIPE),
        (AT_LIBERTY, 4, SEEN_RIPE),
    ],
)
def test_meet__weeks_must_be_left_before_release_inside_and_before_the_end_outside(
    scene: Scene, place: int, weeks: int, judgement: int
) -> None:
    ripe(scene)
    leaver = scene.leaver
    leaver.place, leaver.weeks_inside = place, weeks
    leaver.release_week = scene.week - 26 + weeks
    if place == IN_PRISON:
        leaver.release_week = scene.week + weeks
    assert meet(scene) == judgement


def test_meet__while_support_tapers_the_weeks_of_the_taper_count(scene: Scene) -> None:
    ripe(scene)
    scene.leaver.ending, scene.leaver.weeks_of_taper = TAPERING, 2.0
    assert meet(scene) == SEEN_UNRIPE


def trust_gained(scene: Scene, conflict: float, own_goals: float, rapport: float) -> float:
    leaver = scene.leaver
    leaver.trust, leaver.rapport, leaver.role_conflict = 0.4, rapport, conflict
    scene.set("client_motivation", own_goals=own_goals)
    scene.set("therapeutic_approach", on=0)
    scene.set("collaboration", on=0)
    meet(scene)
    return float(leaver.trust) - 0.4


def test_meet__openness_own_goals_and_rapport_build_trust_in_every_contact(scene: Scene) -> None:
    gained = trust_gained(scene, 0.5, 0.5, 0.5)
    assert trust_gained(scene, 0.0, 0.5, 0.5) > gained
    assert trust_gained(scene, 0.5, 0.9, 0.5) > gained
    assert trust_gained(scene, 0.5, 0.5, 0.9) > gained
