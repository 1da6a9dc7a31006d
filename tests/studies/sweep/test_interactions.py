"""Interactions and cells of a factorial design: every number known by hand."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from engager_sim.designs.factors import Factor, grid
from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.studies.sweep.interactions import cells_table, interactions_table, verdict
from engager_sim.studies.sweep.settings import SweepSettings, read_sweep
from tests.designs.study_files import SWEEP, write_study

T_2 = 4.302652729911275
"""The 97.5% point of Student's t with two degrees of freedom."""


@pytest.fixture
def settings(tmp_path: Path) -> SweepSettings:
    """Read a sweep of ties (0.1, 0.8), intervals (8, 1) and two modes of supervision."""
    return read_sweep(write_study(tmp_path, SWEEP))


def points_where(
    settings: SweepSettings, tie: float, interval: float, mode: float | None = None
) -> npt.NDArray[np.bool_]:
    ties, intervals, modes = settings.values.T
    chosen = (ties == tie) & (intervals == interval)
    return chosen if mode is None else chosen & (modes == mode)


def test_an_interaction_is_what_both_do_less_what_each_does_alone(settings: SweepSettings) -> None:
    """Supervision is the interval and the mode together; its corners are (8, 0) and (1, 1)."""
    values = np.full((8, 3), 50.0)
    values[points_where(settings, 0.1, 8.0, 0.0)] = [1.0, 2.0, 3.0]
    values[points_where(settings, 0.8, 8.0, 0.0)] = [3.0, 4.0, 5.0]
    values[points_where(settings, 0.1, 1.0, 1.0)] = [4.0, 5.0, 6.0]
    values[points_where(settings, 0.8, 1.0, 1.0)] = [12.0, 14.0, 16.0]
    (row,) = interactions_table("y", settings.study.factors, settings.values, values).to_dict(
        "records"
    )
    assert (row["first"], row["second"]) == ("collaboration", "supervision")
    assert [row[name] for name in ("neither", "first_alone", "second_alone", "both")] == [
        2.0, 4.0, 5.0, 14.0,
    ]  # fmt: skip
    assert (row["points"], row["of"], row["n"]) == (1, 1, 3)
    # By replicate 12 - 3 - 4 + 1 = 6, 7 and 8.
    half = T_2 * 1.0 / np.sqrt(3.0)
    assert row["whole_less_sum"] == pytest.approx(7.0)
    assert (row["low"], row["high"]) == (pytest.approx(7.0 - half), pytest.approx(7.0 + half))
    assert row["verdict"] == "more than the sum"
    assert row["chance"] == pytest.approx(1.0)
    assert np.isnan(row["parameters"])


def test_the_interval_of_an_interaction_is_over_draws_where_parameters_are_drawn(
    settings: SweepSettings,
) -> None:
    values = np.zeros((8, 4))
    values[points_where(settings, 0.8, 1.0, 1.0)] = [6.0, 6.0, 8.0, 8.0]
    drawn = Drawn(np.array([0, 0, 1, 1]), np.zeros(4, np.int64))
    (row,) = interactions_table(
        "y", settings.study.factors, settings.values, values, drawn
    ).to_dict("records")
    assert row["whole_less_sum"] == 7.0
    assert row["chance"] == 0.0
    assert row["parameters"] == pytest.approx(np.sqrt(2.0))


def test_themes_are_averaged_over_the_levels_of_other_themes_and_settings() -> None:
    factors = [
        Factor(path, "real", 0.0, 1.0, (), (0.0, 1.0), "", "", theme, "lever")
        for path, theme in (("a.x", "a"), ("b.y", "b"), ("c.z", "c"), ("s.n", "setting"))
    ]
    design = grid(factors)
    a, b, c, setting = design.T
    values = np.repeat((2.0 * a + 3.0 * b + 5.0 * a * b + 8.0 * c + setting)[:, None], 2, axis=1)
    table = interactions_table("y", factors, design, values).set_index(["first", "second"])
    assert list(table.index) == [("a", "b"), ("a", "c"), ("b", "c")]
    row = table.loc[("a", "b")]
    assert (row["points"], row["of"]) == (4, 4)
    assert row["neither"] == pytest.approx(4.5)  # half of 8 for c, half of 1 for the setting
    assert row["whole_less_sum"] == pytest.approx(5.0)
    assert table.loc[("a", "c"), "whole_less_sum"] == pytest.approx(0.0)


