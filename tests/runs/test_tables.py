"""What tables say: declared columns, words for codes, missing values, means and intervals."""

import math
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from engager_sim.outcomes.headline import HEADLINE
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.runs.tables.agencies import agencies_columns, agencies_table, ties_columns
from engager_sim.runs.tables.events import events_columns
from engager_sim.runs.tables.leavers import CODES, MISSING, PARTS, leavers_columns
from engager_sim.runs.tables.runs import SUFFIXES, runs_columns
from engager_sim.runs.tables.weeks import staff_columns, weekly_columns
from engager_sim.statistics.intervals import mean_and_interval
from engager_sim.studies.run.study import Runs
from engager_sim.studies.run.summary import summarise
from engager_sim.theory.declaration import states_of
from engager_sim.week.event_log import Event
from engager_sim.world.records import Leaver

DECLARED = {
    "runs": partial(runs_columns, drawn=False),
    "agencies": agencies_columns,
    "ties": ties_columns,
    "weekly": weekly_columns,
    "staff": staff_columns,
    "leavers": leavers_columns,
    "events": events_columns,
}


@pytest.mark.parametrize("table", DECLARED)
def test_a_table_has_exactly_its_declared_columns_in_order(table: str, small_runs: Runs) -> None:
    names = [column.name for column in DECLARED[table]()]
    assert getattr(small_runs, table).columns.tolist() == names
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("table", DECLARED)
def test_only_columns_that_say_so_have_missing_values(table: str, small_runs: Runs) -> None:
    frame = getattr(small_runs, table)
    full = [column.name for column in DECLARED[table]() if column.missing == "never missing"]
    assert not [name for name in full if frame[name].isna().any()]


@pytest.mark.parametrize("table", DECLARED)
def test_every_column_says_what_it_means_and_in_which_unit(table: str) -> None:
    for column in DECLARED[table]():
        assert column.meaning, column.name
        assert column.unit, column.name
        assert column.missing, column.name


def test_every_code_of_a_man_has_its_words() -> None:
    codes = {field.name: field for field in states_of(Leaver) if field.unit == "code"}
    assert set(codes) == set(CODES)
    for name, field in codes.items():
        assert len(CODES[name]) == field.high + 1, name


def test_every_part_of_a_field_has_its_name() -> None:
    lengths = {field.name: field.length for field in states_of(Leaver) if field.length}
    assert {name: len(parts) for name, parts in PARTS.items()} == lengths


def test_every_field_that_may_say_nothing_says_when() -> None:
    without = {field.name for field in states_of(Leaver) if field.low == -1}
    assert without <= set(MISSING)


def test_every_event_has_four_named_values(small_runs: Runs) -> None:
    events = small_runs.events
    assert events is not None
    for event in Event:
        its = events[events["event"] == event.name.lower()]
        for place, name in enumerate(event.names, start=1):
            assert set(its[f"value_{place}_name"]) <= {name}


def test_each_agency_is_drawn_in_a_place_of_its_own(small_runs: Runs) -> None:
    places = small_runs.agencies[["x", "y"]].round(6)
    assert len(places.drop_duplicates()) == len(places)
    again = agencies_table("service", small_runs.scenario.setting)
    pd.testing.assert_frame_equal(again, small_runs.agencies, check_exact=True)


def test_the_interval_is_students() -> None:
    values = np.array([1.0, 2.0, 4.0, 8.0])
    expected = stats.t.interval(0.9, 3, loc=values.mean(), scale=stats.sem(values))
    mean, low, high = mean_and_interval(values, 0.9)
    assert mean == 3.75
    assert (low, high) == pytest.approx(expected)


def test_one_replicate_has_a_mean_and_no_interval() -> None:
    mean, low, high = mean_and_interval(np.array([2.5]))
    assert mean == 2.5
    assert math.isnan(low)
    assert math.isnan(high)


def summary_of(outcome: str, runs: pd.DataFrame) -> dict[Any, Any]:
    summary = summarise(runs)
    (row,) = summary[(summary["outcome"] == outcome) & (summary["whom"] == "all")].to_dict(
        "records"
    )
    return row


def test_replicates_without_a_value_are_left_out_and_counted(small_runs: Runs) -> None:
    runs = small_runs.runs.copy()
    runs.loc[1, "qaly_52w"] = np.nan
    row = summary_of("qaly_52w", runs)
    assert (row["n"], row["of"]) == (2, 3)
    assert row["mean"] == pytest.approx(runs["qaly_52w"].mean())


def test_an_outcome_without_any_value_is_still_in_the_summary(small_runs: Runs) -> None:
    runs = small_runs.runs.copy()
    runs["qaly_52w"] = np.nan
    row = summary_of("qaly_52w", runs)
    assert (row["n"], row["of"]) == (0, 3)
    assert math.isnan(row["mean"])


def test_an_arm_without_any_value_of_an_outcome_is_still_in_the_summary(small_runs: Runs) -> None:
    runs = small_runs.runs.copy()
    runs["treated_3w_programme"] = np.nan
    whom = summarise(runs).query("outcome == 'treated_3w'")["whom"].tolist()
    assert whom == ["all", "programme", "usual_care", "difference"]


def test_scenarios_of_one_and_two_arms_are_summarised_together(small_runs: Runs) -> None:
    two_arms, one_arm = small_runs.runs.copy(), small_runs.runs.copy()
    two_arms["scenario"], one_arm["scenario"] = "two", "one"
    for name in one_arm.columns:
        if str(name).endswith(tuple(SUFFIXES)[1:]):
            one_arm[name] = np.nan
    summary = summarise(pd.concat([two_arms, one_arm]))
    assert set(summary[summary["scenario"] == "one"]["whom"]) == {"all"}
    assert set(summary[summary["scenario"] == "two"]["whom"]) == set(SUFFIXES.values())


def test_headline_outcomes_are_outcomes() -> None:
    assert set(HEADLINE) <= {outcome.id for outcome in OUTCOMES}
