"""Simulating a scenario: the tables agree with each other and do not depend on how they came."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from engager_sim.errors import UsageError
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.runs import one_run
from engager_sim.runs.tables.weeks import CAUSES, exit_column
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.study import TABLES, Runs, simulate


def frame(runs: Runs, name: str) -> pd.DataFrame:
    found = getattr(runs, name)
    assert isinstance(found, pd.DataFrame)
    return found


def one_armed(scenario: Scenario) -> Scenario:
    people = dataclasses.replace(scenario.setting.population, allocation=[1, 0])
    setting = dataclasses.replace(scenario.setting, population=people)
    return dataclasses.replace(scenario, setting=setting)


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_the_same_whatever_the_threads(
    name: str, small_service: Scenario, small_runs: Runs
) -> None:
    again = simulate(
        small_service, 3, seed=1, threads=3, leavers=True, events=True, parameters="defaults"
    )
    pd.testing.assert_frame_equal(frame(again, name), frame(small_runs, name), check_exact=True)


def test_a_replicate_is_the_same_whatever_the_number_of_replicates(
    small_service: Scenario, small_runs: Runs
) -> None:
    fewer = simulate(small_service, 1, seed=1, weekly=False, parameters="defaults")
    pd.testing.assert_frame_equal(fewer.runs, small_runs.runs.head(1), check_exact=True)


def test_replicates_differ_and_so_do_seeds(small_service: Scenario, small_runs: Runs) -> None:
    outcomes = [outcome.id for outcome in OUTCOMES]
    values = small_runs.runs[outcomes].to_numpy()
    assert not np.array_equal(values[0], values[1], equal_nan=True)
    other = simulate(small_service, 1, seed=2, weekly=False, parameters="defaults")
    assert not np.array_equal(values[0], other.runs[outcomes].to_numpy()[0], equal_nan=True)


def test_the_two_halves_of_a_long_seed_both_count(small_service: Scenario) -> None:
    low, high, both = (
        simulate(small_service, 1, seed=seed, weekly=False, parameters="defaults").runs.drop(
            columns="seed"
        )
        for seed in (1, 1 << 40, (1 << 40) + 1)
    )
    assert not low.equals(both)
    assert not high.equals(both)


def test_checking_changes_no_number(small_service: Scenario, small_runs: Runs) -> None:
    checked = simulate(small_service, 3, seed=1, threads=2, check=True, parameters="defaults")
    pd.testing.assert_frame_equal(checked.runs, small_runs.runs, check_exact=True)
    pd.testing.assert_frame_equal(
        frame(checked, "weekly"), frame(small_runs, "weekly"), check_exact=True
    )


def test_two_arms_have_columns_of_their_own_and_a_difference(small_runs: Runs) -> None:
    runs = small_runs.runs
    difference = runs["weeks_engaged_programme"] - runs["weeks_engaged_usual_care"]
    assert (runs["weeks_engaged_difference"] == difference).all()
    men = small_runs.leavers
    assert men is not None
    for arm in ("programme", "usual_care"):
        its = men[men["arm"] == arm].groupby("replicate")["weeks_engaged"].mean()
        np.testing.assert_allclose(runs[f"weeks_engaged_{arm}"], its)


def test_one_arm_has_no_columns_of_arms(small_service: Scenario) -> None:
    runs = simulate(one_armed(small_service), 1, seed=1, parameters="defaults")
    assert not [name for name in runs.runs if str(name).endswith(("_programme", "_difference"))]
    assert frame(runs, "weekly")["arm"].unique().tolist() == ["programme"]


def test_the_weekly_table_agrees_with_the_outcomes(small_runs: Runs) -> None:
    """It holds true distress. Nobody dies here: who did would be in the table as he was."""
    weekly, runs = frame(small_runs, "weekly"), small_runs.runs
    assert (runs["died_52w"] == 0.0).all()
    for arm in ("programme", "usual_care"):
        its = weekly[weekly["arm"] == arm]
        in_week = {week: its[its["week"] == week] for week in (6, 26, 52)}
        np.testing.assert_allclose(in_week[6]["in_contact"], runs[f"engaged_6w_{arm}"])
        np.testing.assert_allclose(in_week[26]["distress"], runs[f"distress_true_26w_{arm}"])
        for cause in CAUSES:
            name = exit_column(cause)
            np.testing.assert_allclose(in_week[52][name], runs[f"{name}_{arm}"], atol=1e-12)


def test_all_men_are_counted_from_release_to_the_end_of_follow_up(small_runs: Runs) -> None:
    men = frame(small_runs, "weekly").groupby(["replicate", "week"])["men"].sum().unstack(level=0)
    assert men.index.tolist() == list(range(-8, 53))
    assert (men.loc[-4:] == 20).all(axis=None)


def test_means_of_nobody_are_missing(small_runs: Runs) -> None:
    weekly = frame(small_runs, "weekly")
    nobody = weekly["men"] == 0
    assert weekly.loc[nobody, "trust"].isna().all()
    assert weekly.loc[~nobody, "trust"].notna().all()


def test_events_agree_with_the_men(small_runs: Runs) -> None:
    events, men = frame(small_runs, "events"), frame(small_runs, "leavers")
    assert (events["event"] == "entered").sum() == len(men)
    exits = events[events["event"] == "exit"].groupby(["replicate", "number"]).first()
    first = men.set_index(["replicate", "number"])["first_exit"].dropna()
    assert exits["cause"].astype(str).to_dict() == first.astype(str).to_dict()
    weeks = men.set_index(["replicate", "number"])["first_exit_week"].dropna()
    assert exits["weeks_after_release"].to_dict() == weeks.to_dict()
    leavers = events[events["who"] == "leaver"]
    assert set(leavers["number"]) == set(range(20))


def test_staff_events_name_the_post_and_its_arm(small_runs: Runs) -> None:
    events = frame(small_runs, "events")
    staff = events[events["who"] == "practitioner"]
    assert set(zip(staff["number"], staff["arm"], strict=True)) <= {
        (0, "programme"),
        (1, "programme"),
        (2, "usual_care"),
    }
    assert staff["weeks_after_release"].isna().all()
    assert set(events[events["who"] == "peer"]["number"]) <= {0}


def test_a_log_that_was_too_small_is_written_again_whole(
    small_service: Scenario, small_runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_run, "EVENTS_PER_MAN", 0)
    again = simulate(small_service, 3, seed=1, events=True, weekly=False, parameters="defaults")
    pd.testing.assert_frame_equal(
        frame(again, "events"), frame(small_runs, "events"), check_exact=True
    )


def test_progress_is_told_from_nothing_to_all(small_service: Scenario) -> None:
    told: list[tuple[int, int]] = []
    simulate(
        small_service,
        3,
        threads=1,
        weekly=False,
        progress=lambda done, asked: told.append((done, asked)),
        parameters="defaults",
    )
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_an_interrupt_stops_what_has_not_begun(small_service: Scenario) -> None:
    told: list[int] = []

    def interrupt(done: int, _: int) -> None:
        told.append(done)
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(
            small_service,
            10_000,
            weekly=False,
            threads=2,
            progress=interrupt,
            parameters="defaults",
        )
    assert len(told) == 2
    assert told[0] == 0
    assert told[1] < 10_000


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ({"replicates": 0}, "replicates"),
        ({"replicates": -3}, "replicates"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**64}, "seed"),
        ({"threads": 0}, "threads"),
    ],
)
def test_numbers_out_of_range_are_refused(
    asked: dict[str, int], key: str, small_service: Scenario
) -> None:
    with pytest.raises(UsageError, match=key) as refused:
        simulate(small_service, **asked, parameters="defaults")  # type: ignore[arg-type]
    assert refused.value.allowed


def test_runs_introduce_themselves_in_a_line(small_runs: Runs) -> None:
    assert repr(small_runs).startswith("<Runs of service: 3 replicates, seed 1; tables runs,")
