"""``engager-sim trial``: what a trial would have seen, run again and again, and why."""

from pathlib import Path
from typing import Annotated

import typer

from engager_sim.console.options import Out, Parameters

EXAMPLES = """
Examples:

  engager-sim trial experiments/engager_trial_again.toml

  engager-sim trial experiments/engager_trial_again.toml --parameters posterior --out results/fit

  engager-sim trial my_trial.toml --out results/my_trial --threads 4

The design, whom it loses and what counts as ideal stand in the study file: docs/trial.md.

Tables are equal byte for byte, whatever the threads.
"""


def command(
    study: Annotated[Path, typer.Argument(help="A study file.", show_default=False)],
    out: Out = None,
    parameters: Parameters = "defaults",
    threads: Annotated[
        int | None, typer.Option(help="Replicates at a time; by default, one per processor.")
    ] = None,
) -> None:
    """Simulate a trial again and again: power, and what dilution, loss and size do to it."""
    from engager_sim.studies.trial.session import simulate_and_write

    simulate_and_write(study, out, parameters, threads)
