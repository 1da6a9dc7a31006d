"""What ``engager-sim run`` does, in order; imported only when it is asked for."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from engager_sim.command_line.headline_table import headline_table
from engager_sim.command_line.preparation import INTERRUPTED, preparation
from engager_sim.command_line.spread_tables import said_of, spread_of_run
from engager_sim.errors import UsageError
from engager_sim.figures.of_a_run import draw_run
from engager_sim.reports.page import write_report
from engager_sim.results.folder import new_folder
from engager_sim.results.of_a_run import DICTIONARY, FIGURES, Provenance, write_run
from engager_sim.studies.fitted_parameters import FittedParameters, refuse_odd_replicates
from engager_sim.studies.scenario import Scenario
from engager_sim.studies.simulation import Runs, refuse_unusable_numbers, simulate
from engager_sim.studies.threads import threads_of_this_machine

WIDE = 110
"""Columns of a terminal that can show a mean and its interval side by side."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asked for."""

    scenarios: list[str]
    out: Path
    replicates: int
    seed: int
    threads: int | None
    leavers: bool
    events: bool
    check: bool
    csv: bool
    parameters: str


def run_and_write(wanted: Wanted) -> None:
    """Simulate, print, write.

    Raises
    ------
    EngagerError
        Before anything is simulated, if what is wanted cannot be done.
    """
    refuse_unusable_numbers(wanted.replicates, wanted.seed, wanted.threads)
    fitted = FittedParameters.load(wanted.parameters)
    refuse_odd_replicates(fitted, wanted.replicates)
    scenarios = _load(wanted.scenarios)
    messages = Console(stderr=True, markup=False, highlight=False)
    started, clock = datetime.now(UTC), time.perf_counter()
    try:
        with new_folder(wanted.out) as draft, progress_bar(messages) as bar:
            with preparation(messages) as prepared:
                runs = [_simulate(each, wanted, fitted, bar, prepared) for each in scenarios]
            threads = wanted.threads or threads_of_this_machine()
            provenance = Provenance(threads, started, time.perf_counter() - clock)
            bar.add_task("writing tables, drawing figures", total=None)
            write_run(draft, runs, provenance, draw_run, csv=wanted.csv)
            write_report(draft)
    except KeyboardInterrupt:
        messages.print(f"Interrupted. Nothing was kept: {wanted.out} was not written.")
        raise typer.Exit(INTERRUPTED) from None
    _report(runs, wanted.out)


def _load(names: list[str]) -> list[Scenario]:
    scenarios = [Scenario.load(name) for name in names]
    taken: dict[str, Path] = {}
    for scenario in scenarios:
        if scenario.name in taken:
            raise UsageError(
                f"two scenarios have the name {scenario.name}, and tables tell them apart by it",
                file=scenario.file,
                fix=f"name each once, or rename one; the other is {taken[scenario.name]}",
            )
        taken[scenario.name] = scenario.file
    return scenarios


@contextmanager
def progress_bar(messages: Console) -> Iterator[Progress]:
    """Show on the error stream how many replicates are done."""
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=messages,
        transient=True,
    )
    with bar:
        yield bar


def _simulate(
    scenario: Scenario,
    wanted: Wanted,
    fitted: FittedParameters | None,
    bar: Progress,
    prepared: Callable[[], None],
) -> Runs:
    task = bar.add_task(f"{scenario.name}: preparing the rules", total=wanted.replicates)

    def show(done: int, asked: int) -> None:
        prepared()
        bar.update(task, completed=done, total=asked, description=scenario.name)

    return simulate(
        scenario,
        wanted.replicates,
        wanted.seed,
        wanted.threads,
        leavers=wanted.leavers,
        events=wanted.events,
        check=wanted.check,
        progress=show,
        parameters=fitted,
    )


def _report(runs: list[Runs], out: Path) -> None:
    console = Console(markup=False, highlight=False)
    for its in runs:
        console.print(headline_table(its, wide=console.width >= WIDE))
        for table in spread_of_run(its):
            console.print(table)
    for sentence in said_of(runs[0].fitted, [its.scenario for its in runs], (), len(runs[0].runs)):
        console.print(sentence)
    console.print(
        f"Results written to {out}. Every outcome by replicate: runs.parquet; what each column "
        f"means: {DICTIONARY}; pictures: {FIGURES}; to read: report.html."
    )
