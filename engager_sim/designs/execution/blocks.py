"""Blocks of runs: fixed by the workload alone, so that whoever runs them writes equal chunks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

LEAVER_WEEKS_PER_BLOCK = 5_000_000
"""About one second of one processor: little to lose."""
BYTES_PER_BLOCK = 32_000_000
"""What the tables of a block may take, as its workload counts: little to keep in memory."""


class Divisible(Protocol):
    """What can be divided into blocks: so many points, each replicate of one so much work."""

    @property
    def points(self) -> int:
        """How many points there are."""

    @property
    def leaver_weeks(self) -> int:
        """About how many weeks of leavers' lives one replicate of one point passes."""

    @property
    def bytes_per_replicate(self) -> int:
        """How many bytes one replicate of one point gives at most, before compression."""


@dataclass(frozen=True, slots=True)
class Block:
    """Runs that are carried out and stored together: some points and replicates of a workload."""

    number: int
    first_point: int
    end_point: int
    first_replicate: int
    end_replicate: int

    @property
    def points(self) -> range:
        """The points in it."""
        return range(self.first_point, self.end_point)

    @property
    def replicates(self) -> range:
        """The replicates in it."""
        return range(self.first_replicate, self.end_replicate)

    @property
    def size(self) -> int:
        """How many replicates of points it holds."""
        return len(self.points) * len(self.replicates)


def blocks_of(workload: Divisible, *stages: int) -> list[Block]:
    """Divide a workload into blocks.

    Parameters
    ----------
    workload : Divisible
        What to run.
    *stages : int
        How many replicates there are after each stage. More stages add blocks and change none of
        those before.

    Returns
    -------
    list of Block
        Numbered from 0.
    """
    blocks: list[Block] = []
    begun = 0
    for end in stages:
        blocks += divided(workload, range(workload.points), range(begun, end), len(blocks))
        begun = max(begun, end)
    return blocks


def divided(
    workload: Divisible, points: range, replicates: range, number: int = 0
) -> Iterator[Block]:
    """Divide some points and replicates of a workload into blocks, the first of this number."""
    if not replicates:
        return
    by_work = LEAVER_WEEKS_PER_BLOCK // workload.leaver_weeks
    by_size = BYTES_PER_BLOCK // workload.bytes_per_replicate
    most = max(1, min(by_work, by_size))
    many_replicates = min(len(replicates), most)
    many_points = max(1, most // len(replicates))
    for point in points[::many_points]:
        for replicate in replicates[::many_replicates]:
            yield Block(
                number,
                point,
                min(points.stop, point + many_points),
                replicate,
                min(replicates.stop, replicate + many_replicates),
            )
            number += 1
