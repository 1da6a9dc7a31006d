"""Hazards: whether an event happens within the week, and when."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.hazards import NEVER, clock, happens
from tests.strategies import ROUNDING, UNIFORMS, ordered
from tests.theory.chances import chance_that

HAZARDS = st.floats(0.0, 5.0)


@given(ordered(HAZARDS))
def test_an_event_happens_with_the_chance_of_its_hazard(hazards: tuple[float, float]) -> None:
    less = chance_that(lambda uniform: happens(hazards[0], uniform))
    more = chance_that(lambda uniform: happens(hazards[1], uniform))
    assert 0.0 <= less <= more < 1.0
    assert less == pytest.approx(1.0 - math.exp(-hazards[0]), abs=ROUNDING)


@given(ordered(HAZARDS), UNIFORMS)
def test_raising_a_hazard_never_delays_its_event(
    hazards: tuple[float, float], uniform: float
) -> None:
    slow, fast = (clock(hazard, uniform) for hazard in hazards)
    assert 0.0 < fast <= slow <= NEVER


@given(HAZARDS, ordered(UNIFORMS))
def test_a_larger_uniform_never_delays_an_event(
    hazard: float, uniforms: tuple[float, float]
) -> None:
    assert clock(hazard, uniforms[1]) <= clock(hazard, uniforms[0])


@given(HAZARDS)
def test_an_event_falls_within_the_week_with_the_chance_of_an_exponential_clock(
    hazard: float,
) -> None:
    within = chance_that(lambda number: clock(hazard, 1.0 - number) < 1.0)
    assert within == pytest.approx(1.0 - math.exp(-hazard), abs=1e-9)


@given(UNIFORMS)
def test_without_a_hazard_nothing_ever_happens(uniform: float) -> None:
    assert clock(0.0, uniform) == NEVER


@given(
    st.lists(st.tuples(HAZARDS, UNIFORMS), min_size=2, max_size=4),
    st.integers(0, 3),
    st.floats(1.0, 10.0),
)
def test_raising_one_route_sends_no_stayer_out_by_another(
    routes: list[tuple[float, float]], raised: int, factor: float
) -> None:
    raised %= len(routes)
    before = [clock(hazard, uniform) for hazard, uniform in routes]
    after = [
        clock(hazard * factor if place == raised else hazard, uniform)
        for place, (hazard, uniform) in enumerate(routes)
    ]
    stayed = min(before) >= 1.0
    left = min(after) < 1.0
    if stayed and left:
        assert after.index(min(after)) == raised
