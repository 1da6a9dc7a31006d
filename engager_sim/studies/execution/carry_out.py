"""A design is carried out: what is not kept yet is run, and kept block by block."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from engager_sim.outcomes.batch import no_fates, run_batch
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.studies.designs.design import Design
from engager_sim.studies.execution.blocks import Block
from engager_sim.studies.execution.executors import Executor
from engager_sim.studies.execution.store import Store
from engager_sim.studies.threads import while_listening
from engager_sim.week.tallies import no_tables
from engager_sim.world.deployment import fresh


@dataclass(frozen=True, slots=True)
class HowFar:
    """How far a study is: runs kept, runs asked for, and the point worked on last."""

    done: int
    asked: int
    where: str


type Watch = Callable[[HowFar], None]


def carry_out(
    design: Design,
    blocks: Sequence[Block],
    store: Store,
    executor: Executor,
    watch: Watch | None = None,
) -> None:
    """Run every block that is not kept yet and keep its table.

    Parameters
    ----------
    blocks : sequence of Block
        From :func:`~engager_sim.studies.execution.blocks.blocks_of`.
    store : Store
        Where tables are kept.
    executor : Executor
        Who runs the blocks.
    watch : callable, optional
        Told how far the study is: once before anything runs, then after each block.
    """
    kept = store.kept(blocks)
    todo = [block for block in blocks if block.number not in kept]
    scenarios = len(design.scenarios)
    asked = sum(block.runs(scenarios) for block in blocks)
    done = asked - sum(block.runs(scenarios) for block in todo)
    if todo:
        while_listening(partial(compile_batches, design))
    if watch is not None:
        watch(HowFar(done, asked, ""))
    for block, table in executor.finished(design, todo):
        store.keep(block, table)
        done += block.runs(scenarios)
        if watch is not None:
            watch(HowFar(done, asked, corner(design, block.first_point)))


def compile_batches(design: Design) -> None:
    """Compile, or load from disk, what every run calls; run nothing."""
    scenario = design.scenarios[0]
    template = scenario.template()
    theories = np.repeat(np.asarray(scenario.theories())[np.newaxis], 0, axis=0)
    run_batch(
        template, fresh(template), theories.view(np.recarray), scenario.entry(),
        np.zeros((0, 3), np.int64), scenario.weeks(), no_tables(),
        np.empty((0, len(OUTCOMES), 3)), no_fates(),
    )  # fmt: skip


def corner(design: Design, point: int) -> str:
    """Say in a few words which point of the design this is."""
    return ", ".join(
        f"{factor.name} {factor.text(number)}"
        for factor, number in zip(design.factors[:4], design.values[point], strict=False)
    )
