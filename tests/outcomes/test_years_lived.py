"""What quality of life and costs are computed from: years lived, distress, custody, contacts."""

import numpy as np
import pytest

from engager_sim.costs.quality_of_life import quality_adjusted_years
from engager_sim.outcomes.declaration import Outcome
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.studies.run.study import simulate
from engager_sim.theory.costs import Costs
from engager_sim.theory.declaration import blank_records
from engager_sim.world.records import Leaver

BY_ID: dict[str, Outcome] = {outcome.id: outcome for outcome in OUTCOMES}


def of_a_man(outcome: str, **states: float) -> float:
    men = blank_records(Leaver, 1)
    for name, value in states.items():
        men[name] = value
    read = BY_ID[outcome].of
    assert read is not None
    return float(read(men[0]))


@pytest.mark.parametrize(
    ("died", "weeks"), [(-1, 52.0), (0, 1.0), (9, 10.0), (51, 52.0), (80, 52.0)]
)
def test_weeks_lived_are_those_of_the_year_up_to_the_week_of_death(died: int, weeks: float) -> None:
    assert of_a_man("weeks_lived_52w", died_week=died) == weeks


def test_distress_lived_through_is_points_times_years() -> None:
    assert of_a_man("distress_lived_52w", distress_sum=20.0 * 52) == 20.0
    assert of_a_man("distress_lived_52w", distress_sum=20.0 * 26) == 10.0


def test_weeks_in_custody_and_contacts_with_services_are_as_counted() -> None:
    assert of_a_man("custody_weeks_52w", custody_weeks=7) == 7.0
    assert of_a_man("service_contacts", service_contacts=31) == 31.0


def test_they_give_the_quality_of_life_of_every_run() -> None:
    runs = simulate("usual_care", 3, seed=2, weekly=False, parameters="defaults").runs
    costs = Costs()
    slope = np.full(len(runs), costs.utility_per_point)
    years = quality_adjusted_years(
        runs["weeks_lived_52w"].to_numpy(),
        runs["distress_lived_52w"].to_numpy(),
        slope,
        costs.utility_at_zero,
    )
    np.testing.assert_allclose(years, runs["qaly_52w"], rtol=1e-12)


def test_cost_per_man_says_that_it_counts_hours_used() -> None:
    declared = BY_ID["cost_per_leaver"]
    assert "used" in declared.label
    assert "employed" in declared.meaning
