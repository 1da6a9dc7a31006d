"""A workload is carried out: what is not kept yet is run, and kept block by block."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.executors import Executor, Threads
from engager_sim.designs.execution.store import Memory, Store
from engager_sim.designs.execution.workload import Workload
from engager_sim.runs.threads import threads_of_this_machine, while_listening


@dataclass(frozen=True, slots=True)
class RunCount:
    """How far a study is: runs kept, runs asked for, and the point worked on last."""

    done: int
    asked: int
    point: str


type Watch = Callable[[RunCount], None]
type Tell = Callable[[str], None]


def ignore(_: object) -> None:
    """Watch nothing."""


@dataclass(frozen=True)
class Execution:
    """Where a study runs, and who follows it.

    Attributes
    ----------
    store : Store
        Where the blocks' tables are kept; in memory unless given.
    executor : Executor
        Who runs the blocks; threads of this machine unless given.
    watch : callable
        Told how many runs are done.
    tell : callable
        Told what is done while no run is under way.
    """

    store: Store = field(default_factory=Memory)
    executor: Executor = field(default_factory=lambda: Threads(threads_of_this_machine()))
    watch: Watch = ignore
    tell: Tell = ignore

    @classmethod
    def of(
        cls,
        store: Store | None = None,
        executor: Executor | None = None,
        watch: Watch | None = None,
        tell: Tell | None = None,
    ) -> Self:
        """Take what is given; what is None is as it is unless given."""
        given: dict[str, Any] = {"store": store, "executor": executor, "watch": watch, "tell": tell}
        return cls(**{name: value for name, value in given.items() if value is not None})


def carry_out(
    workload: Workload,
    blocks: Sequence[Block],
    store: Store,
    executor: Executor,
    watch: Watch | None = None,
) -> None:
    """Run every block that is not kept yet and keep its tables.

    Parameters
    ----------
    blocks : sequence of Block
        From :func:`~engager_sim.designs.execution.blocks.blocks_of`.
    store : Store
        Where tables are kept.
    executor : Executor
        Who runs the blocks.
    watch : callable, optional
        Told how far the study is: once before anything runs, then after each block.
    """
    kept = store.kept(blocks, workload.tables)
    wanted = [block for block in blocks if block.number not in kept]
    todo = [part for block in wanted for part in store.lacking(block, workload.tables)]
    asked = runs_in(workload, blocks)
    done = asked - runs_in(workload, todo)
    if todo:
        while_listening(workload.compile)
    if watch is not None:
        watch(RunCount(done, asked, ""))
    for block, tables in executor.finished(workload, todo):
        store.keep(block, tables)
        done += runs_in(workload, [block])
        if watch is not None:
            watch(RunCount(done, asked, workload.describe(block.first_point)))
    for block in wanted:
        store.complete(block, workload.tables, workload.keys)


def runs_in(workload: Workload, blocks: Sequence[Block]) -> int:
    """Count the runs of some blocks."""
    return workload.runs_per_replicate * sum(block.size for block in blocks)
