"""Supervision: who is due, whether there is time, what a session leaves, how people tire."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.supervision import (
    MANAGERIAL,
    REFLECTIVE,
    SHARED,
    PracticeState,
    Supervision,
    chance_of_session,
    difficult_share,
    drift,
    is_due,
    learn,
    manageable,
    strain,
    supported_practice,
    take_post,
)
from tests.strategies import (
    ROUNDING,
    SHARES,
    UNIFORMS,
    fields_out_of_range,
    ordered,
    parameters,
    states,
)

THEORIES = parameters(Supervision)
STAFF = states(PracticeState)
PRACTISED = parameters(Supervision, on=1)
POSTS = st.integers(0, 2**32 - 1)
SUPERVISEES = st.integers(1, 40).map(float)
CASELOADS = st.integers(0, 200).map(float)
CARRIED = st.floats(5.0, 60.0)


@given(STAFF, THEORIES, UNIFORMS)
def test_whoever_takes_a_post_starts_within_range_and_no_better_than_habit_allows(
    person: PracticeState, theory: Supervision, uniform: float
) -> None:
    take_post(person, theory, uniform)
    assert fields_out_of_range(person) == []
    assert person.habit <= person.skill


@given(STAFF, PRACTISED, ordered(UNIFORMS))
def test_luckier_posts_get_more_skilled_people(
    person: PracticeState, theory: Supervision, uniforms: tuple[float, float]
) -> None:
    first, second = replace(person), replace(person)
    take_post(first, theory, uniforms[0])
    take_post(second, theory, uniforms[1])
    assert first.skill <= second.skill
    take_post(person, theory, 0.5)
    assert person.skill == pytest.approx(theory.skill_at_start, abs=ROUNDING)
    assert person.fidelity == theory.fidelity_at_start
    assert person.burnout == theory.burnout_at_start
    assert person.weeks_since_supervision == 0.0


@given(STAFF, parameters(Supervision, on=0), UNIFORMS)
def test_without_the_theme_everyone_stands_at_the_usual_care_reference(
    person: PracticeState, theory: Supervision, uniform: float
) -> None:
    take_post(person, theory, uniform)
    assert person.skill == person.habit == theory.reference_skill
    assert person.fidelity == theory.reference_fidelity
    assert person.burnout == theory.reference_burnout


@given(SHARES, SHARES, SHARES)
def test_practice_is_supported_only_with_skill_fidelity_and_strength_together(
    skill: float, fidelity: float, burnout: float
) -> None:
    assert 0.0 <= supported_practice(skill, fidelity, burnout) <= min(skill, fidelity)
    assert supported_practice(0.0, fidelity, burnout) == 0.0
    assert supported_practice(skill, 0.0, burnout) == 0.0
    assert supported_practice(skill, fidelity, 1.0) == 0.0
    assert supported_practice(1.0, 1.0, 0.0) == 1.0


@given(ordered(SHARES), SHARES, SHARES)
def test_skill_and_fidelity_support_practice_and_burnout_undoes_it(
    values: tuple[float, float], first: float, second: float
) -> None:
    less, more = values
    assert supported_practice(less, first, second) <= supported_practice(more, first, second)
    assert supported_practice(first, less, second) <= supported_practice(first, more, second)
    assert supported_practice(first, second, more) <= supported_practice(first, second, less)


@given(SUPERVISEES, SHARES, THEORIES)
def test_sessions_take_no_more_than_the_hours_a_supervisor_has(
    supervisees: float, burnout: float, theory: Supervision
) -> None:
    chance = chance_of_session(supervisees, burnout, theory)
    assert 0.0 <= chance <= 1.0
    expected_hours = supervisees * theory.session_hours * chance / theory.interval
    assert expected_hours <= theory.supervisor_hours * (1.0 + ROUNDING)


@given(ordered(SUPERVISEES), ordered(SHARES), THEORIES)
def test_more_supervisees_and_more_burnout_mean_fewer_sessions_held(
    supervisees: tuple[float, float], burnout: tuple[float, float], theory: Supervision
) -> None:
    few, many = (chance_of_session(number, burnout[0], theory) for number in supervisees)
    assert many <= few
    rested, tired = (chance_of_session(supervisees[0], state, theory) for state in burnout)
    assert tired <= rested


@given(THEORIES)
def test_a_rested_practitioner_whose_supervisor_has_time_is_always_seen(
    theory: Supervision,
) -> None:
    assert chance_of_session(0.0, 0.0, theory) == 1.0
    assert chance_of_session(0.0, 1.0, theory) == 1.0 - theory.cancelled_by_burnout
    unhurried = replace(theory, supervisor_hours=theory.session_hours / theory.interval)
    assert chance_of_session(1.0, 0.0, unhurried) == pytest.approx(1.0, abs=ROUNDING)
    assert chance_of_session(2.0, 0.0, unhurried) == pytest.approx(0.5, abs=ROUNDING)


@given(st.integers(0, 500), st.integers(1, 300), POSTS, THEORIES)
def test_a_session_is_due_once_in_every_interval_on_average(
    first_week: int, weeks: int, post: int, theory: Supervision
) -> None:
    due = sum(is_due(week, post, theory) for week in range(first_week, first_week + weeks))
    assert abs(due - weeks / theory.interval) < 1.0 + ROUNDING


@given(st.integers(0, 500), POSTS, st.integers(1, 26))
def test_a_session_is_due_exactly_every_so_many_whole_weeks(
    first_week: int, post: int, interval: int
) -> None:
    theory = Supervision(interval=float(interval))
    weeks = range(first_week, first_week + 4 * interval)
    due = [week for week in weeks if is_due(week, post, theory) == 1]
    assert len(due) == 4
    assert {later - earlier for earlier, later in pairwise(due)} == {interval}


@given(st.integers(0, 500), st.integers(0, 900), st.integers(1, 26))
def test_posts_take_turns_rather_than_all_being_due_at_once(
    week: int, first_post: int, interval: int
) -> None:
    theory = Supervision(interval=float(interval))
    posts = range(first_post, first_post + interval)
    assert sum(is_due(week, post, theory) for post in posts) == 1


@given(STAFF, SHARES, THEORIES)
def test_a_session_raises_skill_and_fidelity_and_relieves_burnout(
    person: PracticeState, quality: float, theory: Supervision
) -> None:
    before = replace(person)
    learn(person, quality, theory)
    assert fields_out_of_range(person) == []
    assert person.skill >= before.skill
    assert person.fidelity >= before.fidelity
    assert person.burnout <= before.burnout
    assert person.weeks_since_supervision == 0.0
    assert (person.habit, person.difficult_week) == (before.habit, before.difficult_week)


@given(STAFF, ordered(SHARES), THEORIES)
def test_better_sessions_leave_more(
    person: PracticeState, quality: tuple[float, float], theory: Supervision
) -> None:
    poor, good = replace(person), replace(person)
    learn(poor, quality[0], theory)
    learn(good, quality[1], theory)
    assert poor.skill <= good.skill + ROUNDING
    assert poor.fidelity <= good.fidelity + ROUNDING
    assert good.burnout <= poor.burnout + ROUNDING


@given(STAFF, SHARES, THEORIES)
def test_a_managerial_session_is_worth_its_declared_part_of_a_reflective_one(
    person: PracticeState, quality: float, theory: Supervision
) -> None:
    managed, reflected, shared = replace(person), replace(person), replace(person)
    learn(managed, quality, replace(theory, mode=MANAGERIAL))
    learn(reflected, quality, replace(theory, mode=REFLECTIVE))
    learn(shared, quality, replace(theory, mode=SHARED))
    gain = reflected.skill - person.skill
    assert managed.skill - person.skill == pytest.approx(
        theory.managerial_worth * gain, abs=ROUNDING
    )
    assert shared == reflected


@given(STAFF, THEORIES)
def test_a_session_of_no_quality_changes_nobody(person: PracticeState, theory: Supervision) -> None:
    before = replace(person, weeks_since_supervision=0.0)
    learn(person, 0.0, theory)
    assert person == before


@given(STAFF, THEORIES)
def test_skill_and_fidelity_drift_towards_habit_and_not_past_it(
    person: PracticeState, theory: Supervision
) -> None:
    before = replace(person)
    drift(person, theory)
    assert fields_out_of_range(person) == []
    assert min(before.skill, before.habit) - ROUNDING <= person.skill <= before.skill
    kept = min(before.fidelity, theory.habit_fidelity)
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
    theory = Supervision(
        skill_drift=0.01, fidelity_drift=0.02, difficult_drift=3.0, habit_fidelity=0.2
    )
    person = PracticeState(skill=0.8, habit=0.3, fidelity=0.6, difficult_week=0.5)
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
    theory = Supervision(
        burnout_wear=0.01, burnout_overload=0.04, burnout_crises=0.1, recovery=0.02
    )
    person = PracticeState(burnout=0.3, difficult_week=0.5)
    strain(person, 60.0, 30.0, theory)
    assert person.burnout == pytest.approx(0.3 + (0.01 + 0.04 + 0.05) * 0.7 - 0.02 * 0.3)


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
