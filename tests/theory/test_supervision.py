"""Supervision: who is due, whether there is time, what a session leaves, how people tire."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.supervision import (
    BEGINNING_BURNOUT,
    MANAGERIAL,
    REFLECTIVE,
    SHARED,
    PracticeState,
    Supervision,
    chance_of_session,
    difficulty_of,
    hours_kept_free,
    is_discussed,
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
from tests.theory.chances import chance_that

THEORIES = parameters(Supervision)
STAFF = states(PracticeState)
PRACTISED = parameters(Supervision, on=1)
POSTS = st.integers(0, 2**32 - 1)


@given(STAFF, THEORIES, UNIFORMS)
def test_whoever_takes_a_post_is_no_worse_for_the_training(
    person: PracticeState, theory: Supervision, uniform: float
) -> None:
    take_post(person, theory, uniform)
    assert fields_out_of_range(person) == []
    assert person.habit <= person.skill
    assert person.habit_fidelity <= person.fidelity


@given(STAFF, PRACTISED, ordered(UNIFORMS))
def test_luckier_posts_get_more_skilled_people(
    person: PracticeState, theory: Supervision, uniforms: tuple[float, float]
) -> None:
    first, second = replace(person), replace(person)
    take_post(first, theory, uniforms[0])
    take_post(second, theory, uniforms[1])
    assert first.skill <= second.skill
    assert first.habit <= second.habit
    assert first.fidelity <= second.fidelity
    assert first.habit_fidelity <= second.habit_fidelity


@given(STAFF, PRACTISED)
def test_whoever_stands_in_the_middle_has_the_declared_medians(
    person: PracticeState, theory: Supervision
) -> None:
    take_post(person, theory, 0.5)
    skill, fidelity = theory.skill_at_start, theory.fidelity_at_start
    assert person.skill == pytest.approx(skill, abs=ROUNDING)
    assert person.habit == pytest.approx(min(theory.reference_skill, skill), abs=ROUNDING)
    assert person.fidelity == pytest.approx(fidelity, abs=ROUNDING)
    assert person.habit_fidelity == pytest.approx(
        min(theory.reference_fidelity, fidelity), abs=ROUNDING
    )
    assert person.burnout == BEGINNING_BURNOUT
    assert (person.weeks_since_supervision, person.due) == (0.0, 0)


@given(STAFF, UNIFORMS, ordered(st.floats(0.1, 0.9)))
def test_more_training_leaves_what_was_there_before_it(
    person: PracticeState, uniform: float, skills: tuple[float, float]
) -> None:
    before = []
    for skill in skills:
        take_post(person, Supervision(skill_at_start=skill, reference_skill=0.1), uniform)
        before.append(person.habit)
    assert before[0] == before[1]


@given(STAFF, parameters(Supervision, on=0), UNIFORMS)
def test_without_the_theme_everyones_practice_stands_at_the_usual_care_reference(
    person: PracticeState, theory: Supervision, uniform: float
) -> None:
    take_post(person, theory, uniform)
    assert person.skill == person.habit == theory.reference_skill
    assert person.fidelity == person.habit_fidelity == theory.reference_fidelity
    assert person.burnout == BEGINNING_BURNOUT


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


@given(SHARES, SHARES)
def test_exhaustion_and_a_hard_week_each_call_for_supervision(burnout: float, hard: float) -> None:
    assert max(burnout, hard) - ROUNDING <= difficulty_of(burnout, hard) <= 1.0
    assert difficulty_of(burnout, 0.0) == pytest.approx(burnout, abs=ROUNDING)
    assert difficulty_of(0.0, hard) == pytest.approx(hard, abs=ROUNDING)
    assert difficulty_of(0.5, 0.5) == 0.75


@given(ordered(SHARES), ordered(SHARES), THEORIES)
def test_burnout_on_either_side_cancels_sessions(
    burnout: tuple[float, float], strain: tuple[float, float], theory: Supervision
) -> None:
    fresh = chance_of_session(burnout[0], strain[0], theory)
    assert chance_of_session(burnout[1], strain[0], theory) <= fresh
    assert chance_of_session(burnout[0], strain[1], theory) <= fresh
    assert chance_of_session(0.0, 0.0, theory) == 1.0
    assert chance_of_session(1.0, 0.0, theory) == 1.0 - theory.cancelled_by_burnout
    assert chance_of_session(0.0, 1.0, theory) == 1.0 - theory.cancelled_by_burnout


@given(THEORIES)
def test_the_hours_kept_free_add_up_to_one_session_an_interval(theory: Supervision) -> None:
    kept = hours_kept_free(theory)
    assert kept * theory.interval == pytest.approx(theory.session_hours)


@given(st.integers(1, 60), THEORIES)
def test_so_many_men_are_discussed_in_a_shared_session(cases: int, theory: Supervision) -> None:
    chance = chance_that(lambda uniform: is_discussed(cases, theory, uniform))
    assert chance == pytest.approx(min(1.0, theory.men_discussed / cases), abs=ROUNDING)


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
