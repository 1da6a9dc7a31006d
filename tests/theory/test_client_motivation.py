"""Client motivation: from within, from pressure, and the need that a man feels."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.circumstances import MOST_DISTRESS
from engager_sim.theory.client_motivation import (
    COERCION_LOSS,
    HONEYMOON_WEEKS,
    NEED_PACE,
    REFERENCE_GOALS,
    REFERENCE_NEED,
    ClientMotivation,
    MotivationState,
    coping_after_practice,
    felt_need,
    gain_from_contact,
    gain_from_win,
    goals_in_use,
    loss_from_coercion,
    motivation,
    perceive,
    pursue_goals,
    settle_motivation,
    weight_of_situation,
    when_willing,
    willingness,
)
from tests.strategies import (
    ROUNDING,
    SHARES,
    SWITCHES,
    WEEKS_FROM_RELEASE,
    fields_out_of_range,
    ordered,
    parameters,
    states,
)

THEORIES = parameters(ClientMotivation)
MEN = states(MotivationState)


@given(MEN, SWITCHES)
def test_motivation_is_a_share(man: MotivationState, on_licence: int) -> None:
    assert 0.0 <= motivation(man, on_licence) <= 1.0


@given(MEN, ordered(SHARES), SWITCHES)
def test_goals_pressure_and_felt_need_all_motivate(
    man: MotivationState, values: tuple[float, float], on_licence: int
) -> None:
    for name in ("autonomous", "controlled", "perceived_need"):
        less, more = (motivation(replace(man, **{name: value}), on_licence) for value in values)
        assert less <= more + ROUNDING


@given(MEN, SHARES)
def test_pressure_motivates_only_on_licence(man: MotivationState, pressure: float) -> None:
    free = motivation(man, 0)
    assert motivation(replace(man, controlled=pressure), 0) == free
    assert motivation(man, 1) >= free
    assert motivation(replace(man, autonomous=1.0, perceived_need=1.0), 0) == 1.0


@given(MEN, ordered(SHARES), THEORIES)
def test_a_good_contact_motivates_more_where_there_is_trust(
    man: MotivationState, trust: tuple[float, float], theory: ClientMotivation
) -> None:
    wary, trusting = replace(man), replace(man)
    gain_from_contact(wary, trust[0], theory)
    gain_from_contact(trusting, trust[1], theory)
    assert man.autonomous <= wary.autonomous <= trusting.autonomous
    assert fields_out_of_range(trusting) == []
    gained = theory.contact_gain * trust[0] * theory.own_goals * (1.0 - man.autonomous)
    assert wary.autonomous == pytest.approx(man.autonomous + gained, abs=ROUNDING)


@given(MEN, SHARES, THEORIES)
def test_neither_contacts_nor_wins_motivate_for_goals_that_are_not_his_own(
    man: MotivationState, trust: float, theory: ClientMotivation
) -> None:
    before = man.autonomous
    others_goals = replace(theory, own_goals=0.0)
    gain_from_contact(man, trust, others_goals)
    gain_from_win(man, others_goals)
    assert man.autonomous == before


@given(MEN, THEORIES)
def test_a_small_win_brings_progress_and_motivation(
    man: MotivationState, theory: ClientMotivation
) -> None:
    before = replace(man)
    gain_from_win(man, theory)
    assert fields_out_of_range(man) == []
    assert man.autonomous >= before.autonomous
    progress = before.goal_progress + theory.goal_pace * (1.0 - before.goal_progress)
    assert man.goal_progress == pytest.approx(progress, abs=ROUNDING)
    assert man.perceived_need == before.perceived_need


@given(MEN)
def test_coercion_costs_autonomous_motivation_its_part(man: MotivationState) -> None:
    before = replace(man)
    loss_from_coercion(man)
    kept = (1.0 - COERCION_LOSS) * before.autonomous
    assert man.autonomous == pytest.approx(kept, abs=ROUNDING)
    assert replace(man, autonomous=before.autonomous) == before


@given(MEN, SHARES, SWITCHES, THEORIES)
def test_autonomous_motivation_returns_to_what_has_become_his_own(
    man: MotivationState, at_entry: float, on_licence: int, theory: ClientMotivation
) -> None:
    before = man.autonomous
    settle_motivation(man, at_entry, on_licence, theory)
    assert fields_out_of_range(man) == []
    own = at_entry + man.goal_progress * theory.own_goals * (1.0 - at_entry)
    low, high = min(before, own), max(before, own)
    assert low - ROUNDING <= man.autonomous <= high + ROUNDING
    assert man.controlled == (theory.controlled_on_licence if on_licence == 1 else 0.0)
    at_rest = replace(man, autonomous=own)
    settle_motivation(at_rest, at_entry, on_licence, theory)
    assert at_rest.autonomous == own
    nothing_done = replace(man, autonomous=at_entry, goal_progress=0.0)
    settle_motivation(nothing_done, at_entry, on_licence, theory)
    assert nothing_done.autonomous == at_entry


@given(ordered(SHARES), SHARES, WEEKS_FROM_RELEASE, THEORIES)
def test_needs_and_crises_are_felt(
    values: tuple[float, float], other: float, week: float, theory: ClientMotivation
) -> None:
    less, more = values
    assert 0.0 <= felt_need(less, other, week, theory) <= 1.0
    assert felt_need(less, other, week, theory) <= felt_need(more, other, week, theory) + ROUNDING
    assert felt_need(other, less, week, theory) <= felt_need(other, more, week, theory) + ROUNDING


@given(SHARES, st.floats(0.0, HONEYMOON_WEEKS, exclude_max=True), THEORIES)
def test_felt_need_dips_in_the_first_weeks_out(
    needs: float, week: float, theory: ClientMotivation
) -> None:
    dipped = (1.0 - theory.honeymoon_dip) * needs
    assert felt_need(needs, 0.0, week, theory) == pytest.approx(dipped, abs=ROUNDING)
    assert felt_need(needs, 0.0, -1.0, theory) == needs
    assert felt_need(needs, 0.0, float(HONEYMOON_WEEKS), theory) == needs


@given(MEN, SHARES)
def test_need_is_felt_at_once_when_it_rises_and_slowly_when_it_falls(
    man: MotivationState, felt: float
) -> None:
    before = replace(man)
    perceive(man, felt)
    assert fields_out_of_range(man) == []
    if felt > before.perceived_need:
        assert man.perceived_need == felt
    else:
        expected = before.perceived_need + NEED_PACE * (felt - before.perceived_need)
        assert man.perceived_need == pytest.approx(expected, abs=ROUNDING)
        assert felt - ROUNDING <= man.perceived_need <= before.perceived_need
    assert replace(man, perceived_need=before.perceived_need) == before


def test_pressure_fills_its_worth_of_what_own_goals_leave() -> None:
    man = MotivationState(autonomous=0.4, controlled=0.3, perceived_need=0.8)
    assert motivation(man, 0) == pytest.approx(0.4 * 0.9)
    assert motivation(man, 1) == pytest.approx((0.4 + 0.3 * 0.6) * 0.9)


DISTRESS = st.floats(0.0, MOST_DISTRESS)


@given(ordered(SHARES), ordered(DISTRESS))
def test_needs_and_distress_both_weigh_in_what_a_man_feels(
    needs: tuple[float, float], distress: tuple[float, float]
) -> None:
    weight, near = weight_of_situation, 1.0 + ROUNDING
    assert 0.0 <= weight(needs[0], distress[0]) <= weight(needs[1], distress[0]) * near
    assert weight(needs[0], distress[0]) <= weight(needs[0], distress[1]) * near <= 1.0 + ROUNDING
    assert weight(1.0, MOST_DISTRESS) == pytest.approx(1.0, abs=ROUNDING)


def test_needs_and_distress_weigh_alike() -> None:
    assert weight_of_situation(0.6, 16.0) == 0.5 * (0.6 + 16.0 / 40.0)


@given(ordered(SHARES), MEN, SWITCHES, THEORIES)
def test_the_more_motivated_are_the_more_willing(
    values: tuple[float, float], man: MotivationState, on_licence: int, theory: ClientMotivation
) -> None:
    less, more = (
        willingness(replace(man, autonomous=value), on_licence, theory) for value in values
    )
    assert 0.0 < less <= more * (1.0 + ROUNDING)


@given(THEORIES)
def test_the_man_of_reference_is_as_willing_as_declared_chances_say(
    theory: ClientMotivation,
) -> None:
    usual = MotivationState(autonomous=theory.autonomous_median, perceived_need=REFERENCE_NEED)
    assert willingness(usual, 0, theory) == 1.0
    unmoved = replace(theory, between_meetings=0.0)
    assert willingness(replace(usual, autonomous=1.0), 1, unmoved) == 1.0


def test_full_motivation_makes_more_willing_by_its_declared_log_hazard() -> None:
    theory = ClientMotivation(between_meetings=0.8)
    full = MotivationState(autonomous=1.0, perceived_need=1.0)
    none = MotivationState(autonomous=0.0, perceived_need=1.0)
    ratio = willingness(full, 0, theory) / willingness(none, 0, theory)
    assert ratio == pytest.approx(math.exp(0.8), abs=ROUNDING)


@given(SHARES, ordered(st.floats(0.1, 8.0)))
def test_a_chance_rises_with_willingness_as_its_hazard_would(
    chance: float, willing: tuple[float, float]
) -> None:
    less, more = (when_willing(chance, will) for will in willing)
    assert 0.0 <= less <= more <= 1.0
    assert when_willing(chance, 1.0) == pytest.approx(chance, abs=ROUNDING)
    assert when_willing(chance, 2.0) == pytest.approx(1.0 - (1.0 - chance) ** 2, abs=ROUNDING)


@given(MEN, THEORIES)
def test_a_man_gets_on_with_goals_that_are_his_own_as_far_as_he_wants_to(
    man: MotivationState, theory: ClientMotivation
) -> None:
    before = replace(man)
    pursue_goals(man, theory)
    assert fields_out_of_range(man) == []
    step = theory.goal_pace * theory.own_goals * before.autonomous * (1.0 - before.goal_progress)
    assert man.goal_progress == pytest.approx(before.goal_progress + step, abs=ROUNDING)
    assert replace(man, goal_progress=before.goal_progress) == before
    others_goals = replace(before)
    pursue_goals(others_goals, replace(theory, own_goals=0.0))
    assert others_goals == before


@given(ordered(SHARES), SHARES, SHARES, THEORIES)
def test_a_man_practises_what_he_has_learnt_as_far_as_he_wants_to(
    drive: tuple[float, float], coping: float, at_start: float, theory: ClientMotivation
) -> None:
    less, more = (coping_after_practice(d, coping, at_start, theory) for d in drive)
    assert coping <= less <= more + ROUNDING <= 1.0 + ROUNDING
    assert coping_after_practice(0.0, coping, at_start, theory) == coping
    if coping <= at_start:
        assert more == coping
    else:
        grown = theory.practising * drive[1] * (coping - at_start) * (1.0 - coping)
        assert more == pytest.approx(coping + grown, abs=ROUNDING)


@given(parameters(ClientMotivation))
def test_the_lever_says_whose_the_goals_are_unless_the_theme_is_off(
    theory: ClientMotivation,
) -> None:
    expected = theory.own_goals if theory.on == 1 else REFERENCE_GOALS
    assert goals_in_use(theory) == expected
    assert ClientMotivation().own_goals == REFERENCE_GOALS
