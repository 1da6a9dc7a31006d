"""Effective ties: what coordination leaves of them, for whom they count, whose waits they cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.effective_ties import effective_tie, mean_over_agencies, tie_behind_wait
from tests.strategies import ROUNDING, SHARES, SWITCHES, ordered

PER_AGENCY = st.lists(SHARES, min_size=1, max_size=6)


@given(ordered(SHARES), ordered(SHARES))
def test_coordination_takes_from_every_tie_in_proportion(
    strength: tuple[float, float], load: tuple[float, float]
) -> None:
    assert 0.0 <= effective_tie(strength[0], load[1]) <= effective_tie(strength[0], load[0])
    assert effective_tie(strength[0], load[0]) <= effective_tie(strength[1], load[0]) <= strength[1]
    assert effective_tie(strength[1], 0.0) == strength[1]
    assert effective_tie(strength[1], 1.0) == 0.0
    assert effective_tie(1.0, load[0]) == 1.0 - load[0]


@given(PER_AGENCY)
def test_every_agency_that_serves_a_man_counts_alike(shared: list[float]) -> None:
    mean = mean_over_agencies(sum(shared), len(shared))
    assert min(shared) - ROUNDING <= mean <= max(shared) + ROUNDING
    assert mean_over_agencies(2.0 * sum(shared), 2 * len(shared)) == pytest.approx(mean)


@given(ordered(SHARES), SHARES, SWITCHES)
def test_being_handed_on_never_makes_a_wait_longer_than_usual(
    tie: tuple[float, float], usual: float, handed_on: int
) -> None:
    weak, strong = (tie_behind_wait(handed_on, level, usual) for level in tie)
    assert usual <= weak <= strong
    assert tie_behind_wait(0, tie[1], usual) == usual
    assert tie_behind_wait(1, 1.0, usual) == 1.0
