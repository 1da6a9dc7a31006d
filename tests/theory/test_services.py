"""Services: taken up, waited for, used, left."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.circumstances import NEEDS
from engager_sim.theory.services import (
    IN_SERVICE,
    NEED_PRESENT,
    NO_SERVICE,
    NOT_DUE,
    WAITING,
    Services,
    ServiceState,
    drop_out_hazard,
    give_up_hazard,
    housing_help_factor,
    is_claim,
    is_present,
    is_referred_from_prison,
    is_too_slight,
    let_go,
    need_in_service,
    pick_up_hazard,
    pick_up_of,
    puts_off,
    starts_service,
)
from tests.strategies import ROUNDING, SHARES, ordered, parameters, states
from tests.theory.chances import chance_that

THEORIES = parameters(Services)
KINDS = st.floats(0.0, 0.2)
BRIDGES = st.floats(1.0, 3.0)


@given(KINDS, ordered(SHARES), SHARES, ordered(BRIDGES), THEORIES)
def test_need_trust_and_a_peer_bring_men_to_services(
    kind: float,
    values: tuple[float, float],
    other: float,
    bridge: tuple[float, float],
    theory: Services,
) -> None:
    less, more = values

    def hazard(need: float, trust: float, peer: float) -> float:
        return pick_up_hazard(kind, need, trust, peer, theory)

    near = 1.0 + ROUNDING
    assert 0.0 <= hazard(less, other, bridge[0]) <= hazard(more, other, bridge[0]) * near
    assert hazard(other, less, bridge[0]) <= hazard(other, more, bridge[0]) * near
    assert hazard(other, other, bridge[0]) <= hazard(other, other, bridge[1]) * near
    assert hazard(0.0, other, bridge[1]) == 0.0
    assert hazard(1.0, 0.0, 1.0) == kind
    assert hazard(1.0, 1.0, 1.0) == kind * (1.0 + theory.pick_up_trust)


@given(THEORIES)
def test_each_need_has_a_take_up_of_its_own(theory: Services) -> None:
    assert [pick_up_of(need, theory) for need in range(NEEDS)] == [
        theory.pick_up_housing,
        theory.pick_up_substance,
        theory.pick_up_work,
        theory.pick_up_relationships,
    ]


@given(ordered(st.floats(0.5, 12.0)))
def test_a_wait_ends_with_the_chance_that_gives_its_mean_length(weeks: tuple[float, float]) -> None:
    soon = chance_that(lambda uniform: starts_service(weeks[0], uniform))
    late = chance_that(lambda uniform: starts_service(weeks[1], uniform))
    assert late <= soon
    assert soon == pytest.approx(min(1.0, 1.0 / weeks[0]), abs=ROUNDING)


@given(ordered(SHARES), THEORIES)
def test_men_who_trust_a_service_stay_in_it(trust: tuple[float, float], theory: Services) -> None:
    wary, trusting = (drop_out_hazard(level, theory) for level in trust)
    assert 0.0 <= trusting <= wary <= theory.drop_out
    assert drop_out_hazard(0.0, theory) == theory.drop_out
    full = theory.drop_out * (1.0 - theory.drop_out_trust)
    assert math.isclose(drop_out_hazard(1.0, theory), full)


@given(ordered(SHARES), THEORIES)
def test_a_week_in_a_service_takes_its_part_of_a_need(
    need: tuple[float, float], theory: Services
) -> None:
    less, more = (need_in_service(level, theory) for level in need)
    assert 0.0 <= less <= more <= need[1]
    assert more == pytest.approx((1.0 - theory.relief) * need[1], abs=ROUNDING)


@given(ordered(SHARES), THEORIES)
def test_prison_refers_men_in_enough_need_with_the_declared_chance(
    need: tuple[float, float], theory: Services
) -> None:
    def chance(severity: float) -> float:
        return chance_that(lambda u: is_referred_from_prison(severity, theory, u))

    assert chance(need[0]) <= chance(need[1])
    assert chance(NEED_PRESENT) == 0.0
    assert chance(1.0) == pytest.approx(theory.prison_referral, abs=ROUNDING)


@given(ordered(SHARES), SHARES)
def test_a_need_counts_for_agencies_while_help_holds_it_down(
    need: tuple[float, float], level: float
) -> None:
    assert is_present(need[0]) <= is_present(need[1])
    assert (is_present(NEED_PRESENT), is_present(1.0)) == (0, 1)
    for severity in need:
        assert is_claim(severity, level) == max(is_present(severity), is_present(level))


@given(SHARES, ordered(SHARES))
def test_a_service_declines_needs_up_to_its_own_threshold(
    severity: float, threshold: tuple[float, float]
) -> None:
    assert is_too_slight(severity, threshold[0]) <= is_too_slight(severity, threshold[1])
    assert is_too_slight(severity, severity) == 1
    assert is_too_slight(severity, 1.0) == 1


@given(ordered(SHARES), THEORIES)
def test_a_service_puts_off_men_in_crisis_more_often(
    crisis: tuple[float, float], theory: Services
) -> None:
    calm, acute = (chance_that(lambda u, c=c: puts_off(c, theory, u)) for c in crisis)
    assert calm <= acute
    assert chance_that(lambda u: puts_off(0.0, theory, u)) == 0.0
    full = chance_that(lambda u: puts_off(1.0, theory, u))
    assert full == pytest.approx(theory.put_off, abs=ROUNDING)


@given(ordered(SHARES), ordered(SHARES), THEORIES)
def test_trust_and_ties_keep_men_waiting(
    trust: tuple[float, float], tie: tuple[float, float], theory: Services
) -> None:
    wary, trusting = (give_up_hazard(level, tie[0], theory) for level in trust)
    assert 0.0 <= trusting <= wary <= theory.give_up
    assert give_up_hazard(trust[0], tie[1], theory) <= wary
    assert give_up_hazard(0.0, 0.0, theory) == theory.give_up
    assert give_up_hazard(trust[0], 1.0, theory) == 0.0


@given(states(ServiceState), st.integers(0, NEEDS - 1))
def test_who_is_let_go_by_a_service_has_nothing_left_of_it(
    leaver: ServiceState, number: int
) -> None:
    others = [need for need in range(NEEDS) if need != number]
    before = leaver.service[others].tolist()
    let_go(leaver, number)
    left = leaver.service, leaver.referred, leaver.handed_on, leaver.admission, leaver.weeks_waited
    assert [int(part[number]) for part in left] == [NO_SERVICE, 0, 0, NOT_DUE, 0]
    assert leaver.service[others].tolist() == before


@given(THEORIES)
def test_only_a_housing_service_that_a_man_uses_finds_accommodation_sooner(
    theory: Services,
) -> None:
    factors = [housing_help_factor(stage, theory) for stage in (NO_SERVICE, WAITING, IN_SERVICE)]
    assert factors == [1.0, 1.0, theory.housing_help]


@given(THEORIES)
def test_a_need_that_a_man_seeks_help_for_is_not_met_already(theory: Services) -> None:
    assert theory.met_need <= NEED_PRESENT
