"""Peers: trust in the team, hope and access, within their time and strength; never symptoms."""

import inspect
import math
from dataclasses import replace

import pytest
from hypothesis import given

from engager_sim.theory.circumstances import CircumstanceState, distress_after_week
from engager_sim.theory.declaration import states_of
from engager_sim.theory.peers import (
    FADE,
    Peers,
    PeerState,
    PeerSupportState,
    accompaniment,
    bridge_to_services,
    brings_back,
    hope_after_week,
    left_after_relapse,
    men_a_peer_can_take,
    outreach_with_peer,
    peer_returns,
    peer_stops,
    reach_of_peer,
    relapse_hazard,
    strain_of_peer,
    team_trust_after_week,
)
from tests.strategies import ROUNDING, SHARES, fields_out_of_range, ordered, parameters, states
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


@given(ordered(SHARES), ordered(SHARES))
def test_a_peer_reaches_whom_he_is_like_and_less_when_strained(
    strain: tuple[float, float], alike: tuple[float, float]
) -> None:
    far = reach_of_peer(strain[0], alike[0])
    assert 0.0 <= reach_of_peer(strain[1], alike[0]) <= far <= reach_of_peer(strain[0], alike[1])
    assert (reach_of_peer(0.0, 0.0), reach_of_peer(0.0, 1.0)) == (0.5, 1.0)
    assert reach_of_peer(1.0, alike[1]) == 0.0


@given(ordered(SHARES), ordered(SHARES), THEORIES)
def test_trust_in_the_team_grows_beside_a_peer_and_fades_without(
    team_trust: tuple[float, float], reach: tuple[float, float], theory: Peers
) -> None:
    less, more = (team_trust_after_week(team_trust[0], near, theory) for near in reach)
    assert 0.0 <= less <= more + ROUNDING <= 1.0 + ROUNDING
    assert less <= team_trust_after_week(team_trust[1], reach[0], theory) + ROUNDING
    alone = team_trust_after_week(team_trust[1], 0.0, theory)
    assert alone == pytest.approx((1.0 - FADE) * team_trust[1], abs=ROUNDING)
    assert team_trust_after_week(0.0, 1.0, theory) == theory.vicarious_trust


@given(SHARES, ordered(SHARES), THEORIES)
def test_hope_follows_trust_in_the_team(
    hope: float, team_trust: tuple[float, float], theory: Peers
) -> None:
    less, more = (hope_after_week(hope, level, theory) for level in team_trust)
    assert -ROUNDING <= less <= more + ROUNDING <= 1.0 + 2.0 * ROUNDING
    expected = theory.hope_gain * (1.0 - hope) + FADE * (theory.hope_at_start - hope)
    assert hope_after_week(hope, 1.0, theory) == pytest.approx(hope + expected)


@given(SHARES, THEORIES)
def test_hope_returns_to_where_it_began_without_a_peer(hope: float, theory: Peers) -> None:
    after = hope_after_week(hope, 0.0, theory)
    low, high = min(hope, theory.hope_at_start), max(hope, theory.hope_at_start)
    assert low - ROUNDING <= after <= high + ROUNDING
    assert hope_after_week(theory.hope_at_start, 0.0, theory) == theory.hope_at_start


@given(SHARES, SHARES)
def test_a_relapse_takes_back_a_part_of_what_the_peer_brought_and_never_more(
    level: float, before: float
) -> None:
    left = left_after_relapse(level, before)
    assert min(level, before) <= left <= level
    assert left_after_relapse(0.8, 0.4) == pytest.approx(0.6)


@given(ordered(SHARES), THEORIES)
def test_trust_in_the_team_is_worth_its_odds_ratio_at_a_first_contact(
    team_trust: tuple[float, float], theory: Peers
) -> None:
    less, more = (accompaniment(level, theory) for level in team_trust)
    assert 0.0 <= less <= more
    assert math.exp(accompaniment(1.0, theory)) == pytest.approx(theory.accompaniment_odds)
    assert accompaniment(0.0, theory) == 0.0


