"""Faults put in the place of what a results folder asks of the disk, of clocks and of workers."""

import errno
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from engager_sim.console.interruption import Interruption
from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.executors import Finished
from engager_sim.designs.execution.workload import Workload
from engager_sim.errors import UsageError
from engager_sim.results import disk

OPERATIONS = {
    "write": 11,
    "rename": 11,
    "opened": 12,
    "remove": 2,
    "remove_folder": 2,
    "make_folder": 11,
}
"""Operations of the disk, each with about how often a command comes to it."""
BEFORE, AFTER, TORN, POWER = "killed before", "killed after", "torn", "power lost"
FULL, BROKEN, TERMINATED, SECOND = "disk full", "I/O error", "SIGTERM", "second process"
LOST, SLOW = "worker lost", "slow worker"
AT_OPERATIONS = (BEFORE, AFTER, TORN, POWER, FULL, BROKEN, TERMINATED, SECOND)
FAULTS = (*AT_OPERATIONS, LOST, SLOW)
TEARABLE = ("write", "write", "write", "remove_folder")
NUMBERS = {FULL: errno.ENOSPC, BROKEN: errno.EIO}
SIGTERM = 15


class Killed(BaseException):
    """The process is dead: nothing that it would still do happens."""


@dataclass
class Disturbed:
    """One command with one fault.

    Attributes
    ----------
    fault : str
        Which, or nothing.
    operation : str
        The operation of the disk at which it comes.
    moment : int
        How many of these operations, or blocks, come before it.
    random : Random
        Decides what a torn write leaves, and where clocks jump.
    reached : Counter
        Counts the faults that came, by fault and operation.
    second : callable
        What a second process does in the same folder.
    """

    fault: str
    operation: str
    moment: int
    random: Random
    reached: Counter[str]
    second: Callable[[], None]
    operations: int = 0
    has_come: bool = False
    is_dead: bool = False
    removed: dict[Path, bytes] = field(default_factory=dict)

    @contextmanager
    def patched(self) -> Iterator[None]:
        """Put the faults in their places."""
        with ExitStack() as stack:
            for name in OPERATIONS:
                real = getattr(disk, name)
                stack.enter_context(patch.object(disk, name, self._operation(name, real)))
            yield

    def finished(self, workload: Workload, blocks: Sequence[Block]) -> Iterator[Finished]:
        """Carry out blocks as threads or a cluster would, slowly or not to the end."""
        order = list(blocks)
        if self.fault == SLOW and len(order) > 1:
            self._comes("blocks")
            self.random.shuffle(order)
        for number, block in enumerate(order):
            if self.fault == LOST and number >= self.moment % 5:
                self._comes("blocks")
                raise UsageError("the cluster was lost", fix="the same command goes on")
            yield block, workload.run_block(block)

    def _operation(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def disturbed(*given: Any) -> Any:
            if self.is_dead:
                raise Killed
            self.operations += name == self.operation
            due = self.operations > self.moment and self.fault in AT_OPERATIONS
            due = due and (name == self.operation or self.fault == BROKEN)
            if due and (self.fault == BROKEN or not self.has_come) and self._fits(name, given):
                self._comes(name)
                self._strike(name, given)
            result = real(*given)
            if due and self.fault == AFTER:
                self._comes(name)
                if name == "opened":
                    result.close()
                self._die()
            return result

        def remembering(file: Path, *given: Any) -> Any:
            content = file.read_bytes() if file.is_file() else None
            result = disturbed(file, *given)
            if content is not None:
                self.removed[file] = content
            return result

        return remembering if name == "remove" else disturbed

    def _fits(self, name: str, given: Sequence[Any]) -> bool:
        if self.fault == TORN:
            return name in TEARABLE and (name == "write" or given[0].exists())
        return self.fault != AFTER

    def _comes(self, where: str) -> None:
        self.has_come = True
        self.reached[f"{self.fault}: {where}"] += 1

    def _strike(self, name: str, given: Sequence[Any]) -> None:
        if self.fault in NUMBERS:
            number = NUMBERS[self.fault]
            raise OSError(number, os.strerror(number))
        if self.fault == TERMINATED:
            raise Interruption(SIGTERM)
        if self.fault == SECOND:
            self.second()
            return
        if self.fault == TORN:
            self._tear(name, given)
        if self.fault == POWER:
            self._restore()
        self._die()

    def _tear(self, name: str, given: Sequence[Any]) -> None:
        if name == "write":
            draft, how = given
            how(draft)
            os.truncate(draft, self.random.randint(0, draft.stat().st_size))
        else:
            files = sorted(given[0].iterdir())
            for file in self.random.sample(files, self.random.randint(0, len(files))):
                file.unlink()

    def _restore(self) -> None:
        """Bring back removed files: a folder that is not flushed may still list them."""
        for file, content in self.removed.items():
            if file.parent.is_dir() and not file.exists() and self.random.random() < 0.5:
                file.write_bytes(content)

    def _die(self) -> None:
        self.is_dead = True
        raise Killed


class JumpingClock:
    """A clock that goes wherever it likes."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def now(self, zone: Any = None) -> datetime:
        """Tell some time."""
        jump = timedelta(seconds=self.random.uniform(-1e8, 1e8))
        return datetime(2026, 1, 1, tzinfo=zone) + jump
