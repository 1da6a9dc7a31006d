"""Ways out: the gate, competing routes, their clocks, and the way back."""

import math
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engager_sim.theory.ways_out import (
    EXIT_MEANINGS,
    Exit,
    WaysOut,
    chance_of_taking_up,
    comes_back,
    crisis_route,
    held_back,
    is_lost_at_gate,
    may_come_back,
    moves_away,
    overconfident_route,
    resigned_route,
    retention,
    withdrawal_route,
)
from tests.strategies import LOG_ODDS, ROUNDING, SHARES, SWITCHES, at_ends, ordered, parameters
from tests.theory.chances import chance_that

THEORIES = parameters(WaysOut)
MISSES = st.integers(0, 50)


def test_every_exit_has_a_meaning() -> None:
    assert set(EXIT_MEANINGS) == set(Exit)


@given(SHARES, THEORIES)
@example(0.5, at_ends(WaysOut, low="gate_loss", high="gate_loss_met"))
def test_a_man_met_at_the_gate_is_lost_no_more_often_than_one_who_is_not(
    rapport: float, theory: WaysOut
) -> None:
    alone = chance_that(lambda uniform: is_lost_at_gate(0, rapport, theory, uniform))
    met = chance_that(lambda uniform: is_lost_at_gate(1, rapport, theory, uniform))
    assert 0.0 < met <= alone < 1.0


@given(ordered(SHARES), SWITCHES, THEORIES)
def test_a_man_who_knows_his_worker_from_inside_is_lost_less_at_the_gate(
    rapport: tuple[float, float], met: int, theory: WaysOut
) -> None:
    stranger = chance_that(lambda uniform: is_lost_at_gate(met, rapport[0], theory, uniform))
    friend = chance_that(lambda uniform: is_lost_at_gate(met, rapport[1], theory, uniform))
    assert friend <= stranger
    at_half = chance_that(lambda uniform: is_lost_at_gate(met, 0.5, theory, uniform))
    declared = min(theory.gate_loss_met, theory.gate_loss) if met == 1 else theory.gate_loss
    assert at_half == pytest.approx(declared, abs=ROUNDING)


@given(ordered(SHARES), MISSES, THEORIES)
def test_a_stronger_alliance_lowers_every_route_out(
    alliance: tuple[float, float], missed: int, theory: WaysOut
) -> None:
    weak, strong = (retention(level, missed, theory) for level in alliance)
    assert 0.0 < strong <= weak
    assert retention(0.0, 0, theory) == 1.0
    if theory.bond > 0.01:
        assert retention(1.0, missed, theory) < retention(0.0, missed, theory)


@given(SHARES, ordered(MISSES), THEORIES)
def test_contacts_missed_in_a_row_raise_every_route_out_up_to_three(
    alliance: float, missed: tuple[int, int], theory: WaysOut
) -> None:
    few, many = (retention(alliance, number, theory) for number in missed)
    assert few <= many <= retention(alliance, 3, theory)
    ratio = retention(alliance, 1, theory) / retention(alliance, 0, theory)
    assert ratio == pytest.approx(1.0 + theory.missed_hazard, abs=ROUNDING)


@given(ordered(SHARES), SHARES, THEORIES)
def test_crises_drive_men_out_and_coping_holds_them(
    values: tuple[float, float], other: float, theory: WaysOut
) -> None:
    less, more = values
    assert 0.0 <= crisis_route(less, other, theory) <= crisis_route(more, other, theory)
    assert crisis_route(other, more, theory) <= crisis_route(other, less, theory)
    assert crisis_route(1.0, 0.0, theory) == theory.crisis_hazard
    assert crisis_route(0.0, other, theory) == crisis_route(other, 1.0, theory) == 0.0


@given(ordered(SHARES), SHARES, THEORIES)
def test_hope_and_motivation_keep_men_from_resigning(
    values: tuple[float, float], other: float, theory: WaysOut
) -> None:
    less, more = values
    assert 0.0 <= resigned_route(more, other, theory) <= resigned_route(less, other, theory)
    assert resigned_route(other, more, theory) <= resigned_route(other, less, theory)
    assert resigned_route(0.0, 0.0, theory) == theory.resigned_hazard
    assert resigned_route(1.0, other, theory) == resigned_route(other, 1.0, theory) == 0.0


@given(ordered(SHARES), SHARES, THEORIES)
def test_only_men_who_feel_little_need_and_are_in_no_crisis_leave_overconfident(
    values: tuple[float, float], other: float, theory: WaysOut
) -> None:
    less, more = values
    assert overconfident_route(more, other, theory) >= 0.0
    assert overconfident_route(more, other, theory) <= overconfident_route(less, other, theory)
    assert overconfident_route(other, more, theory) <= overconfident_route(other, less, theory)
    assert overconfident_route(0.0, 0.0, theory) == theory.overconfident_hazard
    assert overconfident_route(1.0, other, theory) == overconfident_route(other, 1.0, theory) == 0.0
    assert overconfident_route(0.5, 0.0, theory) == 0.25 * theory.overconfident_hazard