def test_the_corners_of_an_interaction_add_up_when_a_corner_lacks_a_replicate(
    settings: SweepSettings,
) -> None:
    tie, interval, _ = settings.values.T
    noise = np.array([0.0, 5.0, -5.0, 40.0])
    values = (2.0 * (tie == 0.8) + 3.0 * (interval == 1.0))[:, None] + noise
    values[points_where(settings, 0.8, 1.0), 3] = np.nan
    row = interactions_table("y", settings.study.factors, settings.values, values).iloc[0]
    alone = row["first_alone"] + row["second_alone"] - row["neither"]
    assert row["both"] - alone == pytest.approx(row["whole_less_sum"])
    assert row["n"] == 3


def test_a_sum_has_no_interaction(settings: SweepSettings) -> None:
    values = settings.values.sum(axis=1)[:, None] + np.zeros(4)
    table = interactions_table("y", settings.study.factors, settings.values, values)
    assert table["whole_less_sum"].abs().max() < 1e-12


@pytest.mark.parametrize(
    ("alone", "beyond", "expected"),
    [(0.1, 0.05, "more"), (0.1, -0.05, "less"), (-0.1, -0.05, "more"), (-0.1, 0.05, "less")],
)
def test_more_than_the_sum_means_further_in_its_direction(
    alone: float, beyond: float, expected: str
) -> None:
    assert verdict(2.0 * alone, beyond, beyond - 0.01, beyond + 0.01) == f"{expected} than the sum"
    assert verdict(2.0 * alone, beyond, np.nan, np.nan) == "no interval"
    assert verdict(2.0 * alone, np.nan, np.nan, np.nan) == "no value"


@pytest.mark.parametrize(("low", "high"), [(-0.1, 0.1), (0.0, 0.1), (-0.1, 0.0)])
def test_an_interval_that_holds_0_is_about_the_sum(low: float, high: float) -> None:
    assert verdict(0.2, 0.05, low, high) == "about the sum"


@pytest.mark.parametrize("direction", [1.0, -1.0])
def test_the_table_takes_the_direction_of_the_sum_from_both_themes(
    settings: SweepSettings, direction: float
) -> None:
    """From 5, one theme alone goes up by 1, the other down by 3: the sum goes down by 2."""
    values = np.full((8, 2), 5.0)
    values[points_where(settings, 0.8, 8.0)] += direction * 1.0
    values[points_where(settings, 0.1, 1.0, 1.0)] -= direction * 3.0
    both = points_where(settings, 0.8, 1.0, 1.0)
    values[both] = 5.0 - direction * np.array([2.4, 2.6])
    row = interactions_table("y", settings.study.factors, settings.values, values).iloc[0]
    assert row["whole_less_sum"] == pytest.approx(direction * -0.5)
    assert row["verdict"] == "about the sum"
    values[both] = 5.0 - direction * np.array([2.49, 2.51])
    row = interactions_table("y", settings.study.factors, settings.values, values).iloc[0]
    assert row["verdict"] == "more than the sum"
    values[both] = 5.0 - direction * np.array([1.49, 1.51])
    row = interactions_table("y", settings.study.factors, settings.values, values).iloc[0]
    assert row["verdict"] == "less than the sum"


def test_cells_are_means_with_paired_differences_from_the_first(settings: SweepSettings) -> None:
    values = np.full((8, 3), np.nan)
    values[points_where(settings, 0.1, 8.0)] = [1.0, 2.0, 3.0]
    values[points_where(settings, 0.1, 1.0)] = [2.0, 4.0, 6.0]
    values[points_where(settings, 0.8, 8.0)] = [11.0, 12.0, 13.0]
    values[points_where(settings, 0.8, 1.0)] = [0.0, 0.0, 0.0]
    cells = cells_table("y", (settings.across, settings.down), (0, 1), settings.values, values)
    assert cells[["across", "down", "panel"]].to_numpy().tolist() == [
        [0, 0, 0], [0, 1, 0], [1, 0, 0], [1, 1, 0],
    ]  # fmt: skip
    assert cells["mean"].tolist() == pytest.approx([2.0, 4.0, 12.0, 0.0])
    half = T_2 / np.sqrt(3.0)
    assert cells["low"].tolist() == pytest.approx([2 - half, 4 - 2 * half, 12 - half, 0.0])
    assert cells["high"].tolist() == pytest.approx([2 + half, 4 + 2 * half, 12 + half, 0.0])
    assert cells["difference"].tolist() == pytest.approx([0.0, 2.0, 10.0, -2.0])
    # Differences by replicate: 1, 2, 3; then 10 three times; then -1, -2, -3.
    assert cells["difference_low"].tolist() == pytest.approx([0.0, 2 - half, 10.0, -2 - half])
    assert cells["difference_high"].tolist() == pytest.approx([0.0, 2 + half, 10.0, -2 + half])
    assert cells["chance"].tolist() == pytest.approx([1.0, 2.0, 1.0, 0.0])


