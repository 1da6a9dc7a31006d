"""``engager-sim laws``: every law of the theory, tried under draws of all that is uncertain."""

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """
Examples:

  engager-sim laws --out results/laws

  engager-sim laws --draws 20 --replicates 2 --fresh 8 --steps 0 --net 0

The same command with the same folder goes on where it stopped. It ends with 1 if a law is broken.
"""
BROKEN = 1


def laws(
    out: Annotated[
        Path | None, typer.Option(help="Folder for tables, and to go on from.", show_default=False)
    ] = None,
    draws: Annotated[int, typer.Option(min=2, help="Draws of all uncertain parameters.")] = 200,
    replicates: Annotated[int, typer.Option(min=2, help="Replicates under each draw.")] = 8,
    worst: Annotated[int, typer.Option(min=1, help="Worst draws tried again, fresh seeds.")] = 20,
    fresh: Annotated[int, typer.Option(min=2, help="Replicates of each that is tried again.")] = 60,
    starts: Annotated[int, typer.Option(min=1, help="Worst draws from which is searched.")] = 5,
    steps: Annotated[int, typer.Option(min=0, help="Steps of each directed search.")] = 6,
    net: Annotated[int, typer.Option(min=0, help="Draws of the net table; 0 for none.")] = 20,
    seed: Annotated[int, typer.Option(min=0, help="Random seed.")] = 1,
    threads: Annotated[int | None, typer.Option(min=1, help="As many as processors.")] = None,
) -> None:
    """Try every law of the theory: what should help must never make men worse off."""
    from engager_sim.console.plain_progress import plain_progress
    from engager_sim.console.plain_table import filled_table
    from engager_sim.console.terminal import Terminal
    from engager_sim.laws.narrative import HEADINGS, NET_HEADINGS, findings, law_cells, net_cells
    from engager_sim.laws.search import Effort
    from engager_sim.laws.trial_of_laws import try_laws
    from engager_sim.runs.threads import threads_of_this_machine

    effort = Effort(draws, replicates, worst, fresh, starts, steps, seed)
    count = threads or threads_of_this_machine()
    with plain_progress() as watch:
        found = try_laws(effort, net, count, watch, out)
    console = Terminal()
    rows = [law_cells(row) for row in found.laws.to_dict("records")]
    how = "short: how far on the wrong side; surely: at least so far, 99.9% confidence"
    console.print(filled_table("Laws: does each hold?", how, HEADINGS, rows))
    if len(found.net):
        rows = [net_cells(row) for row in found.net.to_dict("records")]
        how = "means and 95% intervals over draws from the prior"
        console.print(filled_table("From the same staff hours, both arms", how, NET_HEADINGS, rows))
    for sentence in findings(found.laws, found.net):
        console.print(sentence)
    raise typer.Exit(BROKEN if found.broken else 0)
