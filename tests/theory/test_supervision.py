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
    is_due,
    learn,
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
