"""The toy's command."""

from typing import Annotated

import typer

from engager_sim.console.options import Cluster, DryRun, Out, Threads, TlsFiles

EXAMPLES = """
Examples:

  engager-sim toy usual_care
"""


def command(
    scenario: Annotated[str, typer.Argument(help="A preset or a file.")],
    replicates: Annotated[int, typer.Option(help="Runs of the scenario.")] = 4,
    out: Out = None,
    threads: Threads = None,
    cluster: Cluster = None,
    tls: TlsFiles = None,
    dry_run: DryRun = False,
) -> None:
    """Count who reoffends."""
    from engager_sim.console.request import Request
    from engager_sim.scenarios.scenario import Scenario
    from engager_sim.studies.pipeline import run_study
    from tests.studies.toy import KIND
    from tests.studies.toy.settings import ToySettings

    settings = ToySettings(Scenario.load(scenario), replicates, 1)
    run_study(KIND, settings, Request(out, threads, cluster, tuple(tls or ()), dry_run))
