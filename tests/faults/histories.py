"""Thousands of histories of a results folder: ``make histories``.

A history is some commands on one folder, each disturbed by one fault, and a last one that is left
alone; all of it follows from one integer (``--replay N`` tells it again). Whatever happens, a
command ends well, or with one clear error, or is dead; no finished run is ever lost; and the last
command leaves the bytes of an undisturbed study.
"""

import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from random import Random
from typing import Any

import typer

from engager_sim.console.request import Request
from engager_sim.designs.execution.executors import Executor
from engager_sim.errors import EngagerError, ResultsError
from engager_sim.reports.page import write_report
from engager_sim.results import study_results
from engager_sim.studies import pipeline
from tests.faults.fake_study import Asked, FakeKind
from tests.faults.faulty_disk import (
    AT_OPERATIONS,
    FAULTS,
    OPERATIONS,
    SECOND,
    TEARABLE,
    TORN,
    Disturbed,
    Killed,
)
from tests.faults.finished_runs import finished_runs
from tests.faults.kills import files_of
from tests.faults.quick import quick

HISTORIES = 20_000
DRAWN_EVERY = 100
"""One history in so many draws pictures and writes reports."""
SIZES = [(points, replicates) for points in (2, 3) for replicates in (2, 3, 4)]
MEMORY = Path("/dev/shm")
KIND: Any = FakeKind()


class ViolationError(AssertionError):
    """Something that must never happen did."""


@dataclass(frozen=True)
class Quiet(Request):
    """A request whose blocks are carried out as a history says."""

    disturbed: Any = None

    def executor(self) -> Executor:
        executor: Executor = self.disturbed
        return executor


@dataclass
class History:
    """What happens to one folder."""

    number: int
    folder: Path
    reached: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    @cached_property
    def random(self) -> Random:
        return Random(self.number)

    def happens(self, undisturbed: "UndisturbedFiles") -> None:
        """Let it happen, and hold it against what must always be."""
        whole, drawn = self.random.random() < 0.4, self.number % DRAWN_EVERY == 0
        last = Asked(*self.random.choice(SIZES), whole, drawn)
        for _ in range(self.random.choice((1, 1, 2))):
            asked = Asked(*self.random.choice(SIZES), whole, drawn)
            if self.random.random() < 0.8:
                asked = self._at_least_as_large(asked)
            before = finished_runs(self.folder)
            self.command(asked, self.random.choice(FAULTS))
            lost = before - finished_runs(self.folder)
            self.hold(not lost, f"finished runs are lost: {sorted(lost)}")
            last = self._at_least_as_large(last)
            if drawn:
                self._report()
            if self.random.random() < 0.2:
                self._damage()
        before = finished_runs(self.folder)
        ended = self.command(last, "")
        self.hold(ended == "done", f"the last command ended otherwise: {ended}")
        if before and len(before) < last.points * last.replicates:
            self.reached["went on from a part"] += 1
        wanted, files = undisturbed.of(last), files_of(self.folder)
        differing = [name for name in {*files, *wanted} if files.get(name) != wanted.get(name)]
        self.hold(not differing, f"other bytes than an undisturbed study: {differing}")
        for line in (self.folder / study_results.SESSIONS).read_text().splitlines():
            json.loads(line)

    def command(self, asked: Asked, fault: str) -> str:
        """Let a command run with a fault; say how it ended."""
        operation = self.random.choice(TEARABLE if fault == TORN else [*OPERATIONS])
        moment = self.random.randrange(OPERATIONS[operation])
        if fault == TORN and self.random.random() < 0.4:
            moment = 0  # the manifest of a new folder: no later command writes it again
        if fault == SECOND and self.random.random() < 0.3:
            # Between the first look at a folder and its lock, a second process may come first.
            operation, moment = "make_folder", 0
        second = partial(self._second, Asked(*self.random.choice(SIZES), asked.whole, asked.drawn))
        disturbed = Disturbed(fault, operation, moment, self.random, self.reached, second)
        with disturbed.patched() if fault else nullcontext():
            ended = self._ended(asked, disturbed)
        self.reached[f"ended: {ended.partition(':')[0]}"] += 1
        self.told.append(f"{asked}, {fault or 'undisturbed'} at {operation} {moment}: {ended}")
        return ended

    def _ended(self, asked: Asked, disturbed: Disturbed) -> str:
        try:
            pipeline.run_study(KIND, asked, Quiet(self.folder, disturbed=disturbed))
        except EngagerError as error:
            self.hold("\n" not in str(error) and len(str(error)) > 20, f"no clear error: {error}")
            if "results of other inputs" in str(error):
                return f"would shrink: {error}"
            return f"refused: {error}"
        except typer.Exit as end:
            return {pipeline.UNDRAWN: "undrawn"}.get(end.exit_code, "terminated")
        except Killed:
            return "killed"
        return "done"

    def _second(self, asked: Asked) -> None:
        """Do what a second process does while the first is at work."""
        ended = self._ended(asked, Disturbed("", "", 0, self.random, self.reached, lambda: None))
        self.reached[f"second process {ended.partition(':')[0]}"] += 1
        self.told.append(f"  meanwhile {asked}: {ended}")

    def _at_least_as_large(self, asked: Asked) -> Asked:
        """Ask last for no less than what the folder's study has asked for."""
        file = self.folder / "manifest.json"
        if not file.exists():
            return asked
        there = json.loads(file.read_text(encoding="utf-8"))
        points = max(asked.points, there["points"])
        return Asked(points, max(asked.replicates, there["replicates"]), asked.whole, asked.drawn)

    def _damage(self) -> None:
        """Flip a byte of a finished table."""
        files = sorted(self.folder.glob("*/*.parquet")) + sorted(self.folder.glob("*.parquet"))
        if files:
            file = self.random.choice(files)
            data = bytearray(file.read_bytes())
            data[self.random.randrange(len(data))] ^= 1
            file.write_bytes(data)
            self.reached["damaged table"] += 1
            self.told.append(f"  {file.relative_to(self.folder)} is damaged")

    def _report(self) -> None:
        """Write a report of whatever is there."""
        if not (self.folder / "manifest.json").exists():
            return
        try:
            page = write_report(self.folder, KIND).read_text(encoding="utf-8")
            finished = "This study is not finished" not in page
            self.reached[f"report of {'a finished' if finished else 'an unfinished'} study"] += 1
        except ResultsError as error:
            self.reached["report refused"] += 1
            self.told.append(f"  report: {error}")

    def hold(self, true: bool, what: str) -> None:
        """Insist on something."""
        if not true:
            raise ViolationError("\n".join([f"history {self.number}: {what}", *self.told]))


