"""Collaboration: coordination, role conflict, shared practice, promises, messages, waits."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engager_sim.theory.collaboration import (
    Collaboration,
    breaks_promise,
    consents_to_share,
    coordination_load,
    handover_succeeds,
    holds_joint_formulation,
    message_goes_wrong,
    practice_with,
    referral_crosses_wall,
    role_conflict,
    understanding_kept,
    weeks_to_wait,
)
from tests.strategies import ROUNDING, SHARES, SWITCHES, UNIFORMS, at_ends, ordered, parameters
from tests.theory.chances import chance_that

THEORIES = parameters(Collaboration)
ARRIVED, LOST, CONTRADICTORY = 0, 1, 2
AGENCIES = st.integers(0, 40)


@given(ordered(AGENCIES), SWITCHES, THEORIES)
def test_more_agencies_never_coordinate_with_less_loss(
    agencies: tuple[int, int], has_lead: int, theory: Collaboration
) -> None:
    few, many = (coordination_load(number, has_lead, theory) for number in agencies)
    assert 0.0 <= few <= many <= 1.0


@given(AGENCIES, THEORIES)
def test_a_lead_agency_takes_away_its_part_of_the_load(
    agencies: int, theory: Collaboration
) -> None:
    alone, led = (coordination_load(agencies, has_lead, theory) for has_lead in (0, 1))
    assert led <= alone
    assert led == pytest.approx(alone * (1.0 - theory.lead_relief), abs=ROUNDING)


@given(THEORIES)
def test_a_manageable_number_of_agencies_coordinates_without_loss(theory: Collaboration) -> None:
    assert coordination_load(int(theory.manageable_agencies), 0, theory) == 0.0
    beyond = coordination_load(int(theory.manageable_agencies) + 1, 0, theory)
    assert 0.0 < beyond <= theory.load_per_agency


@given(SWITCHES, ordered(SHARES), SWITCHES, THEORIES)
def test_ties_to_enforcers_and_orders_bring_role_conflict(
    own: int, tie: tuple[float, float], order: int, theory: Collaboration
) -> None:
    weak, strong = (role_conflict(own, strength, order, theory) for strength in tie)
    assert 0.0 <= weak <= strong <= 1.0
    assert role_conflict(0, tie[0], order, theory) <= role_conflict(1, tie[0], order, theory)
    assert role_conflict(own, tie[0], 0, theory) == 0.5 * role_conflict(own, tie[0], 1, theory)
    assert role_conflict(0, 0.0, order, theory) == 0.0


def test_role_conflict_is_the_sum_of_its_terms_up_to_one() -> None:
    theory = Collaboration(conflict_own=0.5, conflict_tied=0.4)
    assert role_conflict(0, 0.5, 1, theory) == pytest.approx(0.2)
    assert role_conflict(1, 0.5, 1, theory) == pytest.approx(0.7)
    assert role_conflict(1, 0.5, 0, theory) == pytest.approx(0.35)
    assert role_conflict(1, 1.0, 1, replace(theory, conflict_own=1.0)) == 1.0


@given(ordered(SHARES), SWITCHES, SWITCHES, SWITCHES, THEORIES)
def test_shared_practice_grows_with_the_tie_and_is_never_less_than_it(
    tie: tuple[float, float], record: int, place: int, formulation: int, theory: Collaboration
) -> None:
    weak, strong = (practice_with(t, record, place, formulation, theory) for t in tie)
    assert tie[0] - ROUNDING <= weak <= strong <= 1.0
    assert practice_with(0.0, 0, 0, 0, theory) == 0.0
    assert practice_with(1.0, record, place, formulation, theory) == 1.0


@given(SHARES, SWITCHES, SWITCHES, THEORIES)
def test_each_shared_practice_closes_its_part_of_the_gap_that_is_left(
    tie: float, first: int, second: int, theory: Collaboration
) -> None:
    gap = 1.0 - practice_with(tie, 0, first, second, theory)
    with_record = 1.0 - practice_with(tie, 1, first, second, theory)
    assert with_record == pytest.approx(gap * (1.0 - theory.record_weight), abs=ROUNDING)
    gap = 1.0 - practice_with(tie, first, 0, second, theory)
    in_one_place = 1.0 - practice_with(tie, first, 1, second, theory)
    closed = theory.colocation_weight * theory.days_together / 5.0
    assert in_one_place == pytest.approx(gap * (1.0 - closed), abs=ROUNDING)
    gap = 1.0 - practice_with(tie, first, second, 0, theory)
    formulated = 1.0 - practice_with(tie, first, second, 1, theory)
    assert formulated == pytest.approx(gap * (1.0 - theory.formulation_weight), abs=ROUNDING)


@given(ordered(SHARES), UNIFORMS, THEORIES)
def test_a_man_of_more_trust_consents_to_the_shared_record_sooner(
    trust: tuple[float, float], reluctance: float, theory: Collaboration
) -> None:
    wary, trusting = (consents_to_share(level, reluctance, theory) for level in trust)
    assert wary <= trusting
    assert consents_to_share(1.0, reluctance, theory) == 1
    willing = chance_that(lambda u: consents_to_share(0.0, u, theory))
    assert willing == pytest.approx(theory.consent, abs=ROUNDING)


@given(THEORIES)
def test_a_joint_formulation_comes_about_with_the_declared_chance(theory: Collaboration) -> None:
    chance = chance_that(lambda uniform: holds_joint_formulation(theory, uniform))
    assert chance == pytest.approx(theory.joint_formulation, abs=ROUNDING)


@given(ordered(SHARES), THEORIES)
def test_handovers_succeed_more_often_over_stronger_ties(
    tie: tuple[float, float], theory: Collaboration
) -> None:
    weak = chance_that(lambda u: handover_succeeds(tie[0], theory, u))
    strong = chance_that(lambda u: handover_succeeds(tie[1], theory, u))
    assert weak <= strong
    expected = theory.handover_base + theory.handover_tie * tie[0]
    assert weak == pytest.approx(expected, abs=ROUNDING)


@given(ordered(SHARES), THEORIES)
def test_promises_hold_where_ties_hold(tie: tuple[float, float], theory: Collaboration) -> None:
    weak = chance_that(lambda u: breaks_promise(tie[0], theory, u))
    strong = chance_that(lambda u: breaks_promise(tie[1], theory, u))
    assert strong <= weak
    expected = theory.promise_break * (1.0 - theory.promise_tie * tie[0])
    assert weak == pytest.approx(expected, abs=ROUNDING)


@given(ordered(SHARES), UNIFORMS, THEORIES)
@example(
    (0.0, 1.0), 0.12, at_ends(Collaboration, low="messages_lost", high="messages_lost_recorded")
)
def test_a_message_that_arrives_still_arrives_when_more_is_recorded(
    recorded: tuple[float, float], uniform: float, theory: Collaboration
) -> None:
    before, after = (message_goes_wrong(share, theory, uniform) for share in recorded)
    if before == ARRIVED:
        assert after == ARRIVED


@given(SHARES, THEORIES)
def test_messages_go_wrong_between_the_two_declared_chances_by_what_is_recorded(
    recorded: float, theory: Collaboration
) -> None:
    wrong = chance_that(lambda u: message_goes_wrong(recorded, theory, u) != ARRIVED)
    contradictory = chance_that(lambda u: message_goes_wrong(recorded, theory, u) == CONTRADICTORY)
    lost = chance_that(lambda u: message_goes_wrong(recorded, theory, u) in (CONTRADICTORY, LOST))
    assert lost == wrong
    best = min(theory.messages_lost, theory.messages_lost_recorded)
    expected = (1.0 - recorded) * theory.messages_lost + recorded * best
    assert wrong == pytest.approx(expected, abs=ROUNDING)
    assert contradictory == pytest.approx(wrong * theory.messages_contradict, abs=ROUNDING)


@given(ordered(SHARES), THEORIES)
def test_waits_are_shorter_over_stronger_ties_and_at_least_half_a_week(
    tie: tuple[float, float], theory: Collaboration
) -> None:
    weak, strong = (weeks_to_wait(strength, theory) for strength in tie)
    assert 0.5 <= strong <= weak <= theory.waiting_weeks
    assert weeks_to_wait(0.0, theory) == theory.waiting_weeks


@given(ordered(SHARES), SWITCHES, THEORIES)
def test_records_and_formulations_keep_understanding_through_a_change_of_worker(
    recorded: tuple[float, float], formulation: int, theory: Collaboration
) -> None:
    less, more = (understanding_kept(share, formulation, theory) for share in recorded)
    assert 0.0 <= less <= more <= 1.0
    assert understanding_kept(recorded[0], 0, theory) <= understanding_kept(recorded[0], 1, theory)
    assert understanding_kept(0.0, 0, theory) == 0.0
    assert understanding_kept(1.0, 0, theory) == pytest.approx(theory.kept_by_record, abs=ROUNDING)
    assert understanding_kept(0.0, 1, theory) == pytest.approx(
        theory.kept_by_formulation, abs=ROUNDING
    )


@given(ordered(SHARES), THEORIES)
def test_prisons_referral_gets_lost_less_the_closer_the_two_work(
    practice: tuple[float, float], theory: Collaboration
) -> None:
    far, near = (chance_that(lambda u, x=x: referral_crosses_wall(x, theory, u)) for x in practice)
    assert 0.0 <= far <= near <= 1.0
    apart = chance_that(lambda u: referral_crosses_wall(0.0, theory, u))
    assert apart == pytest.approx(1.0 - theory.messages_lost, abs=ROUNDING)
    assert chance_that(lambda u: referral_crosses_wall(1.0, theory, u)) == pytest.approx(1.0)
