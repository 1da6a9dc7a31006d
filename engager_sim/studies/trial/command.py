"""``engager-sim trial``: what a trial would have seen, simulated many times, and why."""

from pathlib import Path
from typing import Annotated

import typer

from engager_sim.console.options import Cluster, DryRun, Out, Parameters, Threads, TlsFiles

EXAMPLES = """
Examples:

  engager-sim trial experiments/engager_trial_again.toml

  engager-sim trial experiments/engager_trial_again.toml --dry-run

  engager-sim trial experiments/engager_trial_again.toml --parameters posterior --out results/fit

  engager-sim trial my_trial.toml --out results/my_trial --threads 4

The design, its attrition and what counts as undiluted stand in the study file: docs/trial.md.

The same command goes on where it stopped. Tables are equal byte for byte, whatever the threads or
cluster.
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
    """Simulate a trial many times: its power, and what dilution, attrition and size do to it."""
    from engager_sim.console.request import Request
    from engager_sim.scenarios.fitted_parameters import FittedParameters
    from engager_sim.studies.pipeline import run_study
    from engager_sim.studies.trial import KIND
    from engager_sim.studies.trial.settings import TrialSettings, read_trial

    settings = TrialSettings(read_trial(study), FittedParameters.load(parameters))
    run_study(KIND, settings, Request(out, threads, cluster, tuple(tls or ()), dry_run))
