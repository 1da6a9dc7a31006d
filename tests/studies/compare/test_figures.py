"""Figures of a comparison: what they say, and that equal comparisons look alike."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from engager_sim.figures.scales import MINUS
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.compare.figures import pictures as pictures_of
from engager_sim.studies.compare.figures.paired_differences import GROUPS
from engager_sim.studies.compare.study import Comparison, compare
from tests.figures.layout import (
    assert_equal_files,
    assert_nothing_overlaps,
    assert_well_named,
    text_on,
)

LONG = "engager_trial_shared_practice_and_weekly_supervision"


@pytest.fixture(scope="module")
def services(small_service: Scenario) -> list[Scenario]:
    """Make four others of the small service: one with a long name, one like it."""
    return [
        small_service,
        changed(small_service, {"ways_out.gate_loss": 0.18}, "gate"),
        changed(small_service, {"programme.supervision.interval": 1}, LONG),
        changed(small_service, {"collaboration.initial_tie": 0.9}, "tied"),
        changed(small_service, {}, "the_same"),
    ]


@pytest.fixture(scope="module")
def comparison(services: list[Scenario]) -> Comparison:
    return compare(*services, replicates=4, parameters="defaults")


def test_a_comparison_has_its_differences_and_the_fates_in_each_other_scenario(
    comparison: Comparison,
) -> None:
    pictures = pictures_of(comparison)
    assert_well_named(pictures)
    names = [picture.name.removeprefix("fate_transitions_") for picture in pictures]
    assert names == ["paired_differences", "gate", LONG, "tied", "the_same"]
    for picture in pictures:
        assert_nothing_overlaps(picture.figure)


def test_scenarios_whose_names_have_the_same_letters_have_pictures_of_their_own(
    small_service: Scenario,
) -> None:
    others = [changed(small_service, {}, name) for name in ("plan+1", "plan-1", "PLAN 1")]
    pictures = pictures_of(compare(small_service, *others, replicates=2, parameters="defaults"))
    names = [picture.name.removeprefix("fate_transitions_") for picture in pictures[1:]]
    assert names == ["plan_1", "plan_1_2", "plan_1_3"]
    assert "times as many" not in text_on(pictures[0].figure)  # worlds are identical


def test_differences_are_said_in_numbers(comparison: Comparison) -> None:
    picture = pictures_of(comparison)[0]
    table = comparison.differences
    weekly = table[(table["other"] == LONG) & (table["whom"] == "programme")]
    row = weekly.set_index("outcome").loc["cost_per_leaver"]
    said = f"{row['difference']:+,.0f} ({row['low']:+,.0f} to {row['high']:+,.0f})"
    assert said.replace("-", MINUS) in picture.description
    assert said.replace("-", MINUS) in text_on(picture.figure)
    text = text_on(picture.figure)
    for part in ("over men of the programme", "4 replicates", "times as many"):
        assert part in text


def test_men_whose_first_exit_differs_are_counted(comparison: Comparison) -> None:
    picture = pictures_of(comparison)[1]
    for row in comparison.changed[comparison.changed["other"] == "gate"].itertuples():
        sentence = f"{row.men_whose_fate_differs:.1f} of 10 men ({row.share:.1%}) have another exit"
        assert sentence in picture.description
        assert sentence in text_on(picture.figure)
    assert "shared staff and agencies" in text_on(picture.figure)


def test_unpaired_scenarios_have_no_transitions(services: list[Scenario]) -> None:
    pictures = pictures_of(
        compare(*services[:2], replicates=3, unpaired=True, parameters="defaults")
    )
    assert [picture.name for picture in pictures] == ["differences"]
    assert "Welch" in text_on(pictures[0].figure)


def test_one_replicate_of_one_arm_has_no_interval() -> None:
    usual_care = [Scenario.load(name) for name in ("usual_care", "usual_care_shared_practice")]
    pictures = pictures_of(compare(*usual_care, replicates=1, parameters="defaults"))
    text = text_on(pictures[0].figure)
    assert "over all men" in text
    assert "Fewer than two replicates have a value: there is no interval." in text
    for picture in pictures:
        assert "nan" not in text_on(picture.figure) + picture.description
        assert_nothing_overlaps(picture.figure)


def test_an_outcome_without_a_value_says_so(comparison: Comparison) -> None:
    table = comparison.differences.copy()
    numbers = ["mean_in_base", "mean_in_other", "difference", "low", "high"]
    table.loc[table["outcome"] == "treated_3w", numbers] = np.nan
    picture = pictures_of(dataclasses.replace(comparison, differences=table))[0]
    assert "no value" in text_on(picture.figure)
    assert "no value" in picture.description
    assert "nan" not in text_on(picture.figure) + picture.description


def test_every_headline_outcome_stands_under_a_heading() -> None:
    units = {outcome.id: outcome.unit for outcome in OUTCOMES}
    assert {units[name] for name in HEADLINE} == set(GROUPS)


def test_equal_comparisons_give_equal_files(comparison: Comparison, tmp_path: Path) -> None:
    pictures, again = (pictures_of(comparison)[:2] for _ in range(2))
    assert_equal_files(pictures, again, tmp_path)
