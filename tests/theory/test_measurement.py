"""Measurement: what is observed is what is and an even error, as large as reliability says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.circumstances import MOST_DISTRESS
from engager_sim.theory.measurement import (
    Measurement,
    alliance_score,
    core_om_score,
    error_of_score,
)
from tests.strategies import ROUNDING, SHARES, UNIFORMS, ordered, parameters

THEORIES = parameters(Measurement)
RELIABILITIES = st.floats(0.7, 0.95)
GRID = (np.arange(5_000) + 0.5) / 5_000


@given(RELIABILITIES)
def test_errors_are_as_large_as_the_reliability_says(reliability: float) -> None:
    errors = np.array([error_of_score(6.5, reliability, u) for u in GRID])
    assert errors.mean() == pytest.approx(0.0, abs=1e-9)
    found = 6.5**2 / (6.5**2 + errors.var())
    assert found == pytest.approx(reliability, abs=0.005)


def test_a_score_without_error_would_be_fully_reliable() -> None:
    assert error_of_score(6.5, 1.0, 0.99) == 0.0


@given(ordered(st.floats(0.0, MOST_DISTRESS)), UNIFORMS, THEORIES)
def test_a_core_om_score_follows_distress_within_its_scale(
    distress: tuple[float, float], uniform: float, theory: Measurement
) -> None:
    low, high = (core_om_score(points, theory, uniform) for points in distress)
    assert 0.0 <= low <= high <= MOST_DISTRESS
    assert core_om_score(distress[0], theory, 0.5) == pytest.approx(distress[0], abs=ROUNDING)


@given(ordered(SHARES), UNIFORMS, THEORIES)
def test_a_score_of_the_alliance_follows_it_within_its_scale(
    alliance: tuple[float, float], uniform: float, theory: Measurement
) -> None:
    low, high = (alliance_score(share, theory, uniform) for share in alliance)
    assert 0.0 <= low <= high <= 1.0
    assert alliance_score(alliance[0], theory, 0.5) == pytest.approx(alliance[0], abs=ROUNDING)
