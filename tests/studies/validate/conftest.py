"""Fixtures of validations: a small posterior."""

import pytest

from engager_sim.scenarios.fitted_parameters import FittedParameters
from tests.studies.validate.small_posterior import write_small_posterior


@pytest.fixture(scope="session")
def posterior(tmp_path_factory: pytest.TempPathFactory) -> FittedParameters:
    """Sixty draws of two parameters, both theories among them."""
    return write_small_posterior(tmp_path_factory.mktemp("fitted"))
