"""What services do with a leaver: referral across the wall, acceptance, waiting, a place."""

from typing import Any

import pytest

from engager_sim.theory.circumstances import NEEDS, SUBSTANCE
from engager_sim.theory.justice import AT_LIBERTY, IN_PRISON, RECALLED
from engager_sim.theory.services import (
    ACCEPTED,
    ADMITTED,
    DUE,
    IN_SERVICE,
    NO_LIMIT,
    NO_SERVICE,
    NOT_DUE,
    WAITING,
)
from engager_sim.week import places, services_in_use
from engager_sim.week.event_log import Event
from engager_sim.world.observed import NOT_YET
from engager_sim.world.queues import join_queue
from engager_sim.world.records import PRESENT, PRISON, QUEUING
from tests.week.scene import Scene, in_need


def use(scene: Scene, week: int | None = None) -> None:
    week = scene.week if week is None else week
    services_in_use.use_services(
        scene.leaver, scene.world, scene.theory, scene.dice, week, scene.log
    )


def wait(scene: Scene, admission: int = NOT_DUE) -> Any:
    """Let the leaver wait for the substance service and nothing else."""
    leaver = in_need(scene, SUBSTANCE)
    leaver.agency_for[[need for need in range(NEEDS) if need != SUBSTANCE]] = -1
    leaver.service[SUBSTANCE], leaver.admission[SUBSTANCE] = WAITING, admission
    return leaver


def release(scene: Scene) -> Any:
    """Let the leaver pass the gate for the first time in this week, in full substance need."""
    leaver = wait(scene)
    leaver.service[SUBSTANCE] = NO_SERVICE
    leaver.release_week, leaver.just_released = scene.week, 1
    scene.set("services", prison_referral=1.0)
    scene.set("collaboration", messages_lost=1.0)
    return leaver


def across_wall(scene: Scene) -> Any:
    """Give the tie between prison healthcare and the substance service."""
    leaver, world = scene.leaver, scene.world
    return world.ties[world.pair[leaver.agency_for[PRISON], leaver.agency_for[SUBSTANCE]]]


@pytest.mark.parametrize("strength", [0.0, 1.0])
def test_use_services__a_referral_arrives_over_the_tie_across_the_wall(
    scene: Scene, strength: float
) -> None:
    leaver = release(scene)
    tie = across_wall(scene)
    tie.strength, tie.shared_record, tie.colocated = strength, 0, 0
    use(scene)
    assert leaver.referred[SUBSTANCE] == strength
    assert Event.PRISON_REFERRED in scene.events()


def test_use_services__the_shared_record_helps_the_referral_of_who_consents(scene: Scene) -> None:
    leaver, arrived = release(scene), []
    tie = across_wall(scene)
    tie.strength, tie.shared_record, tie.colocated = 0.0, 1, 0
    scene.set("collaboration", record_weight=1.0)
    for leaver.consents in (0, 1):
        use(scene)
        arrived.append(int(leaver.referred[SUBSTANCE]))
    assert arrived == [0, 1]


def test_use_services__one_provider_on_both_sides_refers_to_itself(scene: Scene) -> None:
    leaver = release(scene)
    leaver.agency_for[PRISON] = -1
    use(scene)
    assert leaver.referred[SUBSTANCE] == 0
    assert Event.PRISON_REFERRED not in scene.events()
    scene.world.agencies["both_sides"][leaver.agency_for[SUBSTANCE]] = 1
    use(scene)
    assert leaver.referred[SUBSTANCE] == 1


def test_use_services__prison_refers_for_every_need_that_an_agency_serves(scene: Scene) -> None:
    leaver = scene.leaver
    leaver.need[:], leaver.service[:] = 1.0, NO_SERVICE
    leaver.release_week, leaver.just_released = scene.week, 1
    scene.set("services", prison_referral=1.0)
    scene.set("collaboration", handover_base=1.0)
    use(scene)
    assert (leaver.referred == (leaver.agency_for[:NEEDS] >= 0)).all()