@given(ordered(SHARES), SWITCHES, THEORIES)
def test_trust_keeps_men_from_walking_away_and_an_open_rupture_drives_them(
    trust: tuple[float, float], rupture: int, theory: WaysOut
) -> None:
    wary, trusting = (withdrawal_route(level, rupture, theory) for level in trust)
    assert 0.0 <= trusting <= wary
    assert withdrawal_route(1.0, rupture, theory) == 0.0
    assert withdrawal_route(0.0, 0, theory) == theory.withdrawal_hazard
    assert withdrawal_route(0.0, 1, theory) == pytest.approx(
        theory.withdrawal_hazard * (1.0 + theory.rupture_withdrawal), abs=ROUNDING
    )


@given(ordered(SHARES), SHARES, SHARES, THEORIES)
def test_trust_hope_and_outreach_bring_men_back(
    values: tuple[float, float], first: float, second: float, theory: WaysOut
) -> None:
    def chance(trust: float, hope: float, outreach: float) -> float:
        return chance_that(lambda u: comes_back(trust, hope, 1.1, outreach, 0.0, theory, u))

    less, more = values
    assert 0.0 <= chance(less, first, second) <= chance(more, first, second) < 1.0
    assert chance(first, less, second) <= chance(first, more, second)
    assert chance(first, second, less) <= chance(first, second, more)


def test_the_chance_of_coming_back_is_that_of_its_hazard() -> None:
    theory = WaysOut(recontact=0.1, recontact_outreach=0.2)
    reach = math.log(2.0)
    chance = chance_that(lambda uniform: comes_back(0.5, 0.2, 1.5, 0.3, reach, theory, uniform))
    hazard = 1.5 * (0.1 * 0.5 + 0.2 * 0.3) * 1.2 / 1.5 * 2.0
    assert chance == pytest.approx(1.0 - math.exp(-hazard), abs=ROUNDING)


@given(SHARES, THEORIES)
def test_nobody_comes_back_who_trusts_nobody_and_is_not_looked_for(
    hope: float, theory: WaysOut
) -> None:
    assert chance_that(lambda u: comes_back(0.0, hope, 1.0, 0.0, 3.0, theory, u)) == 0.0
    never = replace(theory, recontact=0.0, recontact_outreach=0.0)
    assert chance_that(lambda u: comes_back(1.0, hope, 1.0, 1.0, 3.0, never, u)) == 0.0


@given(st.floats(0.0, 1.0), ordered(st.floats(0.0, 3.1)))
def test_a_man_who_is_held_takes_every_route_less(
    hazard: float, holding: tuple[float, float]
) -> None:
    firmly, loosely = (held_back(hazard, hold) for hold in holding)
    assert 0.0 <= firmly <= loosely
    assert held_back(hazard, 1.0) == hazard
    assert held_back(hazard, 0.0) == 0.0


def test_a_man_may_come_back_unless_support_itself_has_ended() -> None:
    final = {cause for cause in Exit if may_come_back(cause) == 0}
    assert final == {Exit.PLANNED_ENDING, Exit.ABRUPT_ENDING, Exit.MOVED_AWAY, Exit.DIED}


@given(SHARES, SHARES, ordered(LOG_ODDS), THEORIES)
def test_who_is_easier_to_reach_comes_back_more_often(
    trust: float, outreach: float, reach: tuple[float, float], theory: WaysOut
) -> None:
    hard, easy = (
        chance_that(lambda u, z=z: comes_back(trust, 0.3, 1.0, outreach, z, theory, u))
        for z in reach
    )
    assert hard <= easy


@given(THEORIES)
def test_men_move_away_with_the_declared_chance(theory: WaysOut) -> None:
    chance = chance_that(lambda uniform: moves_away(theory, uniform))
    assert chance == pytest.approx(theory.moved_away, abs=ROUNDING)


@given(ordered(SHARES), SHARES)
def test_alliance_and_follow_up_each_keep_an_episode_that_a_recall_interrupted(
    values: tuple[float, float], other: float
) -> None:
    less, more = values
    assert 0.0 <= chance_of_taking_up(less, other) <= chance_of_taking_up(more, other) <= 1.0
    assert chance_of_taking_up(other, less) <= chance_of_taking_up(other, more)
    assert chance_of_taking_up(1.0, other) == chance_of_taking_up(other, 1.0) == 1.0
    assert chance_of_taking_up(0.0, 0.0) == 0.0
