"""What can be asked of the toy."""

from dataclasses import dataclass

from engager_sim.scenarios.scenario import Scenario


@dataclass(frozen=True)
class ToySettings:
    """A scenario, how many replicates, and a random seed."""

    scenario: Scenario
    replicates: int
    seed: int
