"""Client motivation: from within, from pressure, and the need that a man feels."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.circumstances import MOST_DISTRESS
from engager_sim.theory.client_motivation import (
    HONEYMOON_WEEKS,
    REFERENCE_GOALS,
    ClientMotivation,
    MotivationState,
    felt_need,
    gain_from_contact,
    gain_from_win,
    goals_in_use,
    loss_from_coercion,
    motivation,
    perceive,
    settle_motivation,
    weight_of_situation,
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


@given(MEN, SWITCHES, THEORIES)
def test_motivation_is_a_share(
    man: MotivationState, on_licence: int, theory: ClientMotivation
) -> None:
    assert 0.0 <= motivation(man, on_licence, theory) <= 1.0


@given(MEN, ordered(SHARES), SWITCHES, THEORIES)
def test_goals_pressure_and_felt_need_all_motivate(
    man: MotivationState, values: tuple[float, float], on_licence: int, theory: ClientMotivation
) -> None:
    for name in ("autonomous", "controlled", "perceived_need"):
        less, more = (
            motivation(replace(man, **{name: value}), on_licence, theory) for value in values
        )
        assert less <= more + ROUNDING


@given(MEN, SHARES, THEORIES)
def test_pressure_motivates_only_on_licence(
    man: MotivationState, pressure: float, theory: ClientMotivation
) -> None:
    free = motivation(man, 0, theory)
    assert motivation(replace(man, controlled=pressure), 0, theory) == free
    assert motivation(man, 1, theory) >= free
    assert motivation(replace(man, autonomous=1.0, perceived_need=1.0), 0, theory) == 1.0


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
    progress = before.goal_progress + theory.progress_per_win * (1.0 - before.goal_progress)
    assert man.goal_progress == pytest.approx(progress, abs=ROUNDING)
    assert man.perceived_need == before.perceived_need


@given(MEN, THEORIES)
def test_coercion_costs_autonomous_motivation_its_declared_part(
    man: MotivationState, theory: ClientMotivation
) -> None:
    before = replace(man)
    loss_from_coercion(man, theory)
    kept = (1.0 - theory.coercion_loss) * before.autonomous
    assert man.autonomous == pytest.approx(kept, abs=ROUNDING)
    assert replace(man, autonomous=before.autonomous) == before


@given(MEN, SHARES, SWITCHES, THEORIES)
def test_autonomous_motivation_returns_to_what_he_came_with(
    man: MotivationState, at_entry: float, on_licence: int, theory: ClientMotivation
) -> None:
    before = man.autonomous
    settle_motivation(man, at_entry, on_licence, theory)
    assert fields_out_of_range(man) == []
    low, high = min(before, at_entry), max(before, at_entry)
    assert low - ROUNDING <= man.autonomous <= high + ROUNDING
    assert man.controlled == (theory.controlled_on_licence if on_licence == 1 else 0.0)
    at_rest = replace(man, autonomous=at_entry)
    settle_motivation(at_rest, at_entry, on_licence, theory)
    assert at_rest.autonomous == at_entry


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


@given(MEN, SHARES, THEORIES)
def test_need_is_felt_at_once_when_it_rises_and_slowly_when_it_falls(
    man: MotivationState, felt: float, theory: ClientMotivation
) -> None:
    before = replace(man)
    perceive(man, felt, theory)
    assert fields_out_of_range(man) == []
    if felt > before.perceived_need:
        assert man.perceived_need == felt
    else:
        expected = before.perceived_need + theory.need_pace * (felt - before.perceived_need)
        assert man.perceived_need == pytest.approx(expected, abs=ROUNDING)
        assert felt - ROUNDING <= man.perceived_need <= before.perceived_need
    assert replace(man, perceived_need=before.perceived_need) == before


def test_pressure_fills_its_worth_of_what_own_goals_leave() -> None:
    theory = ClientMotivation(controlled_worth=0.5)
    man = MotivationState(autonomous=0.4, controlled=0.6, perceived_need=0.8)
    assert motivation(man, 0, theory) == pytest.approx(0.4 * 0.9)
    assert motivation(man, 1, theory) == pytest.approx((0.4 + 0.5 * 0.6 * 0.6) * 0.9)


DISTRESS = st.floats(0.0, MOST_DISTRESS)


@given(ordered(SHARES), ordered(DISTRESS), THEORIES)
def test_needs_and_distress_both_weigh_in_what_a_man_feels(
    needs: tuple[float, float], distress: tuple[float, float], theory: ClientMotivation
) -> None:
    def weight(need: float, points: float) -> float:
        return weight_of_situation(need, points, theory)

    near = 1.0 + ROUNDING
    assert 0.0 <= weight(needs[0], distress[0]) <= weight(needs[1], distress[0]) * near
    assert weight(needs[0], distress[0]) <= weight(needs[0], distress[1]) * near <= 1.0 + ROUNDING
    assert weight(1.0, MOST_DISTRESS) == pytest.approx(1.0, abs=ROUNDING)
    assert weight(0.0, MOST_DISTRESS) == pytest.approx(theory.felt_distress, abs=ROUNDING)


def test_needs_and_distress_weigh_alike_by_default() -> None:
    assert weight_of_situation(0.6, 16.0, ClientMotivation()) == 0.5 * (0.6 + 16.0 / 40.0)
    assert weight_of_situation(0.6, 16.0, ClientMotivation(felt_distress=0.0)) == 0.6


@given(parameters(ClientMotivation))
def test_the_lever_says_whose_the_goals_are_unless_the_theme_is_off(
    theory: ClientMotivation,
) -> None:
    expected = theory.own_goals if theory.on == 1 else REFERENCE_GOALS
    assert goals_in_use(theory) == expected
    assert ClientMotivation().own_goals == REFERENCE_GOALS
