"""What ``engager-sim trial`` does, in order; imported only when it is asked for."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from engager_sim.console.plain_table import plain_table
from engager_sim.console.session import RESULTS
from engager_sim.console.spread_tables import draws_described
from engager_sim.console.whole_session import WholeSession, whole_session
from engager_sim.results.at_once import write_at_once
from engager_sim.runs.plan import refuse_unusable_numbers
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.studies.trial.columns import OF_TRIALS
from engager_sim.studies.trial.figures.pictures import draw_trials
from engager_sim.studies.trial.manifest import facts_of_trials
from engager_sim.studies.trial.narrative import percent, points
from engager_sim.studies.trial.report import STEPS
from engager_sim.studies.trial.settings import TrialStudy, read_trial
from engager_sim.studies.trial.study import Trials
from engager_sim.studies.trial.study import trial as simulated
from engager_sim.studies.trial.tables import CORE_OM


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
    with whole_session(place, threads) as session:
        found = _simulate(plan, fitted, threads, session)
        write_at_once(
            session.draft, found.tables(), OF_TRIALS, partial(draw_trials, found),
            facts_of_trials(found), session.simulated(),
        )  # fmt: skip
    _report(found, place)


def _simulate(
    plan: TrialStudy, fitted: FittedParameters | None, threads: int | None, session: WholeSession
) -> Trials:
    task = session.task(f"{plan.name}: preparing the rules", plan.replicates)

    def show(done: int, asked: int) -> None:
        session.prepared()
        words = f"{plan.name}: replicates"
        session.bar.update(task, completed=done, total=asked, description=words)

    return simulated(plan, threads, fitted, show)


def _report(found: Trials, out: Path) -> None:
    console = Console(markup=False, highlight=False)
    console.print(power_printed(found))
    console.print(null_printed(found))
    for sentence in found.in_words():
        console.print(sentence)
    for sentence in draws_described(found.fitted, [found.study.scenario]):
        console.print(sentence)
    console.print(
        f"Results written to {out}: read report.html; every simulated trial: trials.parquet; what "
        "each column means: data_dictionary.csv."
    )


def power_printed(found: Trials) -> Table:
    """Make the table that is printed of the primary outcome by size."""
    study = found.study
    table = plain_table(
        f"{study.scenario.name}: CORE-OM at week {study.primary}, programme less usual care",
        f"simulated; {study.replicates:,} trials of each size; [95% interval"
        f"{'' if found.fitted is None else ', over parameters and theories'}]; below 0 is better",
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
    table = plain_table(
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
