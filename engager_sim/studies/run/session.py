"""What ``engager-sim run`` does, in order; imported only when it is asked for."""

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from engager_sim.console.spread_tables import draws_described, spread_of_run
from engager_sim.console.whole_session import WholeSession, whole_session
from engager_sim.errors import UsageError
from engager_sim.results.of_a_run import DICTIONARY, FIGURES, write_run
from engager_sim.runs.plan import refuse_unusable_numbers
from engager_sim.scenarios.fitted_parameters import FittedParameters, refuse_odd_replicates
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.figures.pictures import draw_run
from engager_sim.studies.run.headline_table import headline_table
from engager_sim.studies.run.study import Runs, simulate

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
    with whole_session(wanted.out, wanted.threads) as session:
        runs = [_simulate(each, wanted, fitted, session) for each in scenarios]
        write_run(session.draft, runs, session.simulated(), draw_run, csv=wanted.csv)
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


def _simulate(
    scenario: Scenario, wanted: Wanted, fitted: FittedParameters | None, session: WholeSession
) -> Runs:
    task = session.task(f"{scenario.name}: preparing the rules", wanted.replicates)

    def show(done: int, asked: int) -> None:
        session.prepared()
        session.bar.update(task, completed=done, total=asked, description=scenario.name)

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
    for sentence in draws_described(
        runs[0].fitted, [its.scenario for its in runs], (), len(runs[0].runs)
    ):
        console.print(sentence)
    console.print(
        f"Results written to {out}. Every outcome by replicate: runs.parquet; what each column "
        f"means: {DICTIONARY}; pictures: {FIGURES}; to read: report.html."
    )
