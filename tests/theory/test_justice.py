"""Justice: offences slow down, custody, recall for lost contact and for breach."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.justice import (
    CRISIS,
    REFERENCE_AGE,
    SUBSTANCE_NEED,
    TRUST,
    UNHOUSED,
    Justice,
    breach_hazard,
    chance_of_appointment,
    custody_length,
    death_hazard,
    is_on_licence,
    leads_to_custody,
    lost_contact_hazard,
    offence_hazard,
    recall_length,
)
from tests.strategies import ROUNDING, SHARES, SWITCHES, UNIFORMS, ordered, parameters
from tests.theory.chances import chance_that

THEORIES = parameters(Justice)
WEEKS_OUT = st.integers(0, 520).map(float)


@given(ordered(WEEKS_OUT), SWITCHES, SHARES, SHARES, SHARES, THEORIES)
def test_the_hazard_of_an_offence_falls_with_time_at_liberty(
    weeks: tuple[float, float],
    unhoused: int,
    substance: float,
    crisis: float,
    trust: float,
    theory: Justice,
) -> None:
    early, late = (
        offence_hazard(week, unhoused, substance, crisis, trust, 40.0, theory) for week in weeks
    )
    assert 0.0 < late <= early
    if weeks[0] < weeks[1]:
        assert late < early


@given(ordered(SHARES), SHARES, SHARES, THEORIES)
def test_homelessness_drugs_and_crises_raise_the_risk_and_trust_lowers_it(
    values: tuple[float, float], first: float, second: float, theory: Justice
) -> None:
    less, more = values

    def hazard(unhoused: int, substance: float, crisis: float, trust: float) -> float:
        return offence_hazard(10.0, unhoused, substance, crisis, trust, 25.0, theory)

    near = 1.0 + ROUNDING
    assert hazard(0, less, first, second) <= hazard(1, less, first, second) * near
    assert hazard(0, less, first, second) <= hazard(0, more, first, second) * near
    assert hazard(0, first, less, second) <= hazard(0, first, more, second) * near
    assert hazard(0, first, second, more) <= hazard(0, first, second, less) * near


@given(THEORIES)
def test_a_man_at_the_reference_risk_reoffends_within_a_year_as_declared(theory: Justice) -> None:
    """A man at the mean of each, housed for the share of men who are."""
    even = replace(theory, risk_unhoused=0.0)
    over_a_year = sum(
        offence_hazard(float(week), 1, SUBSTANCE_NEED, CRISIS, TRUST, REFERENCE_AGE, even)
        for week in range(52)
    )
    assert 1.0 - math.exp(-over_a_year) == pytest.approx(theory.reoffending_year, abs=1e-9)
    housed, unhoused = (
        offence_hazard(0.0, unhoused, SUBSTANCE_NEED, CRISIS, TRUST, REFERENCE_AGE, theory)
        for unhoused in (0, 1)
    )
    reference = offence_hazard(0.0, 0, SUBSTANCE_NEED, CRISIS, TRUST, REFERENCE_AGE, even)
    mean = UNHOUSED * math.log(unhoused) + (1.0 - UNHOUSED) * math.log(housed)
    assert mean == pytest.approx(math.log(reference))


@given(ordered(WEEKS_OUT), THEORIES)
def test_deaths_are_front_loaded_and_add_up_to_the_declared_year(
    weeks: tuple[float, float], theory: Justice
) -> None:
    early, late = (death_hazard(week, theory) for week in weeks)
    assert 0.0 < late <= early
    over_a_year = sum(death_hazard(float(week), theory) for week in range(52))
    assert 1.0 - math.exp(-over_a_year) == pytest.approx(theory.death_year, abs=1e-9)


@given(ordered(st.floats(18.0, 90.0)), SHARES, THEORIES)
def test_the_hazard_falls_with_age_by_its_gradient(
    ages: tuple[float, float], other: float, theory: Justice
) -> None:
    young, old = (offence_hazard(3.0, 0, other, other, other, age, theory) for age in ages)
    gap = theory.age_gradient * (ages[1] - ages[0])
    assert 0.0 < old <= young * (1.0 + ROUNDING)
    assert young / old == pytest.approx(math.exp(gap), rel=1e-9)


@given(THEORIES)
def test_an_offence_leads_to_custody_with_the_declared_chance(theory: Justice) -> None:
    chance = chance_that(lambda uniform: leads_to_custody(theory, uniform))
    assert chance == pytest.approx(theory.custody_after_offence, abs=ROUNDING)


@given(ordered(UNIFORMS), THEORIES)
def test_custody_lasts_whole_weeks_at_least_one_and_no_longer_than_a_record_holds(
    uniforms: tuple[float, float], theory: Justice
) -> None:
    longer, shorter = (custody_length(theory, uniform) for uniform in uniforms)
    assert 1.0 <= shorter <= longer <= 1e4
    assert longer == int(longer)


@given(THEORIES)
def test_custody_lasts_the_declared_weeks_on_average(theory: Justice) -> None:
    uniforms = [(number + 0.5) / 4000.0 for number in range(4000)]
    mean = sum(custody_length(theory, uniform) for uniform in uniforms) / len(uniforms)
    assert mean == pytest.approx(theory.custody_weeks, rel=0.01)


def test_a_recall_is_shorter_after_a_short_sentence() -> None:
    assert (recall_length(1), recall_length(0)) == (2.0, 4.0)


@given(ordered(SHARES), SHARES, THEORIES)
def test_crises_and_needs_keep_men_from_their_probation_appointments(
    values: tuple[float, float], other: float, theory: Justice
) -> None:
    def chance(crisis: float, needs: float) -> float:
        return chance_of_appointment(crisis, needs, theory)

    less, more = values
    assert chance(more, other) <= chance(less, other)
    assert chance(other, more) <= chance(other, less)
    assert chance(0.0, 0.0) == pytest.approx(theory.appointment_base, abs=ROUNDING)
    expected = theory.appointment_base - theory.appointment_crisis - theory.appointment_needs
    assert chance(1.0, 1.0) == pytest.approx(max(0.0, expected), abs=ROUNDING)


@given(ordered(WEEKS_OUT), THEORIES)
def test_recall_for_lost_contact_needs_more_than_a_week_and_is_full_after_four(
    weeks: tuple[float, float], theory: Justice
) -> None:
    short, long = (lost_contact_hazard(week, theory) for week in weeks)
    assert 0.0 <= short <= long <= theory.recall_lost
    assert lost_contact_hazard(0.0, theory) == lost_contact_hazard(1.0, theory) == 0.0
    assert 0.0 < lost_contact_hazard(2.0, theory) < theory.recall_lost
    assert lost_contact_hazard(4.0, theory) == theory.recall_lost


@given(ordered(SHARES), SHARES, SHARES, SWITCHES, THEORIES)
def test_breach_is_recalled_more_for_conduct_and_for_helpers_who_enforce(
    values: tuple[float, float], first: float, second: float, contact: int, theory: Justice
) -> None:
    less, more = values
    near = 1.0 + ROUNDING

    def hazard(substance: float, crisis: float, seen: int, conflict: float) -> float:
        return breach_hazard(substance, crisis, seen, conflict, theory)

    assert 0.0 < hazard(less, first, contact, second) <= hazard(more, first, contact, second) * near
    assert hazard(first, less, contact, second) <= hazard(first, more, contact, second) * near
    assert hazard(first, second, contact, less) <= hazard(first, second, contact, more) * near


@given(SHARES, SHARES, SHARES, THEORIES)
def test_contact_raises_recall_for_breach_only_where_roles_conflict(
    substance: float, crisis: float, conflict: float, theory: Justice
) -> None:
    unseen = breach_hazard(substance, crisis, 0, conflict, theory)
    assert breach_hazard(substance, crisis, 1, 0.0, theory) == unseen
    seen = breach_hazard(substance, crisis, 1, conflict, theory)
    assert seen == pytest.approx(unseen * (1.0 + theory.detection * conflict), abs=ROUNDING)
    assert breach_hazard(1.0, 1.0, 0, conflict, theory) == pytest.approx(
        theory.recall_breach, abs=ROUNDING
    )


@given(st.integers(-104, 260), THEORIES)
def test_licence_runs_from_first_release_for_the_declared_weeks(out: int, theory: Justice) -> None:
    assert is_on_licence(out, theory) == int(out in range(math.ceil(theory.licence_weeks)))
    assert is_on_licence(-1, theory) == is_on_licence(theory.licence_weeks, theory) == 0
