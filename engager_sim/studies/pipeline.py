"""One study from beginning to end: forecast, folder, runs, tables, pictures, report, printout.

Every kind of study goes this way, so that dry runs, progress, resuming after a kill, clusters and
equal bytes come with it.
"""

import contextlib
import traceback
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import typer

from engager_sim.console.forecast_text import forecast_text
from engager_sim.console.interruption import exit_code
from engager_sim.console.plain_table import with_line
from engager_sim.console.preparation import preparation
from engager_sim.console.progress import ProgressBar
from engager_sim.console.request import Request
from engager_sim.console.terminal import Terminal
from engager_sim.designs.effect_check import effect_notes
from engager_sim.designs.execution.carry_out import Execution, ignore, runs_in
from engager_sim.designs.execution.executors import Executor
from engager_sim.designs.execution.forecast import most_bytes
from engager_sim.designs.matched_populations import theory_notes
from engager_sim.errors import EngagerError
from engager_sim.reports.page import REPORT, write_pages, write_report
from engager_sim.results.contents import runs_kept
from engager_sim.results.study_folder import StudyFolder
from engager_sim.results.study_manifest import study_manifest
from engager_sim.results.study_results import (
    FIGURES,
    Session,
    Standing,
    note_session,
    notes_kept,
    write_results,
)
from engager_sim.results.whole_tables import make_whole, remove_chunks
from engager_sim.runs.capacity import capacity_notes
from engager_sim.runs.threads import while_listening
from engager_sim.studies.kind import PreparedStudy, StudyKind, StudyResult
from engager_sim.visible_text import shown_path

UNDRAWN = 1
"""Exit code where runs and tables are whole and a picture or the report is not."""

CSV_TIMES = 3
"""How much more room numbers take as text than in memory."""


def run_study(kind: StudyKind, settings: Any, request: Request) -> None:
    """Do what a study command does; ``settings`` is what the kind's ``prepare`` takes.

    Raises
    ------
    EngagerError
        Before anything is simulated, if what is asked for cannot be done.
    """
    kind.check()
    prepared: PreparedStudy[Any] = kind.part("study").prepare(settings)
    executor = request.executor()
    messages = Terminal(stderr=True)
    if request.dry_run:
        with preparation(messages) as ready:
            while_listening(prepared.workload.compile)
            ready()
            text = forecast_text(prepared.workload, prepared.blocks, request, prepared.name)
            _print_notes(_notes(prepared), messages)
        remark = f" {prepared.remark}" if prepared.remark else ""
        _print(f"{text}{remark} Nothing was written.")
        return
    progress = ProgressBar()
    try:
        _simulate_and_write(kind, prepared, request, executor, progress, messages)
    except KeyboardInterrupt as interruption:
        kept = "nothing had been run"
        if progress.asked:
            kept = (
                f"{progress.done:,} of {progress.asked:,} runs are kept in "
                f"{shown_path(request.folder(prepared.name))}"
            )
        messages.print(f"Interrupted; {kept}. The same command goes on from there.")
        raise typer.Exit(exit_code(interruption)) from None


def _simulate_and_write(
    kind: StudyKind,
    prepared: PreparedStudy[Any],
    request: Request,
    executor: Executor,
    progress: ProgressBar,
    messages: Terminal,
) -> None:
    out = request.folder(prepared.name)
    session = Session(datetime.now(UTC))
    manifest = study_manifest(
        kind.name,
        prepared.question,
        prepared.scenarios,
        prepared.fitted,
        {
            "replicates": prepared.replicates,
            "seed": prepared.seed,
            "runs": runs_in(prepared.workload, prepared.blocks),
            "runs_per_replicate": prepared.workload.runs_per_replicate,
            **prepared.facts,
        },
    )
    opened = StudyFolder.opened(out, manifest, prepared.points_digest, _most_bytes(prepared))
    with opened as folder, progress.shown(messages):
        execution = Execution(folder, executor, progress.watch, progress.tell)
        notes = notes_kept(out)
        if notes is None:
            with _counted_if_interrupted(progress, out, manifest):
                while_listening(prepared.workload.compile)
                notes = _notes(prepared, progress.tell)
        _print_notes(notes, messages)
        result = prepared.analyse(execution)
        folder.remove_leftovers()
        progress.tell("writing tables")
        _write(kind, prepared, folder, result, notes)
        progress.tell("drawing figures")
        undrawn, pages = _draw(kind, prepared, folder, result)
        note_session(folder, session, progress.made)
        if prepared.whole_tables:
            remove_chunks(folder, prepared.workload.tables)
    for output in kind.part("printout").printed(result):
        _print(with_line(output, prepared.interval_line))
    _print_standing(result, folder, pages)
    if undrawn:
        messages.print("\n".join(undrawn))
        raise typer.Exit(UNDRAWN)


