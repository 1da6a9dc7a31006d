"""``engager-sim decide``: which change to buy, for whom, who may be harmed, how sure that is."""

from pathlib import Path
from typing import Annotated

import typer

from engager_sim.console.options import Cluster, DryRun, Out, Parameters, Threads, TlsFiles

EXAMPLES = """
Examples:

  engager-sim decide today.toml weekly.toml peers.toml --budget 60000

  engager-sim decide today.toml weekly.toml peers.toml one_roof.toml --combine --budget 60000

  engager-sim decide my_service/*.toml --combine --budget 60000

  engager-sim decide today.toml weekly.toml --for core_om_26w --worth 20000

  engager-sim decide today.toml peers.toml --out results/peers --dry-run

Begin with engager-sim new, which asks about your service and writes today.toml and options.

The same command goes on where it stopped. Numbers are the same whatever the threads or cluster.
"""


def command(
    today: Annotated[
        str,
        typer.Argument(
            help="The service as it is: a file or a preset. If all others are based on one of the "
            "files, that is the service, wherever it stands.",
            show_default=False,
        ),
    ],
    options: Annotated[
        list[str],
        typer.Argument(
            metavar="OPTION...",
            help="What could be bought: files that change today's service.",
            show_default=False,
        ),
    ],
    out: Out = None,
    budget: Annotated[
        float | None,
        typer.Option(
            help="Pounds more in the first year, start-up included; no limit unless given.",
            show_default=False,
        ),
    ] = None,
    combine: Annotated[
        bool,
        typer.Option("--combine", help="Add every combination of options that the budget buys."),
    ] = False,
    outcome: Annotated[
        str, typer.Option("--for", help="The outcome that the decision is for.")
    ] = "engaged_12w",
    worth: Annotated[
        list[float] | None,
        typer.Option(
            help="Pounds that a quality-adjusted life year is worth; may be given several times. "
            "20000 and 30000 unless given.",
            show_default=False,
        ),
    ] = None,
    replicates: Annotated[int, typer.Option(help="Runs of each world, two under each draw.")] = 800,
    populations: Annotated[
        int, typer.Option(help="Populations of men who are followed again and again.")
    ] = 40,
    lives: Annotated[int, typer.Option(help="Lives of each of these populations.")] = 40,
    seed: Annotated[int, typer.Option(help="Random seed: 0 to 2^64 - 1.")] = 1,
    parameters: Parameters = "posterior",
    threads: Threads = None,
    cluster: Cluster = None,
    tls: TlsFiles = None,
    dry_run: DryRun = False,
) -> None:
    """Decide what to buy: gain, spending, who is better and worse off, and how sure that is."""
    from engager_sim.console.request import Request
    from engager_sim.console.terminal import Terminal
    from engager_sim.scenarios.fitted_parameters import FittedParameters
    from engager_sim.studies.decide import KIND
    from engager_sim.studies.decide.options import offered, with_today_first
    from engager_sim.studies.decide.settings import WORTH_OF_A_QALY, DecideSettings
    from engager_sim.studies.pipeline import run_study
    from engager_sim.visible_text import shown_path

    service, *offers = with_today_first([today, *options])
    if service != today:
        Terminal(stderr=True).print(
            f"Note: {shown_path(Path(service))} is today's service, wherever it stands: all others "
            "are based on it."
        )
    offer = offered(service, offers, combine, budget)
    settings = DecideSettings(
        offer.today,
        offer.options,
        FittedParameters.load(parameters),
        budget,
        outcome,
        tuple(sorted(set(worth or WORTH_OF_A_QALY))),
        replicates,
        populations,
        lives,
        seed,
        offer.left_out,
    )
    run_study(KIND, settings, Request(out, threads, cluster, tuple(tls or ()), dry_run))