def test_use_services__a_wait_passes_inside_and_ends_outside(scene: Scene) -> None:
    leaver = wait(scene)
    leaver.place = IN_PRISON
    scene.world.agencies["places"] = NO_LIMIT
    scene.set("collaboration", waiting_weeks=0.5)
    for week in range(scene.week, scene.week + 3):
        use(scene, week)
    assert (leaver.service[SUBSTANCE], leaver.admission[SUBSTANCE]) == (WAITING, DUE)
    assert leaver.weeks_waited[SUBSTANCE] == 3
    leaver.place, leaver.release_week = AT_LIBERTY, scene.week + 3
    leaver.services_started = leaver.weeks_to_start = 0
    leaver.started_week[:] = -1
    use(scene, scene.week + 3)
    assert leaver.service[SUBSTANCE] == IN_SERVICE
    assert leaver.started_week[SUBSTANCE] == 0
    assert (leaver.services_started, leaver.weeks_to_start) == (1, 0)


def test_use_services__a_service_declines_needs_below_its_threshold(scene: Scene) -> None:
    leaver = wait(scene, DUE)
    leaver.need[SUBSTANCE] = 0.5
    scene.world.agencies["accepts_above"] = 0.6
    use(scene)
    assert leaver.service[SUBSTANCE] == NO_SERVICE
    assert Event.NOT_ACCEPTED in scene.events()


def test_use_services__a_service_puts_off_a_man_in_crisis_and_sees_him_again(scene: Scene) -> None:
    leaver = wait(scene, DUE)
    scene.world.agencies["places"] = NO_LIMIT
    scene.set("services", put_off=1.0, give_up=0.0)
    leaver.crisis = 1.0
    use(scene)
    assert (leaver.service[SUBSTANCE], leaver.admission[SUBSTANCE]) == (WAITING, DUE)
    assert Event.NOT_ACCEPTED in scene.events()
    leaver.crisis = 0.0
    use(scene, scene.week + 1)
    assert leaver.service[SUBSTANCE] == IN_SERVICE


def test_use_services__a_man_without_trust_or_tie_may_give_up_waiting(scene: Scene) -> None:
    leaver = wait(scene)
    scene.set("collaboration", waiting_weeks=1e9, waiting_tie=0.0, reference_tie=0.0)
    scene.set("services", give_up=1e3)
    leaver.trust, leaver.waits_given_up, leaver.release_week = 0.0, 0, scene.week - 4
    use(scene)
    assert leaver.service[SUBSTANCE] == NO_SERVICE
    assert leaver.waits_given_up == 1
    assert Event.GAVE_UP_WAITING in scene.events()


def test_use_services__who_is_accepted_waits_for_a_place_and_is_counted(scene: Scene) -> None:
    leaver = wait(scene, DUE)
    agencies, drug = scene.world.agencies, leaver.agency_for[SUBSTANCE]
    agencies["places"], agencies["queue_counted"], agencies["used_counted"] = 1, 0, 0
    scene.set("services", give_up=0.0)
    use(scene)
    assert (leaver.service[SUBSTANCE], leaver.admission[SUBSTANCE]) == (WAITING, ACCEPTED)
    assert agencies["queue_counted"].sum() == agencies["queue_counted"][drug] == 1
    assert Event.WAITS_FOR_PLACE in scene.events()
    leaver.service[SUBSTANCE], leaver.admission[SUBSTANCE] = IN_SERVICE, NOT_DUE
    scene.set("services", drop_out=0.0)
    use(scene)
    assert agencies["used_counted"].sum() == agencies["used_counted"][drug] == 1


def queue_up(scene: Scene, waited: list[int]) -> list[Any]:
    """Let as many men wait for a place of the leaver's substance service, and nobody else."""
    world, drug = scene.world, scene.leaver.agency_for[SUBSTANCE]
    world.leavers["service"], world.leavers["admission"] = NO_SERVICE, NOT_DUE
    world.leavers["agency_for"][:, SUBSTANCE] = drug
    men = [world.leavers[index] for index in world.present[: len(waited)]]
    for man, weeks in zip(men, waited, strict=True):
        man.service[SUBSTANCE], man.admission[SUBSTANCE] = WAITING, ACCEPTED
        man.weeks_waited[SUBSTANCE] = weeks
        man.place, man.died_week = AT_LIBERTY, NOT_YET
    world.agencies["queue_counted"], world.agencies["used_counted"] = 0, 0
    world.agencies["queue_counted"][drug] = len(waited)
    world.clock[QUEUING] = 0
    for man in men:
        join_queue(world, drug, int(man.who), SUBSTANCE)
    return men


