"""``engager-sim sensitivity``: which factors matter, and how sure that is."""

from pathlib import Path
from typing import Annotated

import typer

from engager_sim.console.options import Cluster, DryRun, Out, Parameters, Threads, TlsFiles

EXAMPLES = """
Examples:

  engager-sim sensitivity experiments/morris_all.toml

  engager-sim sensitivity experiments/sobol_levers.toml --dry-run

  engager-sim sensitivity mine.toml --out results/mine

Methods: sobol, morris, fast, rbd_fast, delta, pawn, dgsm, hdmr, regional, fractional_factorial.

The same command goes on where it stopped. Numbers are the same whatever the threads or cluster.
"""


def command(
    study: Annotated[Path, typer.Argument(help="A study file.", show_default=False)],
    out: Out = None,
    parameters: Parameters = "defaults",
    threads: Threads = None,
    cluster: Cluster = None,
    tls: TlsFiles = None,
    dry_run: DryRun = False,
) -> None:
    """Analyse sensitivity with SALib's methods; bootstrap intervals over replicates and points."""
    from engager_sim.console.request import Request
    from engager_sim.scenarios.fitted_parameters import FittedParameters
    from engager_sim.studies.pipeline import run_study
    from engager_sim.studies.sensitivity import KIND
    from engager_sim.studies.sensitivity.settings import read_sensitivity

    settings = read_sensitivity(study, FittedParameters.load(parameters))
    run_study(KIND, settings, Request(out, threads, cluster, tuple(tls or ()), dry_run))
