"""Prior and data held against each other, against known answers."""

import dataclasses

import numpy as np
import pytest
from scipy import stats

from engager_sim.studies.calibrate.prior_conflicts import conflict_sentences, conflicts_table
from engager_sim.studies.calibrate.targets import Target, read_targets

POINTS = 50_000


def targets(first: list[float], second: list[float]) -> tuple[Target, ...]:
    one, other = read_targets()[:2]
    return dataclasses.replace(one, values=first), dataclasses.replace(other, values=second)


def predicted(correlation: float) -> np.ndarray:
    rng = np.random.default_rng(3)
    spread = np.linalg.cholesky([[1.0, correlation], [correlation, 1.0]])
    return np.asarray(rng.standard_normal((POINTS, 2)) @ spread.T)


def test_a_figure_beyond_three_standard_deviations_contradicts_the_prior() -> None:
    figures = predicted(0.0)
    table = conflicts_table(targets([2.5], [3.5]), figures, figures / 2.0)
    rows = table.set_index(["prior", "target"])
    assert rows.loc[("as declared", "any_contact"), "deviations"] == pytest.approx(2.5, abs=0.05)
    assert rows["verdict"].unstack()["any_contact"].tolist() == ["none", "conflict"]
    assert rows["verdict"].unstack()["core_om_difference"].tolist() == ["conflict", "conflict"]


def test_figures_that_agree_each_with_the_prior_may_not_agree_together() -> None:
    """Of two figures that go together, one is high and the other low."""
    figures = predicted(0.9)
    table = conflicts_table(targets([1.5], [-1.5]), figures, figures)
    rows = table[table["prior"] == "as declared"].set_index("target")
    assert rows.loc[["any_contact", "core_om_difference"], "verdict"].tolist() == ["none", "none"]
    distance = 1.5 * np.sqrt(2.0 / (1.0 - 0.9))
    assert rows.loc["together", "deviations"] == pytest.approx(distance, rel=0.05)
    assert rows.loc["together", "verdict"] == "conflict"
    near = conflicts_table(targets([1.0], [1.5]), figures, figures).iloc[2]
    expected = stats.chi2(2).sf(near["deviations"] ** 2)
    assert near["probability"] == pytest.approx(expected, abs=0.01)


def test_a_figure_of_two_possible_values_contradicts_with_both() -> None:
    figures = predicted(0.0)
    one, both = (
        next(iter(conflict_sentences(conflicts_table(targets([0.0], values), figures, figures))))
        for values in ([5.0, 0.5], [5.0, -4.0])
    )
    assert one == "Prior as declared: no conflict with the figures."
    assert both.startswith("Prior as declared: conflict with CORE-OM at six months")
    assert "(4.0 standard deviations off); all together (probability" in both
