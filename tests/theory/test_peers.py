"""Peers: trust, hope and access, within their own time and strength; never symptoms."""

import inspect
import math
from dataclasses import replace

import pytest
from hypothesis import given

from engager_sim.theory.circumstances import CircumstanceState, distress_after_week
from engager_sim.theory.declaration import states_of
from engager_sim.theory.peers import (
    Peers,
    PeerState,
    PeerSupportState,
    accompaniment,
    bridge_to_services,
    brings_back,
    hope_after_week,
    men_a_peer_can_take,
    outreach_with_peer,
    peer_stops,
    strain_of_peer,
    trust_through_peer,
)
from tests.strategies import (
    ROUNDING,
    SHARES,
    SWITCHES,
    fields_out_of_range,
    ordered,
    parameters,
    states,
)
from tests.theory.chances import chance_that

THEORIES = parameters(Peers)
PLACES = states(PeerState)


def after_a_week(strain: float, linked: int, theory: Peers) -> float:
    peer = PeerState(strain=strain, linked=linked)
    strain_of_peer(peer, theory)
    return peer.strain


@given(THEORIES)
def test_a_peer_takes_as_many_men_as_the_hours_allow(theory: Peers) -> None:
    men = men_a_peer_can_take(theory)
    assert men >= 0
    assert men * theory.hours_per_man <= theory.hours * (1.0 + ROUNDING)
    assert (men + 1) * theory.hours_per_man > theory.hours * (1.0 - ROUNDING)


@given(ordered(SHARES), THEORIES)
def test_a_peer_vouches_for_the_team(trust: tuple[float, float], theory: Peers) -> None:
    less, more = (trust_through_peer(level, theory) for level in trust)
    assert trust[0] <= less <= more + ROUNDING
    assert more <= 1.0
    assert trust_through_peer(0.0, theory) == theory.vicarious_trust
    assert trust_through_peer(1.0, theory) == 1.0


@given(SHARES, ordered(SHARES), THEORIES)
def test_hope_grows_beside_a_peer_and_less_beside_a_strained_one(
    hope: float, strain: tuple[float, float], theory: Peers
) -> None:
    fresh, strained = (hope_after_week(hope, level, 1, theory) for level in strain)
    assert hope <= strained <= fresh + ROUNDING
    assert fresh <= 1.0
    assert hope_after_week(hope, 1.0, 1, theory) == hope


@given(SHARES, SHARES, THEORIES)
def test_hope_returns_to_where_it_began_without_a_peer(
    hope: float, strain: float, theory: Peers
) -> None:
    after = hope_after_week(hope, strain, 0, theory)
    low, high = min(hope, theory.hope_at_start), max(hope, theory.hope_at_start)
    assert low - ROUNDING <= after <= high + ROUNDING
    assert hope_after_week(theory.hope_at_start, strain, 0, theory) == theory.hope_at_start


@given(ordered(SHARES), THEORIES)
def test_company_to_a_first_contact_is_worth_its_odds_ratio_less_strain(
    strain: tuple[float, float], theory: Peers
) -> None:
    fresh, strained = (accompaniment(level, theory) for level in strain)
    assert 0.0 <= strained <= fresh
    odds_ratio = math.exp(accompaniment(0.0, theory))
    assert odds_ratio == pytest.approx(theory.accompaniment_odds)
    assert accompaniment(1.0, theory) == 0.0


@given(ordered(SHARES), THEORIES)
def test_a_fresh_peer_brings_men_back_after_a_miss_and_a_worn_out_one_none(
    strain: tuple[float, float], theory: Peers
) -> None:
    fresh = chance_that(lambda uniform: brings_back(strain[0], theory, uniform))
    strained = chance_that(lambda uniform: brings_back(strain[1], theory, uniform))
    assert strained <= fresh
    best = chance_that(lambda uniform: brings_back(0.0, theory, uniform))
    assert best == pytest.approx(theory.recontact_after_miss, abs=ROUNDING)
    assert chance_that(lambda uniform: brings_back(1.0, theory, uniform)) == 0.0


@given(ordered(SHARES), THEORIES)
def test_a_peer_bridges_to_services_and_never_keeps_men_from_them(
    strain: tuple[float, float], theory: Peers
) -> None:
    fresh, strained = (bridge_to_services(level, 1, theory) for level in strain)
    assert 1.0 <= strained <= fresh <= 1.0 + theory.bridge
    assert bridge_to_services(strain[0], 0, theory) == 1.0
    assert bridge_to_services(0.0, 1, theory) == 1.0 + theory.bridge


