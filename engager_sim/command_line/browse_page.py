"""Read the scenario, compile the rules, and serve the page."""

from collections.abc import Sequence

from engager_sim.browser.server import serve
from engager_sim.browser.visit import Visit
from engager_sim.console.preparation import preparation
from engager_sim.console.terminal import Terminal
from engager_sim.runs.one_run import compile_for
from engager_sim.runs.plan import plan_of
from engager_sim.scenarios.scenario import Scenario


def show(
    name: str, port: int, open_browser: bool, allowed_hosts: Sequence[str], replicates: int
) -> None:
    """Serve the page, once the scenario is known to be usable."""
    scenario = Scenario.load(name)
    with preparation(Terminal(stderr=True)) as ready:
        visit = Visit(scenario)
        visit.step()
        visit.worlds[0].influences(None)  # which compiles the week without its log
        compile_for(plan_of(scenario, visit.seed, weekly=True))
        ready()
    serve(scenario, port, open_browser, allowed_hosts, replicates)
