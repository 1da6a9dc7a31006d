"""With what visits begin; the server is told it before it starts."""

from dataclasses import dataclass

from engager_sim.scenarios.scenario import Scenario

DEFAULT = "engager_trial"
REPLICATES = (100, 200, 400, 800)
"""How many replicates of every world a visitor may ask for."""


@dataclass(frozen=True)
class InitialVisit:
    """The scenario of the first world, and how many replicates are made of every world."""

    scenario: Scenario | None = None
    replicates: int = REPLICATES[0]


_chosen = [InitialVisit()]


def begin_visits_with(scenario: Scenario, replicates: int) -> None:
    """Let every visit from now on begin like this."""
    _chosen[:] = [InitialVisit(scenario, replicates)]


def initial_scenario() -> Scenario:
    """Give the scenario with which a visit begins."""
    return _chosen[0].scenario or Scenario.load(DEFAULT)


def initial_replicates() -> int:
    """Give the number of replicates with which a visit begins."""
    return _chosen[0].replicates
