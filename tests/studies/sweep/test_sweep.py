"""Sweeps: what they run, average and fit."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from rich.table import Table

from engager_sim.designs.factor_tables import declared_factor
from engager_sim.errors import ScenarioError
from engager_sim.studies.sweep.figures import pictures
from engager_sim.studies.sweep.printout import level_table, printed
from engager_sim.studies.sweep.study import Sweep, sweep
from engager_sim.studies.sweep.surfaces import fitted_surface
from tests.designs.study_files import SWEEP, sampled, write_study

ONE_FACTOR = '[[factors]]\nparameter = "programme.supervision.interval"\nlevels = [8, 2, 1]\n'


def test_a_sweep_runs_every_combination_and_averages_it(tmp_path: Path) -> None:
    result = sweep(write_study(tmp_path, SWEEP), parameters="defaults")
    assert result.done == result.asked == 8 * 3
    assert len(result.points) == 8
    cells = result.cells[result.cells["outcome"] == "trust_12w_programme"]
    assert len(cells) == 4
    first = (result.points["programme.collaboration.initial_tie"] == 0.1) & (
        result.points["programme.supervision.interval"] == 8.0
    )
    corner = cells[(cells["across"] == 0) & (cells["down"] == 0)].iloc[0]
    assert corner["mean"] == pytest.approx(result.points.loc[first, "trust_12w_programme"].mean())
    assert corner["difference"] == 0.0


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol"])
def test_a_sampled_sweep_has_a_fitted_surface_and_no_cells(kind: str, tmp_path: Path) -> None:
    result = sweep(write_study(tmp_path, sampled(SWEEP, kind)), parameters="defaults")
    assert result.cells.empty
    assert result.interactions.empty
    trust = result.surface[result.surface["outcome"] == "trust_12w_programme"]
    assert trust["explained"].between(0.0, 1.0).all()


def test_a_quadratic_is_fitted_exactly() -> None:
    across, down = declared_factor("supervision.interval"), declared_factor("supervision.quality")
    rng = np.random.default_rng(0)
    points = np.stack([rng.uniform(1.0, 26.0, 50), rng.uniform(0.0, 1.0, 50)], axis=1)

    def truth(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return np.asarray(1.0 + 0.2 * x - 3.0 * y + 0.01 * x * x + 0.5 * x * y)

    surface = fitted_surface("y", across, down, points, truth(*points.T))
    wanted = truth(surface["across"].to_numpy(), surface["down"].to_numpy())
    assert surface["value"].to_numpy() == pytest.approx(wanted, abs=1e-8)
    assert surface["explained"].iloc[0] == pytest.approx(1.0)


def test_what_a_quadratic_explains_is_r_squared() -> None:
    """Eight points on a cube of signs: the product of all three is orthogonal to a quadratic."""
    across, down = declared_factor("supervision.quality"), declared_factor("supervision.quality")
    x, y, z = (np.array([0.0, 1.0])[np.indices((2, 2, 2))[axis].ravel()] for axis in range(3))
    means = 3.0 * x + 4.0 * (2.0 * z - 1.0)
    surface = fitted_surface("y", across, down, np.stack([x, y], axis=1), means)
    assert surface["explained"].iloc[0] == pytest.approx(2.25 / (2.25 + 16.0))
    flat = fitted_surface("y", across, down, np.stack([x, y], axis=1), np.full(8, 2.0))
    assert np.isnan(flat["explained"].iloc[0])


def test_a_sweep_of_a_difference_is_the_difference_of_two_sweeps(tmp_path: Path) -> None:
    of_two = SWEEP.replace(
        'scenario = "service.toml"', 'scenario = "service.toml"\ncompared_with = "service.toml"'
    )
    result = sweep(write_study(tmp_path, of_two), parameters="defaults")
    assert result.asked == 2 * 8 * 3
    assert (result.points["trust_12w_programme"] == 0.0).all()


def test_an_outcome_is_the_same_everywhere_only_if_it_is_in_every_replicate(tmp_path: Path) -> None:
    result = sweep(write_study(tmp_path, SWEEP), parameters="defaults")
    name = result.design.columns[0].name
    points = result.points.assign(**{name: 0.4})
    said = f"{result.design.columns[0].label} is the same at every point."
    assert said not in list(printed(dataclasses.replace(result, points=points)))
    numbers = ["difference", "difference_low", "difference_high"]
    cells = result.cells.copy()
    cells.loc[cells["outcome"] == name, numbers] = 0.0
    assert said in list(printed(dataclasses.replace(result, points=points, cells=cells)))


ONE_THEME = SWEEP.replace(
    '[[factors]]\nparameter = "programme.collaboration.initial_tie"\nlevels = [0.1, 0.8]\n', ""
)


def _rows(result: Sweep) -> list[tuple[str, ...]]:
    """Give the rows of the table that a sweep prints."""
    (table,) = (output for output in printed(result) if isinstance(output, Table))
    columns = [[str(cell) for cell in column.cells] for column in table.columns]
    return list(zip(*columns, strict=True))


def test_a_sweep_of_one_theme_prints_where_outcomes_are_lowest_and_highest(tmp_path: Path) -> None:
    result = sweep(write_study(tmp_path, ONE_THEME), parameters="defaults")
    assert result.interactions.empty
    cells = result.cells[result.cells["outcome"] == "trust_12w_programme"]
    rows = _rows(result)
    assert rows[0][0] == result.design.columns[0].label
    for (_, word, value, at), end in zip(rows, ("lowest", "highest"), strict=False):
        cell = cells.sort_values("mean").iloc[0 if end == "lowest" else -1]
        interval, mode = (axis.text(axis.levels[int(cell[name])])
                          for axis, name in zip(result.settings.axes, ("across", "down"),
                                                strict=True))  # fmt: skip
        assert word == end
        assert value == f"{cell['mean']:.2f} [{cell['low']:.2f}, {cell['high']:.2f}]"
        assert f" {interval}, " in at
        assert at.endswith(mode)


def test_a_sampled_sweep_prints_the_ends_of_its_surface(tmp_path: Path) -> None:
    result = sweep(write_study(tmp_path, sampled(SWEEP)), parameters="defaults")
    surface = result.surface[result.surface["outcome"] == "trust_12w_programme"]
    row = surface.sort_values("value").iloc[-1]
    _, word, value, at = _rows(result)[1]
    assert (word, value) == ("highest", f"{row['value']:.2f}")
    assert f" {row['across']:g}, " in at
    assert at.endswith(f" {row['down']:g}")


def test_a_sweep_of_one_factor_prints_and_reports_its_levels(tmp_path: Path) -> None:
    result = sweep(
        write_study(tmp_path, SWEEP.split("[[factors]]")[0] + ONE_FACTOR), parameters="defaults"
    )
    assert len(result.points) == 3
    assert result.surface.empty
    cells = result.cells[result.cells["outcome"] == "trust_12w_programme"]
    assert cells["across"].tolist() == [0, 1, 2]
    assert (cells["low"] < cells["high"]).all()
    rows = list(zip(*(column.cells for column in level_table(result).columns), strict=True))
    assert [row[1] for row in rows[:3]] == ["8", "2", "1"]
    assert rows[0][3] == ""
    assert "[" in str(rows[2][3])
    assert [picture.name for picture in pictures(result)] == [
        f"curve_{column.name}" for column in result.design.columns
    ]


def test_a_sampled_sweep_of_one_factor_is_refused_with_what_runs(tmp_path: Path) -> None:
    of_two_levels = ONE_FACTOR.replace("[8, 2, 1]", "[8, 1]")
    text = sampled(SWEEP.split("[[factors]]")[0] + of_two_levels)
    with pytest.raises(ScenarioError, match="give this one levels and write kind = 'factorial'"):
        sweep(write_study(tmp_path, text), parameters="defaults")


def test_points_without_effect_in_a_factorial_design_are_refused(tmp_path: Path) -> None:
    text = SWEEP.replace('kind = "factorial"', 'kind = "factorial"\npoints = 16')
    assert text != SWEEP
    with pytest.raises(ScenarioError, match="a point for every combination of levels"):
        sweep(write_study(tmp_path, text), parameters="defaults")


def test_ends_of_differences_between_scenarios_are_not_those_of_shares(tmp_path: Path) -> None:
    compared = 'scenario = "service.toml"\ncompared_with = "other.toml"'
    study = write_study(tmp_path, SWEEP.replace('scenario = "service.toml"', compared))
    slower = "[theory.relationship]\ntrust_growth = 0.09\n"
    (tmp_path / "other.toml").write_text(f'question = "?"\nbased_on = "service.toml"\n{slower}')
    cells = sweep(study, parameters="defaults").cells.dropna(subset=["low"])
    assert (cells["mean"] < 0.0).any()
    assert (cells["low"] <= cells["mean"]).all()
    assert (cells["mean"] <= cells["high"]).all()
