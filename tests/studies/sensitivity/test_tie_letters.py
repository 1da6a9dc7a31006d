"""Letters beside factors tell which of them cannot be told apart."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from engager_sim.studies.sensitivity.figures.tie_letters import tie_letters

intervals = st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda pair: (pair[0], sum(pair)))


@given(st.lists(intervals, min_size=1, max_size=12))
def test_factors_share_a_letter_exactly_if_their_intervals_overlap(
    ends: list[tuple[int, int]],
) -> None:
    letters = [set(spelled_out(word)) for word in tie_letters(*zip(*ends, strict=True))]
    for (one, mine), (other, others) in itertools.combinations(zip(ends, letters, strict=True), 2):
        overlap = one[0] <= other[1] and other[0] <= one[1]
        assert bool(mine & others) == overlap


def spelled_out(letters: str) -> str:
    """Write out a range of letters."""
    if "\N{EN DASH}" not in letters:
        return letters
    first, last = letters.split("\N{EN DASH}")
    return "".join(chr(code) for code in range(ord(first), ord(last) + 1))
