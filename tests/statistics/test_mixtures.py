"""The likeliest mixture of given atoms: cases with a known answer."""

import numpy as np
import pytest

from engager_sim.statistics.mixtures import GAP, likeliest_mixture

SEED = 1


def normal_cells(atoms: np.ndarray, weights: list[float], number: int) -> tuple[np.ndarray, ...]:
    """Draw from a mixture of normal distributions; give logarithms and counts of cells."""
    rng = np.random.default_rng(SEED)
    seen = rng.choice(atoms, number, p=weights) + rng.normal(0.0, 1.0, number)
    counts, edges = np.histogram(seen, np.linspace(-6.0, 12.0, 181))
    middle = (edges[1:] + edges[:-1]) / 2.0
    return -0.5 * (middle[:, np.newaxis] - atoms) ** 2, counts.astype(float)


def test_what_atoms_explain_without_doubt_is_counted() -> None:
    logarithms = np.array([[0.0, -50.0], [-50.0, 0.0]])
    found = likeliest_mixture(logarithms, np.array([3.0, 1.0]))
    assert found.weights == pytest.approx([0.75, 0.25], abs=1e-3)
    assert found.likelihood == pytest.approx(3.0 * np.log(0.75) + np.log(0.25))


def test_two_cells_that_both_atoms_may_give_have_the_likeliest_weights() -> None:
    """Chances 0.8 and 0.4 of the first cell: seen in 0.6 of the cases, both weigh a half."""
    logarithms = np.log([[0.8, 0.4], [0.2, 0.6]])
    found = likeliest_mixture(logarithms, np.array([6000.0, 4000.0]))
    assert found.weights == pytest.approx([0.5, 0.5], abs=0.02)


def test_weights_of_distant_normal_distributions_are_found() -> None:
    atoms = np.array([0.0, 3.0, 6.0])
    logarithms, counts = normal_cells(atoms, [0.7, 0.1, 0.2], 20_000)
    assert likeliest_mixture(logarithms, counts).weights == pytest.approx(
        [0.7, 0.1, 0.2], abs=0.015
    )


def test_no_atom_would_make_it_likelier() -> None:
    """The condition of a maximum, to within the gap that is allowed."""
    atoms = np.linspace(-3.0, 9.0, 41)
    spread = np.where(np.isin(atoms, atoms[[10, 20]]), 0.5, 0.0)
    logarithms, counts = normal_cells(atoms, list(spread), 5000)
    weights = likeliest_mixture(logarithms, counts).weights
    likelihoods = np.exp(logarithms)
    slope = (counts / (likelihoods @ weights)) @ likelihoods
    assert slope.max() - counts.sum() < GAP
    assert weights.sum() == pytest.approx(1.0)
    assert (weights >= 0.0).all()


def test_the_constant_of_a_cell_changes_nothing() -> None:
    atoms = np.array([0.0, 3.0])
    logarithms, counts = normal_cells(atoms, [0.6, 0.4], 500)
    moved = logarithms - np.linspace(0.0, 2000.0, len(counts))[:, np.newaxis]
    assert likeliest_mixture(moved, counts).weights == pytest.approx(
        likeliest_mixture(logarithms, counts).weights
    )
