"""Numbers with which nothing can be run are refused by name, whoever asks."""

from typing import Any

import numpy as np
import pytest

from engager_sim.errors import UsageError
from engager_sim.runs.plan import MAX_REPLICATES, refuse_unusable_numbers
from engager_sim.world.dice import MAX_SEED


@pytest.mark.parametrize(
    ("replicates", "seed", "threads", "words"),
    [
        (1.5, 1, None, "replicates: this should be a whole number"),
        (20, 1.7, None, "seed: this should be a whole number"),
        (20, 1, "2", "threads: this should be a whole number"),
        (0, 1, None, "replicates: this number is out of range"),
        (MAX_REPLICATES + 1, 1, None, "replicates: this number is out of range"),
        (20, MAX_SEED + 1, None, "seed: this number is out of range"),
        (20, 1, 0, "threads: this number is out of range"),
    ],
)
def test_unusable_numbers_are_refused(replicates: Any, seed: Any, threads: Any, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        refuse_unusable_numbers(replicates, seed, threads)


def test_the_ends_of_what_can_be_used_are_used_and_numpy_counts_too() -> None:
    refuse_unusable_numbers(1, 0, None)
    refuse_unusable_numbers(np.int64(MAX_REPLICATES), 1, 4096)  # type: ignore[arg-type]
