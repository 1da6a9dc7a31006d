"""Supervisors: their time, their strain, what they learn, and that more is never less."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.supervision import BEGINNING_BURNOUT, Supervision, chance_of_session
from engager_sim.theory.supervisors import (
    SupervisorState,
    gain_experience,
    hours_at_hand,
    mean_burnout,
    share_asked,
    strain_of_supervisor,
    take_on_supervision,
)
from tests.strategies import ROUNDING, SHARES, UNIFORMS, fields_out_of_range, ordered, states

SUPERVISORS = states(SupervisorState)
SESSIONS, INTERVALS, HOURS = st.floats(0.5, 3.0), st.floats(1.0, 26.0), st.floats(0.5, 37.0)
SUPERVISEES = st.integers(1, 40).map(float)
RATES = st.floats(0.0, 0.15)
RECOVERIES = st.floats(0.005, 0.08)


@given(SUPERVISORS, SHARES, st.floats(0.0, 1.0), ordered(UNIFORMS))
def test_supervisors_differ_around_the_median_of_their_service(
    person: SupervisorState, quality: float, spread: float, uniforms: tuple[float, float]
) -> None:
    drawn = []
    for uniform in uniforms:
        take_on_supervision(person, quality, spread, uniform)
        assert fields_out_of_range(person) == []
        assert person.strain == BEGINNING_BURNOUT
        drawn.append(person.quality)
    assert drawn[0] <= drawn[1]
    take_on_supervision(person, quality, spread, 0.5)
    assert person.quality == pytest.approx(min(0.99, max(0.01, quality)), abs=ROUNDING)


@given(SUPERVISEES, SESSIONS, INTERVALS, HOURS)
def test_what_is_asked_is_the_sessions_over_the_hours(
    supervisees: float, session: float, interval: float, hours: float
) -> None:
    asked = share_asked(supervisees, session, interval, hours)
    assert asked * hours * interval == pytest.approx(supervisees * session)
    assert share_asked(2.0 * supervisees, session, interval, hours) == pytest.approx(2.0 * asked)


@given(SESSIONS, INTERVALS, HOURS, st.integers(1, 60))
def test_unused_hours_carry_over_for_one_interval_at_most(
    session: float, interval: float, hours: float, weeks: int
) -> None:
    left = 0.0
    for _ in range(weeks):
        left = hours_at_hand(left, session, interval, hours)
    most = max(session, hours * interval)
    assert left == pytest.approx(min(weeks * hours, most))


@given(ordered(st.floats(0.0, 40.0)), ordered(HOURS), SESSIONS, INTERVALS)
def test_more_hours_are_never_fewer_at_hand(
    left: tuple[float, float], hours: tuple[float, float], session: float, interval: float
) -> None:
    few = hours_at_hand(left[0], session, interval, hours[0])
    assert few <= hours_at_hand(left[0], session, interval, hours[1])
    assert few <= hours_at_hand(left[1], session, interval, hours[0])


@given(SUPERVISORS, st.floats(0.0, 0.006))
def test_sessions_teach_supervisors_towards_a_bound(
    person: SupervisorState, learning: float
) -> None:
    before = person.quality
    gain_experience(person, learning)
    assert person.quality - before == pytest.approx(learning * (1.0 - before), abs=ROUNDING)
    assert person.quality <= 1.0


@given(SUPERVISORS, ordered(st.floats(0.0, 3.0)), ordered(SHARES), RATES, RATES, RECOVERIES)
def test_a_fuller_diary_and_tired_supervisees_strain_more(
    person: SupervisorState, asked: tuple[float, float], burnout: tuple[float, float],
    full: float, burnt_out: float, recovery: float,
) -> None:  # fmt: skip
    def after(share: float, of_others: float) -> float:
        other = replace(person)
        strain_of_supervisor(other, share, of_others, full, burnt_out, recovery)
        assert fields_out_of_range(other) == []
        return other.strain

    assert after(asked[0], burnout[0]) <= after(asked[1], burnout[0]) + ROUNDING
    assert after(asked[0], burnout[0]) <= after(asked[0], burnout[1]) + ROUNDING
    assert after(2.0, burnout[0]) == after(1.0, burnout[0])
    rested = after(0.0, burnout[0])
    assert rested == pytest.approx((1.0 - recovery) * person.strain, abs=ROUNDING)


def test_a_week_strains_a_supervisor_as_the_equation_says() -> None:
    person = SupervisorState(strain=0.4)
    strain_of_supervisor(person, 0.5, 0.6, 0.06, 0.1, 0.02)
    assert person.strain == pytest.approx(0.4 + 0.5 * (0.06 + 0.06) * 0.6 - 0.02 * 0.4)
    strain_of_supervisor(person, 1.0, 1.0, 0.9, 0.9, 0.0)
    assert person.strain == 1.0  # a load counts as 1 at most


@given(ordered(st.floats(0.05, 1.0)), SHARES, RATES, RATES, RECOVERIES, st.floats(0.0, 1.0))
def test_strain_never_outgrows_the_sessions_that_cause_it(
    asked: tuple[float, float], burnout: float, full: float, burnt_out: float, recovery: float,
    cancelled: float,
) -> None:  # fmt: skip
    """Where strain has settled, more sessions arranged are never fewer sessions held."""
    held = []
    for share in asked:
        load = share * (full + burnt_out * burnout)
        settled = SupervisorState(strain=load / (load + recovery))
        before = settled.strain
        strain_of_supervisor(settled, share, burnout, full, burnt_out, recovery)
        assert settled.strain == pytest.approx(before, abs=1e-9)
        theory = Supervision(cancelled_by_burnout=cancelled)
        held.append(share * chance_of_session(burnout, before, theory))
    assert held[0] <= held[1] + ROUNDING


@given(st.lists(SHARES, min_size=1, max_size=9))
def test_the_mean_burnout_is_over_those_in_post(burnouts: list[float]) -> None:
    mean = mean_burnout(sum(burnouts), len(burnouts))
    assert min(burnouts) - ROUNDING <= mean <= max(burnouts) + ROUNDING
    assert mean_burnout(0.0, 0) == 0.0