@given(ordered(SHARES), THEORIES)
def test_a_peer_who_reaches_a_man_brings_him_back_after_a_miss(
    reach: tuple[float, float], theory: Peers
) -> None:
    far = chance_that(lambda uniform: brings_back(reach[0], theory, uniform))
    near = chance_that(lambda uniform: brings_back(reach[1], theory, uniform))
    assert far <= near
    best = chance_that(lambda uniform: brings_back(1.0, theory, uniform))
    assert best == pytest.approx(theory.recontact_after_miss, abs=ROUNDING)
    assert chance_that(lambda uniform: brings_back(0.0, theory, uniform)) == 0.0


@given(ordered(SHARES), THEORIES)
def test_a_peer_bridges_to_services_and_never_keeps_men_from_them(
    reach: tuple[float, float], theory: Peers
) -> None:
    far, near = (bridge_to_services(level, theory) for level in reach)
    assert 1.0 <= far <= near <= 1.0 + theory.bridge
    assert bridge_to_services(0.0, theory) == 1.0
    assert bridge_to_services(1.0, theory) == 1.0 + theory.bridge


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


@given(PLACES, THEORIES)
def test_a_peer_of_middling_recovery_relapses_as_declared_when_support_meets_strain(
    peer: PeerState, theory: Peers
) -> None:
    hazard = relapse_hazard(theory.support, 0.5, theory)
    assert 1.0 - math.exp(-52.0 * hazard) == pytest.approx(theory.annual_relapse)
    assert relapse_hazard(peer.strain, 1.0, theory) == 0.0


@given(ordered(SHARES), ordered(SHARES), ordered(SHARES), THEORIES)
def test_strain_endangers_recovery_and_support_shields_it(
    strain: tuple[float, float], recovery: tuple[float, float], support: tuple[float, float],
    theory: Peers,
) -> None:  # fmt: skip
    left, shielded = (replace(theory, support=level) for level in support)
    hazard = relapse_hazard(strain[0], recovery[0], left)
    assert hazard <= relapse_hazard(strain[1], recovery[0], left) + ROUNDING
    assert relapse_hazard(strain[0], recovery[1], left) <= hazard + ROUNDING
    assert relapse_hazard(strain[0], recovery[0], shielded) <= hazard + ROUNDING


@given(ordered(SHARES), THEORIES)
def test_support_brings_peers_back_from_a_relapse(
    support: tuple[float, float], theory: Peers
) -> None:
    theories = [replace(theory, support=level) for level in support]
    left = chance_that(lambda uniform: peer_returns(theories[0], uniform))
    supported = chance_that(lambda uniform: peer_returns(theories[1], uniform))
    assert 0.5 - ROUNDING <= left <= supported <= 1.0
    assert left == pytest.approx(0.5 * (1.0 + support[0]), abs=ROUNDING)


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


def test_no_rule_of_peers_can_reach_trust_in_the_practitioner_distress_needs_or_crises() -> None:
    acts = (
        reach_of_peer, team_trust_after_week, hope_after_week, accompaniment, brings_back,
        left_after_relapse, strain_of_peer,
    )  # fmt: skip
    for act in acts:
        names = set(inspect.signature(act).parameters)
        assert names <= {
            *("team_trust", "hope", "strain", "shared_experience", "peer_reach", "level", "before"),
            *("peer", "peers", "uniform"),
        }


@given(ordered(SHARES), ordered(SHARES), THEORIES)
def test_trust_in_the_team_adds_to_its_outreach(
    follow_up: tuple[float, float], team_trust: tuple[float, float], theory: Peers
) -> None:
    def outreach(own: float, trusted: float) -> float:
        return outreach_with_peer(own, trusted, theory)

    assert follow_up[0] <= outreach(follow_up[0], team_trust[0])
    assert outreach(follow_up[0], team_trust[0]) <= outreach(follow_up[0], team_trust[1])
    assert outreach(follow_up[0], team_trust[0]) <= outreach(follow_up[1], team_trust[0]) + ROUNDING
    assert outreach(follow_up[1], team_trust[1]) <= 1.0 + ROUNDING
    assert outreach(follow_up[0], 0.0) == follow_up[0]
    assert outreach(0.0, 1.0) == theory.recontact_after_miss
