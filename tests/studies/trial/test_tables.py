"""Tables of a trial from rows made by hand: who is counted where, and what was published."""

import numpy as np
import pandas as pd
import pytest

from engager_sim.studies.calibrate.targets import SHIPPED, read_targets
from engager_sim.studies.trial.decomposition import corner_analyses, corners_table, null_table
from engager_sim.studies.trial.individual_effects import individual_table, own_effects_table
from engager_sim.studies.trial.power import textbook_power
from engager_sim.studies.trial.published import PUBLISHED
from engager_sim.studies.trial.settings import TrialStudy
from engager_sim.studies.trial.streams import FOLLOW_UP, SCORES, random_numbers
from engager_sim.studies.trial.tables import (
    contamination_table,
    is_null,
    published_table,
    trials_table,
)
from engager_sim.studies.trial.trial_file import read_trial
from tests.studies.trial.test_trial import EXPERIMENT

MEASURES = [("core_om", 26), ("substance_service", 52)]


@pytest.fixture(scope="module")
def study() -> TrialStudy:
    return read_trial(EXPERIMENT)


def analyses(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Make analyses of trials of 280 men at week 26, without an effect unless a row says so."""
    null = {"estimate": 0.0, "low": -1.0, "high": 1.0}
    complete = {f"complete_{name}": value for name, value in null.items()}
    rest = {
        "replicate": 0, "corner": 0, "outcome": "core_om", "men": 280,
        "practitioners": 4, "analysis": "practitioners", "week": 26, "true_effect": 0.0,
        "died_programme": 0, "died_usual_care": 0, "freedom": 10.0, "icc": 0.0,
        "standard_error": 0.5, "p": 0.5, "n_programme": 90,
        "n_usual_care": 94, "residual_sd": 7.0, "complete_residual_sd": 7.0,
    }  # fmt: skip
    return pd.DataFrame([rest | null | complete | row for row in rows])


def means(programme: float, usual_care: float) -> list[list[float]]:
    """Make one replicate's means, which are the same for both measures."""
    return [[programme, programme], [usual_care, usual_care]]


def test_a_trial_is_null_where_its_interval_covers_0_or_there_is_none() -> None:
    ends = pd.DataFrame(
        {"low": [-1.0, 0.1, -2.0, 0.0, np.nan], "high": [1.0, 2.0, -0.1, 1.0, np.nan]}
    )
    assert is_null(ends).tolist() == [True, False, False, True, True]


def test_trials_are_those_as_delivered_in_order() -> None:
    table = trials_table(
        analyses(
            [
                {"replicate": 1, "low": 0.5, "high": 2.0, "true_effect": 1.0},
                {"replicate": 1, "corner": 3},
                {"replicate": 0, "complete_high": -0.5, "true_effect": 3.0},
            ]
        )
    )
    assert table["replicate"].tolist() == [0, 1]
    assert table["is_null"].tolist() == [True, False]
    assert table["complete_is_null"].tolist() == [False, True]
    assert table["holds_effect"].tolist() == [False, True]


def test_a_part_that_alone_takes_the_effect_away_gets_all_of_it(study: TrialStudy) -> None:
    """Wherever supervision (bit 1) is undiluted the effect is -2 and seen; else there is none."""
    seen = {"true_effect": -2.0, "low": -3.0, "high": -1.0}
    seen |= {"complete_low": -3.0, "complete_high": -1.0}
    rows = [
        {"replicate": replicate, "corner": corner} | (seen if corner & 2 else {})
        for corner in reversed(range(8))
        for replicate in range(3)
    ]
    other = [
        {"men": 140},
        {"week": 52},
        {"practitioners": 8},
        {"analysis": "individuals"},
        {"outcome": "substance_service"},
    ]
    corners = corner_analyses(study, analyses(rows + other))
    steps = null_table(corners).set_index("step")
    assert steps["points"].tolist() == [-2.0, 0.0, 2.0, 0.0, 0.0, 0.0]
    assert steps["null_share"].tolist() == [0.0, 0.0, 1.0, 0.0, 0.0, 1.0]
    table = corners_table(corners)
    assert table["supervision"].tolist() == [bool(corner & 2) for corner in range(8)]
    assert table["power"].tolist() == [float(seen) for seen in table["supervision"]]
    assert (table["n_analysed"] == 184.0).all()


def test_attrition_that_hides_the_effect_gets_its_share_and_its_bias(study: TrialStudy) -> None:
    complete = {"complete_estimate": -2.0, "complete_low": -3.0, "complete_high": -1.0}
    rows = [
        {"replicate": replicate, "corner": corner, "estimate": -0.5} | complete
        for replicate in range(2)
        for corner in range(8)
    ]
    steps = null_table(corner_analyses(study, analyses(rows))).set_index("step")
    assert steps.loc["follow_up", "points"] == pytest.approx(1.5)
    assert steps.loc["follow_up", "null_share"] == pytest.approx(1.0)
    assert steps.loc["remains", "null_share"] == 0.0


def test_likeness_to_the_published_trial_is_of_the_studys_size_and_week(study: TrialStudy) -> None:
    own = {"analysis": "individuals"}
    service = own | {"outcome": "substance_service", "week": 52}
    table = analyses(
        [
            own | {"estimate": -1.5, "low": -2.0, "high": -1.0},
            own | {"replicate": 1, "estimate": 1.2, "low": -1.0, "high": 3.4},
            own | {"replicate": 1, "estimate": 9.0, "men": 140},
            own | {"replicate": 1, "estimate": 9.0, "week": 52},
            {"replicate": 1, "estimate": 9.0},
            service | {"estimate": np.log(2.0)},
            service | {"estimate": np.nan, "replicate": 1},
        ]
    )
    published = published_table(study, table).set_index("statement")["share"]
    assert published["the interval covers 0, as published"] == 0.5
    assert published["the estimate is 1.1 points or more, in either direction"] == 1.0
    assert published["the estimate is 1.1 points or more for the programme"] == 0.5
    assert published["the interval is at least as wide as published (4.3)"] == 0.5
    assert published["substance service: the odds ratio lies in the published interval"] == 0.5


def test_men_are_counted_by_their_own_effects_ends_included() -> None:
    effects = np.array([[-7.0, -5.0, -4.9, -1.0, -0.9, 0.0, 0.9, 1.0, 4.9, 5.0]])
    table = individual_table(effects)
    assert list(table["share"]) == pytest.approx([0.2, 0.2, 0.3, 0.2, 0.1])
    assert list(table["mean_effect"]) == pytest.approx([-6.0, -2.95, 0.0, 2.95, 5.0])


def test_intervals_of_shares_are_across_replicates() -> None:
    table = individual_table(np.array([[-6.0, 0.0], [0.0, 0.0], [-6.0, -6.0]]))
    first = table.iloc[0]
    assert first["share"] == pytest.approx(0.5)
    assert first["low"] < 0.5 < first["high"]


def test_bins_hold_every_man_also_those_beyond_the_last() -> None:
    bins = own_effects_table(np.array([[-30.0, -0.25], [0.25, 30.0]]))
    assert bins["share"].sum() == 1.0
    held = bins[bins["share"] > 0.0]
    assert list(held["bin_low"]) == [-10.0, -0.5, 0.0, 9.5]


def test_contamination_is_shared_less_separate_and_of_the_effect_too() -> None:
    shared = np.array([means(18.0, 19.0), means(17.0, 18.0)])
    separate = np.array([means(20.0, 20.0), means(20.0, 20.0)])
    table = contamination_table(MEASURES, shared, separate)
    rows = table[(table["outcome"] == "core_om") & (table["week"] == 26)].set_index("whom")
    assert rows.loc["usual_care", "contamination"] == pytest.approx(-1.5)
    assert rows.loc["programme", "contamination"] == pytest.approx(-2.5)
    assert rows.loc["difference", "contamination"] == pytest.approx(-1.0)
    assert rows.loc["difference", "shared"] == pytest.approx(-1.0)


def test_where_agencies_cannot_be_divided_there_are_no_rows() -> None:
    assert len(contamination_table(MEASURES, np.array([means(18.0, 19.0)]), None)) == 0


def test_errors_of_scores_and_of_follow_up_are_independent() -> None:
    streams = [random_numbers(7, 3, stream).random(2000) for stream in (SCORES, FOLLOW_UP)]
    assert abs(np.corrcoef(streams)[0, 1]) < 0.1


def test_the_published_figures_are_those_that_calibrations_fit() -> None:
    targets = {target.id: target for target in read_targets(SHIPPED)}
    difference, service = targets["core_om_difference"], targets["substance_service"]
    assert set(difference.values) == {PUBLISHED.difference, -PUBLISHED.difference}
    half = 0.5 * (PUBLISHED.high - PUBLISHED.low)
    assert difference.error == pytest.approx(half / 1.96, abs=0.01)
    assert service.values[0] == pytest.approx(np.log(PUBLISHED.odds_ratio), abs=0.01)


def test_the_published_interval_has_the_residual_spread_that_the_experiment_aims_at(
    study: TrialStudy,
) -> None:
    assert study.residual_sd is not None
    error = study.residual_sd * (2.0 / PUBLISHED.analysed_in_each_arm) ** 0.5
    assert 0.5 * (PUBLISHED.high - PUBLISHED.low) == pytest.approx(1.97 * error, rel=0.02)
    arms = (float(PUBLISHED.analysed_in_each_arm), float(PUBLISHED.analysed_in_each_arm))
    assert textbook_power(PUBLISHED.difference, study.residual_sd, arms, 0, 0.05) < 0.2


@pytest.mark.parametrize(
    ("estimate", "inside"), [(0.0, True), (3.1, True), (-3.1, True), (3.3, False), (-3.3, False)]
)
def test_both_directions_of_the_published_interval_count(estimate: float, inside: bool) -> None:
    assert PUBLISHED.holds(estimate) is inside


@pytest.mark.parametrize(
    ("low", "high", "held"), [(-2.0, 0.0, True), (0.5, 2.0, True), (-1.0, 1.0, False)]
)
def test_an_interval_may_hold_either_direction(low: float, high: float, held: bool) -> None:
    assert PUBLISHED.is_held_by(low, high) is held
