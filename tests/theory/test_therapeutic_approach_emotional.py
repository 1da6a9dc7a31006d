"""Therapeutic approach: when emotional work is ripe, what it builds and what it stirs up."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.therapeutic_approach import (
    EMOTIONAL,
    LIAISON,
    MISSED_RIPE,
    PRACTICAL,
    SEEN_RIPE,
    SEEN_UNRIPE,
    TAKEN_FOR_RIPE,
    TherapeuticApproach,
    TherapyState,
    choose_focus,
    cope,
    coping_gained,
    judge,
    ripeness,
    stir_up,
    stirred_up_fades,
    work_through,
)
from tests.strategies import ROUNDING, SHARES, fields_out_of_range, ordered, parameters, states
from tests.theory.chances import chance_that

THEORIES = parameters(TherapeuticApproach)
MEN = states(TherapyState)
WEEKS_LEFT = st.floats(-52.0, 104.0)
JUDGED_RIPE = st.sampled_from((TAKEN_FOR_RIPE, SEEN_RIPE))
JUDGED_UNRIPE = st.sampled_from((SEEN_UNRIPE, MISSED_RIPE))


def share_of(
    focuses: tuple[int, ...], judgement: int, crisis: float, theory: TherapeuticApproach
) -> float:
    return chance_that(lambda u: choose_focus(judgement, crisis, theory, u) in focuses)


@given(SHARES, SHARES, WEEKS_LEFT, THEORIES)
def test_emotional_work_is_ripe_in_a_contained_crisis_with_a_bond_and_weeks_left(
    crisis: float, bond: float, weeks: float, theory: TherapeuticApproach
) -> None:
    every = (
        crisis <= theory.containment
        and bond >= theory.ripe_bond
        and weeks >= theory.ripe_weeks
    )  # fmt: skip
    ripe = ripeness(crisis, bond, weeks, theory)
    assert 0.0 <= ripe <= 1.0
    assert (ripe == 1.0) == every
    assert ripeness(1.0, 1.0, 100.0, theory) == 0.0
    assert ripeness(0.0, 0.0, 100.0, theory) == ripeness(0.0, 1.0, 0.0, theory) == 0.0
    assert ripeness(0.0, theory.ripe_bond, theory.ripe_weeks, theory) == 1.0


@given(SHARES, ordered(SHARES), THEORIES)
def test_supported_practice_sharpens_the_judgement_which_errs_near_the_line(
    ripe: float, supported: tuple[float, float], theory: TherapeuticApproach
) -> None:
    wrong = MISSED_RIPE if ripe == 1.0 else TAKEN_FOR_RIPE
    right = SEEN_RIPE if ripe == 1.0 else SEEN_UNRIPE
    poor, good = (
        chance_that(lambda u, level=level: judge(ripe, level, theory, u) == wrong)
        for level in supported
    )
    assert good <= poor
    assert poor == pytest.approx(ripe * theory.misjudgement * (1.0 - supported[0]), abs=ROUNDING)
    assert chance_that(lambda u: judge(ripe, 1.0, theory, u) == right) == 1.0
    assert chance_that(lambda u: judge(ripe, 0.0, theory, u) in (wrong, right)) == 1.0


@given(JUDGED_UNRIPE, SHARES, THEORIES)
def test_judged_unripe_no_emotional_work_is_begun(
    judgement: int, crisis: float, theory: TherapeuticApproach
) -> None:
    assert share_of((EMOTIONAL,), judgement, crisis, theory) == 0.0
    assert share_of((PRACTICAL,), judgement, theory.containment, theory) == 1.0
    liaison = share_of((LIAISON,), judgement, 0.0, theory)
    assert liaison == pytest.approx(theory.liaison_share, abs=ROUNDING)


@given(JUDGED_RIPE, SHARES, THEORIES)
def test_judged_ripe_sessions_follow_the_levers(
    judgement: int, crisis: float, theory: TherapeuticApproach
) -> None:
    emotional = share_of((EMOTIONAL,), judgement, crisis, theory)
    liaison = share_of((EMOTIONAL, LIAISON), judgement, crisis, theory) - emotional
    assert emotional == pytest.approx(theory.emotional_share, abs=ROUNDING)
    expected = (1.0 - emotional) * theory.liaison_share if crisis < theory.containment else 0.0
    assert liaison == pytest.approx(expected, abs=ROUNDING)


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


@given(MEN, SHARES, SHARES, THEORIES)
def test_unripe_work_stirs_up_its_part_of_what_is_kept_down(
    man: TherapyState, ripe: float, supported: float, theory: TherapeuticApproach
) -> None:
    before = man.stirred_up
    stir_up(man, ripe, supported, theory)
    assert fields_out_of_range(man) == []
    stirred = 2.0 * (1.0 - man.reflection) * theory.stirring * (1.0 - before)
    unheld = (1.0 - supported) * (1.0 - ripe)
    assert man.stirred_up == pytest.approx(before + unheld * stirred, abs=ROUNDING)


@given(MEN, SHARES, SHARES, THEORIES)
def test_ripe_work_never_leaves_a_man_worse_off(
    man: TherapyState, understanding: float, trust: float, theory: TherapeuticApproach
) -> None:
    before = coping_gained(man, theory)
    work_through(man, understanding, theory)
    cope(man, understanding, trust, theory)
    assert coping_gained(man, theory) >= before - ROUNDING


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
        stir_up(each, 0.0, 0.0, theory)
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
