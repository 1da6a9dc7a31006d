"""Sweeps: what they average, and whether the whole is more than the sum."""

from pathlib import Path

import numpy as np
import pytest

from engager_sim.designs.factor_tables import declared_factor
from engager_sim.studies.sweep.interactions import cells_table, interactions_table
from engager_sim.studies.sweep.settings import read_sweep, unit_sample
from engager_sim.studies.sweep.study import sweep
from engager_sim.studies.sweep.surfaces import fitted_surface
from tests.designs.study_files import SWEEP, write_study


def test_a_sweep_runs_every_combination_and_averages_it(tmp_path: Path) -> None:
    found = sweep(write_study(tmp_path, SWEEP))
    assert found.done == found.asked == 8 * 3
    assert len(found.points) == 8
    cells = found.cells[found.cells["outcome"] == "trust_12w_programme"]
    assert len(cells) == 4
    first = (found.points["programme.collaboration.initial_tie"] == 0.1) & (
        found.points["programme.supervision.interval"] == 8.0
    )
    corner = cells[(cells["across"] == 0) & (cells["down"] == 0)].iloc[0]
    assert corner["mean"] == pytest.approx(found.points.loc[first, "trust_12w_programme"].mean())
    assert corner["difference"] == 0.0


def test_an_interaction_is_what_both_do_less_what_each_does_alone(tmp_path: Path) -> None:
    plan = read_sweep(write_study(tmp_path, SWEEP))
    tie, interval, mode = plan.values.T
    luck = np.array([0.0, 5.0, -5.0])
    together = (tie == 0.8) & (interval == 1.0) & (mode == 1.0)
    values = (2.0 * (tie == 0.8) + 3.0 * (interval == 1.0) + 7.0 * together)[:, None] + luck
    table = interactions_table("y", plan.study.factors, plan.values, values)
    row = table.set_index(["first", "second"]).loc[("collaboration", "supervision")]
    assert row["whole_less_sum"] == pytest.approx(7.0)
    assert (row["low"], row["high"]) == (pytest.approx(7.0), pytest.approx(7.0))
    assert row["first_alone"] - row["neither"] == pytest.approx(2.0)
    assert row["second_alone"] - row["neither"] == pytest.approx(3.0)


def test_the_corners_of_an_interaction_add_up_when_a_corner_lacks_a_replicate(
    tmp_path: Path,
) -> None:
    plan = read_sweep(write_study(tmp_path, SWEEP))
    tie, interval, _ = plan.values.T
    luck = np.array([0.0, 5.0, -5.0, 40.0])
    values = (2.0 * (tie == 0.8) + 3.0 * (interval == 1.0))[:, None] + luck
    values[(tie == 0.8) & (interval == 1.0), 3] = np.nan
    row = interactions_table("y", plan.study.factors, plan.values, values).iloc[0]
    alone = row["first_alone"] + row["second_alone"] - row["neither"]
    assert row["both"] - alone == pytest.approx(row["whole_less_sum"])
    assert row["n"] == 3


def test_cells_and_corners_average_over_points_that_all_of_them_have(tmp_path: Path) -> None:
    plan = read_sweep(write_study(tmp_path, SWEEP))
    tie, interval, mode = plan.values.T
    values = np.repeat((100.0 * mode + (interval == 1.0))[:, None], 3, axis=1)
    values[(tie == 0.8) & (interval == 1.0) & (mode == 1.0)] = np.nan
    axes, columns = (plan.across, plan.down), (0, 1)
    cells = cells_table("y", axes, columns, plan.values, values)
    assert cells["points"].tolist() == [1, 1, 1, 1]
    assert cells["of"].tolist() == [2, 2, 2, 2]
    assert cells["difference"].tolist() == [0.0, 1.0, 0.0, 1.0]


def test_a_cell_that_cannot_be_leaves_the_others_whole(tmp_path: Path) -> None:
    plan = read_sweep(write_study(tmp_path, SWEEP))
    tie, interval, _ = plan.values.T
    values = np.repeat(tie[:, None], 3, axis=1)
    values[(tie == 0.8) & (interval == 8.0)] = np.nan
    cells = cells_table("y", (plan.across, plan.down), (0, 1), plan.values, values)
    assert cells["points"].tolist() == [2, 2, 0, 2]
    assert cells["mean"].isna().tolist() == [False, False, True, False]


def test_a_sum_has_no_interaction(tmp_path: Path) -> None:
    plan = read_sweep(write_study(tmp_path, SWEEP))
    values = plan.values.sum(axis=1)[:, None] + np.zeros(4)
    table = interactions_table("y", plan.study.factors, plan.values, values)
    assert table["whole_less_sum"].abs().max() < 1e-12


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol"])
def test_sampled_points_fill_the_cube_evenly_and_repeat(kind: str) -> None:
    units = unit_sample(kind, 3, 64, 0)
    assert np.array_equal(units, unit_sample(kind, 3, 64, 0))
    assert not np.array_equal(units, unit_sample(kind, 3, 64, 1))
    for column in units.T:
        counts, _ = np.histogram(column, bins=8, range=(0.0, 1.0))
        assert counts.min() == counts.max() == 8


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol"])
def test_a_sampled_sweep_has_a_fitted_surface_and_no_cells(kind: str, tmp_path: Path) -> None:
    text = SWEEP.replace('"factorial"', f'"{kind}"\npoints = 16')
    found = sweep(write_study(tmp_path, text))
    assert found.cells.empty
    assert found.interactions.empty
    trust = found.surface[found.surface["outcome"] == "trust_12w_programme"]
    assert trust["explained"].between(0.0, 1.0).all()


def test_a_quadratic_is_fitted_exactly() -> None:
    across, down = declared_factor("supervision.interval"), declared_factor("supervision.quality")
    rng = np.random.default_rng(0)
    places = np.stack([rng.uniform(1.0, 26.0, 50), rng.uniform(0.0, 1.0, 50)], axis=1)

    def truth(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return np.asarray(1.0 + 0.2 * x - 3.0 * y + 0.01 * x * x + 0.5 * x * y)

    surface = fitted_surface("y", across, down, places, truth(*places.T))
    wanted = truth(surface["across"].to_numpy(), surface["down"].to_numpy())
    assert surface["value"].to_numpy() == pytest.approx(wanted, abs=1e-8)
    assert surface["explained"].iloc[0] == pytest.approx(1.0)


def test_presets_stand_where_their_levers_are(tmp_path: Path) -> None:
    presets = sweep(write_study(tmp_path, SWEEP)).presets.set_index("preset")
    assert presets.loc["engager_trial", "across"] == pytest.approx(0.4)
    assert presets.loc["engager_trial", "down"] == pytest.approx(1.5)
    assert presets.loc["usual_care", "arm"] == "usual_care"


def test_a_sweep_of_a_difference_is_the_difference_of_two_sweeps(tmp_path: Path) -> None:
    of_two = SWEEP.replace(
        'scenario = "service.toml"', 'scenario = "service.toml"\ncompared_with = "service.toml"'
    )
    found = sweep(write_study(tmp_path, of_two))
    assert found.asked == 2 * 8 * 3
    assert (found.points["trust_12w_programme"] == 0.0).all()
