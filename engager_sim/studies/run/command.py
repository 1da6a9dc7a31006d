"""``engager-sim run``: simulate scenarios, print what came of it, write a results folder."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from engager_sim.console.options import Parameters

EXAMPLES = """
Examples:

  engager-sim run usual_care --out results/usual_care

  engager-sim run engager_trial usual_care --replicates 50 --seed 1 --out results/trial

  engager-sim run engager_trial --parameters posterior --replicates 200 --out results/fitted

  engager-sim run my_service.toml --leavers --events --out results/my_service

Two tables of the same scenarios, seed and replicates are equal byte for byte, whatever the threads.
"""


class Format(StrEnum):
    """How tables are written."""

    PARQUET = "parquet"
    CSV = "csv"


def command(
    scenario: Annotated[
        list[str], typer.Argument(help="Presets by name, or scenario files.", show_default=False)
    ],
    out: Annotated[Path, typer.Option(help="New folder for the results.", show_default=False)],
    replicates: Annotated[
        int, typer.Option(help="Runs of each scenario, each with luck of its own.")
    ] = 20,
    seed: Annotated[int, typer.Option(help="Where all luck comes from: 0 to 2^64 - 1.")] = 1,
    parameters: Parameters = "defaults",
    threads: Annotated[
        int | None, typer.Option(help="Runs at a time; by default, one per processor.")
    ] = None,
    leavers: Annotated[
        bool, typer.Option("--leavers", help="Write leavers.parquet: a row per man.")
    ] = False,
    events: Annotated[
        bool,
        typer.Option("--events", help="Write events.parquet: what happened to whom, and why."),
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Assert every declared range after every week.")
    ] = False,
    table_format: Annotated[
        Format, typer.Option("--format", help="csv writes CSV beside Parquet.")
    ] = Format.PARQUET,
) -> None:
    """Simulate scenarios, print the headline outcomes and write a results folder."""
    from engager_sim.studies.run.session import Wanted, run_and_write

    wanted = Wanted(
        scenario, out, replicates, seed, threads, leavers, events, check,
        table_format == Format.CSV, parameters,
    )  # fmt: skip
    run_and_write(wanted)
