"""``engager-sim browse``: explore the programme theory in the browser."""

from typing import Annotated

import typer

EXAMPLES = """
Examples:

  engager-sim browse

  engager-sim browse my_service.toml --port 8900

  engager-sim browse usual_care --no-open

The page is served on this machine alone, works offline, and stops with Ctrl+C.
"""


def browse(
    scenario: Annotated[
        str, typer.Argument(help="With which it begins: a preset by name, or a scenario file.")
    ] = "engager_trial",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0 takes any that is free.")
    ] = 8765,
    open_browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Whether to open the page in your browser.")
    ] = True,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(help="Another name of this machine under which the page may be asked for."),
    ] = None,
    replicates: Annotated[
        int,
        typer.Option(
            min=10, max=800, help="Replicates of every world that say how sure its numbers are."
        ),
    ] = 100,
) -> None:
    """Explore the theory in the browser: the network, the themes at work, two worlds, one man."""
    from engager_sim.command_line.browse_page import show

    show(scenario, port, open_browser, allow_host or [], replicates)
