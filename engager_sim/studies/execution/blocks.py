"""Blocks of runs: fixed by the design alone, so that whoever runs them writes the same chunks."""

from collections.abc import Iterator
from dataclasses import dataclass

from engager_sim.studies.designs.design import Design

LEAVER_WEEKS_PER_BLOCK = 5_000_000
"""About one second of one processor: little to lose, little to keep in memory."""


@dataclass(frozen=True, slots=True)
class Block:
    """Runs that are carried out and stored together: all scenarios, some points and replicates."""

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

    def runs(self, scenarios: int) -> int:
        """Count the runs in it."""
        return scenarios * len(self.points) * len(self.replicates)


def blocks_of(design: Design, *stages: int) -> list[Block]:
    """Divide a design into blocks.

    Parameters
    ----------
    design : Design
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
        if end > begun:
            blocks += _of_stage(design, begun, end, len(blocks))
        begun = end
    return blocks


def _of_stage(design: Design, first: int, end: int, number: int) -> Iterator[Block]:
    per_run = sum(leaver_weeks(design, place) for place in range(len(design.scenarios)))
    most = max(1, LEAVER_WEEKS_PER_BLOCK // per_run)
    replicates = min(end - first, most)
    points = max(1, most // (end - first))
    for point in range(0, design.points, points):
        for replicate in range(first, end, replicates):
            yield Block(
                number,
                point,
                min(design.points, point + points),
                replicate,
                min(end, replicate + replicates),
            )
            number += 1


def leaver_weeks(design: Design, scenario: int) -> int:
    """Estimate how many weeks of men's lives one run of a scenario passes."""
    people = design.scenarios[scenario].setting.population
    inside = (people.shortest_to_release + people.longest_to_release) / 2.0
    follow_up = design.scenarios[scenario].setting.follow_up_weeks
    return max(1, round(design.most_men(scenario) * (inside + follow_up)))
