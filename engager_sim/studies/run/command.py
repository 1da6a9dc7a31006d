"""``engager-sim run``: simulate scenarios, print the headline outcomes, write a results folder."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from engager_sim.console.options import Cluster, DryRun, Parameters, Threads, TlsFiles

EXAMPLES = """
Examples:

  engager-sim run usual_care --out results/usual_care

  engager-sim run engager_trial usual_care --replicates 50 --seed 1 --out results/trial

  engager-sim run engager_trial --parameters defaults --replicates 100 --out results/central

  engager-sim run my_service.toml --leavers --events --out results/my_service

The same command goes on where it stopped. Two tables of the same scenarios, seed and replicates
are equal byte for byte, whatever the threads or cluster.
"""


class TableFormat(StrEnum):
    """How tables are written."""

    PARQUET = "parquet"
    CSV = "csv"


def command(
    scenario: Annotated[
        list[str], typer.Argument(help="Presets by name, or scenario files.", show_default=False)
    ],
    out: Annotated[Path, typer.Option(help="Folder for the results.", show_default=False)],
    replicates: Annotated[int, typer.Option(help="Independent runs of each scenario.")] = 800,
    seed: Annotated[int, typer.Option(help="Random seed: 0 to 2^64 - 1.")] = 1,
    parameters: Parameters = "posterior",
    leavers: Annotated[
        bool, typer.Option("--leavers", help="Write leavers.parquet: a row per man.")
    ] = False,
    events: Annotated[
        bool, typer.Option("--events", help="Write events.parquet: what happened to whom, and why.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Assert every declared range after every week.")
    ] = False,
    table_format: Annotated[
        TableFormat, typer.Option("--format", help="csv writes CSV beside Parquet.")
    ] = TableFormat.PARQUET,
    threads: Threads = None,
    cluster: Cluster = None,
    tls: TlsFiles = None,
    dry_run: DryRun = False,
) -> None:
    """Simulate scenarios, print the headline outcomes and write a results folder."""
    from engager_sim.console.request import Request
    from engager_sim.scenarios.fitted_parameters import FittedParameters
    from engager_sim.scenarios.scenario import Scenario
    from engager_sim.studies.pipeline import run_study
    from engager_sim.studies.run import KIND
    from engager_sim.studies.run.settings import RunSettings

    settings = RunSettings(
        tuple(Scenario.load(name) for name in scenario),
        replicates,
        seed,
        leavers,
        events,
        check,
        table_format == TableFormat.CSV,
        FittedParameters.load(parameters),
    )
    run_study(KIND, settings, Request(out, threads, cluster, tuple(tls or ()), dry_run))
