"""Scenarios compared: the same men, common random numbers, and whose first exit differs."""

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engager_sim.errors import UsageError
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.compare.differences import probability_text
from engager_sim.studies.compare.printout import difference_table, printed
from engager_sim.studies.compare.study import Comparison, compare
from engager_sim.studies.run.study import simulate
from engager_sim.theory.ways_out import Exit


@pytest.fixture(scope="module")
def better(small_service: Scenario) -> Scenario:
    """Give the small service weekly, good supervision."""
    levers = {"programme.supervision.interval": 1, "programme.supervision.quality": 0.95}
    return changed(small_service, levers, name="better")


def test_a_scenario_compared_with_itself_differs_in_nothing(small_service: Scenario) -> None:
    comparison = compare(
        small_service, changed(small_service, {}, name="same"), replicates=6, parameters="defaults"
    )
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
    found = compare(small_service, better, replicates=5, seed=4, parameters="defaults")
    base = simulate(small_service, 5, seed=4, weekly=False, parameters="defaults").runs
    other = simulate(better, 5, seed=4, weekly=False, parameters="defaults").runs
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
    found = compare(small_service, better, replicates=replicates, seed=4, parameters="defaults")
    worlds = [
        simulate(
            scenario, replicates, seed=4, weekly=False, leavers=True, parameters="defaults"
        ).leavers
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
    exits = compare(small_service, better, replicates=8, parameters="defaults").fates
    named = {cause.name.lower().replace("_", " ") for cause in Exit if cause} | {"no exit"}
    assert set(exits["fate_in_base"]) <= named
    assert len(set(exits["fate_in_base"])) > 3


def test_scenarios_about_other_men_are_refused_unless_unpaired(small_service: Scenario) -> None:
    people = dataclasses.replace(small_service.setting.population, leavers=31)
    setting = dataclasses.replace(small_service.setting, population=people)
    other = dataclasses.replace(small_service, setting=setting, name="other men")
    with pytest.raises(UsageError, match="leavers is 20 and 31"):
        compare(small_service, other, replicates=2, parameters="defaults")
    found = compare(small_service, other, replicates=4, unpaired=True, parameters="defaults")
    assert not found.paired
    assert found.fates.empty
    assert found.differences["n"].max() == 4


@pytest.mark.parametrize("unpaired", [False, True])
def test_scenarios_that_are_followed_for_other_times_are_refused(
    small_service: Scenario, unpaired: bool, tmp_path: Path
) -> None:
    file = tmp_path / "longer.toml"
    file.write_text(f'question = "?"\nbased_on = "{small_service.file}"\nfollow_up_weeks = 104\n')
    longer = Scenario.load(file)
    with pytest.raises(UsageError, match="followed for 52 weeks and longer for 104"):
        compare(small_service, longer, replicates=4, unpaired=unpaired, parameters="defaults")


def test_unpaired_worlds_have_luck_of_their_own(small_service: Scenario) -> None:
    same = changed(small_service, {}, name="same")
    found = compare(
        small_service, same, replicates=4, unpaired=True, parameters="defaults"
    ).differences
    trust = found[(found["outcome"] == "trust_12w") & (found["whom"] == "all")].iloc[0]
    assert trust["difference"] != 0.0


def test_replicates_are_added_until_the_difference_is_known_well_enough(
    small_service: Scenario, better: Scenario
) -> None:
    loose = compare(small_service, better, replicates=10, parameters="defaults")
    rows = loose.differences.set_index(["outcome", "whom"])
    before = rows.loc[("trust_12w", "programme")]
    width = float(before["high"] - before["low"]) / 4.0
    found = compare(
        small_service,
        better,
        replicates=10,
        precision={"trust_12w_programme": width},
        parameters="defaults",
    )
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
        compare(
            small_service, better, replicates=replicates, precision=precision, parameters="defaults"
        )


def test_one_scenario_or_two_of_one_name_are_refused(small_service: Scenario) -> None:
    for scenarios in ([small_service], [small_service, small_service]):
        with pytest.raises(UsageError):
            compare(*scenarios, replicates=2, parameters="defaults")


@pytest.fixture(scope="module")
def drawn(small_service: Scenario, better: Scenario) -> Comparison:
    """Compare three scenarios, the last two alike, under 12 draws of the posterior that ships."""
    twin = changed(better, {}, name="twin")
    return compare(small_service, better, twin, replicates=24)


def test_any_two_scenarios_have_a_difference_and_a_probability(drawn: Comparison) -> None:
    rows = drawn.differences_between_others
    assert set(zip(rows["base"], rows["other"], strict=True)) == {("better", "twin")}
    assert list(rows.columns) == list(drawn.differences.columns)
    assert drawn.differences["other"].unique().tolist() == ["better", "twin"]
    names = ["probability_low", "probability_higher", "probability_high"]
    low, middle, high = drawn.differences.dropna(subset=names)[names].to_numpy().T
    assert ((low >= 0.0) & (low <= middle) & (middle <= high) & (high <= 1.0)).all()
    assert len(low) > 100


def test_two_that_are_equal_by_construction_are_a_tie(drawn: Comparison) -> None:
    rows = drawn.differences_between_others.query("n > 20")
    assert (rows["difference"] == 0.0).all()
    assert (rows[["probability_low", "probability_higher", "probability_high"]] == 0.5).all(None)
    said = [part for part in printed(drawn) if isinstance(part, str)]
    assert any("twin and better are identical" in part for part in said)
    assert probability_text(rows.iloc[0].to_dict()) == "tie"


def test_at_defaults_no_probability_is_told(small_service: Scenario, better: Scenario) -> None:
    found = compare(small_service, better, replicates=24, parameters="defaults")
    assert found.differences[["probability_higher", "chance_low"]].isna().all(axis=None)
    assert found.carriers.empty
    headings = [str(column.header) for column in difference_table(found, "better").columns]
    assert headings == ["Outcome", small_service.name.replace("_", " "), "better", "Difference"]
    assert not any("P(higher)" in str(part) or "carrying" in str(part) for part in printed(found))


def test_with_few_draws_no_parameter_is_named_and_that_is_said(drawn: Comparison) -> None:
    assert drawn.carriers.empty
    said = [part for part in printed(drawn) if isinstance(part, str)]
    assert any("No parameter is named" in part and "12 draws were used" in part for part in said)


def test_one_replicate_and_one_pair_have_a_difference_and_no_parts(
    small_service: Scenario, better: Scenario
) -> None:
    for replicates in (1, 2):
        found = compare(small_service, better, replicates=replicates)
        rows = found.differences[found.differences["n"] == replicates]
        assert rows["difference"].notna().all()
        assert rows[["parameters", "structure", "probability_higher"]].isna().all(axis=None)
        assert rows["low"].isna().all() == (replicates == 1)
        assert found.intervals.named == "Monte Carlo error alone"


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        ((0.843, 0.79, 0.9), "84% [79%, 90%]"),
        ((1.0, 0.99, 1.0), ">99% [99%, >99%]"),
        ((0.004, 0.0, 0.02), "<1% [<1%, 2%]"),
        ((np.nan, np.nan, np.nan), "not known"),
    ],
)
def test_no_probability_is_written_as_certain(probability: Any, said: str) -> None:
    names = ("probability_higher", "probability_low", "probability_high")
    assert probability_text(dict(zip(names, probability, strict=True))) == said
