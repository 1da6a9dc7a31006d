"""One study command from beginning to end: forecast, folder, progress, tables, pictures, report."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from engager_sim.command_line.preparation import INTERRUPTED, preparation
from engager_sim.errors import UsageError
from engager_sim.figures.picture import Picture
from engager_sim.reports.page import write_report
from engager_sim.results import of_a_study
from engager_sim.results.of_a_run import FIGURES
from engager_sim.results.study_folder import StudyFolder, refuse_more_than_the_disk_holds
from engager_sim.results.tables import parquet_bytes
from engager_sim.studies.designs.design import Design
from engager_sim.studies.execution.blocks import Block
from engager_sim.studies.execution.carry_out import HowFar, Watch
from engager_sim.studies.execution.executors import DaskCluster, Executor, Threads
from engager_sim.studies.execution.forecast import forecast, most_bytes
from engager_sim.studies.simulation import refuse_unusable_numbers
from engager_sim.studies.threads import threads_of_this_machine

RESULTS = Path("results")
"""Where results go unless another place is named."""
TLS_PARTS = ("tls_ca_file", "tls_client_cert", "tls_client_key")


@dataclass(frozen=True)
class Asked:
    """What the command line asked for, whatever the study."""

    out: Path
    threads: int | None
    cluster: str | None
    tls: tuple[Path, ...]
    dry_run: bool

    def executor(self) -> Executor:
        """Make the one who runs blocks.

        Raises
        ------
        UsageError
            If the threads or the certificates cannot be used.
        """
        refuse_unusable_numbers(1, 0, self.threads)
        if self.cluster is None:
            if self.tls:
                raise UsageError("certificates are for a cluster", key="tls", fix="add --cluster")
            return Threads(self.threads or threads_of_this_machine())
        if self.tls and len(self.tls) != len(TLS_PARTS):
            raise UsageError(
                "TLS needs three files",
                key="tls",
                value=len(self.tls),
                allowed="--tls AUTHORITY --tls CERTIFICATE --tls KEY",
            )
        parts = zip(TLS_PARTS, self.tls, strict=False)
        cluster = DaskCluster(self.cluster, {name: str(file) for name, file in parts})
        cluster.reach()
        return cluster


@dataclass(frozen=True)
class Finding:
    """What a study came to: derived tables, how complete they are, pictures, and what to print."""

    tables: Mapping[str, pd.DataFrame]
    asked: int
    done: int
    failed: dict[str, int]
    pictures: Sequence[Picture]
    printed: Iterable[Any]


type Work = Callable[[StudyFolder, Executor, Watch, Callable[[str], None]], Finding]


def carry_through(
    asked: Asked,
    design: Design,
    blocks: Sequence[Block],
    manifest: dict[str, Any],
    work: Work,
    later: str = "",
) -> None:
    """Do what a study command does.

    Parameters
    ----------
    blocks : sequence of Block
        Those that are certain from the beginning, for the forecast.
    manifest : dict
        Everything the numbers depend on.
    work : callable
        Runs and reads the study.
    later : str
        What a forecast adds about runs that are not certain.

    Raises
    ------
    EngagerError
        Before anything is simulated, if what is asked for cannot be done.
    """
    executor = asked.executor()
    messages = Console(stderr=True, markup=False, highlight=False)
    if asked.dry_run:
        _print_forecast(asked, design, blocks, messages, later)
        return
    refuse_more_than_the_disk_holds(asked.out, most_bytes(design, blocks))
    started, clock = datetime.now(UTC), time.perf_counter()
    seen = Seen()
    try:
        with StudyFolder.opened(asked.out, manifest) as folder, _progress(messages) as bar:
            with preparation(messages) as prepared:
                watch, tell = _watching(bar, prepared, seen)
                found = work(folder, executor, watch, tell)
            tell("writing tables, drawing figures")
            standing = of_a_study.Standing(found.asked, found.done, found.failed)
            of_a_study.write_study(folder, design, found.tables, standing)
            for place, each in enumerate(found.pictures):
                folder.write(f"{FIGURES}/{each.name}.png", partial(each.save, place=place))
            write_report(folder.folder)
            seconds = time.perf_counter() - clock
            of_a_study.note_session(folder, started, seconds, seen.made)
    except KeyboardInterrupt:
        kept = "nothing had been run"
        if seen.asked:
            kept = f"{seen.done:,} of {seen.asked:,} runs are kept in {asked.out}"
        messages.print(f"Interrupted; {kept}. The same command goes on from there.")
        raise typer.Exit(INTERRUPTED) from None
    _report(found, folder, asked.out)


@dataclass
class Seen:
    """What has been seen of the progress, for messages."""

    done: int = 0
    asked: int = 0
    at_first: int | None = None

    @property
    def made(self) -> int:
        """Runs made in this session."""
        return self.done - (self.at_first or 0)


def _watching(
    bar: Progress, prepared: Callable[[], None], seen: Seen
) -> tuple[Watch, Callable[[str], None]]:
    task = bar.add_task("preparing the rules", total=None, where="")

    def watch(standing: HowFar) -> None:
        prepared()
        seen.done, seen.asked = standing.done, standing.asked
        if seen.at_first is None:
            seen.at_first = standing.done
        bar.update(
            task, description="runs", completed=standing.done, total=standing.asked,
            where=standing.where,
        )  # fmt: skip

    def tell(what: str) -> None:
        bar.update(task, description=what, where="")

    return watch, tell


class _Rate(ProgressColumn):
    """Runs a second."""

    def render(self, task: Task) -> Text:
        """Write the rate of a task."""
        return Text(f"{task.speed:,.0f} runs/s" if task.speed else "")


@contextmanager
def _progress(messages: Console) -> Iterator[Progress]:
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[where]}", markup=False),
        console=messages,
        transient=True,
        speed_estimate_period=60.0,
    )
    with bar:
        yield bar


def _print_forecast(
    asked: Asked, design: Design, blocks: Sequence[Block], messages: Console, later: str
) -> None:
    with preparation(messages):
        found = forecast(design, blocks)
    threads = asked.threads or threads_of_this_machine()
    seconds = found.seconds(threads)
    size = parquet_bytes(found.probe) / len(found.probe) * found.runs
    size = min(size, most_bytes(design, blocks))
    Console(markup=False, highlight=False).print(
        f"{found.runs:,} runs ({len(design.scenarios)} scenarios, {design.points:,} points) in "
        f"{found.blocks:,} chunks.\n"
        f"About {_duration(seconds)} on {threads} threads of this machine, from a probe of "
        f"{len(found.probe)} runs.\n"
        f"At most {size / 1e6:,.1f} MB in {asked.out}.{later} Nothing was written."
    )


def _duration(seconds: float) -> str:
    if seconds < 90.0:
        return f"{seconds:.0f} seconds"
    minutes = seconds / 60.0
    return f"{minutes:.0f} minutes" if minutes < 90.0 else f"{minutes / 60.0:.1f} hours"


def _report(found: Finding, folder: StudyFolder, out: Path) -> None:
    console = Console(markup=False, highlight=False)
    for each in found.printed:
        console.print(each)
    for reason, count in found.failed.items():
        console.print(f"{count:,} runs failed: {reason}")
    if folder.repaired:
        console.print(f"{folder.repaired} damaged chunks were noticed and run again.")
    console.print(
        f"{found.done:,} of {found.asked:,} runs done. Results in {out}: read report.html; what "
        "each column means stands in data_dictionary.csv."
    )
