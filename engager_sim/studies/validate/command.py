"""``engager-sim validate``: every pattern and every held-out figure, with its verdict."""

from typing import Annotated

import typer

from engager_sim.console.options import Cluster, DryRun, Out, Threads, TlsFiles

EXAMPLES = """
Examples:

  engager-sim validate

  engager-sim validate --replicates 1000 --out results/validate_long

  engager-sim validate --parameters results/calibrate/posterior.parquet --out results/mine

When each pattern counts as met stands in engager_sim/evidence/patterns.toml: docs/evaluation.md.

The same command goes on where it stopped. Numbers are the same whatever the threads or cluster.
"""


def command(
    out: Out = None,
    parameters: Annotated[
        str,
        typer.Option(help="What is validated: posterior, or a posterior.parquet from calibrate."),
    ] = "posterior",
    replicates: Annotated[
        int, typer.Option(help="Runs of every variant, two under each draw; at least 80.")
    ] = 400,
    seed: Annotated[int, typer.Option(help="Random seed: 0 to 2^64 - 1.")] = 1,
    threads: Threads = None,
    cluster: Cluster = None,
    tls: TlsFiles = None,
    dry_run: DryRun = False,
) -> None:
    """Hold the fitted model against every pattern and held-out figure: met, near or missed."""
    from engager_sim.console.request import Request
    from engager_sim.studies.pipeline import run_study
    from engager_sim.studies.validate import KIND
    from engager_sim.studies.validate.settings import ValidateSettings, fitted_model

    settings = ValidateSettings(fitted_model(parameters), replicates, seed)
    run_study(KIND, settings, Request(out, threads, cluster, tuple(tls or ()), dry_run))
