"""The tables of a calibration and its words, against posteriors made by hand."""

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from engager_sim.designs.factors import Factor
from engager_sim.scenarios.fitted_parameters import STRUCTURE
from engager_sim.studies.calibrate.coverage import AT_PRIOR
from engager_sim.studies.calibrate.narrative import answer, report_tables
from engager_sim.studies.calibrate.posterior import Fitting, Posterior
from engager_sim.studies.calibrate.reference_table import ReferenceTable, figures_of, prior_design
from engager_sim.studies.calibrate.settings import CalibrationSettings, read_calibration
from engager_sim.studies.calibrate.tables import (
    directions_informed,
    distance_from_uniform,
    parameters_table,
    rivals_table,
    targets_table,
    ties_table,
)
from tests.studies.calibrate.small_study import study_in

EVEN = (np.arange(1000) + 0.5) / 1000


@pytest.fixture
def settings(tmp_path: Path) -> CalibrationSettings:
    return read_calibration(study_in(tmp_path))


def reals(settings: CalibrationSettings) -> tuple[Factor, ...]:
    return tuple(factor for factor in settings.study.factors if factor.path != STRUCTURE)


def table_of(settings: CalibrationSettings, units: np.ndarray) -> ReferenceTable:
    """Make a reference table whose figures are its parameters."""
    rivals = np.zeros(len(units), np.int64)
    return ReferenceTable(reals(settings)[: units.shape[1]], units, rivals, units, np.zeros(2))


def posterior_of(units: np.ndarray, weights: np.ndarray | None = None) -> Posterior:
    count = len(units)
    weights = np.full(count, 1.0 / count) if weights is None else weights
    return Posterior(units, weights, np.arange(count) % 2, np.arange(count) % 2, units)


def test_a_parameter_stays_at_its_prior_or_is_informed(settings: CalibrationSettings) -> None:
    """Over the upper half of the range variance is a quarter, the distance a half."""
    rng = np.random.default_rng(3)
    units = np.stack([EVEN, 0.5 + rng.permutation(EVEN) / 2.0], axis=1)
    rows = parameters_table(table_of(settings, units), posterior_of(units))
    assert rows["parameter"].tolist() == ["ways_out.recontact_outreach", "justice.reoffending_year"]
    assert rows["verdict"].tolist() == ["stayed at its prior", "informed"]
    np.testing.assert_allclose(rows["contraction"], [0.0, 0.75], atol=1e-5)
    np.testing.assert_allclose(rows["distance"], [0.0005, 0.50025], atol=1e-9)
    factor = reals(settings)[1]
    np.testing.assert_allclose(
        rows.loc[1, ["low", "middle", "high"]].astype(float),
        factor.from_unit(np.array([0.525, 0.75, 0.975])),
        atol=1e-6,
    )


def test_the_distance_from_a_uniform_distribution_looks_on_both_sides_of_a_step() -> None:
    weights = np.array([0.25, 0.75])
    assert distance_from_uniform(np.array([0.1, 0.9]), weights) == pytest.approx(0.65)
    assert distance_from_uniform(np.array([0.4, 0.9]), weights) == pytest.approx(0.65)
    assert distance_from_uniform(np.array([0.7, 0.9]), weights) == pytest.approx(0.7)


def test_ties_are_correlations_the_strongest_first(settings: CalibrationSettings) -> None:
    rng = np.random.default_rng(5)
    first, second = rng.random(4000), rng.random(4000)
    units = np.stack([first, second, 0.5 + (second - first) / 2.0], axis=1)
    ties = ties_table(table_of(settings, units), posterior_of(units))
    assert len(ties) == 3
    assert ties["correlation"].abs().is_monotonic_decreasing
    expected = np.corrcoef(units, rowvar=False)
    pair = ties.set_index(["first", "second"])["correlation"]
    paths = [factor.path for factor in reals(settings)]
    assert pair[paths[0], paths[2]] == pytest.approx(expected[0, 2], abs=1e-9)
    assert pair[paths[0], paths[2]] == pytest.approx(-np.sqrt(0.5), abs=0.03)


def test_directions_are_combinations_whose_variance_fell_by_half() -> None:
    """Two parameters of which only the sum is known leave one direction."""
    rng = np.random.default_rng(6)
    first, noise = rng.random(20_000), rng.random(20_000)
    known_sum = np.stack([first, 1.0 - first + 0.05 * (noise - 0.5)], axis=1)
    assert directions_informed(posterior_of(known_sum), 2) == 1
    assert directions_informed(posterior_of(np.stack([first, noise], axis=1)), 2) == 0
    assert directions_informed(posterior_of(0.5 + 0.1 * np.stack([first, noise], axis=1)), 2) == 2


