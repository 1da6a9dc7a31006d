"""``engager-sim trial``: a trial simulated many times, from a study file or from scenarios."""

from typing import Annotated

import typer

from engager_sim.console.options import Cluster, DryRun, Out, Parameters, Threads, TlsFiles

EXAMPLES = """
Examples:

  engager-sim trial through_the_gate

  engager-sim trial usual_care through_the_gate --men 280 --men 560 --practitioners 8

  engager-sim trial experiments/engager_trial_again.toml

  engager-sim trial experiments/engager_trial_again.toml --dry-run

  engager-sim trial experiments/engager_trial_again.toml --parameters defaults --out results/central

  engager-sim trial my_trial.toml --out results/my_trial --threads 4

One scenario with two arms is a trial as it stands; one with one arm is tried against its own usual
care; of two, men are allocated to the first or the second. A study file says all else: its
attrition, its prices and what counts as undiluted. See docs/trial.md.

The same command goes on where it stopped. Tables are equal byte for byte, whatever the threads or
cluster.
"""


def command(
    asked: Annotated[
        str,
        typer.Argument(help="A study file, or a scenario: a preset or a file.", show_default=False),
    ],
    other: Annotated[
        str | None,
        typer.Argument(help="A scenario that is tried against the first one.", show_default=False),
    ] = None,
    out: Out = None,
    men: Annotated[
        list[int] | None,
        typer.Option(help="Men in both arms; give it again for more sizes.", show_default=False),
    ] = None,
    practitioners: Annotated[
        list[int] | None,
        typer.Option(
            help="Practitioners of the programme; give it again for more.", show_default=False
        ),
    ] = None,
    replicates: Annotated[
        int | None, typer.Option(help="Simulated trials of each design.", show_default="200")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Random seed: 0 to 2^64 - 1.", show_default="1")
    ] = None,
    parameters: Parameters = "posterior",
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
    from engager_sim.studies.trial.asked import asked_trial
    from engager_sim.studies.trial.settings import TrialSettings

    study = asked_trial(asked, other, men or (), practitioners or (), replicates, seed)
    settings = TrialSettings(study, FittedParameters.load(parameters))
    run_study(KIND, settings, Request(out, threads, cluster, tuple(tls or ()), dry_run))
