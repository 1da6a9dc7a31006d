"""One command whose results folder appears when all is done: bar, draft, report, interrupt."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from engager_sim.console.preparation import INTERRUPTED, preparation
from engager_sim.reports.page import write_report
from engager_sim.results.folder import new_folder
from engager_sim.results.of_a_run import Provenance
from engager_sim.runs.threads import threads_of_this_machine


@dataclass
class WholeSession:
    """What a command has while it works.

    Attributes
    ----------
    draft : Path
        The folder to fill.
    bar : Progress
        Shows how far it is, on the error stream.
    prepared : callable
        To be called when the rules are ready.
    threads : int
        Runs at a time.
    """

    draft: Path
    bar: Progress
    prepared: Callable[[], None]
    threads: int
    _started: datetime
    _clock: float

    def task(self, what: str, total: int | None = None) -> TaskID:
        """Show a new line of progress."""
        return self.bar.add_task(what, total=total)

    def simulated(self) -> Provenance:
        """Say that what is left is writing, and how long simulating took."""
        self.prepared()
        self.task("writing tables, drawing figures")
        return Provenance(self.threads, self._started, time.perf_counter() - self._clock)


@contextmanager
def whole_session(place: Path, threads: int | None) -> Iterator[WholeSession]:
    """Work in a draft of a results folder, which takes its place with its report when all is done.

    An interrupt ends the command with one sentence, and nothing is kept.

    Parameters
    ----------
    place : Path
        Where the folder is wanted.
    threads : int, optional
        Runs at a time; one per processor unless given.
    """
    messages = Console(stderr=True, markup=False, highlight=False)
    started, clock = datetime.now(UTC), time.perf_counter()
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=messages,
        transient=True,
    )
    try:
        with new_folder(place) as draft, bar, preparation(messages) as prepared:
            workers = threads or threads_of_this_machine()
            yield WholeSession(draft, bar, prepared, workers, started, clock)
            write_report(draft)
    except KeyboardInterrupt:
        messages.print(f"Interrupted. Nothing was kept: {place} was not written.")
        raise typer.Exit(INTERRUPTED) from None
