"""With which scenario visits begin; the server is told before it starts."""

from engager_sim.scenarios.scenario import Scenario

USUAL = "engager_trial"
_chosen: list[Scenario] = []


def open_with(scenario: Scenario) -> None:
    """Let every visit from now on begin with this scenario."""
    _chosen[:] = [scenario]


def opening_scenario() -> Scenario:
    """Give the scenario with which a visit begins."""
    return _chosen[0] if _chosen else Scenario.load(USUAL)
