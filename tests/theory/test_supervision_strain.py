"""Habit, difficult weeks and burnout: what supervision works against."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.supervision import (
    PracticeState,
    Supervision,
    difficult_share,
    drift,
    manageable,
    strain,
)
from tests.strategies import ROUNDING, SHARES, fields_out_of_range, ordered, parameters, states

THEORIES = parameters(Supervision)
STAFF = states(PracticeState)
CASELOADS = st.integers(0, 200).map(float)
CARRIED = st.floats(5.0, 60.0)


@given(STAFF, THEORIES)
def test_skill_and_fidelity_drift_towards_habit_and_not_past_it(
    person: PracticeState, theory: Supervision
) -> None:
    before = replace(person)
    drift(person, theory)
    assert fields_out_of_range(person) == []
    assert min(before.skill, before.habit) - ROUNDING <= person.skill <= before.skill
    kept = min(before.fidelity, before.habit_fidelity)
    assert kept - ROUNDING <= person.fidelity <= before.fidelity
    assert person.weeks_since_supervision == before.weeks_since_supervision + 1.0
    assert person.burnout == before.burnout


@given(STAFF, ordered(SHARES), THEORIES)
def test_difficult_weeks_drive_people_back_to_habit_faster(
    person: PracticeState, difficult: tuple[float, float], theory: Supervision
) -> None:
    quiet = replace(person, difficult_week=difficult[0])
    hard = replace(person, difficult_week=difficult[1])
    drift(quiet, theory)
    drift(hard, theory)
    assert hard.skill <= quiet.skill + ROUNDING
    assert hard.fidelity <= quiet.fidelity + ROUNDING


def test_drift_takes_what_the_equation_says() -> None:
    theory = Supervision(skill_drift=0.01, fidelity_drift=0.02, difficult_drift=3.0)
    person = PracticeState(
        skill=0.8, habit=0.3, fidelity=0.6, habit_fidelity=0.2, difficult_week=0.5
    )
    drift(person, theory)
    assert person.skill == pytest.approx(0.8 - 0.01 * 2.5 * 0.5)
    assert person.fidelity == pytest.approx(0.6 - 0.02 * 2.5 * 0.4)


@given(ordered(st.floats(0.0, 4.0)), THEORIES)
def test_men_seen_more_often_make_a_smaller_caseload_manageable(
    contacts: tuple[float, float], theory: Supervision
) -> None:
    rarely, often = (manageable(planned, theory) for planned in contacts)
    assert 0.0 < often <= rarely * (1.0 + ROUNDING)


@given(st.floats(0.1, 4.0), THEORIES)
def test_a_manageable_caseload_is_seen_in_the_contacts_that_can_be_carried(
    contacts: float, theory: Supervision
) -> None:
    carried = manageable(contacts, theory) * contacts
    assert carried == pytest.approx(theory.manageable_contacts)
    assert manageable(0.0, theory) == pytest.approx(10.0 * theory.manageable_contacts)


@given(STAFF, CASELOADS, CARRIED, THEORIES)
def test_strain_keeps_burnout_in_range_and_touches_nothing_else(
    person: PracticeState, caseload: float, carried: float, theory: Supervision
) -> None:
    before = replace(person)
    strain(person, caseload, carried, theory)
    assert 0.0 <= person.burnout <= 1.0
    assert replace(person, burnout=before.burnout) == before


@given(STAFF, ordered(CASELOADS), ordered(SHARES), CARRIED, THEORIES)
def test_heavier_caseloads_and_more_crises_burn_out_more(
    person: PracticeState,
    caseloads: tuple[float, float],
    crises: tuple[float, float],
    carried: float,
    theory: Supervision,
) -> None:
    light, heavy = replace(person), replace(person)
    strain(light, caseloads[0], carried, theory)
    strain(heavy, caseloads[1], carried, theory)
    assert light.burnout <= heavy.burnout + ROUNDING
    quiet = replace(person, difficult_week=crises[0])
    hard = replace(person, difficult_week=crises[1])
    strain(quiet, caseloads[0], carried, theory)
    strain(hard, caseloads[0], carried, theory)
    assert quiet.burnout <= hard.burnout + ROUNDING


@given(states(PracticeState, difficult_week=0.0), CARRIED, THEORIES)
def test_without_men_a_practitioner_recovers(
    person: PracticeState, carried: float, theory: Supervision
) -> None:
    before = person.burnout
    strain(person, 0.0, carried, theory)
    assert person.burnout == pytest.approx((1.0 - theory.recovery) * before, abs=ROUNDING)


def test_twice_the_manageable_caseload_wears_out_what_the_equation_says() -> None:
    theory = Supervision(burnout_overload=0.04, burnout_crises=0.1, recovery=0.02)
    person = PracticeState(burnout=0.3, difficult_week=0.5)
    strain(person, 60.0, 30.0, theory)
    assert person.burnout == pytest.approx(0.3 + (0.04 + 0.05) * 0.7 - 0.02 * 0.3)


@given(STAFF, ordered(st.floats(0.0, 1.0)), CARRIED, THEORIES)
def test_a_caseload_that_can_be_carried_does_not_wear_by_its_size(
    person: PracticeState, filled: tuple[float, float], carried: float, theory: Supervision
) -> None:
    light, full = replace(person), replace(person)
    strain(light, filled[0] * carried, carried, theory)
    strain(full, filled[1] * carried, carried, theory)
    assert light.burnout == pytest.approx(full.burnout, abs=ROUNDING)


@given(ordered(st.integers(0, 200)), st.integers(0, 200))
def test_a_week_is_difficult_by_the_share_of_men_in_crisis(
    crises: tuple[int, int], others: int
) -> None:
    few, cases = crises[0], crises[1] + others
    assert 0.0 <= difficult_share(few, cases) <= difficult_share(crises[1], cases) <= 1.0
    assert difficult_share(cases, cases) == (1.0 if cases > 0 else 0.0)
    assert difficult_share(2 * few, 2 * cases) == difficult_share(few, cases)


def test_without_men_no_week_is_difficult() -> None:
    assert difficult_share(0, 0) == 0.0
