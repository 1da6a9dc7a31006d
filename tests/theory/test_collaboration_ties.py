"""Collaboration: how ties grow by joint work, fade without it and suffer from failures."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.collaboration import (
    Collaboration,
    TieState,
    practice_with,
    settle_tie,
    works_jointly,
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

THEORIES = parameters(Collaboration)
TIES = states(TieState)


def settled(strength: float, joint: int, shared: int, theory: Collaboration) -> float:
    tie = TieState(strength=strength, joint_work=joint, shared_men=shared)
    settle_tie(tie, theory)
    return tie.strength


@given(ordered(SHARES), SWITCHES, THEORIES)
def test_those_who_know_each_other_or_sit_together_work_jointly_more_often(
    tie: tuple[float, float], colocated: int, theory: Collaboration
) -> None:
    weak = chance_that(lambda u: works_jointly(tie[0], colocated, theory, u))
    strong = chance_that(lambda u: works_jointly(tie[1], colocated, theory, u))
    assert weak <= strong
    apart = chance_that(lambda u: works_jointly(tie[0], 0, theory, u))
    together = chance_that(lambda u: works_jointly(tie[0], 1, theory, u))
    expected = theory.joint_work_base + theory.joint_work_tie * tie[0]
    assert apart == pytest.approx(expected, abs=ROUNDING)
    added = theory.joint_work_colocated * theory.days_together / 5.0
    assert together == pytest.approx(min(1.0, expected + added), abs=ROUNDING)


@given(SHARES, ordered(st.floats(0.0, 5.0)), THEORIES)
def test_one_roof_does_more_the_more_days_it_is_shared(
    tie: float, days: tuple[float, float], theory: Collaboration
) -> None:
    few, many = (replace(theory, days_together=number) for number in days)
    assert practice_with(tie, 0, 1, 0, few) <= practice_with(tie, 0, 1, 0, many)
    rarely, often = (chance_that(lambda u, t=t: works_jointly(tie, 1, t, u)) for t in (few, many))
    assert rarely <= often
    never = replace(theory, days_together=0.0)
    assert practice_with(tie, 1, 1, 1, never) == practice_with(tie, 1, 0, 1, never)


@given(TIES, THEORIES)
def test_settling_keeps_a_tie_in_range_and_clears_the_counts_of_the_week(
    tie: TieState, theory: Collaboration
) -> None:
    before = replace(tie)
    settle_tie(tie, theory)
    assert fields_out_of_range(tie) == []
    assert tie.shared_men == tie.joint_work == tie.failures == 0
    used = before.shared_men > 0
    assert tie.weeks_used == before.weeks_used + used
    assert tie.strength_sum == before.strength_sum + before.strength * used
    assert tie.initial_strength == before.initial_strength


@given(SHARES, st.integers(1, 500), THEORIES)
def test_a_tie_grows_when_all_shared_men_are_worked_on_and_decays_when_none_is(
    strength: float, shared: int, theory: Collaboration
) -> None:
    grown = strength + theory.tie_growth * (1.0 - strength)
    decayed = strength - theory.tie_decay * strength
    assert settled(strength, shared, shared, theory) == pytest.approx(grown, abs=ROUNDING)
    assert settled(strength, 0, shared, theory) == pytest.approx(decayed, abs=ROUNDING)


@given(SHARES, st.integers(0, 9), ordered(st.integers(0, 20)), THEORIES)
def test_failures_weaken_a_tie_up_to_one_for_every_shared_man(
    strength: float, joint: int, failures: tuple[int, int], theory: Collaboration
) -> None:
    def after(failed: int) -> float:
        tie = TieState(strength=strength, joint_work=joint, shared_men=9, failures=failed)
        settle_tie(tie, theory)
        return tie.strength

    assert after(failures[1]) <= after(failures[0])
    assert after(9) == after(90)
    lost = after(0) - after(9)
    assert lost == pytest.approx(theory.tie_failure * strength, abs=ROUNDING)


@given(SHARES, st.integers(0, 50), THEORIES)
def test_a_tie_between_agencies_that_share_no_man_stays_as_it_is(
    strength: float, joint: int, theory: Collaboration
) -> None:
    assert settled(strength, joint, 0, theory) == strength


@given(SHARES, ordered(st.integers(0, 500)), st.integers(1, 500), THEORIES)
def test_more_joint_work_never_leaves_a_weaker_tie(
    strength: float, joint: tuple[int, int], shared: int, theory: Collaboration
) -> None:
    less, more = (settled(strength, number, shared, theory) for number in joint)
    assert less <= more + ROUNDING


@given(SHARES, st.integers(0, 50), st.integers(1, 50), st.integers(1, 1000), THEORIES)
def test_a_tie_settles_alike_for_three_men_and_for_three_thousand(
    strength: float, joint: int, shared: int, times: int, theory: Collaboration
) -> None:
    few = settled(strength, joint, shared, theory)
    assert settled(strength, times * joint, times * shared, theory) == few


@given(SHARES, st.integers(0, 50), st.integers(1, 50), THEORIES)
def test_a_tie_moves_to_its_fixed_point_without_passing_it(
    strength: float, joint: int, shared: int, theory: Collaboration
) -> None:
    share = min(1.0, joint / shared)
    growth, decay = theory.tie_growth * share, theory.tie_decay * (1.0 - share)
    rest = growth / (growth + decay)
    assert settled(rest, joint, shared, theory) == pytest.approx(rest, abs=ROUNDING)
    after = settled(strength, joint, shared, theory)
    assert min(strength, rest) - ROUNDING <= after <= max(strength, rest) + ROUNDING
