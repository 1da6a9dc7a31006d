"""What a meeting and a message leave behind: small wins, ruptures and repairs, failures owned."""

import pytest

from engager_sim.theory.client_motivation import COERCION_LOSS
from engager_sim.theory.therapeutic_approach import PRACTICAL
from engager_sim.week import contact, joint_work, session
from engager_sim.week.event_log import Event, column_of
from tests.week.scene import Scene


def meet(scene: Scene) -> None:
    session.hold_session(
        scene.leaver, scene.post, scene.theory, scene.dice, scene.week, 0, 1.0, scene.log
    )


def noted(scene: Scene, event: Event, name: str) -> list[float]:
    values: list[float] = column_of(scene.log.rows[: scene.log.used[0]], event, name).tolist()
    return values


@pytest.mark.parametrize("on", [0, 1])
def test_meet__a_small_win_motivates_where_motivation_is_part_of_the_theory(
    scene: Scene, on: int
) -> None:
    leaver = scene.leaver
    leaver.crisis, leaver.understanding, leaver.goal_progress = 0.9, 1.0, 0.1
    scene.set("therapeutic_approach", small_win=1.0, misjudgement=0.0, rupture=0.0)
    scene.set("client_motivation", on=on)
    meet(scene)
    assert leaver.focus == PRACTICAL
    assert Event.SMALL_WIN in scene.events()
    assert (leaver.goal_progress > 0.1) == (on == 1)


def test_meet__a_rupture_stays_open_and_costs_trust_until_it_is_repaired(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.open_rupture, leaver.trust, scene.post.skill = 0, 0.6, 1.0
    scene.set("therapeutic_approach", rupture=1.0, repair=0.0)
    for _ in range(2):
        meet(scene)
        assert leaver.open_rupture == 1
    (lost,) = noted(scene, Event.RUPTURE, "trust_lost")
    assert lost > 0.0
    scene.set("therapeutic_approach", repair=1.0)
    meet(scene)
    assert leaver.open_rupture == 0
    assert scene.events().count(Event.REPAIR) == 1


def test_meet__a_rupture_may_be_repaired_at_once(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.open_rupture, scene.post.skill = 0, 1.0
    scene.set("therapeutic_approach", rupture=1.0, repair=1.0)
    meet(scene)
    assert leaver.open_rupture == 0
    assert Event.REPAIR in scene.events()
    assert Event.RUPTURE not in scene.events()


@pytest.mark.parametrize("base", [-50.0, 50.0])
def test_meet__every_contact_that_is_planned_outside_is_counted_once(
    scene: Scene, base: float
) -> None:
    leaver = scene.leaver
    scene.set("client_engagement", attend_base=base)
    leaver.planned, leaver.planned_free = 2, 5
    contact.meet(leaver, scene.post, scene.theory, scene.dice, scene.week, scene.log)
    assert leaver.planned_free == 7


@pytest.mark.parametrize("contradicts", [0, 1])
@pytest.mark.parametrize("on_licence", [0, 1])
def test_work_jointly__contradictory_orders_cost_the_motivation_of_who_is_on_licence(
    scene: Scene, contradicts: int, on_licence: int
) -> None:
    leaver = scene.leaver
    leaver.on_licence, leaver.autonomous, leaver.message_lost = on_licence, 0.6, 0
    scene.set("collaboration", messages_lost=1.0, messages_lost_recorded=1.0)
    scene.set("collaboration", messages_contradict=float(contradicts))
    joint_work.work_jointly(
        leaver, scene.post, scene.team, scene.world, scene.theory, scene.dice, scene.week, scene.log
    )
    assert noted(scene, Event.MESSAGE_WRONG, "contradictory") == [contradicts]
    assert leaver.message_lost == 1 - contradicts
    kept = 1.0 - COERCION_LOSS * contradicts * on_licence
    assert leaver.autonomous == pytest.approx(0.6 * kept)
