"""What ``engager-sim trial`` does, in order; imported only when it is asked for."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from engager_sim.command_line.preparation import INTERRUPTED, preparation
from engager_sim.command_line.run_study import progress_bar
from engager_sim.command_line.spread_tables import said_of
from engager_sim.command_line.study_session import RESULTS
from engager_sim.figures.of_a_trial import draw_trials
from engager_sim.reports.page import write_report
from engager_sim.reports.what_a_trial_saw import STEPS
from engager_sim.results.at_once import write_at_once
from engager_sim.results.folder import new_folder
from engager_sim.results.of_a_run import Provenance
from engager_sim.results.of_a_trial import facts_of_trials
from engager_sim.results.trial_columns import OF_TRIALS
from engager_sim.studies.fitted_parameters import FittedParameters
from engager_sim.studies.simulation import refuse_unusable_numbers
from engager_sim.studies.threads import threads_of_this_machine
from engager_sim.studies.trials.in_words import percent, points
from engager_sim.studies.trials.settings import TrialStudy, read_trial
from engager_sim.studies.trials.tables import CORE_OM
from engager_sim.studies.trials.trial import Trials
from engager_sim.studies.trials.trial import trial as simulated


def simulate_and_write(study: Path, out: Path | None, parameters: str, threads: int | None) -> None:
    """Simulate a trial again and again, print and write what came of it.

    Raises
    ------
    EngagerError
        Before anything is simulated, if what is wanted cannot be done.
    """
    plan = read_trial(study)
    fitted = FittedParameters.load(parameters)
    refuse_unusable_numbers(plan.replicates, plan.seed, threads)
    place = out or RESULTS / plan.name
    messages = Console(stderr=True, markup=False, highlight=False)
    started, clock = datetime.now(UTC), time.perf_counter()
    try:
        with new_folder(place) as draft, progress_bar(messages) as bar:
            with preparation(messages) as prepared:
                found = _simulate(plan, fitted, threads, bar, prepared)
            seconds = time.perf_counter() - clock
            provenance = Provenance(threads or threads_of_this_machine(), started, seconds)
            bar.add_task("writing tables, drawing figures", total=None)
            write_at_once(
                draft, found.tables(), OF_TRIALS, partial(draw_trials, found),
                facts_of_trials(found), provenance,
            )  # fmt: skip
            write_report(draft)
    except KeyboardInterrupt:
        messages.print(f"Interrupted. Nothing was kept: {place} was not written.")
        raise typer.Exit(INTERRUPTED) from None
    _report(found, place)


def _simulate(
    plan: TrialStudy,
    fitted: FittedParameters | None,
    threads: int | None,
    bar: Progress,
    prepared: Callable[[], None],
) -> Trials:
    task = bar.add_task(f"{plan.name}: preparing the rules", total=plan.replicates)

    def show(done: int, asked: int) -> None:
        prepared()
        bar.update(task, completed=done, total=asked, description=f"{plan.name}: replicates")

    return simulated(plan, threads, fitted, show)


def _report(found: Trials, out: Path) -> None:
    console = Console(markup=False, highlight=False)
    console.print(power_printed(found))
    console.print(null_printed(found))
    for sentence in found.in_words():
        console.print(sentence)
    for sentence in said_of(found.fitted, [found.study.scenario]):
        console.print(sentence)
    console.print(
        f"Results written to {out}: read report.html; every simulated trial: trials.parquet; what "
        "each column means: data_dictionary.csv."
    )


def power_printed(found: Trials) -> Table:
    """Make the table that is printed of the primary outcome by size."""
    study = found.study
    table = _table(
        f"{study.scenario.name}: CORE-OM at week {study.primary}, programme less usual care",
        f"simulated; {study.replicates:,} trials of each size; [95% interval]; below 0 is better",
        ("Men", "True effect", "Mean estimate", "Null", "Power", "Formula", "Power, none lost"),
    )
    chosen = (found.power["outcome"] == CORE_OM) & (found.power["week"] == study.primary)
    for row in found.power[chosen].to_dict("records"):
        table.add_row(
            f"{row['men']:,}",
            _with_ends(row, "effect", points),
            _with_ends(row, "estimate", points),
            percent(row["looked_null"]),
            _with_ends(row, "power", percent),
            percent(row["textbook_power"]),
            _with_ends(row, "complete_power", percent),
        )
    return table


def null_printed(found: Trials) -> Table:
    """Make the table that is printed of why the trial looked null."""
    table = _table(
        f"Why a trial of {found.study.size:,} men looks null",
        "simulated; Shapley values over 8 worlds with the same men and luck; [95% interval]",
        ("Step", "Points", "Null trials"),
    )
    for row in found.null.to_dict("records"):
        shares = f"[{percent(row['null_low'])}, {percent(row['null_high'])}]"
        table.add_row(
            STEPS[str(row["step"])],
            f"{points(row['points'])} [{points(row['low'])}, {points(row['high'])}]",
            f"{percent(row['null_share'])} {shares}",
        )
    return table


def _with_ends(row: Mapping[Any, Any], stem: str, text: Callable[[float], str]) -> str:
    return f"{text(row[stem])} [{text(row[f'{stem}_low'])}, {text(row[f'{stem}_high'])}]"


def _table(title: str, caption: str, headings: tuple[str, ...]) -> Table:
    table = Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD,
        caption=caption, caption_justify="left",
    )  # fmt: skip
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