@contextlib.contextmanager
def _counted_if_interrupted(
    progress: ProgressBar, out: Path, manifest: dict[str, Any]
) -> Iterator[None]:
    """Count what an earlier session kept, should an interrupt come before runs are told."""
    try:
        yield
    except KeyboardInterrupt:
        with contextlib.suppress(OSError):
            progress.done, progress.asked = runs_kept(out, manifest), manifest["runs"]
        raise


def _notes(prepared: PreparedStudy[Any], tell: Callable[[str], None] = ignore) -> list[str]:
    """Find out, before anything runs, what has no room and what has no effect."""
    notes = [note for scenario in prepared.scenarios for note in capacity_notes(scenario)]
    notes += theory_notes(prepared.scenarios)
    if prepared.fitted is not None:
        notes += [
            f"Drawn values of {path} leave the surveyed ties of {scenario.name} as they are."
            for scenario in prepared.scenarios
            for path in prepared.fitted.without_full_effect_in(scenario)
        ]
    return notes + effect_notes(prepared.changes(), prepared.seed, prepared.fitted, tell)


def _print_notes(notes: Sequence[str], messages: Terminal) -> None:
    for note in notes:
        messages.print(f"Note: {note}")


def _most_bytes(prepared: PreparedStudy[Any]) -> int:
    """Count what the disk must hold at most: whole tables stand beside their chunks for a while."""
    copies = 1 + prepared.whole_tables + CSV_TIMES * prepared.csv
    return copies * most_bytes(prepared.workload, prepared.blocks)


def _write(
    kind: StudyKind,
    prepared: PreparedStudy[Any],
    folder: StudyFolder,
    result: StudyResult,
    notes: list[str],
) -> None:
    for name, write in prepared.files(result).items():
        folder.write(name, write)
    if prepared.whole_tables:
        make_whole(folder, prepared.workload.tables, prepared.csv)
    failed, line = dict(result.failed), prepared.interval_line
    standing = Standing(result.asked, result.done, failed, notes, line)
    declared = kind.part("columns").declared(result)
    write_results(folder, result.tables(), declared, standing, prepared.question)


def _draw(
    kind: StudyKind, prepared: PreparedStudy[Any], folder: StudyFolder, result: StudyResult
) -> tuple[list[str], list[str]]:
    """Draw the pictures, the pages and the report; what fails costs no run, and is told.

    Returns
    -------
    tuple of list of str
        What is told, and the pages that stand.
    """
    written: list[str] = []

    def pictures() -> None:
        (folder.folder / FIGURES).mkdir(exist_ok=True)  # a study may have nothing to draw
        for index, picture in enumerate(kind.part("figures").pictures(result)):
            told = picture.with_line(prepared.interval_line)
            folder.write(f"{FIGURES}/{picture.name}.png", partial(told.save, position=index))

    def pages() -> None:
        written.extend(file.name for file in write_pages(folder.folder, kind))

    def report() -> None:
        write_report(folder.folder, kind, is_checked=True)
        written.append(REPORT)

    undrawn = [_attempt("the pictures", pictures)]
    folder.note_digests()
    undrawn += [_attempt("the pages for readers", pages), _attempt("the report", report)]
    return [told for told in undrawn if told], written


def _attempt(name: str, step: Callable[[], None]) -> str:
    try:
        step()
    except EngagerError as error:
        return f"Error: {name} could not be made, and runs and tables are whole: {error}"
    except Exception:  # of whatever kind: the runs and tables are whole, and are kept
        return (
            f"Error in the program: {name} could not be made, and runs and tables are whole.\n"
            f"{traceback.format_exc()}"
        )
    return ""


def _print(what: Any) -> None:
    Terminal().print(what)


def _print_standing(result: StudyResult, folder: StudyFolder, pages: Sequence[str]) -> None:
    for reason, count in result.failed.items():
        _print(f"{count:,} runs failed: {reason}")
    if folder.repaired:
        _print(f"{folder.repaired} damaged chunks were noticed and run again.")
    read = f"read {', '.join(pages)}; " if pages else ""
    _print(
        f"{result.done:,} of {result.asked:,} runs done. Results in {shown_path(folder.folder)}: "
        f"{read}what each column means stands in data_dictionary.csv."
    )
