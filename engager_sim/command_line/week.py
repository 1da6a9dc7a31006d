"""``engager-sim week``: the order of a week, from the list that the engine runs."""

from typing import Annotated

import typer

EXAMPLES = """
Examples:

  engager-sim week

  engager-sim week --source
"""


def week(
    source: Annotated[
        bool, typer.Option("--source", help="Print the functions that the engine makes of it.")
    ] = False,
) -> None:
    """Print what happens in a week, in order: the list that the engine itself runs."""
    if source:
        from engager_sim.week.engine import engine_source

        typer.echo(engine_source())
        return

    from rich import box
    from rich.table import Table

    from engager_sim.console.terminal import Terminal
    from engager_sim.week.order import WEEK

    console = Terminal()
    for part in dict.fromkeys(event.part for event in WEEK):
        table = Table(title=part.capitalize(), title_justify="left", box=box.SIMPLE_HEAD)
        for heading in ("", "Event", "Theme", "What happens"):
            table.add_column(heading, no_wrap=heading == "Event")
        for number, event in enumerate(WEEK, start=1):
            if event.part == part:
                table.add_row(str(number), event.name, event.theme, event.meaning)
        console.print(table)
