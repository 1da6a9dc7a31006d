"""Coverage: truths near the data, fitted as if they were not known."""

import numpy as np
import pytest

from engager_sim.studies.calibrate.coverage import (
    ALL,
    AT_PRIOR,
    INFORMED,
    coverage_table,
    nearest,
    ranks_of_truths,
    ranks_table,
)
from engager_sim.studies.calibrate.posterior import Fitting
from engager_sim.studies.calibrate.quantities import DIFFERENCE
from engager_sim.studies.calibrate.reference_table import ReferenceTable

POINTS, TRUTHS = 20_000, 600
ERRORS = np.full(2, 0.1)
NAMES = [(INFORMED, "first"), (INFORMED, "second"), (AT_PRIOR, "third")]


@pytest.fixture(scope="module")
def fitting() -> Fitting:
    """Two figures that are two of three parameters, known to within a tenth of the range."""
    rng = np.random.default_rng(7)
    units = rng.random((POINTS, 3))
    figures = units[:, :2]
    table = ReferenceTable((), units, np.zeros(POINTS, np.int64), figures, np.zeros(2))
    return Fitting(table, figures + ERRORS * rng.standard_normal(figures.shape), ERRORS, 0.02)


def test_truths_are_the_points_nearest_one_of_the_possible_observations(fitting: Fitting) -> None:
    observations = [np.array([0.2, 0.5]), np.array([0.8, 0.5])]
    truths = nearest(fitting, observations, TRUTHS)
    off = np.min([np.abs(fitting.summaries[truths] - each).max(axis=1) for each in observations], 0)
    assert off.max() < 0.12
    first = fitting.summaries[truths][:, 0]
    assert 0.3 < (first < 0.5).mean() < 0.7


def test_intervals_hold_what_is_true_as_often_as_they_promise(fitting: Fitting) -> None:
    truths = nearest(fitting, [np.array([0.5, 0.5])], TRUTHS)
    units = fitting.table.units
    ranks = ranks_of_truths(fitting, units, truths, fitting.summaries[truths], units[truths])
    rows = coverage_table(NAMES, ranks)
    judged = rows[rows["quantity"] != ALL]
    assert judged["inside"].between(0.86, 0.94).all()
    assert judged["verdict"].tolist() == ["holds", "holds", "not judged"]
    np.testing.assert_allclose(
        judged["standard_error"], np.sqrt(judged["inside"] * (1 - judged["inside"]) / TRUTHS)
    )
    whole = rows[rows["quantity"] == ALL].set_index("kind")["inside"]
    assert whole[INFORMED] == pytest.approx(judged["inside"].iloc[:2].mean())
    shares = ranks_table(NAMES, ranks)["share"].to_numpy().reshape(3, 10)
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)
    assert np.abs(shares - 0.1).max() < 0.045


def test_a_truth_from_another_model_is_noticed(fitting: Fitting) -> None:
    """The first figure of every truth is observed three of its errors too high."""
    truths = nearest(fitting, [np.array([0.4, 0.5])], TRUTHS)
    units = fitting.table.units
    observed = fitting.summaries[truths] + np.array([0.3, 0.0])
    ranks = ranks_of_truths(fitting, units, truths, observed, units[truths])
    rows = coverage_table(NAMES, ranks).set_index("quantity")
    assert rows.loc["first", "inside"] < 0.4
    assert rows.loc["first", "verdict"] == "too narrow"
    assert rows.loc["second", "verdict"] == "holds"
    shares = ranks_table(NAMES, ranks).set_index(["quantity", "tenth"])["share"]
    assert shares["first", 1] > 0.6


@pytest.mark.parametrize("is_removed", [True, False])
def test_monte_carlo_error_does_not_widen_what_is_said_of_an_expectation(
    fitting: Fitting, is_removed: bool
) -> None:
    """A quantity is the first parameter; points have as much noise again, truths hardly any."""
    rng = np.random.default_rng(8)
    truths = nearest(fitting, [np.array([0.5, 0.5])], TRUTHS)
    expected = fitting.table.units[:, :1]
    values = expected + 0.1 * rng.standard_normal(expected.shape)
    true = expected[truths] + 0.01 * rng.standard_normal((TRUTHS, 1))
    noise = (np.array([0.1**2]), np.array([0.01**2])) if is_removed else None
    ranks = ranks_of_truths(fitting, values, truths, fitting.summaries[truths], true, noise)
    (inside,) = coverage_table([(DIFFERENCE, "one")], ranks)["inside"].iloc[:1]
    assert 0.86 <= inside <= 0.94 if is_removed else inside > 0.96


def test_many_figures_and_few_points_do_not_make_intervals_too_narrow() -> None:
    """Twelve figures of a normal model, and 90 accepted points: a quarter would be lost."""
    rng = np.random.default_rng(9)
    figures = rng.standard_normal((4000, 12))
    quantities = figures @ rng.standard_normal((12, 2)) / 3.0 + rng.standard_normal((4000, 2))
    table = ReferenceTable((), figures, np.zeros(4000, np.int64), figures, np.zeros(12))
    many = Fitting(table, figures + 0.5 * rng.standard_normal(figures.shape), np.ones(12), 0.0225)
    truths = nearest(many, [np.zeros(12)], TRUTHS)
    observed, true = many.summaries[truths], quantities[truths]
    ranks = ranks_of_truths(many, quantities, truths, observed, true)
    names = [(DIFFERENCE, "one"), (DIFFERENCE, "other")]
    (inside,) = coverage_table(names, ranks).set_index("quantity").loc[[ALL], "inside"]
    assert 0.88 <= inside <= 0.92


def test_no_truths_give_empty_tables() -> None:
    assert coverage_table([], np.empty((0, 0))).empty
    assert ranks_table([], np.empty((0, 0))).empty
