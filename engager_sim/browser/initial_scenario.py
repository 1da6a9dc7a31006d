"""The scenario with which visits begin; the server is told it before it starts."""

from engager_sim.scenarios.scenario import Scenario

DEFAULT = "engager_trial"
_chosen: list[Scenario] = []


def set_initial_scenario(scenario: Scenario) -> None:
    """Let every visit from now on begin with this scenario."""
    _chosen[:] = [scenario]


def initial_scenario() -> Scenario:
    """Give the scenario with which a visit begins."""
    return _chosen[0] if _chosen else Scenario.load(DEFAULT)
