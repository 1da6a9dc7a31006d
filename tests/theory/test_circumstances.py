"""Circumstances: needs, housing, crises and distress."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.circumstances import (
    CRISIS_CLOSES,
    MOST_DISTRESS,
    NEEDS,
    OLDEST,
    RELATIONSHIPS,
    SUBSTANCE,
    WORK,
    YOUNGEST,
    Circumstances,
    CircumstanceState,
    age_at_entry,
    changes_housing,
    crisis_after_week,
    crisis_happens,
    distress_after_week,
    distress_at_entry,
    mean_of_needs,
    need_at_entry,
    need_of_housing,
    need_returns,
    worst_need_but_housing,
)
from tests.strategies import ROUNDING, SHARES, SWITCHES, UNIFORMS, ordered, parameters, states
from tests.theory.chances import chance_that

THEORIES = parameters(Circumstances)
MEN = states(CircumstanceState)
HELP = st.floats(1.0, 5.0)
COPING_GAINED = st.floats(-0.5, 1.0)


@given(ordered(st.floats(-8.6, 8.6)), THEORIES)
def test_ages_are_spread_about_their_median_within_their_bounds(
    places: tuple[float, float], theory: Circumstances
) -> None:
    younger, older = (age_at_entry(place, theory) for place in places)
    assert YOUNGEST <= younger <= older <= OLDEST
    assert age_at_entry(0.0, theory) == pytest.approx(theory.age_median)


@given(ordered(UNIFORMS), THEORIES)
def test_distress_at_entry_keeps_every_rank_within_the_scale(
    places: tuple[float, float], theory: Circumstances
) -> None:
    less, more = (distress_at_entry(place, theory) for place in places)
    assert 0.0 <= less <= more <= MOST_DISTRESS
    assert distress_at_entry(0.5, theory) == theory.distress_median


@given(SHARES, ordered(UNIFORMS))
def test_a_need_is_either_hardly_there_or_serious(
    prevalence: float, severity: tuple[float, float]
) -> None:
    assert chance_that(lambda u: need_at_entry(prevalence, u, 0.0) >= 0.4) == pytest.approx(
        prevalence, abs=ROUNDING
    )
    mild, grave = (need_at_entry(1.0, 0.5, level) for level in severity)
    assert 0.4 <= mild <= grave <= 1.0
    assert need_at_entry(0.0, 0.5, severity[1]) == 0.05


@given(ordered(SHARES), HELP, THEORIES)
def test_housing_is_lost_sooner_in_a_crisis_and_twice_as_soon_in_a_full_one(
    crisis: tuple[float, float], helped: float, theory: Circumstances
) -> None:
    def lost(level: float) -> float:
        return chance_that(lambda u: 1 - changes_housing(1, level, helped, theory, u))

    assert 0.0 < lost(crisis[0]) <= lost(crisis[1]) < 1.0
    kept_calm, kept_acute = 1.0 - lost(0.0), 1.0 - lost(1.0)
    assert kept_acute == pytest.approx(kept_calm * kept_calm, abs=ROUNDING)


@given(SHARES, ordered(HELP), THEORIES)
def test_a_housing_service_finds_accommodation_sooner(
    crisis: float, helped: tuple[float, float], theory: Circumstances
) -> None:
    def found(help_factor: float) -> float:
        return chance_that(lambda u: changes_housing(0, crisis, help_factor, theory, u))

    assert 0.0 < found(helped[0]) <= found(helped[1]) < 1.0
    assert found(1.0) == pytest.approx(1.0 - np.exp(-theory.housing_gain), abs=ROUNDING)


@given(SHARES, SHARES, THEORIES)
def test_an_eased_need_returns_to_its_level_and_not_past_it(
    need: float, level: float, theory: Circumstances
) -> None:
    after = need_returns(need, level, theory)
    assert min(need, level) - ROUNDING <= after <= max(need, level) + ROUNDING
    assert 0.0 <= after <= 1.0
    assert need_returns(level, level, theory) == level


@given(ordered(SHARES), SHARES, SWITCHES, THEORIES)
def test_needs_bring_crises_and_coping_averts_them(
    values: tuple[float, float], other: float, at_liberty: int, theory: Circumstances
) -> None:
    def chance(needs: float, coping: float) -> float:
        return chance_that(lambda u: crisis_happens(needs, coping, at_liberty, theory, u))

    less, more = values
    assert 0.0 <= chance(less, other) <= chance(more, other) < 1.0
    assert chance(other, more) <= chance(other, less)


@given(SHARES, SHARES, THEORIES)
def test_custody_is_never_less_calm_than_liberty(
    needs: float, coping: float, theory: Circumstances
) -> None:
    inside = chance_that(lambda u: crisis_happens(needs, coping, 0, theory, u))
    outside = chance_that(lambda u: crisis_happens(needs, coping, 1, theory, u))
    assert inside <= outside
    worst = chance_that(lambda u: crisis_happens(1.0, 0.0, 1, theory, u))
    assert worst == pytest.approx(1.0 - np.exp(-theory.crisis_rate), abs=ROUNDING)


@given(ordered(SHARES), SWITCHES, SWITCHES, THEORIES)
def test_a_crisis_stays_a_share_and_passes_unless_something_happens(
    crisis: tuple[float, float], happened: int, released: int, theory: Circumstances
) -> None:
    calm, acute = (crisis_after_week(level, happened, released, theory) for level in crisis)
    assert 0.0 <= calm <= acute + ROUNDING
    assert acute <= 1.0
    quiet = crisis_after_week(crisis[0], 0, 0, theory)
    assert quiet == pytest.approx((1.0 - theory.crisis_passes) * crisis[0], abs=ROUNDING)
    assert quiet <= crisis_after_week(crisis[0], 0, 1, theory) + ROUNDING
    assert quiet <= crisis_after_week(crisis[0], 1, 0, theory) + ROUNDING
    assert crisis_after_week(0.0, 1, 0, theory) == CRISIS_CLOSES
    assert crisis_after_week(0.0, 0, 1, theory) == theory.crisis_release


@given(MEN, COPING_GAINED, THEORIES, UNIFORMS)
def test_distress_stays_on_its_scale(
    man: CircumstanceState, gained: float, theory: Circumstances, uniform: float
) -> None:
    assert 0.0 <= distress_after_week(man, gained, theory, uniform) <= 40.0


@given(MEN, ordered(SHARES), COPING_GAINED, THEORIES, UNIFORMS)
def test_crises_and_needs_distress_and_coping_relieves(
    man: CircumstanceState,
    values: tuple[float, float],
    gained: float,
    theory: Circumstances,
    uniform: float,
) -> None:
    for calm, troubled in (
        [replace(man, crisis=value) for value in values],
        [replace(man, needs_mean=value) for value in values],
    ):
        less = distress_after_week(calm, gained, theory, uniform)
        assert less <= distress_after_week(troubled, gained, theory, uniform) + ROUNDING
    poor, good = (distress_after_week(man, value, theory, uniform) for value in values)
    assert good <= poor + ROUNDING


@given(MEN, THEORIES)
def test_distress_rests_at_its_level_when_nothing_has_changed(
    man: CircumstanceState, theory: Circumstances
) -> None:
    level = man.distress_level
    at_rest = replace(man, distress=level, crisis=0.0, needs_mean=man.needs_at_entry)
    assert distress_after_week(at_rest, 0.0, theory, 0.5) == pytest.approx(level, abs=1e-9)


@given(MEN, COPING_GAINED, THEORIES, ordered(UNIFORMS))
def test_chance_moves_distress_up_as_well_as_down(
    man: CircumstanceState, gained: float, theory: Circumstances, uniforms: tuple[float, float]
) -> None:
    good_week, bad_week = (
        distress_after_week(man, gained, theory, uniform) for uniform in uniforms
    )
    assert good_week <= bad_week + ROUNDING


def test_distress_meets_the_ends_of_its_scale_and_stops_there() -> None:
    theory = Circumstances(distress_noise=3.0)
    needs = {"needs_mean": 0.0, "needs_at_entry": 0.0}
    worst = CircumstanceState(crisis=1.0, distress=40.0, distress_level=40.0, **needs)
    best = CircumstanceState(distress=0.0, distress_level=0.0, **needs)
    assert distress_after_week(worst, 0.0, theory, 0.9) == 40.0
    assert distress_after_week(best, 0.0, theory, 0.1) == 0.0


def test_a_man_in_crisis_can_cope() -> None:
    theory = Circumstances(distress_crisis=8.0, distress_coping=14.0, distress_pace=0.25)
    man = CircumstanceState(
        crisis=1.0, distress=18.0, distress_level=18.0, needs_mean=0.5, needs_at_entry=0.5
    )
    overwhelmed = distress_after_week(man, 0.0, theory, 0.5)
    coping = distress_after_week(man, 0.6, theory, 0.5)
    assert overwhelmed == pytest.approx(18.0 + 0.25 * 8.0)
    assert coping == pytest.approx(18.0 + 0.25 * (8.0 - 14.0 * 0.6))
    assert coping < 18.0 < overwhelmed


def test_the_need_over_housing_is_all_or_nothing() -> None:
    assert (need_of_housing(0), need_of_housing(1)) == (1.0, 0.0)


@given(MEN)
def test_needs_weigh_together_as_much_as_their_mean(man: CircumstanceState) -> None:
    assert mean_of_needs(man) == pytest.approx(np.mean(man.need), abs=ROUNDING)
    assert min(man.need) - ROUNDING <= mean_of_needs(man) <= max(man.need) + ROUNDING


@given(MEN, st.integers(0, NEEDS - 1), SHARES)
def test_every_need_weighs_alike(man: CircumstanceState, which: int, after: float) -> None:
    before, change = mean_of_needs(man), after - man.need[which]
    man.need[which] = after
    assert mean_of_needs(man) == pytest.approx(before + change / NEEDS, abs=ROUNDING)


@given(MEN)
def test_practical_help_turns_to_the_worst_need_but_never_to_housing(
    man: CircumstanceState,
) -> None:
    worst = worst_need_but_housing(man)
    assert worst in (SUBSTANCE, WORK, RELATIONSHIPS)
    assert man.need[worst] == max(man.need[SUBSTANCE], man.need[WORK], man.need[RELATIONSHIPS])


def test_of_equal_needs_practical_help_turns_to_the_first() -> None:
    man = CircumstanceState(need=np.array([1.0, 0.2, 0.8, 0.8]))
    assert worst_need_but_housing(man) == WORK
    man.need[:] = 0.5
    assert worst_need_but_housing(man) == SUBSTANCE
