"""``engager-sim sweep``: what an outcome does as levers go through their ranges."""

from pathlib import Path
from typing import Annotated

import typer

from engager_sim.console.options import Cluster, DryRun, Out, Parameters, Threads, TlsFiles

EXAMPLES = """
Examples:

  engager-sim sweep experiments/collaboration_supervision.toml

  engager-sim sweep experiments/caseload.toml --dry-run

  engager-sim sweep mine.toml --cluster tcp://10.0.0.1:8786 --out results/mine

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
    """Sweep levers and settings: response surfaces, and whether the whole is more than the sum."""
    from engager_sim.console.request import Request
    from engager_sim.scenarios.fitted_parameters import FittedParameters
    from engager_sim.studies.pipeline import run_study
    from engager_sim.studies.sweep import KIND
    from engager_sim.studies.sweep.settings import read_sweep

    settings = read_sweep(study, FittedParameters.load(parameters))
    run_study(KIND, settings, Request(out, threads, cluster, tuple(tls or ()), dry_run))