@dataclass
class UndisturbedFiles:
    """The files of undisturbed studies, by what is asked."""

    parent: Path
    made: dict[Asked, Mapping[str, bytes]] = field(default_factory=dict)

    def of(self, asked: Asked) -> Mapping[str, bytes]:
        """Give the files of a study that nothing disturbs."""
        if asked not in self.made:
            folder = self.parent / "whole"
            ended = History(0, folder).command(asked, "")
            assert ended == "done", ended
            self.made[asked] = files_of(folder)
            shutil.rmtree(folder)
        return self.made[asked]


def histories(numbers: range) -> tuple[Counter[str], list[str]]:
    """Let histories happen; count what was reached, and tell what must not have been."""
    reached: Counter[str] = Counter()
    violations = []
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as parent:
        undisturbed = UndisturbedFiles(Path(parent))
        for number in numbers:
            history = History(number, Path(parent) / str(number), reached)
            with quick(Random(number), number % DRAWN_EVERY == 0):
                try:
                    history.happens(undisturbed)
                except Exception as error:
                    violations.append(
                        str(error) if isinstance(error, ViolationError) else f"{number}: {error!r}"
                    )
            shutil.rmtree(history.folder, ignore_errors=True)
    return reached, violations


def never_reached(reached: Counter[str]) -> list[str]:
    """Name what no history came to, of all that some must come to."""
    wanted = [f"{fault}: {name}" for fault in AT_OPERATIONS if fault != TORN for name in OPERATIONS]
    wanted += [f"{TORN}: write", f"{TORN}: remove_folder"]
    wanted += ["worker lost: blocks", "slow worker: blocks", "damaged table", "went on from a part"]
    wanted += [f"ended: {how}" for how in ENDS]
    wanted += ["second process refused", "second process done"]
    wanted += ["report of a finished study", "report of an unfinished study"]
    return [name for name in wanted if not reached[name]]


ENDS = ("done", "refused", "would shrink", "terminated", "killed")


def main(count: int) -> None:
    """Let so many histories happen on every processor; fail if one goes wrong."""
    workers = os.cpu_count() or 1
    step = -(-count // (8 * workers))
    parts = [range(first, min(first + step, count)) for first in range(0, count, step)]
    reached: Counter[str] = Counter()
    violations: list[str] = []
    with ProcessPoolExecutor(workers) as pool:
        for counted, wrong in pool.map(histories, parts):
            reached += counted
            violations += wrong
    for name, times in sorted(reached.items()):
        print(f"{times:7,} {name}")
    never = never_reached(reached)
    print(f"{count - len(violations):,} of {count:,} histories ended as they must")
    print("\n\n".join(violations[:5]))
    if violations or never:
        raise SystemExit(f"never reached: {never}" if never else 1)


def replay(number: int) -> None:
    """Tell one history again."""
    with tempfile.TemporaryDirectory() as parent, quick(Random(number), number % DRAWN_EVERY == 0):
        history = History(number, Path(parent) / "folder")
        try:
            history.happens(UndisturbedFiles(Path(parent)))
        finally:
            print("\n".join(history.told))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--replay"]:
        replay(int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else HISTORIES)