@given(PLACES, THEORIES)
def test_a_peers_strain_stays_a_share(peer: PeerState, theory: Peers) -> None:
    strain_of_peer(peer, theory)
    assert fields_out_of_range(peer) == []


@given(SHARES, ordered(SHARES), THEORIES)
def test_support_restores_peers(strain: float, support: tuple[float, float], theory: Peers) -> None:
    left, supported = (after_a_week(strain, 0, replace(theory, support=level)) for level in support)
    assert supported <= left + ROUNDING
    assert left <= strain


@given(SHARES, THEORIES)
def test_load_strains_peers_up_to_what_their_time_allows(strain: float, theory: Peers) -> None:
    capacity = max(1, men_a_peer_can_take(theory))
    weeks = [after_a_week(strain, men, theory) for men in (0, capacity // 2, capacity)]
    assert weeks[0] <= weeks[1] + ROUNDING
    assert weeks[1] <= weeks[2] + ROUNDING
    assert after_a_week(strain, 10 * capacity, theory) == weeks[2]


def test_a_week_strains_a_peer_as_the_equation_says() -> None:
    theory = Peers(
        hours=8.0, hours_per_man=2.0, support=0.5, strain_per_load=0.1, strain_recovery=0.2
    )
    assert after_a_week(0.4, 3, theory) == pytest.approx(
        0.4 + 0.1 * 0.75 * 0.6 - 0.2 * (0.3 + 0.7 * 0.5) * 0.4
    )


@given(THEORIES)
def test_at_half_strain_the_declared_share_of_peers_stops_within_a_year(theory: Peers) -> None:
    weekly = chance_that(lambda uniform: peer_stops(0.5, theory, uniform))
    assert 1.0 - (1.0 - weekly) ** 52 == pytest.approx(theory.annual_leaving, abs=1e-9)


@given(ordered(SHARES), THEORIES)
def test_strained_peers_stop_sooner(strain: tuple[float, float], theory: Peers) -> None:
    fresh = chance_that(lambda uniform: peer_stops(strain[0], theory, uniform))
    strained = chance_that(lambda uniform: peer_stops(strain[1], theory, uniform))
    assert 0.0 < fresh <= strained < 1.0


def test_no_rule_of_distress_can_see_a_peer() -> None:
    taken = inspect.signature(distress_after_week).parameters.values()
    assert [argument.annotation for argument in taken if argument.annotation is not float] == [
        CircumstanceState,
        inspect.signature(distress_after_week).parameters["circumstances"].annotation,
    ]
    of_peers = {field.name for field in states_of(PeerSupportState)}
    of_circumstances = {field.name for field in states_of(CircumstanceState)}
    assert of_peers.isdisjoint(of_circumstances)
    assert not any("peer" in name or "hope" in name for name in of_circumstances)


def test_no_rule_of_peers_can_reach_distress_needs_or_crises() -> None:
    for act in (trust_through_peer, hope_after_week, accompaniment, brings_back, strain_of_peer):
        names = set(inspect.signature(act).parameters)
        assert names <= {"trust", "hope", "strain", "linked", "peer", "peers", "uniform"}


@given(SHARES, SWITCHES, THEORIES)
def test_hope_stays_a_share(strain: float, linked: int, theory: Peers) -> None:
    for hope in (0.0, strain, 1.0):
        assert 0.0 <= hope_after_week(hope, strain, linked, theory) <= 1.0


@given(ordered(SHARES), ordered(SHARES), THEORIES)
def test_a_peer_adds_to_the_outreach_of_the_team_and_less_when_strained(
    follow_up: tuple[float, float], strain: tuple[float, float], theory: Peers
) -> None:
    def outreach(own: float, of_peer: float) -> float:
        return outreach_with_peer(own, of_peer, theory)

    assert follow_up[0] <= outreach(follow_up[0], strain[1])
    assert outreach(follow_up[0], strain[1]) <= outreach(follow_up[0], strain[0])
    assert outreach(follow_up[0], strain[0]) <= outreach(follow_up[1], strain[0]) + ROUNDING
    assert outreach(follow_up[1], strain[0]) <= 1.0 + ROUNDING
    assert outreach(follow_up[0], 1.0) == follow_up[0]
    assert outreach(0.0, 0.0) == theory.recontact_after_miss
