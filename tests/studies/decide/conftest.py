"""The service whose decision tests look at."""

from pathlib import Path

import pytest

from engager_sim.studies.decide.study import Decision
from tests.studies.decide.offers import decided, write_offer


@pytest.fixture(scope="session")
def offer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of today's service and its options."""
    return write_offer(tmp_path_factory.mktemp("offer"))


@pytest.fixture(scope="session")
def decision(offer: Path) -> Decision:
    """Give a decision between weekly supervision, two peers, and nothing."""
    return decided(offer)