def test_rivals_have_their_share_of_the_weights(settings: CalibrationSettings) -> None:
    """Odd points are of the second theory, and were accepted for the second possible figure."""
    weights = np.array([0.1, 0.2, 0.3, 0.4])
    rivals = rivals_table(settings, posterior_of(np.zeros((4, 3)), weights))
    assert rivals["about"].tolist() == [STRUCTURE, STRUCTURE, "reoffending", "reoffending"]
    assert rivals["alternative"].tolist() == ["gated", "additive", "0.45", "0.65"]
    np.testing.assert_allclose(rivals["probability"], [0.4, 0.6, 0.4, 0.6])


def test_targets_are_held_against_both_predictions(settings: CalibrationSettings) -> None:
    prior = np.stack([EVEN, EVEN, EVEN], axis=1)
    predicted = np.stack([0.7 + EVEN / 10.0, EVEN, 0.9 + EVEN / 10.0], axis=1)
    noise = np.array([0.01, 0.02, 0.03])
    rows = targets_table(settings.all_targets, noise, prior, predicted)
    assert rows["target"].tolist() == ["contact", "reoffending", "reoffending", "attendance"]
    assert rows["noise"].tolist() == [0.01, 0.02, 0.02, 0.03]
    assert rows["is_inside"].tolist() == [True, True, True, False]
    assert rows["taught"].tolist() == ["something", "nothing", "nothing", "held out"]
    np.testing.assert_allclose(rows["width_of_prior"], [0.1, 1.0, 1.0, 0.1], atol=1e-6)
    np.testing.assert_allclose(rows["errors_off"], [0.0, 1.0, -3.0, 3.5], atol=1e-6)


def test_rival_theories_compete_by_the_share_of_their_points_that_comes_near(
    settings: CalibrationSettings,
) -> None:
    """A tenth of the first theory's points and all of the second's meet the figure exactly."""
    units = np.full((400, 1), 0.5)
    rivals = np.repeat([0, 1], [300, 100])
    figures = np.where(np.arange(400) < 270, 9.0, 0.0)[:, np.newaxis]
    table = ReferenceTable(reals(settings)[:1], units, rivals, figures, np.zeros(1))
    posterior = Fitting(table, figures, np.ones(1), 0.5).posterior([np.zeros(1)])
    assert posterior.weights[posterior.rivals == 1].sum() == pytest.approx(1.0 / 1.1)


def test_the_noise_of_a_mean_is_its_standard_error(settings: CalibrationSettings) -> None:
    """The jackknife of a mean is the standard error of a mean."""
    small = dataclasses.replace(settings, points=64)
    _, design = prior_design(small)
    values = np.random.default_rng(8).random((3, 64, settings.study.replicates))
    figures, noise = figures_of(small, design, KeptRuns(values))
    np.testing.assert_allclose(figures, values.mean(axis=2).T)
    variances = values.var(axis=2, ddof=1) / settings.study.replicates
    np.testing.assert_allclose(noise, np.sqrt(variances.mean(axis=1)))


class KeptRuns:
    """Keeps made-up outcomes as a store would the runs of a design."""

    def __init__(self, values: np.ndarray) -> None:
        self.values = values

    def tables(self, columns: list[str], name: str = "runs") -> list[pd.DataFrame]:
        del name
        _, points, replicates = self.values.shape
        table = pd.DataFrame(
            {
                "scenario": pd.Categorical.from_codes([0] * points * replicates, ["service"]),
                "point": np.repeat(np.arange(points), replicates),
                "replicate": np.tile(np.arange(replicates), points),
            }
        )
        for outcome, values in zip(columns[3:], self.values, strict=True):
            table[outcome] = values.ravel()
        return [table]