def admit(scene: Scene) -> None:
    places.admit_waiting(scene.world, scene.dice, scene.week, scene.log)


def test_admit_waiting__free_places_go_to_those_who_have_waited_longest(scene: Scene) -> None:
    men = queue_up(scene, [3, 9, 1, 5])
    agency = scene.world.agencies[scene.leaver.agency_for[SUBSTANCE]]
    agency.places, agency.used_counted = 5, 3
    agency.used_sum = agency.queue_sum = agency.weeks_in_demand = 0
    admit(scene)
    taken = [int(man.service[SUBSTANCE] == IN_SERVICE) for man in men]
    assert taken == [0, 1, 0, 1]
    assert (agency.queue, agency.queue_sum, agency.used_sum) == (2, 2, 5)
    assert (agency.weeks_in_demand, agency.used_counted, agency.queue_counted) == (1, 0, 0)
    assert scene.events().count(Event.SERVICE_STARTED) == 2


def test_admit_waiting__a_place_is_felt_as_a_win_in_the_next_week(scene: Scene) -> None:
    leaver = scene.leaver
    wait(scene, ACCEPTED)
    queue_up(scene, [])
    leaver.service[SUBSTANCE], leaver.admission[SUBSTANCE] = WAITING, ACCEPTED
    agency = scene.world.agencies[leaver.agency_for[SUBSTANCE]]
    agency.places, agency.queue_counted = 1, 1
    join_queue(scene.world, int(leaver.agency_for[SUBSTANCE]), int(leaver.who), SUBSTANCE)
    own = [float(leaver.autonomous)]
    admit(scene)
    own.append(float(leaver.autonomous))
    assert (leaver.service[SUBSTANCE], leaver.admission[SUBSTANCE]) == (IN_SERVICE, ADMITTED)
    use(scene, scene.week + 1)
    own.append(float(leaver.autonomous))
    assert own[0] == own[1] < own[2]
    assert leaver.admission[SUBSTANCE] == NOT_DUE


def test_admit_waiting__no_place_goes_to_the_dead_or_to_who_is_inside(scene: Scene) -> None:
    men = queue_up(scene, [9, 8, 1])
    men[0].died_week, men[1].place = 3, RECALLED
    agency = scene.world.agencies[scene.leaver.agency_for[SUBSTANCE]]
    agency.places, agency.used_counted, agency.queue_counted = 1, 0, 1
    admit(scene)
    assert [int(man.service[SUBSTANCE]) for man in men] == [WAITING, WAITING, IN_SERVICE]


def test_admit_waiting__nobody_is_admitted_where_no_place_is_free(scene: Scene) -> None:
    men = queue_up(scene, [3, 9])
    agency = scene.world.agencies[scene.leaver.agency_for[SUBSTANCE]]
    agency.places, agency.used_counted = 2, 4
    admit(scene)
    assert [int(man.service[SUBSTANCE]) for man in men] == [WAITING, WAITING]
    assert agency.queue == 2


def test_admit_waiting__the_order_of_men_does_not_matter(scene: Scene) -> None:
    """Of those who have waited alike, their own draw decides."""
    taken = []
    count = int(scene.world.clock[PRESENT])
    for _ in range(2):
        men = sorted(queue_up(scene, [2] * 8), key=lambda man: int(man.who))
        scene.world.agencies["places"] = 3
        admit(scene)
        taken.append([int(man.service[SUBSTANCE]) for man in men])
        scene.world.present[:8] = scene.world.present[:8][::-1].copy()
    assert scene.world.clock[PRESENT] == count
    assert taken[0] == taken[1]
    assert taken[0].count(IN_SERVICE) == 3
