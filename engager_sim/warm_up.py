"""Compile the rules ahead of time: ``python -m engager_sim.warm_up``."""

from engager_sim.mesa_model import EngagerModel
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.study import simulate


def main() -> None:
    """Run a preset as a batch, checked or not, and as a model, with and without events."""
    scenario = Scenario.load("engager_trial")
    simulate(scenario, replicates=1, events=True, parameters="defaults")
    simulate(scenario, replicates=1, check=True, parameters="defaults")
    for events in (False, True):
        EngagerModel(scenario, events=events).step()


if __name__ == "__main__":
    main()
