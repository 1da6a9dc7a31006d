"""Therapeutic approach: what sessions are about, coping, help that fits, rupture and repair."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.therapeutic_approach import (
    EMOTIONAL,
    LIAISON,
    NO_SESSION,
    PRACTICAL,
    SETTLING_WEEKS,
    TherapeuticApproach,
    TherapyState,
    choose_focus,
    cope,
    coping_fades,
    coping_gained,
    crisis_after_help,
    is_contained,
    is_small_win,
    need_after_help,
    repairs,
    ruptures,
    stir_up,
    stirred_up_fades,
    trust_after_repair,
    work_through,
)
from tests.strategies import (
    ROUNDING,
    SHARES,
    UNIFORMS,
    WEEKS_FROM_RELEASE,
    fields_out_of_range,
    ordered,
    parameters,
    states,
)
from tests.theory.chances import chance_that

THEORIES = parameters(TherapeuticApproach)
MEN = states(TherapyState)
SETTLING = st.floats(0.0, SETTLING_WEEKS, exclude_max=True)
SETTLED = st.one_of(st.floats(-104.0, -0.01), st.floats(SETTLING_WEEKS, 260.0))
FOCUSES = st.sampled_from((PRACTICAL, EMOTIONAL, LIAISON))


def share_of(
    focuses: tuple[int, ...], crisis: float, out: float, skill: float, theory: TherapeuticApproach
) -> float:
    return chance_that(lambda u: choose_focus(crisis, out, skill, theory, u) in focuses)


@given(SHARES, WEEKS_FROM_RELEASE, SHARES, THEORIES, UNIFORMS)
def test_every_session_has_a_focus(
    crisis: float, out: float, skill: float, theory: TherapeuticApproach, uniform: float
) -> None:
    focus = choose_focus(crisis, out, skill, theory, uniform)
    assert focus in (PRACTICAL, EMOTIONAL, LIAISON)
    assert focus != NO_SESSION


@given(WEEKS_FROM_RELEASE, ordered(SHARES), THEORIES)
def test_in_a_crisis_work_is_practical_but_for_unskilled_haste(
    out: float, skill: tuple[float, float], theory: TherapeuticApproach
) -> None:
    clumsy, skilled = (
        share_of((EMOTIONAL,), theory.containment, out, level, theory) for level in skill
    )
    assert skilled <= clumsy
    assert clumsy == pytest.approx(theory.premature * (1.0 - skill[0]), abs=ROUNDING)
    assert share_of((EMOTIONAL,), 1.0, out, 1.0, theory) == 0.0
    assert share_of((EMOTIONAL, PRACTICAL), 1.0, out, skill[0], theory) == 1.0


@given(SETTLED, SHARES, THEORIES)
def test_outside_crises_sessions_follow_the_levers(
    out: float, skill: float, theory: TherapeuticApproach
) -> None:
    emotional = share_of((EMOTIONAL,), 0.0, out, skill, theory)
    either = share_of((EMOTIONAL, LIAISON), 0.0, out, skill, theory)
    assert emotional == pytest.approx(theory.emotional_share, abs=ROUNDING)
    assert either - emotional == pytest.approx(
        (1.0 - emotional) * theory.liaison_share, abs=ROUNDING
    )


@given(SETTLING, SHARES, THEORIES)
def test_the_first_weeks_out_leave_less_room_for_emotional_work(
    out: float, skill: float, theory: TherapeuticApproach
) -> None:
    emotional = share_of((EMOTIONAL,), 0.0, out, skill, theory)
    expected = min(theory.emotional_share, 1.0 - theory.settling_practical)
    assert emotional == pytest.approx(expected, abs=ROUNDING)


@given(MEN, SHARES, SHARES, THEORIES)
def test_emotional_work_builds_coping_only_with_understanding_and_trust(
    man: TherapyState, understanding: float, trust: float, theory: TherapeuticApproach
) -> None:
    before = replace(man)
    cope(man, 0.0, trust, theory)
    cope(man, understanding, 0.0, theory)
    assert man == before
    cope(man, understanding, trust, theory)
    assert fields_out_of_range(man) == []
    assert man.coping >= before.coping
    gain = 2.0 * before.reflection * theory.coping_gain * understanding * trust
    after = before.coping + gain * (1.0 - before.coping)
    assert man.coping == pytest.approx(after, abs=ROUNDING)


@given(MEN, ordered(SHARES), SHARES, THEORIES)
def test_deeper_understanding_and_more_trust_build_more_coping(
    man: TherapyState, values: tuple[float, float], other: float, theory: TherapeuticApproach
) -> None:
    def coping(understanding: float, trust: float) -> float:
        after = replace(man)
        cope(after, understanding, trust, theory)
        return after.coping

    less, more = values
    assert coping(less, other) <= coping(more, other)
    assert coping(other, less) <= coping(other, more)


@given(MEN, THEORIES)
def test_coping_fades_towards_where_it_began_and_not_below(
    man: TherapyState, theory: TherapeuticApproach
) -> None:
    before = man.coping
    coping_fades(man, theory)
    assert min(before, theory.coping_at_start) - ROUNDING <= man.coping <= before
    if before <= theory.coping_at_start:
        assert man.coping == before


@given(MEN, ordered(SHARES), THEORIES)
def test_emotional_work_stirs_up_less_where_a_man_is_understood(
    man: TherapyState, understanding: tuple[float, float], theory: TherapeuticApproach
) -> None:
    def stirred(depth: float, contained: int) -> float:
        after = replace(man)
        stir_up(after, depth, contained, theory)
        assert fields_out_of_range(after) == []
        return after.stirred_up

    vague, deep = understanding
    assert man.stirred_up - ROUNDING <= stirred(deep, 1) <= stirred(vague, 1) + ROUNDING
    assert stirred(vague, 1) <= stirred(vague, 0) + ROUNDING
    assert stirred(deep, 0) == stirred(vague, 0)  # in a crisis nothing is understood of it


@given(MEN, ordered(SHARES), SHARES, SHARES, THEORIES)
def test_a_man_who_can_reflect_gains_more_and_is_stirred_up_less(
    man: TherapyState,
    reflection: tuple[float, float],
    understanding: float,
    trust: float,
    theory: TherapeuticApproach,
) -> None:
    less, more = (replace(man, reflection=each) for each in reflection)
    for each in (less, more):
        cope(each, understanding, trust, theory)
        stir_up(each, understanding, 1, theory)
    assert less.coping <= more.coping + ROUNDING
    assert more.stirred_up <= less.stirred_up + ROUNDING


@given(MEN, ordered(SHARES), THEORIES)
def test_sessions_work_through_more_where_a_man_is_understood(
    man: TherapyState, understanding: tuple[float, float], theory: TherapeuticApproach
) -> None:
    def left(depth: float) -> float:
        after = replace(man)
        work_through(after, depth, theory)
        return after.stirred_up

    vague, deep = understanding
    assert 0.0 <= left(deep) <= left(vague) + ROUNDING
    assert left(vague) <= man.stirred_up
    assert left(0.0) == man.stirred_up


@given(MEN, ordered(SHARES), THEORIES)
def test_what_is_stirred_up_takes_from_the_coping_gained(
    man: TherapyState, stirred_up: tuple[float, float], theory: TherapeuticApproach
) -> None:
    less, more = (coping_gained(replace(man, stirred_up=each), theory) for each in stirred_up)
    assert more <= less + ROUNDING
    untouched = replace(man, coping=theory.coping_at_start, stirred_up=0.0)
    assert coping_gained(untouched, theory) == 0.0


@given(MEN, THEORIES)
def test_what_is_stirred_up_fades(man: TherapyState, theory: TherapeuticApproach) -> None:
    before = man.stirred_up
    stirred_up_fades(man, theory)
    assert man.stirred_up == pytest.approx(before * (1.0 - theory.stirred_fade), abs=ROUNDING)


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


@given(SHARES, FOCUSES, THEORIES)
def test_only_emotional_work_in_a_crisis_adds_ruptures(
    crisis: float, focus: int, theory: TherapeuticApproach
) -> None:
    chance = chance_that(lambda uniform: ruptures(crisis, focus, theory, uniform))
    expected = theory.rupture
    if focus == EMOTIONAL and crisis >= theory.containment:
        expected += theory.premature_rupture
    assert chance == pytest.approx(expected, abs=ROUNDING)


@given(ordered(SHARES), THEORIES)
def test_skill_repairs_ruptures(skill: tuple[float, float], theory: TherapeuticApproach) -> None:
    clumsy = chance_that(lambda uniform: repairs(skill[0], theory, uniform))
    skilled = chance_that(lambda uniform: repairs(skill[1], theory, uniform))
    assert clumsy <= skilled
    expected = min(1.0, theory.repair_base + theory.repair_skill * skill[0])
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
