"""Threads carry out blocks: whose error ends a study does not depend on which fails first."""

import threading

import pandas as pd
import pytest

from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.executors import Threads
from engager_sim.designs.execution.workload import RUNS, BlockTables
from engager_sim.errors import RangeError

BLOCKS = [Block(number, 0, 1, number, number + 1) for number in range(4)]


class Failing:
    """Blocks 1 and 2 fail, the later one first; block 0 ends between them."""

    def __init__(self, *failing: int) -> None:
        self.failing = failing
        self.last_has_failed = threading.Event()

    def run_block(self, block: Block) -> BlockTables:
        if block.number == max(self.failing):
            self.last_has_failed.set()
        elif block.number < max(self.failing):
            assert self.last_has_failed.wait(30.0)
        if block.number in self.failing:
            raise RangeError(f"block {block.number} failed")
        return {RUNS: pd.DataFrame({"block": [block.number]})}


@pytest.mark.parametrize("failing", [(1,), (2,), (1, 2)])
def test_the_first_block_that_fails_ends_the_study_and_those_before_it_are_kept(
    failing: tuple[int, ...],
) -> None:
    finished = Threads(3).finished(Failing(*failing), BLOCKS)  # type: ignore[arg-type]
    kept: list[int] = []
    with pytest.raises(RangeError, match=f"block {failing[0]} failed"):
        kept.extend(block.number for block, _ in finished)
    assert sorted(number for number in kept if number < failing[0]) == list(range(failing[0]))
