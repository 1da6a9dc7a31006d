"""Preparations for ending: raised, agreed, tapered; what it costs, what carries over."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engager_sim.theory.preparations_for_ending import (
    RAISE_WEEKS,
    READY,
    PreparationsForEnding,
    agrees_to_ending,
    arranged_after,
    begins_taper,
    claim_of_service,
    raises_ending,
    readiness,
    stirred_up_by_loss,
    trust_after_ending,
    trust_carried_over,
    trust_in_next_service,
)
from engager_sim.theory.services import IN_SERVICE, NO_SERVICE, WAITING
from tests.strategies import ROUNDING, SHARES, SWITCHES, at_ends, ordered, parameters

THEORIES = parameters(PreparationsForEnding)
WEEKS_TO_END = st.floats(-260.0, 104.0)


@given(ordered(SHARES), ordered(WEEKS_TO_END), THEORIES)
def test_an_ending_is_raised_when_goals_are_near_or_time_is_short(
    progress: tuple[float, float], weeks: tuple[float, float], theory: PreparationsForEnding
) -> None:
    for left in weeks:
        assert raises_ending(progress[0], left, theory) <= raises_ending(progress[1], left, theory)
    for made in progress:
        assert raises_ending(made, weeks[1], theory) <= raises_ending(made, weeks[0], theory)
    assert raises_ending(theory.near_goals, 100.0, theory) == 1
    short = theory.taper_weeks + RAISE_WEEKS
    assert raises_ending(0.0, short, theory) == 1
    assert raises_ending(0.0, short + 0.5, theory) == 0


@given(SHARES, WEEKS_TO_END, SWITCHES, THEORIES)
def test_an_ending_tapers_before_time_is_up_only_when_goals_are_met_and_he_agrees(
    progress: float, weeks: float, agreed: int, theory: PreparationsForEnding
) -> None:
    begins = begins_taper(progress, weeks, agreed, theory)
    met = progress >= (1.0 + theory.near_goals) / 2.0
    assert begins == (weeks <= theory.taper_weeks or (met and agreed == 1))
    assert begins <= raises_ending(progress, weeks, theory)


def test_what_is_in_use_or_was_joined_is_arranged_and_a_wait_is_half_arranged() -> None:
    stages = (NO_SERVICE, WAITING, IN_SERVICE)
    assert [arranged_after(stage, 0) for stage in stages] == [0.0, 0.5, 1.0]
    assert [arranged_after(stage, 1) for stage in stages] == [1.0, 1.0, 1.0]


@given(ordered(SHARES), SHARES, SHARES)
def test_coping_a_service_and_trust_in_it_make_a_man_ready(
    values: tuple[float, float], one: float, other: float
) -> None:
    for less, more in (
        ((values[0], one, other), (values[1], one, other)),
        ((one, values[0], other), (one, values[1], other)),
        ((one, other, values[0]), (one, other, values[1])),
    ):
        assert 0.0 <= readiness(*less) <= readiness(*more) + ROUNDING <= 1.0 + 2.0 * ROUNDING
        assert agrees_to_ending(*more) == (readiness(*more) >= READY)
    assert readiness(one, 0.0, other) == readiness(one, other, 0.0)
    assert readiness(one, 0.0, other) == pytest.approx(one, abs=ROUNDING)
    assert readiness(0.0, 1.0, other) == pytest.approx(other, abs=ROUNDING)


@given(ordered(SHARES), SHARES, SWITCHES, SWITCHES, THEORIES)
def test_no_ending_raises_trust_and_more_trust_leaves_no_less(
    trust: tuple[float, float], prior: float, planned: int, agreed: int,
    theory: PreparationsForEnding,
) -> None:  # fmt: skip
    less, more = (trust_after_ending(level, prior, planned, agreed, theory) for level in trust)
    assert 0.0 <= less <= more <= trust[1]


@given(SHARES, st.floats(0.01, 1.0), SWITCHES, THEORIES)
def test_an_abrupt_ending_leaves_trust_below_where_it_began(
    trust: float, prior: float, agreed: int, theory: PreparationsForEnding
) -> None:
    after = trust_after_ending(trust, prior, 0, agreed, theory)
    assert after < prior
    began = min(trust, prior)
    assert after == pytest.approx(began * (1.0 - theory.abrupt_shock), abs=ROUNDING)


@given(SHARES, SHARES, THEORIES)
@example(0.5, 1.0, at_ends(PreparationsForEnding, low="abrupt_shock", high="planned_shock"))
def test_an_agreed_ending_costs_nothing_and_a_planned_one_no_more_than_an_abrupt_one(
    trust: float, prior: float, theory: PreparationsForEnding
) -> None:
    planned = trust_after_ending(trust, prior, 1, 0, theory)
    assert trust_after_ending(trust, prior, 1, 1, theory) == trust
    assert planned == pytest.approx(trust * (1.0 - theory.planned_shock), abs=ROUNDING)
    assert trust_after_ending(trust, prior, 0, 0, theory) <= planned


@given(SHARES, ordered(SHARES), THEORIES)
def test_a_loss_stirs_up_more_in_a_man_who_had_trusted(
    stirred_up: float, trust: tuple[float, float], theory: PreparationsForEnding
) -> None:
    less, more = (stirred_up_by_loss(stirred_up, level, theory) for level in trust)
    assert stirred_up - ROUNDING <= less <= more + ROUNDING
    assert more <= 1.0
    assert stirred_up_by_loss(stirred_up, 0.0, theory) == stirred_up


@given(SHARES, SHARES, THEORIES)
@example(1.0, 1.0, at_ends(PreparationsForEnding, low="carried_jointly", high="carried_alone"))
def test_a_joint_contact_carries_no_less_trust_to_the_next_service(
    trust: float, tie: float, theory: PreparationsForEnding
) -> None:
    alone, jointly = (trust_carried_over(trust, joint, tie, theory) for joint in (0, 1))
    assert 0.0 <= alone <= jointly <= trust


@given(SHARES, SWITCHES, ordered(SHARES), THEORIES)
def test_trust_carries_fully_only_over_a_working_tie(
    trust: float, joint: int, tie: tuple[float, float], theory: PreparationsForEnding
) -> None:
    weak, strong = (trust_carried_over(trust, joint, level, theory) for level in tie)
    assert weak <= strong
    share = theory.carried_jointly if joint == 1 else theory.carried_alone
    full = trust_carried_over(trust, joint, 1.0, theory)
    assert full == pytest.approx(trust * share, abs=ROUNDING)
    assert trust_carried_over(trust, joint, 0.0, theory) == pytest.approx(0.5 * full, abs=ROUNDING)
    assert trust_carried_over(0.0, joint, tie[1], theory) == 0.0


@given(ordered(SHARES), SHARES)
def test_what_is_carried_over_never_lowers_the_trust_in_the_next_service(
    carried: tuple[float, float], own: float
) -> None:
    little, much = (trust_in_next_service(own, level) for level in carried)
    assert own <= little <= much + ROUNDING <= 1.0 + 2.0 * ROUNDING
    assert trust_in_next_service(own, 0.0) == own
    assert trust_in_next_service(own, 1.0) == pytest.approx(1.0, abs=ROUNDING)
    assert trust_in_next_service(0.0, much) == much


@given(ordered(SHARES), SWITCHES)
def test_a_man_is_handed_on_to_the_service_for_his_worse_need(
    need: tuple[float, float], in_use: int
) -> None:
    assert claim_of_service(need[0], in_use) <= claim_of_service(need[1], in_use)


@given(SHARES, SHARES)
def test_a_service_in_use_comes_before_every_other(used: float, other: float) -> None:
    assert claim_of_service(used, 1) >= claim_of_service(other, 0) >= 0.0
