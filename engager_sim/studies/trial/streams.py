"""Random numbers of a trial's own: what it draws besides the lives of its men."""

import numpy as np

SCORES, FOLLOW_UP, ALLOCATION = 0, 1, 2
"""Which stream: variation of scores that the model leaves out, follow-up, allocation."""


def random_numbers(seed: int, replicate: int, stream: int) -> np.random.Generator:
    """Make the random numbers of one replicate: a man's are the same however many men there are."""
    key = np.array([seed, (replicate << 8) | stream], np.uint64)
    return np.random.Generator(np.random.Philox(key=key))
