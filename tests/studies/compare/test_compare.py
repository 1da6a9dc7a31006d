"""Scenarios compared: the same men, common random numbers, and whose first exit differs."""

import dataclasses

import numpy as np
import pytest

from engager_sim.errors import UsageError
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.compare.printout import difference_table
from engager_sim.studies.compare.study import compare
from engager_sim.studies.run.study import simulate
from engager_sim.theory.ways_out import Exit


@pytest.fixture(scope="module")
def better(small_service: Scenario) -> Scenario:
    """Give the small service weekly, good supervision."""
    levers = {"programme.supervision.interval": 1, "programme.supervision.quality": 0.95}
    return changed(small_service, levers, name="better")


def test_a_scenario_compared_with_itself_differs_in_nothing(small_service: Scenario) -> None:
    comparison = compare(small_service, changed(small_service, {}, name="same"), replicates=6)
    known = comparison.differences[comparison.differences["n"] > 0]
    assert len(known) > 100
    assert (known[["difference", "low", "high"]].fillna(0.0) == 0.0).all(axis=None)
    table = difference_table(comparison, "same")
    assert set(table.columns[3].cells) <= {"identical", "no value"}
    lacking = comparison.differences.loc[comparison.differences["n"] < 6, ["outcome", "whom"]]
    names = lacking["outcome"] + lacking["whom"].map(lambda whom: f"_{whom}").replace("_all", "")
    assert set(comparison.missing["outcome"]) == set(names)
    assert (comparison.changed["men_whose_fate_differs"] == 0.0).all()
    assert (comparison.fates["fate_in_base"] == comparison.fates["fate_in_other"]).all()


def test_differences_are_those_of_the_two_simulations(
    small_service: Scenario, better: Scenario
) -> None:
    found = compare(small_service, better, replicates=5, seed=4)
    base = simulate(small_service, 5, seed=4, weekly=False).runs
    other = simulate(better, 5, seed=4, weekly=False).runs
    rows = found.differences.set_index(["outcome", "whom"])
    for outcome in ("trust_12w", "engaged_6w", "core_om_change_26w"):
        row = rows.loc[(outcome, "programme")]
        paired = other[f"{outcome}_programme"] - base[f"{outcome}_programme"]
        assert row["difference"] == pytest.approx(paired.mean(), abs=1e-12)
        assert row["mean_in_base"] == pytest.approx(base[f"{outcome}_programme"].mean(), abs=1e-12)


def test_exits_are_those_of_the_men_in_both_simulations(
    small_service: Scenario, better: Scenario
) -> None:
    replicates = 4
    found = compare(small_service, better, replicates=replicates, seed=4)
    worlds = [
        simulate(scenario, replicates, seed=4, weekly=False, leavers=True).leavers
        for scenario in (small_service, better)
    ]
    base, other = worlds
    assert base is not None
    assert other is not None
    for arm in ("programme", "usual_care"):
        its = (base["arm"] == arm).to_numpy()
        differ = (
            base["first_exit"].astype(str).to_numpy() != other["first_exit"].astype(str).to_numpy()
        )
        row = found.changed.set_index("arm").loc[arm]
        assert row["men_whose_fate_differs"] == pytest.approx((its & differ).sum() / replicates)
        men = found.fates[found.fates["arm"] == arm]["men"].sum()
        assert men == pytest.approx(its.sum() / replicates)


def test_every_exit_has_a_name_of_its_own(small_service: Scenario, better: Scenario) -> None:
    exits = compare(small_service, better, replicates=8).fates
    named = {cause.name.lower().replace("_", " ") for cause in Exit if cause} | {"no exit"}
    assert set(exits["fate_in_base"]) <= named
    assert len(set(exits["fate_in_base"])) > 3


def test_scenarios_about_other_men_are_refused_unless_unpaired(small_service: Scenario) -> None:
    people = dataclasses.replace(small_service.setting.population, leavers=31)
    setting = dataclasses.replace(small_service.setting, population=people)
    other = dataclasses.replace(small_service, setting=setting, name="other men")
    with pytest.raises(UsageError, match="leavers is 20 and 31"):
        compare(small_service, other, replicates=2)
    found = compare(small_service, other, replicates=4, unpaired=True)
    assert not found.paired
    assert found.fates.empty
    assert found.differences["n"].max() == 4


def test_unpaired_worlds_have_luck_of_their_own(small_service: Scenario) -> None:
    same = changed(small_service, {}, name="same")
    found = compare(small_service, same, replicates=4, unpaired=True).differences
    trust = found[(found["outcome"] == "trust_12w") & (found["whom"] == "all")].iloc[0]
    assert trust["difference"] != 0.0


def test_replicates_are_added_until_the_difference_is_known_well_enough(
    small_service: Scenario, better: Scenario
) -> None:
    loose = compare(small_service, better, replicates=10)
    rows = loose.differences.set_index(["outcome", "whom"])
    before = rows.loc[("trust_12w", "programme")]
    width = float(before["high"] - before["low"]) / 4.0
    found = compare(small_service, better, replicates=10, precision={"trust_12w_programme": width})
    row = found.differences.set_index(["outcome", "whom"]).loc[("trust_12w", "programme")]
    assert found.replicates > 10
    assert (row["high"] - row["low"]) / 2.0 <= width + 1e-12
    assert row["n"] == found.replicates == found.asked // 2


@pytest.mark.parametrize(
    ("precision", "replicates"),
    [
        ({"trust_12w": 0.0}, 10),
        ({"trust_12w": np.inf}, 10),
        ({"no": 1.0}, 10),
        ({"trust_12w": 1.0}, 3),
    ],
)
def test_a_precision_that_cannot_be_used_is_refused(
    small_service: Scenario, better: Scenario, precision: dict[str, float], replicates: int
) -> None:
    with pytest.raises(UsageError):
        compare(small_service, better, replicates=replicates, precision=precision)


def test_one_scenario_or_two_of_one_name_are_refused(small_service: Scenario) -> None:
    for scenarios in ([small_service], [small_service, small_service]):
        with pytest.raises(UsageError):
            compare(*scenarios, replicates=2)
