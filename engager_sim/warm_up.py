"""Compile the rules ahead of time: ``python -m engager_sim.warm_up``."""

from engager_sim.studies.scenario import Scenario
from engager_sim.studies.simulation import simulate


def main() -> None:
    """Run one replicate of a preset, with and without the event log, so that all is compiled."""
    simulate(Scenario.load("engager_trial"), replicates=1, events=True)


if __name__ == "__main__":
    main()
