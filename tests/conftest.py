"""Fixtures that many tests share, and how Hypothesis draws.

Hypothesis draws the same examples on every run, so that a failure can be repeated;
``pytest --hypothesis-profile=thorough`` draws many more, and others each time.
"""

import gc
import os

# Before numpy is imported: two workers with two threads of algebra each wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from hypothesis import settings

from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.study import Runs, simulate
from tests.scenarios.services import SERVICE, write

settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=50)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile("repeatable")


def pytest_collection_finish() -> None:
    """Leave libraries and thousands of tests out of every later search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def small_service(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Twenty men, two arms, two sites, one peer."""
    return Scenario.load(write(tmp_path_factory.mktemp("scenarios"), SERVICE))


@pytest.fixture(scope="session")
def small_runs(small_service: Scenario) -> Runs:
    """Three replicates of the small service with everything kept; the rules are compiled here."""
    return simulate(
        small_service, 3, seed=1, threads=1, leavers=True, events=True, parameters="defaults"
    )
