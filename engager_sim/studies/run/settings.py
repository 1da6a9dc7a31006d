"""What can be asked of a run, checked: scenarios, replicates, which tables are kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from engager_sim.runs.plan import refuse_unusable_numbers
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_names import file_names, refuse_names_alike

NETWORK = "agency_network"
QUESTION = "What happens in each of these scenarios?"
"""What several scenarios ask together."""


@dataclass(frozen=True)
class RunSettings:
    """What is simulated, and what is kept of it.

    Attributes
    ----------
    scenarios, replicates, seed
        What is simulated, each scenario in so many replicates, and the random seed.
    leavers, events, csv : bool
        Whether to keep a row per man, a row per event, and CSV files beside Parquet.
    check : bool
        Whether to compare every state with its declared range after every week.
    fitted : FittedParameters or None
        Where parameters are drawn from.

    Raises
    ------
    UsageError
        If a number cannot be used, or two scenarios have one name, or are shown under one.
    """

    scenarios: tuple[Scenario, ...]
    replicates: int = 800
    seed: int = 1
    leavers: bool = False
    events: bool = False
    check: bool = False
    csv: bool = False
    fitted: FittedParameters | None = None

    def __post_init__(self) -> None:
        refuse_unusable_numbers(self.replicates, self.seed, None)
        refuse_names_alike(self.scenarios)

    @property
    def names(self) -> list[str]:
        """The scenarios' names."""
        return [scenario.name for scenario in self.scenarios]

    @property
    def question(self) -> str:
        """What is asked: the scenario's own question where there is one scenario."""
        return self.scenarios[0].question if len(self.scenarios) == 1 else QUESTION


def network_files(names: Sequence[str]) -> list[str]:
    """Name the files, without ending, of the network of each scenario; with several, say whose."""
    return file_names(NETWORK, names) if len(names) > 1 else [NETWORK]
