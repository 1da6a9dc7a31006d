"""Parameters that change no run of some services are found by trying, and no others."""

import pytest

from engager_sim.designs.inert_parameters import inert_parameters
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.scenarios.fitted_parameters import POSTERIOR, FittedParameters
from engager_sim.scenarios.scenario import Scenario
from tests.scenarios.services import SERVICE, write

LIVED = find_columns(("engaged_12w", "distress_lived_52w", "service_contacts"))
HOPE, TRUST = "peers.hope_gain", "relationship.trust_gain"


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Scenario]:
    """Give a service without peers, and the same with one."""
    folder = tmp_path_factory.mktemp("services")
    alone = SERVICE.replace("peers = 1", "peers = 0")
    return tuple(  # type: ignore[return-value]
        Scenario.load(write(folder, text, name))
        for text, name in ((alone, "alone.toml"), (SERVICE, "with_peers.toml"))
    )


def _inert(*services: Scenario) -> set[str]:
    fitted = FittedParameters.of(POSTERIOR)
    assert fitted is not None
    return set(inert_parameters(services, fitted, LIVED, seed=1))


def test_what_peers_do_changes_nothing_where_no_service_has_one(
    services: tuple[Scenario, Scenario],
) -> None:
    alone = _inert(services[0])
    assert HOPE in alone
    assert TRUST not in alone


def test_what_acts_in_one_of_the_services_is_not_listed(
    services: tuple[Scenario, Scenario],
) -> None:
    assert HOPE not in _inert(*services)


def test_an_outcome_that_is_not_asked_for_does_not_count() -> None:
    """Scores as they are reported move no man."""
    assert "measurement.core_om_reliability" in _inert(Scenario.load("usual_care"))
