"""``engager-sim compare``: the same men with common random numbers in several scenarios."""

from typing import Annotated

import typer

from engager_sim.console.options import Cluster, DryRun, Out, Parameters, Threads, TlsFiles

EXAMPLES = """
Examples:

  engager-sim compare engager_trial engager_trial_weekly_supervision

  engager-sim compare usual_care usual_care_shared_practice mine.toml --replicates 200

  engager-sim compare engager_trial mine.toml --parameters defaults
    --precision core_om_change_26w_programme=0.1

  engager-sim compare usual_care therapy_led --unpaired

  engager-sim compare engager_trial mine.toml --parameters my_fit/posterior.parquet

The same command goes on where it stopped. Numbers are the same whatever the threads or cluster.
"""


def command(
    base: Annotated[
        str, typer.Argument(help="What is compared with: a preset or a file.", show_default=False)
    ],
    other: Annotated[
        list[str], typer.Argument(help="What is compared: presets or files.", show_default=False)
    ],
    out: Out = None,
    replicates: Annotated[int, typer.Option(help="Runs of each scenario.")] = 800,
    seed: Annotated[int, typer.Option(help="Random seed: 0 to 2^64 - 1.")] = 1,
    precision: Annotated[
        list[str] | None,
        typer.Option(
            help="OUTCOME=WIDTH: add replicates until the difference is known to within WIDTH.",
            show_default=False,
        ),
    ] = None,
    unpaired: Annotated[
        bool, typer.Option("--unpaired", help="Compare means of scenarios about different men.")
    ] = False,
    parameters: Parameters = "posterior",
    threads: Threads = None,
    cluster: Cluster = None,
    tls: TlsFiles = None,
    dry_run: DryRun = False,
) -> None:
    """Compare scenarios: paired differences, and the men whose first exit differs."""
    from engager_sim.console.request import Request
    from engager_sim.scenarios.fitted_parameters import FittedParameters
    from engager_sim.scenarios.scenario import Scenario
    from engager_sim.studies.compare import KIND
    from engager_sim.studies.compare.settings import CompareSettings, read_precision
    from engager_sim.studies.pipeline import run_study

    settings = CompareSettings(
        tuple(Scenario.load(name) for name in (base, *other)),
        replicates,
        seed,
        read_precision(precision or ()),
        unpaired,
        FittedParameters.load(parameters),
    )
    run_study(KIND, settings, Request(out, threads, cluster, tuple(tls or ()), dry_run))
