"""What several tests of runs look at."""

import pytest

from engager_sim.designs.execution.carry_out import Execution
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.settings import RunSettings
from engager_sim.studies.run.study import RunResult, prepare


@pytest.fixture(scope="session")
def small_result(small_service: Scenario) -> RunResult:
    """Average three replicates of the small service, those of ``small_runs``."""
    return prepare(RunSettings((small_service,), 3, seed=1)).analyse(Execution())
