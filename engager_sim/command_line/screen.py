"""``engager-sim screen``: which uncertain parameters move nothing in any preset."""

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """
Examples:

  engager-sim screen --out results/screen

  engager-sim screen --trajectories 4 --replicates 2 --again 0
"""


def screen(
    out: Annotated[Path | None, typer.Option(help="Folder for tables.", show_default=False)] = None,
    trajectories: Annotated[int, typer.Option(min=2, help="Morris trajectories.")] = 8,
    replicates: Annotated[int, typer.Option(min=2, help="Replicates at each point.")] = 4,
    again: Annotated[
        int, typer.Option(min=0, help="Points at which what then seems inert is tried again.")
    ] = 64,
    seed: Annotated[int, typer.Option(min=0, help="Random seed.")] = 1,
    threads: Annotated[int | None, typer.Option(min=1, help="As many as processors.")] = None,
) -> None:
    """Screen every uncertain parameter over all presets; name those that move no outcome."""
    from engager_sim.console.plain_progress import plain_progress
    from engager_sim.console.plain_table import filled_table
    from engager_sim.console.terminal import Terminal
    from engager_sim.runs.threads import threads_of_this_machine
    from engager_sim.screening.morris_screen import MorrisScreen, screened
    from engager_sim.screening.narrative import HEADINGS, cells, findings

    asked = MorrisScreen(trajectories, replicates, seed, points_again=again)
    with plain_progress() as watch:
        effects = screened(asked, threads or threads_of_this_machine(), watch, out)
    console = Terminal()
    rows = [cells(row) for row in effects.to_dict("records")]
    caption = "SDs: between replicates; p: shared among all outcomes, arms and presets"
    console.print(
        filled_table("The largest effect of each parameter, weakest first", caption, HEADINGS, rows)
    )
    for sentence in findings(effects):
        console.print(sentence)
