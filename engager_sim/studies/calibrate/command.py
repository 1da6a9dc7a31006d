"""``engager-sim calibrate``: fit uncertain parameters to published figures."""

from pathlib import Path
from typing import Annotated

import typer

from engager_sim.console.options import Cluster, DryRun, Out, Threads, TlsFiles

EXAMPLES = """
Examples:

  engager-sim calibrate experiments/calibrate.toml

  engager-sim calibrate experiments/calibrate.toml --dry-run

Targets stand in engager_sim/evidence/targets.toml; a study file may name its own.

The same command goes on where it stopped. Numbers are the same whatever the threads or cluster.
"""


def command(
    study: Annotated[Path, typer.Argument(help="A study file.", show_default=False)],
    out: Out = None,
    threads: Threads = None,
    cluster: Cluster = None,
    tls: TlsFiles = None,
    dry_run: DryRun = False,
) -> None:
    """Fit uncertainties to published figures: posteriors, predictions, what stayed unknown."""
    from engager_sim.console.request import Request
    from engager_sim.studies.calibrate import KIND
    from engager_sim.studies.calibrate.settings import read_calibration
    from engager_sim.studies.pipeline import run_study

    request = Request(out, threads, cluster, tuple(tls or ()), dry_run)
    run_study(KIND, read_calibration(study), request)