TARGETS = pd.DataFrame(
    {
        "label": ["Contact", "Sign", "Sign", "Attendance", "Recall"],
        "role": ["fit", "fit", "fit", "hold_out", "hold_out"],
        "is_inside": [True, False, True, False, True],
        "value": [0.75, 1.1, -1.1, 0.6, 0.5],
        "error": [0.05, 1.0, 1.0, 0.1, 0.1],
        "middle": [0.74, -1.0, -1.0, 0.2, 0.5],
        "low": [0.7, -2.0, -2.0, 0.1, 0.4],
        "high": [0.8, 0.5, 0.5, 0.3, 0.6],
        "errors_off": [-0.2, -2.1, 0.1, -4.0, 0.0],
        "taught": ["something", "nothing", "nothing", "held out", "held out"],
        "citation": ["Nobody (2000)"] * 5,
        "mark": ["seen"] * 5,
    }
)
PARAMETERS = pd.DataFrame(
    {
        "parameter": ["peers.bridge", "ways_out.gate_loss"],
        "prior_low": [0.0, 0.17],
        "prior_high": [1.5, 0.3],
        "low": [0.1, 0.2],
        "middle": [0.75, 0.27],
        "high": [1.4, 0.3],
        "verdict": ["stayed at its prior", "informed"],
    }
)
RIVALS = pd.DataFrame({"about": [STRUCTURE], "alternative": ["gated"], "probability": [0.549]})
COVERAGE = pd.DataFrame(
    {
        "kind": ["informed parameter", "informed parameter", AT_PRIOR, AT_PRIOR],
        "quantity": ["ways_out.gate_loss", "all of them", "peers.bridge", "all of them"],
        "truths": [40] * 4,
        "inside": [0.825, 0.825, 0.9, 0.9],
        "standard_error": [0.06, 0.06, 0.047, 0.047],
        "verdict": ["too narrow", "not judged", "not judged", "not judged"],
    }
)
CONFLICTS = pd.DataFrame(
    {
        "prior": ["as declared"] * 3 + ["half as wide"] * 3,
        "target": ["contact", "sign", "together"] * 2,
        "label": ["Contact", "Sign", "all figures together"] * 2,
        "value": [0.75, 1.1, np.nan] * 2,
        "middle": [0.7, -0.5, np.nan] * 2,
        "spread": [0.1, 1.0, np.nan, 0.012, 1.0, np.nan],
        "deviations": [0.5, 1.6, 1.7, 4.2, 1.6, 4.4],
        "probability": [np.nan, np.nan, 0.4, np.nan, np.nan, 0.003],
        "verdict": ["none", "none", "none", "conflict", "none", "conflict"],
    }
)
CORRELATED = pd.DataFrame(
    {
        "kind": ["parameter", "rival"],
        "quantity": ["ways_out.gate_loss", "relationship.coupling gated"],
        "correlation": [0.0, 0.0],
        "low": [0.2, np.nan],
        "middle": [0.27, 0.5],
        "high": [0.3, np.nan],
        "other_correlation": [0.5, 0.5],
        "other_low": [0.2, np.nan],
        "other_middle": [0.25, 0.6],
        "other_high": [0.3, np.nan],
        "moved": [-0.2, np.nan],
    }
)


def test_the_report_says_what_stands_in_the_tables(tmp_path: Path) -> None:
    for name, table in (
        ("targets", TARGETS), ("parameters", PARAMETERS), ("prior_conflicts", CONFLICTS),
        ("correlated_errors", CORRELATED),
    ):  # fmt: skip
        table.to_parquet(tmp_path / f"{name}.parquet")
    found = [
        "Prior as declared: no conflict with the figures.",
        "Prior half as wide: conflict with Contact (4.2 standard deviations off); all together "
        "(probability of figures as far off 0.003).",
        "2 of 2 fitted figures lie in their 90% predictive intervals.",
        "1 of 2 held-out figures lie in their 90% predictive intervals; outside: Attendance.",
        "The targets inform 1 of 2 parameters; the others stayed at their priors.",
    ]
    moved = (
        "With errors of one sample's figures correlated at 0.5 and not 0, the medians of 1 of 1 "
        "informed parameters and figures move by over a tenth of their 90% interval, farthest: "
        "ways_out.gate_loss (-0.20)."
    )
    assert answer(tmp_path, {}) == [*found, moved]
    assert [len(table.rows) for table in report_tables(tmp_path)] == [6, 5, 2, 0, 2, 0]
    RIVALS.to_parquet(tmp_path / "rivals.parquet")
    COVERAGE.to_parquet(tmp_path / "coverage.parquet")
    assert answer(tmp_path, {}) == [
        *found,
        "relationship.coupling gated: probability 0.55.",
        moved,
        "Informed parameters: 90% intervals held 82.5% of 40 simulated truths (standard error 6.0 "
        "points), over 1; outside 86% to 94%: ways_out.gate_loss 82.5% (too narrow).",
        "Parameters at their priors: 90% intervals held 90.0% of 40 simulated truths (standard "
        "error 4.7 points), over 1.",
    ]
    conflicts, targets, parameters, rivals, correlated, coverage = report_tables(tmp_path)
    assert conflicts.rows[3] == [
        "half as wide", "Contact", "0.75", "0.7 (0.012)", "+4.2 SD", "conflict",
    ]  # fmt: skip
    assert conflicts.rows[5][4:] == ["probability 0.003", "conflict"]
    assert targets.rows[3] == [
        "Attendance", "hold out", "0.6 (error 0.1)", "0.2 [0.1, 0.3]", "no, -4.0 standard errors",
        "held out", "Nobody (2000) (seen)",
    ]  # fmt: skip
    assert parameters.rows[1] == [
        "ways_out.gate_loss", "0.17 to 0.3", "0.27 [0.2, 0.3]", "informed",
    ]  # fmt: skip
    assert rivals.rows == [[STRUCTURE, "gated", "0.55"]]
    assert correlated.rows[1][2:] == ["0.5", "0.6", ""]
    assert [row[1] for row in coverage.rows] == ["ways_out.gate_loss", "all of them"]
    assert coverage.rows[0][3:] == ["82.5%", "6.0 points", "too narrow"]
