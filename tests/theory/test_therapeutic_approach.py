"""Therapeutic approach: the focus of sessions, the bond, help that fits, rupture and repair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.therapeutic_approach import (
    EMOTIONAL,
    LIAISON,
    NO_SESSION,
    NOT_JUDGED,
    PRACTICAL,
    SEEN_RIPE,
    UNRIPE_RUPTURES,
    TherapeuticApproach,
    TherapyState,
    choose_focus,
    coping_fades,
    crisis_after_help,
    depth_of_bond,
    is_contained,
    is_small_win,
    need_after_help,
    repairs,
    ruptures,
    trust_after_repair,
)
from tests.strategies import ROUNDING, SHARES, UNIFORMS, ordered, parameters, states
from tests.theory.chances import chance_that

THEORIES = parameters(TherapeuticApproach)
MEN = states(TherapyState)


@given(SHARES, SHARES)
def test_a_bond_is_as_deep_as_the_lesser_of_trust_and_understanding(
    trust: float, understanding: float
) -> None:
    assert depth_of_bond(trust, understanding) == min(trust, understanding)


@given(st.integers(NOT_JUDGED, SEEN_RIPE), SHARES, THEORIES, UNIFORMS)
def test_every_session_has_a_focus(
    judgement: int, crisis: float, theory: TherapeuticApproach, uniform: float
) -> None:
    focus = choose_focus(judgement, crisis, theory, uniform)
    assert focus in (PRACTICAL, EMOTIONAL, LIAISON)
    assert focus != NO_SESSION


@given(MEN, THEORIES)
def test_coping_fades_towards_where_it_began_and_not_below(
    man: TherapyState, theory: TherapeuticApproach
) -> None:
    before = man.coping
    coping_fades(man, theory)
    assert min(before, theory.coping_at_start) - ROUNDING <= man.coping <= before
    if before <= theory.coping_at_start:
        assert man.coping == before


@given(SHARES, ordered(SHARES), THEORIES)
def test_practical_help_eases_crises_and_needs_and_more_where_it_fits(
    level: float, understanding: tuple[float, float], theory: TherapeuticApproach
) -> None:
    for after_help in (crisis_after_help, need_after_help):
        vague, fitting = (after_help(level, depth, theory) for depth in understanding)
        assert 0.0 <= fitting <= vague <= level


@given(SHARES, THEORIES)
def test_help_without_any_understanding_is_worth_half(
    level: float, theory: TherapeuticApproach
) -> None:
    assert crisis_after_help(level, 1.0, theory) == pytest.approx(
        level * (1.0 - theory.crisis_relief), abs=ROUNDING
    )
    assert crisis_after_help(level, 0.0, theory) == pytest.approx(
        level * (1.0 - 0.5 * theory.crisis_relief), abs=ROUNDING
    )
    assert need_after_help(level, 1.0, theory) == pytest.approx(
        level * (1.0 - theory.need_relief), abs=ROUNDING
    )
    assert need_after_help(level, 0.0, theory) == pytest.approx(
        level * (1.0 - 0.5 * theory.need_relief), abs=ROUNDING
    )


@given(ordered(SHARES), THEORIES)
def test_fitting_help_brings_small_wins_more_often(
    understanding: tuple[float, float], theory: TherapeuticApproach
) -> None:
    vague = chance_that(lambda uniform: is_small_win(understanding[0], theory, uniform))
    fitting = chance_that(lambda uniform: is_small_win(understanding[1], theory, uniform))
    assert vague <= fitting
    best = chance_that(lambda uniform: is_small_win(1.0, theory, uniform))
    assert best == pytest.approx(theory.small_win, abs=ROUNDING)


@given(THEORIES)
def test_only_unripe_emotional_work_adds_ruptures(theory: TherapeuticApproach) -> None:
    other, unripe = (
        chance_that(lambda uniform, work=work: ruptures(work, theory, uniform)) for work in (0, 1)
    )
    assert other == pytest.approx(theory.rupture, abs=ROUNDING)
    assert unripe == pytest.approx(UNRIPE_RUPTURES * theory.rupture, abs=ROUNDING)


@given(ordered(SHARES), THEORIES)
def test_skill_repairs_ruptures(skill: tuple[float, float], theory: TherapeuticApproach) -> None:
    clumsy = chance_that(lambda uniform: repairs(skill[0], theory, uniform))
    skilled = chance_that(lambda uniform: repairs(skill[1], theory, uniform))
    assert clumsy <= skilled
    expected = theory.repair * (1.0 + skill[0]) / 2.0
    assert clumsy == pytest.approx(expected, abs=ROUNDING)


@given(ordered(SHARES), THEORIES)
def test_a_crisis_is_contained_below_the_declared_level_only(
    crisis: tuple[float, float], theory: TherapeuticApproach
) -> None:
    assert is_contained(crisis[1], theory) <= is_contained(crisis[0], theory)
    assert is_contained(0.0, theory) == 1
    assert is_contained(theory.containment, theory) == 0


@given(ordered(SHARES), THEORIES)
def test_a_repair_closes_its_part_of_the_gap_to_full_trust(
    trust: tuple[float, float], theory: TherapeuticApproach
) -> None:
    wary, trusting = (trust_after_repair(level, theory) for level in trust)
    assert trust[0] <= wary <= trusting + ROUNDING <= 1.0 + 2.0 * ROUNDING
    assert trust_after_repair(0.0, theory) == theory.repair_gain
    assert trust_after_repair(1.0, theory) == 1.0
