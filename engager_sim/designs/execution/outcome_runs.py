"""Runs of which outcomes are kept: compiled batches, and the table of a block."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.workload import RUNS, BlockTables
from engager_sim.errors import EngagerError
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.runs.batch import MenTables, men_tables, packed_seeds, run_batch
from engager_sim.scenarios.scenario import Scenario
from engager_sim.week.tallies import no_tables
from engager_sim.world.deployment import fresh

EXITS, MEN, FAILED = "fates", "men", "failed"
"""Names of columns."""
BYTES_PER_NUMBER = 8
BYTES_PER_MAN = 4
BYTES_OF_INDEX = 24
"""Scenario, point and replicate of a run, before compression."""


@dataclass(frozen=True)
class OutcomeRuns:
    """The runs of a design, each kept as a row of outcomes.

    A block's table has a row per run: ``scenario``, ``point``, ``replicate``, the design's outcome
    columns, ``failed`` with the reason why a run could not be made, and ``fates`` if they are
    asked for: a byte per leaver, the cause of the first exit. Where there are lives, ``men`` holds
    four bytes per leaver and outcome of theirs.
    """

    design: Design

    tables = (RUNS,)
    keys = ("scenario", "point", "replicate")

    @property
    def points(self) -> int:
        """How many points there are."""
        return self.design.points

    @property
    def runs_per_replicate(self) -> int:
        """One run of each scenario."""
        return len(self.design.scenarios)

    @property
    def leaver_weeks(self) -> int:
        """About how many weeks of leavers' lives one replicate of one point passes."""
        return sum(
            scenario.leaver_weeks(self.design.most_men(index))
            for index, scenario in enumerate(self.design.scenarios)
        )

    @property
    def bytes_per_replicate(self) -> int:
        """More bytes than one replicate of one point takes on disk."""
        design = self.design
        per_run = BYTES_OF_INDEX + BYTES_PER_NUMBER * len(design.columns)
        men = max(design.most_men(index) for index in range(len(design.scenarios)))
        if design.exits:
            per_run += men
        if design.lives is not None:
            per_run += BYTES_PER_MAN * men * len(design.lives.outcomes)
        return per_run * self.runs_per_replicate

    def compile(self) -> None:
        """Compile, or load from disk, what every run calls; run nothing."""
        scenario = self.design.scenarios[0]
        template = scenario.template()
        theories = np.repeat(np.asarray(scenario.theories())[np.newaxis], 0, axis=0)
        run_batch(
            template,
            fresh(template),
            theories.view(np.recarray),
            scenario.entry(),
            np.zeros((0, 4), np.int64),
            scenario.weeks(),
            no_tables(),
            np.empty((0, len(OUTCOMES), 3)),
            men_tables(0, 0),
        )

    def run_block(self, block: Block) -> BlockTables:
        """Carry out the runs of a block; a pure function of the design and the block."""
        parts = [
            part
            for index in range(len(self.design.scenarios))
            for part in _of_scenario(self.design, block, index)
        ]
        return {RUNS: pd.concat(parts, ignore_index=True)}

    def describe(self, point: int) -> str:
        """Say in a few words which point of the design this is."""
        return ", ".join(
            f"{factor.name} {factor.text(number)}"
            for factor, number in zip(
                self.design.factors[:4], self.design.values[point], strict=False
            )
        )


def _of_scenario(design: Design, block: Block, index: int) -> Iterator[pd.DataFrame]:
    for settings, group in groupby(block.points, key=design.setting_values):
        members = list(group)
        points = range(members[0], members[-1] + 1)
        try:
            scenario = design.scenario_with(index, settings)
            results, kept = _batch(design, block, index, points, scenario)
            failed = None
        except EngagerError as error:
            count = len(points) * len(block.replicates)
            results, failed = np.full((count, len(OUTCOMES), 3), np.nan), error
            kept = men_tables(0, 0)
        yield _table(design, block, index, points, results, kept, failed)


def _batch(
    design: Design, block: Block, index: int, points: range, scenario: Scenario
) -> tuple[npt.NDArray[np.float64], MenTables]:
    template = scenario.template()
    replicates = np.array(block.replicates) + design.first_replicates[index]
    runs = len(points) * len(replicates)
    theories = design.theories(index, points, block.replicates)
    apart = np.repeat(np.array(points) * design.replicates_apart, len(replicates))
    men = np.tile(design.men_of(block.replicates) + design.first_replicates[index], len(points))
    results = np.empty((runs, len(OUTCOMES), 3))
    lives = design.lives
    outcomes = lives.outcomes if lives and block.replicates.stop > lives.first else ()
    kept = men_tables(runs, len(template.given), design.exits, outcomes)
    run_batch(
        template,
        fresh(template),
        theories.view(np.recarray),
        scenario.entry(),
        packed_seeds(design.seed, np.tile(replicates, len(points)) + apart, men + apart),
        scenario.weeks(),
        no_tables(),
        results,
        kept,
    )
    return results, kept


def _table(
    design: Design,
    block: Block,
    index: int,
    points: range,
    results: npt.NDArray[np.float64],
    kept: MenTables,
    failed: EngagerError | None,
) -> pd.DataFrame:
    count, names = len(results), [scenario.name for scenario in design.scenarios]
    columns: dict[str, object] = {
        "scenario": pd.Categorical.from_codes(np.full(count, index), pd.Index(names, dtype=object)),
        "point": np.repeat(np.array(points), len(block.replicates)),
        "replicate": np.tile(np.array(block.replicates), len(points)),
    }
    columns |= {column.name: column.of(results) for column in design.columns}
    columns[FAILED] = pd.array([None if failed is None else str(failed)] * count, dtype="string")
    if design.exits:
        columns[EXITS] = _bytes(kept.exits, count)
    if design.lives is not None:
        alive = design.lives.are_lives(np.tile(np.array(block.replicates), len(points)))
        rows = zip(_bytes(kept.values, count), alive, strict=True)
        columns[MEN] = [row if lives_again else None for row, lives_again in rows]
    return pd.DataFrame(columns)


def _bytes(rows: npt.NDArray[Any], count: int) -> list[bytes | None]:
    """Write a row of bytes per run; none where no run could be made."""
    return [row.tobytes() for row in rows] if len(rows) else [None] * count
