"""Preparations for ending: stages, what an ending costs, what carries over."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engager_sim.theory.preparations_for_ending import (
    CLOSED_PLANNED,
    CLOSED_UNPLANNED,
    NOT_RAISED,
    RAISED,
    TAPERING,
    PreparationsForEnding,
    claim_of_service,
    stage,
    stirred_up_by_loss,
    trust_after_ending,
    trust_carried_over,
    trust_in_next_service,
    weeks_of_support,
)
from tests.strategies import ROUNDING, SHARES, SWITCHES, at_ends, ordered, parameters

THEORIES = parameters(PreparationsForEnding)
WEEKS_TO_END = st.floats(-260.0, 104.0)


@given(ordered(WEEKS_TO_END), SWITCHES, THEORIES)
def test_an_ending_never_goes_back_a_stage(
    weeks: tuple[float, float], prepared: int, theory: PreparationsForEnding
) -> None:
    later, earlier = (stage(left, prepared, theory) for left in weeks)
    assert earlier <= later


@given(WEEKS_TO_END, THEORIES)
def test_an_ending_that_nobody_prepared_stays_unraised_until_support_stops(
    weeks: float, theory: PreparationsForEnding
) -> None:
    expected = CLOSED_UNPLANNED if weeks <= 0.0 else NOT_RAISED
    assert stage(weeks, 0, theory) == expected


@given(parameters(PreparationsForEnding, taper_weeks=st.floats(1.0, 8.0)))
def test_a_prepared_ending_is_raised_then_tapered_then_closed(
    theory: PreparationsForEnding,
) -> None:
    taper, raised = theory.taper_weeks, theory.raise_weeks
    course = (taper + raised + 0.5, taper + 0.5, taper, 0.5, 0.0, -1.0)
    assert [stage(weeks, 1, theory) for weeks in course] == [
        NOT_RAISED, RAISED, TAPERING, TAPERING, CLOSED_PLANNED, CLOSED_PLANNED,
    ]  # fmt: skip


@given(parameters(PreparationsForEnding, on=1), parameters(PreparationsForEnding, on=0))
def test_the_lever_says_when_support_ends_unless_the_theme_is_off(
    theory: PreparationsForEnding, switched_off: PreparationsForEnding
) -> None:
    assert weeks_of_support(theory) == theory.support_weeks
    assert weeks_of_support(switched_off) == switched_off.reference_weeks


@given(ordered(SHARES), SHARES, SWITCHES, THEORIES)
def test_no_ending_raises_trust_and_more_trust_leaves_no_less(
    trust: tuple[float, float], prior: float, planned: int, theory: PreparationsForEnding
) -> None:
    less, more = (trust_after_ending(level, prior, planned, theory) for level in trust)
    assert 0.0 <= less <= more <= trust[1]


@given(SHARES, st.floats(0.01, 1.0), THEORIES)
def test_an_abrupt_ending_leaves_trust_below_where_it_began(
    trust: float, prior: float, theory: PreparationsForEnding
) -> None:
    after = trust_after_ending(trust, prior, 0, theory)
    assert after < prior
    began = min(trust, prior)
    assert after == pytest.approx(began * (1.0 - theory.abrupt_shock), abs=ROUNDING)


@given(SHARES, SHARES, THEORIES)
@example(0.5, 1.0, at_ends(PreparationsForEnding, low="abrupt_shock", high="planned_shock"))
def test_a_planned_ending_never_costs_more_than_an_abrupt_one(
    trust: float, prior: float, theory: PreparationsForEnding
) -> None:
    planned = trust_after_ending(trust, prior, 1, theory)
    assert planned == pytest.approx(trust * (1.0 - theory.planned_shock), abs=ROUNDING)
    assert trust_after_ending(trust, prior, 0, theory) <= planned


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