def test_intervals_of_means_end_where_no_mean_can_lie(settings: SweepSettings) -> None:
    values = np.repeat(np.where(settings.values[:, :1] > 0.5, 0.9, 0.1), 2, axis=1)
    values[:, 1] = 1.0 - values[:, 0]
    known = ((settings.across, settings.down), (0, 1), settings.values, values)
    cells = cells_table("y", *known, bounds=(0.0, 1.0))
    assert (cells["low"] == 0.0).all()
    assert (cells["high"] == 1.0).all()
    assert (cells_table("y", *known)["low"] < 0.0).all()


def test_each_panel_has_a_first_cell_of_its_own(settings: SweepSettings) -> None:
    tie, interval, mode = settings.values.T
    values = np.repeat((tie + 10.0 * mode + (interval == 1.0) * mode)[:, None], 2, axis=1)
    cells = cells_table(
        "y", (*settings.axes, settings.study.factors[2]), (0, 1, 2), settings.values, values
    )
    assert cells["panel"].tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert cells["mean"].tolist() == pytest.approx([0.1, 0.1, 0.8, 0.8, 10.1, 11.1, 10.8, 11.8])
    assert cells["difference"].tolist() == pytest.approx([0.0, 0.0, 0.7, 0.7, 0.0, 1.0, 0.7, 1.7])


def test_cells_and_corners_average_over_points_that_all_of_them_have(
    settings: SweepSettings,
) -> None:
    _, interval, mode = settings.values.T
    values = np.repeat((100.0 * mode + (interval == 1.0))[:, None], 3, axis=1)
    values[points_where(settings, 0.8, 1.0, 1.0)] = np.nan
    cells = cells_table("y", (settings.across, settings.down), (0, 1), settings.values, values)
    assert cells["points"].tolist() == [1, 1, 1, 1]
    assert cells["of"].tolist() == [2, 2, 2, 2]
    assert cells["difference"].tolist() == [0.0, 1.0, 0.0, 1.0]


def test_a_cell_that_cannot_be_leaves_the_others_whole(settings: SweepSettings) -> None:
    tie = settings.values[:, 0]
    values = np.repeat(tie[:, None], 3, axis=1)
    values[points_where(settings, 0.8, 8.0)] = np.nan
    cells = cells_table("y", (settings.across, settings.down), (0, 1), settings.values, values)
    assert cells["points"].tolist() == [2, 2, 0, 2]
    assert cells["mean"].isna().tolist() == [False, False, True, False]


@pytest.mark.parametrize(
    ("of_tie", "of_interval", "expected"),
    [
        (0.0, 0.0, "no effect here"),
        (0.1, 0.0, "one has no effect here"),
        (0.1, 0.2, "about the sum"),
    ],
)
def test_rounding_is_no_interaction(
    settings: SweepSettings, of_tie: float, of_interval: float, expected: str
) -> None:
    """Values differ by a little more than rounding alone, otherwise at each point and replicate."""
    ties, intervals, _ = settings.values.T
    values = 0.3 + of_tie * (ties > 0.5) + of_interval * (intervals < 2.0)
    noise = np.random.default_rng(1).normal(0.0, 1e-15, (8, 3))
    observed = (settings.values, values[:, None] + noise)
    (row,) = interactions_table("y", settings.study.factors, *observed).to_dict("records")
    assert row["whole_less_sum"] == row["low"] == row["high"] == 0.0
    assert row["verdict"] == expected
    if expected == "no effect here":
        cells = cells_table("y", settings.axes, [0, 1], *observed)
        assert (cells[["difference", "difference_low", "difference_high"]] == 0.0).all(axis=None)
