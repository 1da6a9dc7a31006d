"""One block is carried out: compiled batches, and the table of what came of them."""

from itertools import groupby

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.errors import EngagerError
from engager_sim.outcomes.batch import no_fates, run_batch
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.studies.designs.design import Design
from engager_sim.studies.execution.blocks import Block
from engager_sim.studies.scenario import Scenario
from engager_sim.week.tallies import no_tables
from engager_sim.world.deployment import fresh

LOW_WORD, WORD = 0xFFFFFFFF, 32
FATES, FAILED = "fates", "failed"


def run_block(design: Design, block: Block) -> pd.DataFrame:
    """Carry out the runs of a block; a pure function of its arguments.

    Returns
    -------
    pandas.DataFrame
        A row per run: ``scenario``, ``point``, ``replicate``, the design's outcome columns,
        ``failed`` with the reason why a run could not be made, and ``fates`` if they are wanted: a
        byte per man, the cause of his first exit.
    """
    return pd.concat(
        [_of_scenario(design, block, place) for place in range(len(design.scenarios))],
        ignore_index=True,
    )


def _of_scenario(design: Design, block: Block, place: int) -> pd.DataFrame:
    parts = []
    for settings, its in groupby(block.points, key=design.setting_values):
        members = list(its)
        points = range(members[0], members[-1] + 1)
        try:
            scenario = design.scenario_with(place, settings)
            results, fates = _batch(design, block, place, points, scenario)
            failed = None
        except EngagerError as error:
            count = len(points) * len(block.replicates)
            results, fates, failed = np.full((count, len(OUTCOMES), 3), np.nan), no_fates(), error
        parts.append(_table(design, block, place, points, results, fates, failed))
    return pd.concat(parts, ignore_index=True)


def _batch(
    design: Design, block: Block, place: int, points: range, scenario: Scenario
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.uint8]]:
    template = scenario.template()
    world = fresh(template)
    replicates = np.array(block.replicates) + design.first_replicates[place]
    runs = len(points) * len(replicates)
    theories = design.theories(place, points, block.replicates)
    seeds = np.zeros((runs, 3), np.int64)
    seeds[:, 0], seeds[:, 1] = design.seed & LOW_WORD, design.seed >> WORD
    own_luck = np.repeat(np.array(points) * design.replicates_apart, len(replicates))
    seeds[:, 2] = np.tile(replicates, len(points)) + own_luck
    results = np.empty((runs, len(OUTCOMES), 3))
    fates = np.zeros((runs, len(template.given)), np.uint8) if design.fates else no_fates()
    run_batch(
        template, world, theories.view(np.recarray), scenario.entry(), seeds, scenario.weeks(),
        no_tables(), results, fates,
    )  # fmt: skip
    return results, fates


def _table(
    design: Design,
    block: Block,
    place: int,
    points: range,
    results: npt.NDArray[np.float64],
    fates: npt.NDArray[np.uint8],
    failed: EngagerError | None,
) -> pd.DataFrame:
    count, names = len(results), [scenario.name for scenario in design.scenarios]
    columns: dict[str, object] = {
        "scenario": pd.Categorical.from_codes(np.full(count, place), pd.Index(names, dtype=object)),
        "point": np.repeat(np.array(points), len(block.replicates)),
        "replicate": np.tile(np.array(block.replicates), len(points)),
    }
    columns |= {column.name: column.of(results) for column in design.columns}
    columns[FAILED] = pd.array([None if failed is None else str(failed)] * count, dtype="string")
    if design.fates:
        empty = failed is not None
        columns[FATES] = [None] * count if empty else [row.tobytes() for row in fates]
    return pd.DataFrame(columns)
