"""Effective ties: what coordination leaves of them, for whom they count, whose waits they cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.effective_ties import (
    effective_tie,
    mean_over,
    practice_around,
    share_covered,
    tie_across_wall,
    tie_after_departure,
    tie_behind_wait,
)
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


@given(PER_AGENCY, SHARES)
def test_every_agency_that_serves_a_man_counts_alike(shared: list[float], usual: float) -> None:
    mean = mean_over(sum(shared), len(shared), usual)
    assert min(shared) - ROUNDING <= mean <= max(shared) + ROUNDING
    assert mean_over(2.0 * sum(shared), 2 * len(shared), usual) == pytest.approx(mean)
    assert mean_over(0.0, 0, usual) == usual


@given(st.integers(0, 5), st.integers(1, 6))
def test_coverage_is_the_part_of_what_he_needs_that_is_served(covered: int, claims: int) -> None:
    covered = min(covered, claims)
    assert share_covered(covered, claims) == covered / claims
    assert share_covered(claims, claims) == share_covered(0, 0) == 1.0
    assert share_covered(covered, claims + 1) <= share_covered(covered, claims)


@given(PER_AGENCY, st.integers(0, 3))
def test_taking_away_an_agency_never_raises_the_practice_around_a_man(
    shared: list[float], unserved: int
) -> None:
    def around(practices: list[float], claims: int) -> float:
        coverage = share_covered(len(practices), claims)
        return practice_around(coverage, mean_over(sum(practices), len(practices), 0.0))

    claims = len(shared) + unserved
    whole = around(shared, claims)
    assert whole == pytest.approx(sum(shared) / claims, abs=ROUNDING)
    for index in range(len(shared)):
        left = shared[:index] + shared[index + 1 :]
        assert around(left, claims) <= whole + ROUNDING


@given(ordered(SHARES), SHARES)
def test_practice_around_a_man_grows_with_coverage_and_with_shared_practice(
    part: tuple[float, float], whole: float
) -> None:
    assert practice_around(part[0], whole) <= practice_around(part[1], whole) <= whole
    assert practice_around(whole, part[0]) <= practice_around(whole, part[1])
    assert practice_around(1.0, whole) == whole
    assert practice_around(0.0, whole) == 0.0


@given(SHARES)
def test_one_provider_on_both_sides_has_a_full_tie_with_itself(tie: float) -> None:
    assert tie_across_wall(tie, 0) == tie <= tie_across_wall(tie, 1) == 1.0


@given(SHARES, ordered(SHARES), ordered(st.integers(1, 50)))
def test_who_leaves_takes_an_equal_part_of_a_tie_along(
    strength: float, lost: tuple[float, float], posts: tuple[int, int]
) -> None:
    few, many = posts
    assert 0.0 <= tie_after_departure(strength, few, lost[1]) <= strength
    assert tie_after_departure(strength, few, lost[1]) <= tie_after_departure(
        strength, few, lost[0]
    )
    assert tie_after_departure(strength, few, lost[1]) <= tie_after_departure(
        strength, many, lost[1]
    )
    assert tie_after_departure(strength, 1, 1.0) == 0.0


@given(ordered(SHARES), SHARES, SWITCHES)
def test_being_handed_on_never_makes_a_wait_longer_than_usual(
    tie: tuple[float, float], usual: float, handed_on: int
) -> None:
    weak, strong = (tie_behind_wait(handed_on, level, usual) for level in tie)
    assert usual <= weak <= strong
    assert tie_behind_wait(0, tie[1], usual) == usual
    assert tie_behind_wait(1, 1.0, usual) == 1.0
