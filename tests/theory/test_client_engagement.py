"""Client engagement: contacts planned within the hours there are, kept or missed."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.client_engagement import (
    FIRST_WEEKS,
    MEAN_NEED,
    ClientEngagement,
    chance_after_follow_up,
    chance_of_attending,
    claim_on_hours,
    claims_of_others,
    contact_length,
    contacts_meant,
    follow_up_in_use,
    hours_for_a_man,
    may_be_seen,
    planned_contacts,
    possible_contacts,
    reach_of,
    readiness,
    room_for_men,
    trust_that_counts,
    what_has_grown,
    whole_contacts,
)
from tests.strategies import (
    HOURS,
    LOG_ODDS,
    ROUNDING,
    SHARES,
    SWITCHES,
    UNIFORMS,
    WEEKS_FROM_RELEASE,
    ordered,
    parameters,
)

THEORIES = parameters(ClientEngagement)
CONTACTS = st.floats(0.0, 4.0)
CLAIMS = st.lists(st.integers(1, 8), min_size=1, max_size=30)
MISSES = st.integers(0, 50)
PEERS_HELP = st.floats(0.0, 1.0)


@given(st.floats(0.0, 260.0), SWITCHES, SHARES, THEORIES)
def test_contacts_are_planned_by_stage_inside_early_and_later(
    week: float, tapering: int, need: float, theory: ClientEngagement
) -> None:
    assert planned_contacts(0, week, tapering, need, theory) == theory.prison_contacts
    planned = planned_contacts(1, week, 0, need, theory)
    if week < FIRST_WEEKS:
        assert planned == theory.early_contacts
    else:
        assert planned_contacts(1, week, 0, MEAN_NEED, theory) == theory.later_contacts
        assert planned_contacts(1, week, 1, need, theory) == 0.5 * planned


@given(ordered(SHARES), THEORIES)
def test_later_contacts_follow_the_needs_that_a_man_came_with(
    needs: tuple[float, float], theory: ClientEngagement
) -> None:
    few, many = (planned_contacts(1, 20.0, 0, need, theory) for need in needs)
    assert 0.0 <= few <= many <= 1.6 * theory.later_contacts


def test_who_holds_an_order_sees_him_inside_and_on_licence_only() -> None:
    assert [may_be_seen(1, free, licence) for free, licence in ((0, 0), (1, 1), (1, 0))] == [
        1,
        1,
        0,
    ]
    assert {may_be_seen(0, free, licence) for free in (0, 1) for licence in (0, 1)} == {1}


@given(st.integers(1, 8), st.integers(1, 100), ordered(st.integers(0, 6)), THEORIES)
def test_each_meeting_at_the_gate_takes_its_hours(
    parts: int, all_parts: int, meetings: tuple[int, int], theory: ClientEngagement
) -> None:
    fewer, more = (hours_for_a_man(parts, all_parts, 0.0, number, theory) for number in meetings)
    assert 0.0 <= more <= fewer
    left = max(0.0, theory.contact_hours - theory.gate_hours * meetings[1])
    assert hours_for_a_man(1, 1, 0.0, meetings[1], theory) == left


@given(ordered(LOG_ODDS), THEORIES)
def test_following_up_succeeds_with_the_declared_chance_around_each_mans_reach(
    reach: tuple[float, float], theory: ClientEngagement
) -> None:
    hard, easy = (chance_after_follow_up(z, theory) for z in reach)
    assert 0.0 < hard <= easy < 1.0
    assert chance_after_follow_up(0.0, theory) == pytest.approx(theory.follow_up_success)


@given(ordered(UNIFORMS), THEORIES)
def test_reach_is_spread_evenly_around_the_middle(
    uniforms: tuple[float, float], theory: ClientEngagement
) -> None:
    low, high = (reach_of(theory, uniform) for uniform in uniforms)
    assert low <= high
    assert reach_of(theory, 0.5) == 0.0


@given(parameters(ClientEngagement, on=1), parameters(ClientEngagement, on=0))
def test_the_levers_say_how_many_men_are_seen_how_often_unless_the_theme_is_off(
    theory: ClientEngagement, switched_off: ClientEngagement
) -> None:
    assert contacts_meant(theory) == theory.later_contacts
    assert contacts_meant(switched_off) == switched_off.reference_contacts
    assert room_for_men(theory) == theory.caseload - theory.other_cases
    assert room_for_men(switched_off) == math.inf


@given(SHARES, SHARES, parameters(ClientEngagement, on=1), parameters(ClientEngagement, on=0))
def test_with_the_theme_off_a_man_comes_and_goes_as_with_a_stranger(
    now: float, brought: float, on: ClientEngagement, off: ClientEngagement
) -> None:
    """Nobody goes after him; what has grown does not count, and of trust what he brought."""
    assert follow_up_in_use(on) == on.follow_up
    assert what_has_grown(now, on) == trust_that_counts(now, brought, on) == now
    assert follow_up_in_use(off) == what_has_grown(now, off) == 0.0
    assert trust_that_counts(now, brought, off) == brought


@given(WEEKS_FROM_RELEASE, ordered(SHARES))
def test_a_crisis_never_lowers_a_claim_on_hours(week: float, crisis: tuple[float, float]) -> None:
    calm, acute = (claim_on_hours(week, level) for level in crisis)
    assert 1 <= calm <= acute <= calm + 2


def test_men_just_out_claim_most_and_men_long_before_release_least() -> None:
    far, near, just_out, later = (claim_on_hours(week, 0.0) for week in (-10.0, -2.0, 1.0, 20.0))
    assert (far, near, just_out, later) == (1, 2, 6, 2)
    assert claim_on_hours(float(-FIRST_WEEKS), 0.0) == near
    assert claim_on_hours(float(FIRST_WEEKS), 0.0) == later
    assert claim_on_hours(0.0, 0.0) == just_out
    assert claim_on_hours(1.0, 1.0) == just_out + 2


@given(THEORIES)
def test_men_outside_the_simulated_group_claim_what_a_man_claims_as_a_rule(
    theory: ClientEngagement,
) -> None:
    assert claims_of_others(theory) == theory.other_cases * claim_on_hours(20.0, 0.0)


@given(CLAIMS, st.floats(0.0, 6.0), THEORIES)
def test_men_together_get_all_contact_hours_and_not_more(
    claims: list[int], supervision_hours: float, theory: ClientEngagement
) -> None:
    each = [hours_for_a_man(parts, sum(claims), supervision_hours, 0, theory) for parts in claims]
    left = max(0.0, theory.contact_hours - supervision_hours)
    assert sum(each) == pytest.approx(left)


@given(st.integers(1, 8), ordered(st.integers(0, 1000)), ordered(st.floats(0.0, 6.0)), THEORIES)
def test_more_claims_by_others_and_more_supervision_leave_fewer_hours_for_a_man(
    parts: int, all_parts: tuple[int, int], supervision: tuple[float, float],
    theory: ClientEngagement,
) -> None:  # fmt: skip
    few, many = (hours_for_a_man(parts, claims, supervision[0], 0, theory) for claims in all_parts)
    assert 0.0 <= many <= few <= theory.contact_hours
    assert hours_for_a_man(parts, all_parts[0], supervision[1], 0, theory) <= few


@given(CONTACTS, ordered(HOURS), THEORIES)
def test_contacts_are_no_more_than_meant_and_never_shorter_than_the_shortest(
    meant: float, hours: tuple[float, float], theory: ClientEngagement
) -> None:
    few, many = (possible_contacts(meant, time, theory) for time in hours)
    assert 0.0 <= few <= many <= meant
    if few > ROUNDING:
        length = contact_length(few, hours[0], theory)
        assert length >= theory.shortest_contact * (1.0 - ROUNDING)


@given(CONTACTS, HOURS, THEORIES)
def test_contacts_take_no_more_than_a_mans_hours_and_none_is_longer_than_the_longest(
    meant: float, hours: float, theory: ClientEngagement
) -> None:
    possible = possible_contacts(meant, hours, theory)
    length = contact_length(possible, hours, theory)
    assert possible * length <= hours * (1.0 + ROUNDING) + ROUNDING
    assert 0.0 < length <= theory.longest_contact


def test_as_a_caseload_fills_contacts_become_shorter_first_and_then_fewer() -> None:
    theory = ClientEngagement(shortest_contact=0.5, longest_contact=2.0)
    seen = []
    for hours in (3.0, 1.0, 0.5, 0.25):
        possible = possible_contacts(1.0, hours, theory)
        seen.append((possible, contact_length(possible, hours, theory)))
    assert seen == [(1.0, 2.0), (1.0, 1.0), (1.0, 0.5), (0.5, 0.5)]


@given(CONTACTS, ordered(UNIFORMS))
def test_whole_contacts_lie_beside_the_planned_number_and_rise_with_luck(
    possible: float, uniforms: tuple[float, float]
) -> None:
    unlucky, lucky = (whole_contacts(possible, uniform) for uniform in uniforms)
    assert 0 <= unlucky <= lucky
    assert abs(unlucky - possible) < 1.0 + ROUNDING
    assert abs(lucky - possible) < 1.0 + ROUNDING


@given(st.integers(0, 400))
def test_whole_contacts_are_the_planned_number_on_average(hundredths: int) -> None:
    uniforms = [(number + 0.5) / 100.0 for number in range(100)]
    total = sum(whole_contacts(hundredths / 100.0, uniform) for uniform in uniforms)
    assert total == hundredths


@given(ordered(SHARES), SHARES, SHARES, SHARES, SHARES, THEORIES)
def test_relationship_and_motivation_make_men_ready_and_needs_and_crises_keep_them_away(
    values: tuple[float, float],
    first: float,
    second: float,
    third: float,
    fourth: float,
    theory: ClientEngagement,
) -> None:
    def ready(rapport: float, trust: float, drive: float, needs: float, crisis: float) -> float:
        return readiness(rapport, trust, drive, needs, crisis, 0.0, theory)

    less, more = values
    a, b, c, d = first, second, third, fourth
    assert ready(less, a, b, c, d) <= ready(more, a, b, c, d) + ROUNDING
    assert ready(a, less, b, c, d) <= ready(a, more, b, c, d) + ROUNDING
    assert ready(a, b, less, c, d) <= ready(a, b, more, c, d) + ROUNDING
    assert ready(a, b, c, more, d) <= ready(a, b, c, less, d) + ROUNDING
    assert ready(a, b, c, d, more) <= ready(a, b, c, d, less) + ROUNDING


def test_readiness_is_the_sum_of_its_terms() -> None:
    theory = ClientEngagement(
        attend_base=0.3, attend_rapport=1.0, attend_trust=0.5, attend_motivation=2.0,
        attend_needs=0.7, attend_crisis=1.5,
    )  # fmt: skip
    assert readiness(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, theory) == 0.3
    expected = 0.3 + 0.4 + 0.5 * 0.6 + 2.0 * 0.2 - 0.7 * 0.5 - 1.5 * 0.1
    assert readiness(0.4, 0.6, 0.2, 0.5, 0.1, -0.6, theory) == pytest.approx(expected - 0.6)


@given(ordered(LOG_ODDS), MISSES, SWITCHES, PEERS_HELP, THEORIES)
def test_attendance_is_a_chance_that_rises_with_readiness(
    ready: tuple[float, float], missed: int, lost: int, peer: float, theory: ClientEngagement
) -> None:
    less, more = (chance_of_attending(level, missed, lost, peer, theory) for level in ready)
    assert 0.0 < less <= more < 1.0
    assert chance_of_attending(0.0, 0, 0, 0.0, theory) == 0.5


@given(LOG_ODDS, MISSES, SWITCHES, ordered(PEERS_HELP), THEORIES)
def test_company_helps_and_a_lost_message_or_a_miss_before_hinders(
    ready: float, missed: int, lost: int, peer: tuple[float, float], theory: ClientEngagement
) -> None:
    chance = chance_of_attending(ready, missed, lost, peer[0], theory)
    assert chance <= chance_of_attending(ready, missed, lost, peer[1], theory)
    assert chance_of_attending(ready, missed, 1, peer[0], theory) <= chance_of_attending(
        ready, missed, 0, peer[0], theory
    )
    assert chance <= chance_of_attending(ready, 0, lost, peer[0], theory)


def test_a_miss_and_a_lost_message_take_from_attendance_and_a_peer_adds_to_it() -> None:
    theory = ClientEngagement(attend_missed=0.5)

    def log_odds(missed: int, lost: int, peer: float) -> float:
        chance = chance_of_attending(1.0, missed, lost, peer, theory)
        return math.log(chance / (1.0 - chance))

    assert log_odds(0, 0, 0.0) == pytest.approx(1.0)
    assert log_odds(1, 0, 0.0) == log_odds(7, 0, 0.0) == pytest.approx(0.5)
    assert log_odds(0, 1, 0.0) == pytest.approx(0.5)
    assert log_odds(1, 1, 0.0) == pytest.approx(0.0)
    assert log_odds(0, 0, 0.4) == pytest.approx(1.4)
