"""Read the scenario, compile the rules, and serve the page."""

from collections.abc import Sequence

import typer

from engager_sim.browser.server import serve
from engager_sim.browser.visit import Visit
from engager_sim.scenarios.scenario import Scenario


def show(name: str, port: int, open_browser: bool, allowed_hosts: Sequence[str]) -> None:
    """Serve the page, once the scenario is known to be usable."""
    scenario = Scenario.load(name)
    typer.echo("Preparing the rules (the first time takes up to a minute).")
    visit = Visit(scenario)
    visit.step()
    visit.worlds[0].influences(None)  # which compiles the week without its log
    serve(scenario, port, open_browser, allowed_hosts)
